/* The command line, by the rules of Perl's Getopt::Long with bundling and without permuting. */
#include "fixture.h"

#include "cmd/options.h"

#include <limits.h>

enum { MAX_WORDS = 12 };

/* A command line, split at blanks ("_" stands for an empty word). */
struct line {
	char *text;
	char *argv[MAX_WORDS];
	int argc;
};

static struct line split(const char *text)
{
	struct line line = {.text = mem_strdup(text), .argv = {(char[]){"mr"}}, .argc = 1};
	for (char *word = strtok(line.text, " "); word; word = strtok(NULL, " ")) {
		assert_true(line.argc < MAX_WORDS - 1);
		line.argv[line.argc++] = strcmp(word, "_") == 0 ? word + 1 : word;
	}
	return line;
}

static void describe_numbers(struct str *out, const struct options *o)
{
	if (o->jobs >= 0)
		str_addf(out, " j=%ld", o->jobs);
	if (o->max_depth >= 0)
		str_addf(out, " n=%ld", o->max_depth);
	if (o->jobs_per_host >= 0)
		str_addf(out, " jobs-per-host=%ld", o->jobs_per_host);
	if (o->retries >= 0)
		str_addf(out, " retries=%ld", o->retries);
	if (o->timeout >= 0)
		str_addf(out, " timeout=%ld", o->timeout);
	if (o->directory)
		str_addf(out, " d=%s", o->directory);
	if (o->config)
		str_addf(out, " c=%s", o->config);
}

/* All that was understood, in a fixed order, then the words. */
static void describe(struct str *out, const struct options *o)
{
	const struct {
		bool set;
		const char *name;
	} flags[] = {
	    {o->force, "f"},         {o->force_env, "force-env"},       {o->verbose, "v"},
	    {o->minimal, "m"},       {o->quiet, "q"},                   {o->stats, "s"},
	    {o->insecure, "k"},      {o->interactive, "i"},             {o->trust_all, "t"},
	    {o->top, "top"},         {o->no_native, "no-native"},       {o->no_print_action, "npa"},
	    {o->no_print_dir, "npd"}, {o->no_print_subdir, "nps"},      {o->no_print_footer, "npf"},
	    {o->help, "help"},       {o->version, "version"},
	};
	for (size_t i = 0; i < LENGTH(flags); i++)
		str_addf(out, "%s%s", flags[i].set ? " " : "", flags[i].set ? flags[i].name : "");
	describe_numbers(out, o);
	str_adds(out, " |");
	for (int i = 0; i < o->word_count; i++)
		str_addf(out, " %s", o->words[i]);
	if (o->words[o->word_count])
		fail_msg("the words do not end with NULL");
}

static void assert_means(const char *text, const char *expected)
{
	struct line line = split(text);
	struct options options = OPTIONS_INIT;
	struct err err = ERR_INIT;
	struct str meaning = STR_INIT;
	if (options_parse(&options, line.argc, line.argv, &err))
		fail_msg("%s: %s", text, err_text(&err));
	describe(&meaning, &options);
	if (strcmp(meaning.data + 1, expected) != 0)
		fail_msg("%s means \"%s\", not \"%s\"", text, meaning.data + 1, expected);
	str_release(&meaning);
	options_release(&options);
	free(line.text);
}

/* Fails with this first line; the usage follows. */
static void assert_refused(const char *text, const char *expected)
{
	struct line line = split(text);
	struct options options = OPTIONS_INIT;
	struct err err = ERR_INIT;
	if (options_parse(&options, line.argc, line.argv, &err) != -1)
		fail_msg("%s is taken", text);
	const char *said = err_text(&err), *end = strchr(said, '\n');
	assert_non_null(end);
	assert_non_null(strstr(said, "Usage: mr [options] action [params ...]\n(Use mr help for man page.)"));
	if (strlen(expected) != (size_t)(end - said) || strncmp(said, expected, strlen(expected)) != 0)
		fail_msg("%s says \"%s\"", text, said);
	err_release(&err);
	options_release(&options);
	free(line.text);
}

static void test_bundling(MR_UNUSED void **state)
{
	assert_means("up", "| up");
	assert_means("-f -v -m -q -s -k -i -t -p up", "f v m q s k i t | up");
	assert_means("-fvmqskitp up", "f v m q s k i t | up");
	assert_means("-vj4 up", "v j=4 | up");
	assert_means("-fj2v up", "f v j=2 | up");
	assert_means("-n1j2 up", "j=2 n=1 | up");
	assert_means("-nj2 up", "j=2 n=0 | up");
	assert_means("-n -j2 up", "j=2 n=0 | up");
	assert_means("-jv up", "v j=0 | up");
	assert_means("-dx up", "d=x | up");
	assert_means("-vdx up", "v d=x | up");
	assert_means("-vd x up", "v d=x | up");
	assert_means("-d=x up", "d==x | up");
	assert_means("-cfoo -c bar up", "c=bar | up");
}

static void test_optional_numbers(MR_UNUSED void **state)
{
	assert_means("-j up", "j=0 | up");
	assert_means("-j 4 up", "j=4 | up");
	assert_means("-j +4 up", "j=4 | up");
	assert_means("-j04 up", "j=4 | up");
	assert_means("-j 4x up", "j=0 | 4x up");
	assert_means("-j 0x10 up", "j=0 | 0x10 up");
	assert_means("-j _ up", "j=0 |  up");
	assert_means("--jobs up", "j=0 | up");
	assert_means("--jobs 4 up", "j=4 | up");
	assert_means("--jobs=4 up", "j=4 | up");
	assert_means("--jobs= up", "j=0 | up");
	assert_means("--no-recurse=+3 up", "n=3 | up");
	assert_means("-n 2 up", "n=2 | up");
	assert_means("-j4 -j up", "j=0 | up");
	assert_means("-j4 -n 0 5", "j=4 n=0 | 5");
}

static void test_huge_numbers(MR_UNUSED void **state)
{
	char *all = mem_format("j=%ld | up", LONG_MAX);
	assert_means("-j99999999999999999999 up", all);
	assert_means("--jobs=99999999999999999999 up", all);
	assert_means("-j 99999999999999999999 up", all);
	free(all);
}

static void test_long_names(MR_UNUSED void **state)
{
	assert_means("--directory x --config y up", "d=x c=y | up");
	assert_means("--DIRECTORY x up", "d=x | up");
	assert_means("--dir=x up", "d=x | up");
	assert_means("--dir=x=y up", "d=x=y | up");
	assert_means("--no-rec 2 up", "n=2 | up");
	assert_means("--force up", "f | up");
	assert_means("--force-e up", "force-env | up");
	assert_means("--VERB --trust --to --path up", "v t top | up");
	assert_means("--no-print-dir --no-print-s --no-print-a --no-print-f up", "npa npd nps npf | up");
	assert_means("--no-native --timeout 30 up", "no-native timeout=30 | up");
	assert_means("--timeout=30 up", "timeout=30 | up");
	assert_means("--retries 0 --jobs-per-host=4 --jobs 3 up", "j=3 jobs-per-host=4 retries=0 | up");
	assert_means("--job 3 up", "j=3 | up");
}

/* The letters are names, too: exact ones, that nothing makes ambiguous. */
static void test_letters_as_names(MR_UNUSED void **state)
{
	assert_means("--f --v --m --q --s --k --i --t --p up", "f v m q s k i t | up");
	assert_means("--d x --c y --n 2 --j=3 up", "j=3 n=2 d=x c=y | up");
	assert_means("--D x up", "d=x | up");
}

static void test_where_options_end(MR_UNUSED void **state)
{
	assert_means("-v up -f", "v | up -f");
	assert_means("-v -- up -f", "v | up -f");
	assert_means("-- -v up", "| -v up");
	assert_means("- up", "| - up");
	assert_means("run -- ls -l", "| run -- ls -l");
	assert_means("-d -- up", "d=-- | up");
	assert_means("-d -v up", "d=-v | up");
	assert_means("-c _ up", "c= | up");
	assert_means("--help", "help |");
	assert_means("--version", "version |");
}

static void test_errors(MR_UNUSED void **state)
{
	assert_refused("-x up", "Unknown option: x");
	assert_refused("-vx up", "Unknown option: x");
	assert_refused("-V up", "Unknown option: V");
	assert_refused("-J4 up", "Unknown option: J");
	assert_refused("-j=4 up", "Unknown option: =");
	assert_refused("-j4x up", "Unknown option: x");
	assert_refused("--nope up", "Unknown option: nope");
	assert_refused("--nope=1 up", "Unknown option: nope");
	assert_refused("--verbose-x up", "Unknown option: verbose-x");
	assert_refused("-d", "Option d requires an argument");
	assert_refused("-vd", "Option d requires an argument");
	assert_refused("--directory", "Option directory requires an argument");
	assert_refused("--dir= up", "Option directory requires an argument");
	assert_refused("--force=1 up", "Option force does not take an argument");
	assert_refused("--force= up", "Option force does not take an argument");
	assert_refused("--jobs=x up", "Value \"x\" invalid for option jobs (number expected)");
	assert_refused("--jobs=4x up", "Value \"4x\" invalid for option jobs (number expected)");
	assert_refused("--timeout x up", "Value \"x\" invalid for option timeout (number expected)");
	assert_refused("--timeout=-1 up", "Value \"-1\" invalid for option timeout (number expected)");
	assert_refused("--forc up", "Option forc is ambiguous (force, force-env)");
	assert_refused("--no-print up",
		       "Option no-print is ambiguous (no-print-action, no-print-dir, no-print-subdir, no-print-footer)");
	assert_refused("", "Usage: mr [options] action [params ...]");
	assert_refused("--", "Usage: mr [options] action [params ...]");
	assert_refused("-v", "Usage: mr [options] action [params ...]");
}

/* Options that myrepos does not have make none of its abbreviations ambiguous, and have none. */
static void test_new_options(MR_UNUSED void **state)
{
	assert_refused("--he up", "Unknown option: he");
	assert_refused("--ti 3 up", "Unknown option: ti");
	assert_refused("--no-n up", "Unknown option: no-n");
	assert_means("--ver up", "v | up");
	assert_means("--verb up", "v | up");
}

static void test_switches(MR_UNUSED void **state)
{
	static const struct {
		const char *line, *switches;
	} table[] = {
	    {"up", ""},
	    {"-v -j 4 up -f", "-v -j 4 "},
	    {"-j up", "-j "},
	    {"-v -- up", "-v -- "},
	    {"-d up up", "-d up "}, /* a value that is like the action */
	    {"--verbose -vj4 --dir=x up", "--verbose -vj4 --dir=x "},
	};
	for (size_t i = 0; i < LENGTH(table); i++) {
		struct line line = split(table[i].line);
		struct options options = OPTIONS_INIT;
		struct err err = ERR_INIT;
		assert_int_equal(options_parse(&options, line.argc, line.argv, &err), 0);
		assert_string_equal(str_cstr(&options.switches), table[i].switches);
		options_release(&options);
		free(line.text);
	}
}

static void test_for_completion(MR_UNUSED void **state)
{
	assert_true(options_wants_argument("-d") && options_wants_argument("-c") && options_wants_argument("--config"));
	assert_true(options_wants_argument("--timeout") && options_wants_argument("--dir"));
	assert_false(options_wants_argument("-j") || options_wants_argument("--jobs") || options_wants_argument("-v"));
	assert_false(options_wants_argument("") || options_wants_argument("-") || options_wants_argument("--"));
	assert_false(options_wants_argument("d") || options_wants_argument("-dx") || options_wants_argument("--nope"));
}

/* Every spelling that is offered is taken. */
static void test_list(MR_UNUSED void **state)
{
	struct str list = STR_INIT;
	options_list(&list);
	int count = 0;
	for (char *entry = list.data, *end; (end = strchr(entry, '\n')); entry = end + 1) {
		*end = '\0';
		char *tab = strchr(entry, '\t');
		assert_non_null(tab);
		assert_true(entry[0] == '-' && tab > entry + 1 && tab[1]);
		*tab = '\0';
		char *argv[] = {(char[]){"mr"}, entry, (char[]){"1"}, (char[]){"up"}, NULL};
		struct options options = OPTIONS_INIT;
		struct err err = ERR_INIT;
		if (options_parse(&options, 4, argv, &err))
			fail_msg("%s: %s", entry, err_text(&err));
		options_release(&options);
		count++;
	}
	assert_in_range(count, 30, 100);
	str_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_bundling),          cmocka_unit_test(test_optional_numbers),
	    cmocka_unit_test(test_huge_numbers),      cmocka_unit_test(test_long_names),
	    cmocka_unit_test(test_letters_as_names),  cmocka_unit_test(test_where_options_end),
	    cmocka_unit_test(test_errors),            cmocka_unit_test(test_new_options),
	    cmocka_unit_test(test_switches),          cmocka_unit_test(test_for_completion),
	    cmocka_unit_test(test_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
