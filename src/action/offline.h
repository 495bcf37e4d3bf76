/* ~/.mrlog: the commands that wait for `mr online`, as lines for the shell, in the format of myrepos. While it exists mr is offline.
 *
 * Every change is made under a lock and replaces the file as a whole, so that nothing is lost whoever else changes it and whenever
 * one of them is killed. A command stays in the file until it has succeeded.
 *
 * A line that mr has written stands for itself. What a user has added is taken line by line, too, where a shell could take the
 * lines apart; otherwise (here-documents, loops, `cd`) the whole of it is one command. */
#ifndef MR_ACTION_OFFLINE_H
#define MR_ACTION_OFFLINE_H

#include "base/args.h"
#include "base/err.h"
#include "base/str.h"

/* Begins every line that mr writes: what follows is the directory, quoted. */
#define OFFLINE_PREFIX "mr -d '"

/* The first command of a log's text: the comments and blank lines before it, itself without its last newline, and how long both
 * are together. false when only comments are left. */
struct offline_entry {
	struct slice before;
	struct slice command;
	size_t len;
};
bool offline_next(struct slice text, struct offline_entry *entry);

/* Adds a command that does not wait yet. -1 with a message; the log is then as it was. */
int offline_add(const char *log, struct slice command, struct err *err);

/* Puts the commands behind the first `from` bytes of the log that were remembered for these directories in their order: runs in
 * parallel fail in any. A log that has become shorter stays as it is. -1 with a message. */
int offline_arrange(const char *log, size_t from, const struct args *directories, struct err *err);

/* Runs one command: NULL when it succeeded, else in a few words how it failed, for free(). *stop is set when the user has had
 * enough: then nothing more is run, and this command waits as before. */
typedef char *offline_run(void *context, struct slice command, bool *stop);

/* Runs what waits, also what is added meanwhile, one after the other. What fails stays, below a comment that says how; *failed
 * counts it. When nothing is left the log is removed. Another replay is waited for. -1 with a message. */
int offline_replay(const char *log, offline_run *run, void *context, size_t *failed, struct err *err);

#endif
