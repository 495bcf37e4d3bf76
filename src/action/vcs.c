/* See vcs.h. */
#include "action/vcs.h"

#include "action/filetest.h"
#include "base/directory.h"
#include "base/path.h"
#include "base/quote.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char suffix[] = "_test";

static void add_name(struct vcs *vcs, struct slice name)
{
	if (vcs->count++)
		str_addc(&vcs->names, ' ');
	str_add_slice(&vcs->names, name);
}

/* A test of its own function, so that it may `return`, and the question that asks it. */
static void ask(struct vcs *vcs, struct str *questions, struct slice name, struct slice condition)
{
	int len = (int)name.len;
	struct str functions = STR_INIT;
	str_addf(&functions, "my_%.*s_test() {\n%.*s\n}\n", len, name.ptr, (int)condition.len, condition.ptr);
	str_add_slice(&functions, str_slice(&vcs->question));
	str_release(&vcs->question);
	vcs->question = functions;
	str_addf(questions, "if my_%.*s_test; then echo %.*s; fi\n", len, name.ptr, len, name.ptr);
}

static void ask_perl(struct vcs *vcs, struct str *questions, struct slice name, const struct setting *setting,
		     struct slice expression)
{
	char *perl = path_find_program("perl", ".");
	if (!perl) {
		args_take(&vcs->unanswered,
			  mem_format("mr: %.*s_test at %s line %u is a question for perl, which is not installed; "
				     "the answer is taken to be no\n"
				     "(Install perl, or write the test as a shell command or with -d, -e and -f of "
				     "\"$ENV{MR_REPO}/...\" alone.)",
				     (int)name.len, name.ptr, setting->file, setting->line));
		return;
	}
	free(perl);
	struct str program = STR_INIT, condition = STR_INIT;
	str_adds(&program, "exit !(");
	str_add_slice(&program, expression);
	str_adds(&program, ")");
	str_adds(&condition, "perl -e ");
	quote_shell(&condition, str_slice(&program));
	ask(vcs, questions, name, str_slice(&condition));
	str_release(&program);
	str_release(&condition);
}

/* The names in a directory, read at once, as filetest.h wants them: most tests ask for one that is not there. */
struct names {
	struct args list;
	bool all;
};

/* A directory with more of them is quicker asked name by name. */
enum { MOST_NAMES = 200 };

static int add_present(void *cookie, const char *name, enum directory_kind kind)
{
	struct names *names = cookie;
	size_t len = strlen(name);
	char *entry = mem_realloc(NULL, len + 2, 1);
	entry[0] = kind == KIND_DIRECTORY ? FILETEST_IS_DIRECTORY : kind == KIND_FILE ? FILETEST_IS_FILE : FILETEST_IS_THERE;
	memcpy(entry + 1, name, len + 1);
	args_take(&names->list, entry);
	return names->list.len > MOST_NAMES;
}

/* Nothing is in a directory that is not there. */
static void read_names(struct names *names, const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	names->all = fd >= 0 ? !directory_read(fd, add_present, names) : errno == ENOENT;
	if (fd >= 0)
		close(fd);
}

/* Most tests are for another system than the repository's: they are false without a look when it has none of these
 * names. */
struct needs {
	const struct setting *setting;
	bool known;
	struct args names;
};

struct vcs_memo {
	struct needs *list;
	size_t count, cap;
	/* vcs_expects_git(): the tests that it was asked for last, and the answer. */
	const struct setting **expected;
	size_t expected_count;
	bool expects_git;
	struct str others;
};

struct vcs_memo *vcs_memo_new(void)
{
	return mem_calloc(1, sizeof(struct vcs_memo));
}

void vcs_memo_free(struct vcs_memo *memo)
{
	if (!memo)
		return;
	for (size_t i = 0; i < memo->count; i++)
		args_release(&memo->list[i].names);
	free(memo->list);
	free(memo->expected);
	str_release(&memo->others);
	free(memo);
}

static const struct needs *needs_of(struct vcs_memo *memo, const struct setting *setting, struct slice expression, const char *dir)
{
	for (size_t i = 0; i < memo->count; i++)
		if (memo->list[i].setting == setting)
			return &memo->list[i];
	MEM_RESERVE(memo->list, memo->cap, memo->count + 1);
	struct needs *needs = &memo->list[memo->count++];
	*needs = (struct needs){.setting = setting, .names = ARGS_INIT};
	needs->known = filetest_needs(expression, dir, &needs->names);
	return needs;
}

static bool has_one_of(const struct args *present, const struct args *names)
{
	for (size_t i = 0; i < names->len; i++)
		for (size_t k = 0; k < present->len; k++)
			if (strcmp(names->list[i], present->list[k] + 1) == 0)
				return true;
	return false;
}

static void test_one(struct vcs *vcs, struct vcs_memo *memo, struct str *questions, const struct named_setting *test,
		     const char *dir, const struct args *present)
{
	struct slice name = slice_make(test->name, strlen(test->name) - (sizeof suffix - 1));
	struct slice expression;
	if (!filetest_is_perl(test->setting->value, &expression)) {
		ask(vcs, questions, name, test->setting->value);
		return;
	}
	if (present && memo) {
		const struct needs *needs = needs_of(memo, test->setting, expression, dir);
		if (needs->known && !has_one_of(present, &needs->names))
			return;
	}
	struct str condition = STR_INIT;
	switch (filetest_evaluate(expression, dir, present, &condition)) {
	case FILETEST_TRUE:
		vcs->builtin = test->setting->builtin;
		add_name(vcs, name);
		break;
	case FILETEST_FALSE:
		break;
	case FILETEST_SHELL:
		ask(vcs, questions, name, str_slice(&condition));
		break;
	case FILETEST_FOREIGN:
		ask_perl(vcs, questions, name, test->setting, expression);
		break;
	}
	str_release(&condition);
}

void vcs_detect(struct vcs *vcs, struct vcs_memo *memo, const struct section *section, const char *dir)
{
	size_t count;
	const struct named_setting *tests = section_ending(section, suffix, &count);
	struct str questions = STR_INIT;
	struct names names = {ARGS_INIT, false};
	if (count > 3)
		read_names(&names, dir);
	for (size_t i = 0; i < count; i++)
		test_one(vcs, memo, &questions, &tests[i], dir, names.all ? &names.list : NULL);
	args_release(&names.list);
	str_add_slice(&vcs->question, str_slice(&questions));
	str_release(&questions);
}

/* Of one test: it is git's, or false wherever the names are not that it needs. */
static bool expect(struct vcs_memo *memo, const struct named_setting *test, bool *is_git)
{
	struct slice expression;
	const struct needs *needs = NULL;
	if (filetest_is_perl(test->setting->value, &expression))
		needs = needs_of(memo, test->setting, expression, "/");
	*is_git = needs && !strcmp(test->name, "git_test") && test->setting->builtin;
	for (size_t i = 0; needs && needs->known && i < needs->names.len && !*is_git; i++) {
		if (!strcmp(needs->names.list[i], ".git"))
			return false;
		str_add(&memo->others, needs->names.list[i], strlen(needs->names.list[i]) + 1);
	}
	return needs && needs->known;
}

static bool was_asked_last(const struct vcs_memo *memo, const struct named_setting *tests, size_t count)
{
	bool same = count == memo->expected_count;
	for (size_t i = 0; i < count && same; i++)
		same = tests[i].setting == memo->expected[i];
	return same;
}

bool vcs_expects_git(struct vcs_memo *memo, const struct section *section, struct slice *others)
{
	size_t count;
	const struct named_setting *tests = section_ending(section, suffix, &count);
	if (!was_asked_last(memo, tests, count)) {
		bool known = true, any = false;
		str_clear(&memo->others);
		memo->expected = mem_realloc(memo->expected, count, sizeof(void *));
		memo->expected_count = count;
		for (size_t i = 0; i < count; i++) {
			bool is_git = false;
			memo->expected[i] = tests[i].setting;
			known = known && expect(memo, &tests[i], &is_git);
			any |= is_git;
		}
		memo->expects_git = known && any;
	}
	*others = str_slice(&memo->others);
	return memo->expects_git;
}

void vcs_expect_git(struct vcs *vcs)
{
	add_name(vcs, slice_of("git"));
	vcs->builtin = true;
}

void vcs_add_answer(struct vcs *vcs, struct slice printed)
{
	while (printed.len) {
		const char *end = memchr(printed.ptr, '\n', printed.len);
		size_t len = end ? (size_t)(end - printed.ptr) : printed.len;
		if (len)
			add_name(vcs, slice_make(printed.ptr, len));
		printed = slice_make(printed.ptr + len + (end != NULL), printed.len - len - (end != NULL));
	}
}

const char *vcs_name(const struct vcs *vcs)
{
	return vcs->count == 1 ? str_cstr(&vcs->names) : NULL;
}

void vcs_release(struct vcs *vcs)
{
	str_release(&vcs->names);
	str_release(&vcs->question);
	args_release(&vcs->unanswered);
	*vcs = (struct vcs)VCS_INIT;
}
