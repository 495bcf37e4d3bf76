/* See offline.h. */
#include "action/offline.h"

#include "base/file.h"
#include "base/path.h"
#include "base/quote.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char note[] = "# mr online: ";

static struct slice rest_of(struct slice text, size_t at)
{
	return slice_make(text.ptr + at, text.len - at);
}

/* The length of the first line with its newline. */
static size_t line_length(struct slice text)
{
	const char *end = memchr(text.ptr, '\n', text.len);
	return end ? (size_t)(end - text.ptr) + 1 : text.len;
}

static bool is_comment(struct slice line)
{
	line = slice_trim(line);
	return !line.len || line.ptr[0] == '#';
}

/* Words that mean something for the lines behind them, or need these. */
static bool reaches_further(struct slice word)
{
	static const char *const words[] = {"!", ".", "alias", "case", "cd", "do", "done", "elif", "else", "esac", "exec", "exit",
					    "export", "fi", "for", "if", "pushd", "readonly", "return", "set", "source", "then",
					    "trap", "umask", "unset", "until", "while", NULL};
	for (size_t i = 0; words[i]; i++) {
		if (slice_is(word, words[i]))
			return true;
	}
	return word.len && memchr(word.ptr, '=', word.len) && word.ptr[0] != '-';
}

/* What was seen of a command while looking for its end. */
struct scan {
	size_t len;      /* with its newline; quoted newlines do not end it */
	bool alone;      /* no other line has to do with it */
};

/* Takes a word or what separates words; returns how long it is. */
static size_t scan_piece(struct slice text, struct scan *scan)
{
	char c = text.ptr[0];
	size_t len = 1;
	if (c == '\\') {
		return text.len > 1 ? 2 : 1;
	} else if (c == '\'' || c == '"') {
		while (len < text.len && text.ptr[len] != c)
			len += c == '"' && text.ptr[len] == '\\' ? 2 : 1;
		scan->alone &= len < text.len;
		return len < text.len ? len + 1 : text.len;
	} else if (strchr("(){}`", c) || (c == '<' && text.len > 1 && text.ptr[1] == '<')) {
		scan->alone = false;
	} else if (c == '#') { /* words are taken whole: this is not inside of one */
		const char *end = memchr(text.ptr, '\n', text.len);
		return end ? (size_t)(end - text.ptr) : text.len;
	} else if (!strchr(" \t;&|<>", c)) {
		while (len < text.len && !strchr(" \t\n;&|<>\\'\"(){}`", text.ptr[len]))
			len++;
		scan->alone &= !reaches_further(slice_make(text.ptr, len));
	}
	return len;
}

/* The command that text begins with, to the first newline that is not quoted. */
static struct scan scan_command(struct slice text)
{
	struct scan scan = {.alone = true};
	char last = '\0';
	while (scan.len < text.len && text.ptr[scan.len] != '\n') {
		char c = text.ptr[scan.len];
		last = c == ' ' || c == '\t' ? last : c;
		scan.len += scan_piece(rest_of(text, scan.len), &scan);
	}
	scan.alone &= last != '|' && last != '&' && last != '\\';
	scan.len += scan.len < text.len;
	return scan;
}

/* The commands up to the next one that mr has written: their length, or that of the first one if all stand alone. */
static size_t block_length(struct slice text)
{
	struct scan first = scan_command(text);
	bool alone = first.alone;
	if (alone && slice_starts(text, OFFLINE_PREFIX))
		return first.len;
	size_t len = first.len;
	while (len < text.len && !slice_starts(rest_of(text, len), OFFLINE_PREFIX)) {
		struct slice rest = rest_of(text, len);
		struct scan scan = is_comment(slice_make(rest.ptr, line_length(rest))) ?
			(struct scan){.len = line_length(rest), .alone = true} : scan_command(rest);
		alone &= scan.alone;
		len += scan.len;
	}
	return alone ? first.len : len;
}

bool offline_next(struct slice text, struct offline_entry *entry)
{
	size_t at = 0;
	while (at < text.len && is_comment(slice_make(text.ptr + at, line_length(rest_of(text, at)))))
		at += line_length(rest_of(text, at));
	if (at >= text.len)
		return false;
	size_t len = block_length(rest_of(text, at));
	entry->before = slice_make(text.ptr, at);
	entry->len = at + len;
	while (len && text.ptr[at + len - 1] == '\n')
		len--;
	entry->command = slice_make(text.ptr + at, len);
	return true;
}

/* Reads the log; one that is not there is empty. */
static int read_log(const char *log, struct str *text, struct err *err)
{
	return path_exists(log) ? file_read(log, text, err) : 0;
}

static bool waits_already(struct slice text, struct slice command)
{
	struct offline_entry entry;
	for (; offline_next(text, &entry); text = rest_of(text, entry.len)) {
		if (slice_equal(entry.command, command))
			return true;
	}
	return false;
}

int offline_add(const char *log, struct slice command, struct err *err)
{
	struct file_lock *lock;
	struct str text = STR_INIT;
	if (file_lock(&lock, log, err))
		return -1;
	int result = read_log(log, &text, err);
	if (!result && !waits_already(str_slice(&text), command)) {
		if (text.len && text.data[text.len - 1] != '\n')
			str_addc(&text, '\n');
		str_add_slice(&text, command);
		str_addc(&text, '\n');
		result = file_replace(log, str_slice(&text), err);
	}
	str_release(&text);
	file_unlock(lock);
	return result;
}

/* A command of the log that is to be put in order, and which directory it is for. */
struct placed {
	struct slice text;
	size_t rank;
};

static int compare_placed(const void *left, const void *right)
{
	const struct placed *a = left, *b = right;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->text.ptr > b->text.ptr) - (a->text.ptr < b->text.ptr);
}

/* How the commands for the directories begin. */
static void beginnings_of(const struct args *directories, struct args *beginnings)
{
	for (size_t i = 0; i < directories->len; i++) {
		struct str text = STR_INIT;
		str_adds(&text, "mr -d ");
		quote_shell(&text, slice_of(directories->list[i]));
		str_addc(&text, ' ');
		args_take(beginnings, str_detach(&text));
	}
}

/* Which one the command has; their count when it has none. */
static size_t rank_of(struct slice command, const struct args *beginnings)
{
	size_t rank = 0;
	while (rank < beginnings->len && !slice_starts(command, beginnings->list[rank]))
		rank++;
	return rank;
}

/* Adds text with the commands for the directories in their order, each at a place where one of them was. */
static void arrange(struct slice text, const struct args *directories, struct str *out)
{
	struct args beginnings = ARGS_INIT;
	beginnings_of(directories, &beginnings);
	struct placed *placed = NULL;
	struct offline_entry entry;
	size_t cap = 0, count = 0, next = 0;
	for (struct slice rest = text; offline_next(rest, &entry); rest = rest_of(rest, entry.len)) {
		MEM_RESERVE(placed, cap, count + 1);
		placed[count].text = slice_make(rest.ptr, entry.len);
		placed[count].rank = rank_of(entry.command, &beginnings);
		count += placed[count].rank < beginnings.len;
	}
	if (count)
		qsort(placed, count, sizeof *placed, compare_placed);
	while (offline_next(text, &entry)) {
		bool moves = rank_of(entry.command, &beginnings) < beginnings.len;
		str_add_slice(out, moves ? placed[next++].text : slice_make(text.ptr, entry.len));
		text = rest_of(text, entry.len);
	}
	str_add_slice(out, text);
	args_release(&beginnings);
	free(placed);
}

int offline_arrange(const char *log, size_t from, const struct args *directories, struct err *err)
{
	struct file_lock *lock;
	struct str text = STR_INIT, out = STR_INIT;
	if (file_lock(&lock, log, err))
		return -1;
	int result = read_log(log, &text, err);
	if (!result && text.len > from && text.data[text.len - 1] == '\n') {
		str_add(&out, text.data, from);
		arrange(rest_of(str_slice(&text), from), directories, &out);
		if (!slice_equal(str_slice(&text), str_slice(&out)))
			result = file_replace(log, str_slice(&out), err);
	}
	str_release(&text);
	str_release(&out);
	file_unlock(lock);
	return result;
}

/* Where a replay is. */
struct replay {
	const char *log;
	size_t kept;      /* the text's length up to here failed before and stays */
	struct str entry; /* the text of the command under way, with what stands before it; empty: none */
	size_t command;   /* where in it the command begins */
	size_t failed;
};

static void add_failed(struct str *out, const struct replay *replay, const char *how)
{
	struct slice before = slice_make(replay->entry.data, replay->command);
	for (size_t len; before.len; before = rest_of(before, len)) {
		len = line_length(before);
		if (!slice_starts(before, note)) /* of a former time */
			str_add(out, before.ptr, len);
	}
	char when[32];
	time_t now = time(NULL);
	struct tm tm;
	strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", localtime_r(&now, &tm));
	str_addf(out, "%s%s, %s\n", note, how, when);
	str_add_slice(out, rest_of(str_slice(&replay->entry), replay->command));
	if (out->data[out->len - 1] != '\n')
		str_addc(out, '\n');
}

/* Takes the command that was run out of the text, or notes how it failed. */
static int settle(struct replay *replay, const struct str *text, const char *how, struct str *out, struct err *err)
{
	struct slice entry = str_slice(&replay->entry);
	if (text->len < replay->kept + entry.len || memcmp(text->data + replay->kept, entry.ptr, entry.len) != 0)
		return err_set(err, "%s was changed while its commands were run; look what is left in it", replay->log);
	str_add(out, text->data, replay->kept);
	if (how) {
		add_failed(out, replay, how);
		replay->failed++;
	}
	size_t kept = out->len;
	str_add_slice(out, rest_of(str_slice(text), replay->kept + entry.len));
	replay->kept = kept;
	str_clear(&replay->entry);
	return out->len ? file_replace(replay->log, str_slice(out), err) : 0;
}

static int remove_log(const char *log, struct err *err)
{
	return unlink(log) && errno != ENOENT ? err_sys(err, errno, "remove %s", log) : 0;
}

/* Settles the command that was run and chooses the next one, all under the lock. 1: there is one; 0: none; -1. */
static int advance(struct replay *replay, const char *how, struct err *err)
{
	struct str text = STR_INIT, out = STR_INIT;
	struct offline_entry entry;
	int result = read_log(replay->log, &text, err);
	bool had_text = text.len > 0; /* an empty log only says that mr is offline, and goes on doing so */
	if (!result && replay->entry.len) {
		result = settle(replay, &text, how, &out, err);
		str_release(&text);
		text = out;
	}
	struct slice rest = text.len > replay->kept ? rest_of(str_slice(&text), replay->kept) : slice_make("", 0);
	if (!result && offline_next(rest, &entry)) {
		str_add(&replay->entry, rest.ptr, entry.len);
		replay->command = entry.before.len;
		result = 1;
	} else if (!result && had_text && !replay->failed) {
		result = remove_log(replay->log, err);
	}
	str_release(&text);
	return result;
}

static int advance_locked(struct replay *replay, const char *how, struct err *err)
{
	struct file_lock *lock;
	if (file_lock(&lock, replay->log, err))
		return -1;
	int result = advance(replay, how, err);
	file_unlock(lock);
	return result;
}

static int replay_all(struct replay *replay, offline_run *run, void *context, struct err *err)
{
	bool stop = false;
	int more = advance_locked(replay, NULL, err);
	while (more > 0) {
		struct offline_entry entry;
		offline_next(str_slice(&replay->entry), &entry);
		char *how = run(context, entry.command, &stop);
		more = stop ? 0 : advance_locked(replay, how, err);
		free(how);
	}
	return more;
}

int offline_replay(const char *log, offline_run *run, void *context, size_t *failed, struct err *err)
{
	struct replay replay = {.log = log, .entry = STR_INIT};
	struct file_lock *lock;
	char *name = mem_format("%s.online", log);
	int result = file_lock(&lock, name, err);
	free(name);
	if (result)
		return -1;
	result = replay_all(&replay, run, context, err);
	file_unlock(lock);
	str_release(&replay.entry);
	*failed = replay.failed;
	return result;
}
