/* Random files, random edits: the edited setting is read back, everything else reads and is as before, byte for byte. */
#include "registry_fixture.h"

#include "registry/edit.h"

#include <time.h>

enum { FILES = 200, MAX_ITEMS = 60, NAMES = 5, SECTIONS = 4, MAX_EDITS = 3 };

static const char *const sections[SECTIONS] = {"a", "b/c", "with blank", "new"};
static const char *const names[NAMES] = {"v1", "v2", "checkout", "x_y", "A"};

/* Some whole lines of a file: a setting of a section, or what belongs to none. */
struct item {
	struct str bytes;
	int section; /* -1: before the first */
	int name;    /* -1: no setting */
};

struct file {
	struct item items[MAX_ITEMS];
	int count;
};

static uint32_t seed;

static unsigned pick(unsigned count)
{
	seed = seed * 1664525U + 1013904223U;
	return (seed >> 8) % count;
}

/* A value of some lines, none of them empty; begins with a word, since blanks before a value are not part of it. */
static void random_value(struct str *out, const char *newline, const char *indent)
{
	static const char bytes[] = "abz 09\t;#=[]'\"$`\\|&()\xc3\xa4\xff%{}~";
	unsigned lines = pick(4) ? 1 : 2 + pick(4);
	str_addf(out, "w%u", pick(1000000));
	for (unsigned line = 0; line < lines; line++) {
		if (line)
			str_addf(out, "%s%s%c", newline, indent, "ab#[ \t"[pick(6)]);
		for (unsigned i = pick(20); i; i--)
			str_addc(out, bytes[pick(sizeof bytes - 1)]);
		if (line) /* a continuation of blanks alone could be an empty line */
			str_addc(out, 'e');
	}
}

/* After a setting an indented comment or a line of two blanks would be a part of it. */
static void random_item(struct item *item, int section, bool after_setting, const char *newline)
{
	static const char *const others[] = {"", "# comment", "# = [x]", " ", "\t", " \t# v1 = 1", "  "};
	*item = (struct item){.bytes = STR_INIT, .section = section, .name = -1};
	if (section < 0 || pick(3) == 0) {
		const char *other = others[pick(after_setting ? 5 : 7)];
		str_adds(&item->bytes, other);
	} else {
		static const char *const between[] = {" = ", "=", "= ", " \t=\t ", " =\n\t", "=\n "};
		const char *separator = between[pick(6)], *broken = strchr(separator, '\n');
		item->name = (int)pick(NAMES);
		str_adds(&item->bytes, names[item->name]);
		str_add(&item->bytes, separator, strcspn(separator, "\n"));
		if (broken)
			str_addf(&item->bytes, "%s%s", newline, broken + 1);
		random_value(&item->bytes, newline, pick(2) ? "\t" : " ");
	}
	str_adds(&item->bytes, newline);
}

static void random_file(struct file *file)
{
	static const char *const ends[] = {"\n", "\r\n"};
	int section = -1, wanted = (int)pick(MAX_ITEMS);
	unsigned style = pick(3); /* all lines one way, or mixed */
	for (file->count = 0; file->count < wanted; file->count++) {
		const char *newline = ends[style < 2 ? style : pick(2)];
		struct item *item = &file->items[file->count];
		if (pick(6)) {
			random_item(item, section, file->count && item[-1].name >= 0, newline);
			continue;
		}
		section = (int)pick(SECTIONS - 1);
		*item = (struct item){.bytes = STR_INIT, .section = section, .name = -1};
		str_addf(&item->bytes, "[%s]%s%s", sections[section], pick(5) ? "" : " ", newline);
	}
	if (file->count && pick(3) == 0) {
		struct str *last = &file->items[file->count - 1].bytes;
		while (last->len && (last->data[last->len - 1] == '\n' || last->data[last->len - 1] == '\r'))
			str_truncate(last, last->len - 1);
	}
}

static bool same_name(void *context, struct slice header)
{
	return slice_is(header, context);
}

struct change {
	int section;
	int names[MAX_EDITS];
	struct str values[MAX_EDITS];
	int count;
};

static void random_change(struct change *change)
{
	*change = (struct change){.section = (int)pick(SECTIONS), .count = 1 + (int)pick(MAX_EDITS)};
	int first = (int)pick(NAMES);
	for (int i = 0; i < change->count; i++) {
		change->names[i] = (first + i * 2) % NAMES;
		if (pick(4))
			random_value(&change->values[i], "\n", "");
	}
}

static int edit_of(const struct change *change, const struct item *item)
{
	for (int i = 0; item->section == change->section && i < change->count; i++) {
		if (item->name >= 0 && change->names[i] == item->name)
			return i;
	}
	return -1;
}

static bool is_last(const struct file *file, const struct change *change, int index)
{
	for (int i = index + 1; i < file->count; i++) {
		if (edit_of(change, &file->items[i]) == edit_of(change, &file->items[index]))
			return false;
	}
	return true;
}

/* What may be left when all written settings are taken out again: the items that stay. */
static void expected_rest(struct str *out, const struct file *file, const struct change *change)
{
	for (int i = 0; i < file->count; i++) {
		int edit = edit_of(change, &file->items[i]);
		if (edit < 0 || (change->values[edit].len && !is_last(file, change, i)))
			str_add_slice(out, str_slice(&file->items[i].bytes));
	}
}

static const char *file_newline(const struct str *text)
{
	const char *end = text->data ? strchr(text->data, '\n') : NULL;
	return end && end > text->data && end[-1] == '\r' ? "\r\n" : "\n";
}

/* Takes the setting, as it must have been written, out of the text. */
static void take_out(struct str *text, const char *name, const struct str *value, const char *newline)
{
	struct str written = STR_INIT;
	str_addf(&written, "%s = ", name);
	for (size_t i = 0; i < value->len; i++) {
		if (value->data[i] == '\n')
			str_addf(&written, "%s\t", newline);
		else
			str_addc(&written, value->data[i]);
	}
	str_adds(&written, newline);
	char *at = strstr(str_cstr(text), written.data);
	if (!at)
		fail_msg("not written: %s", written.data);
	memmove(at, at + written.len, strlen(at + written.len) + 1);
	str_truncate(text, text->len - written.len);
	str_release(&written);
}

/* Where something was added at the end, the last line got its newline, and a new section its header. */
static bool rest_agrees(const struct str *rest, const struct str *expected, const struct change *change, const char *newline)
{
	struct str ended = STR_INIT, headed = STR_INIT;
	str_add_slice(&ended, str_slice(expected));
	if (ended.len && ended.data[ended.len - 1] != '\n')
		str_adds(&ended, newline);
	str_addf(&headed, "%s%s[%s]%s", str_cstr(&ended), newline, sections[change->section], newline);
	bool agrees = slice_equal(str_slice(rest), str_slice(expected)) || slice_equal(str_slice(rest), str_slice(&ended)) ||
		      slice_equal(str_slice(rest), str_slice(&headed));
	str_release(&ended);
	str_release(&headed);
	return agrees;
}

/* All values of the registry; NULL where nothing is set. */
struct values {
	char *text[SECTIONS][NAMES];
};

static void read_values(struct fixture *f, const char *text, struct values *values)
{
	fixture_load(f, text);
	for (int s = 0; s < SECTIONS; s++) {
		for (int n = 0; n < NAMES; n++) {
			const char *value = value_of(f, sections[s], names[n]);
			values->text[s][n] = value ? mem_strdup(value) : NULL;
		}
	}
}

static bool equal_texts(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void compare_values(struct values *old, struct values *new, const struct change *change)
{
	for (int s = 0; s < SECTIONS; s++) {
		for (int n = 0; n < NAMES; n++) {
			struct item item = {.section = s, .name = n};
			int edit = edit_of(change, &item);
			const char *expected = old->text[s][n];
			if (edit >= 0)
				expected = change->values[edit].len ? change->values[edit].data : NULL;
			if (!equal_texts(new->text[s][n], expected))
				fail_msg("[%s] %s is \"%s\", not \"%s\"", sections[s], names[n],
					 new->text[s][n] ? new->text[s][n] : "(nothing)", expected ? expected : "(nothing)");
		}
	}
	for (int s = 0; s < SECTIONS; s++) {
		for (int n = 0; n < NAMES; n++) {
			free(old->text[s][n]);
			free(new->text[s][n]);
		}
	}
}

static void check_bytes(const struct file *file, const struct change *change, const struct str *old, const struct str *new)
{
	struct str rest = STR_INIT, expected = STR_INIT;
	str_add_slice(&rest, str_slice(new));
	for (int i = 0; i < change->count; i++) {
		if (change->values[i].len)
			take_out(&rest, names[change->names[i]], &change->values[i], file_newline(old));
	}
	expected_rest(&expected, file, change);
	if (!rest_agrees(&rest, &expected, change, file_newline(old))) {
		/* cmocka would cut it. */
		fprintf(stderr, "--- before\n%s\n--- after\n%s\n--- expected, without what was written\n%s\n", str_cstr(old),
			str_cstr(new), str_cstr(&expected));
		fail_msg("other bytes changed");
	}
	str_release(&rest);
	str_release(&expected);
}

static void check_one(struct fixture *f)
{
	struct file file;
	struct change change;
	struct values before, after;
	struct str old = STR_INIT, new = STR_INIT;
	struct err err = ERR_INIT;
	struct edit edits[MAX_EDITS];
	random_file(&file);
	random_change(&change);
	for (int i = 0; i < file.count; i++)
		str_add_slice(&old, str_slice(&file.items[i].bytes));
	for (int i = 0; i < change.count; i++)
		edits[i] = (struct edit){slice_of(names[change.names[i]]), str_slice(&change.values[i])};
	const char *section = sections[change.section];
	char *context = mem_strdup(section);
	assert_int_equal(edit_text(str_slice(&old), section, same_name, context, edits, (size_t)change.count, &new, &err), 0);
	read_values(f, str_cstr(&old), &before);
	read_values(f, str_cstr(&new), &after);
	compare_values(&before, &after, &change);
	check_bytes(&file, &change, &old, &new);
	for (int i = 0; i < file.count; i++)
		str_release(&file.items[i].bytes);
	for (int i = 0; i < change.count; i++)
		str_release(&change.values[i]);
	free(context);
	str_release(&old);
	str_release(&new);
}

/* MR_SEED repeats a run. */
static void test_random_files(void **state)
{
	const char *given = getenv("MR_SEED");
	uint32_t first = given ? (uint32_t)strtoul(given, NULL, 10) : (uint32_t)time(NULL);
	for (uint32_t i = 0; i < FILES; i++) {
		seed = first + i;
		char *label = mem_format("MR_SEED=%lu", (unsigned long)(first + i));
		setenv("MR_RUNNING", label, 1);
		free(label);
		check_one(*state);
		if (given && i == 0)
			break;
	}
	unsetenv("MR_RUNNING");
}

static int teardown(void **state)
{
	if (getenv("MR_RUNNING"))
		print_error("repeat it with %s\n", getenv("MR_RUNNING"));
	return fixture_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_random_files, fixture_setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
