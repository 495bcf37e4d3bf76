/* What is said when a run is over: how many repositories did what. */
#ifndef MR_REPORT_SUMMARY_H
#define MR_REPORT_SUMMARY_H

#include "base/str.h"

#include <stdbool.h>

/* Counts, and with -s the names: directories separated by blanks. */
struct summary {
	size_t ok, failed, skipped;
	size_t native, mixed, git; /* where a native operation could be expected: how the command was done */
	struct str failed_names, skipped_names;
};

#define SUMMARY_INIT {.failed_names = STR_INIT, .skipped_names = STR_INIT}

struct summary_opts {
	const char *action;
	bool silent; /* -q or -m: only failures are named */
	bool footer; /* off by --no-print-footer */
	bool names;  /* -s */
	bool ways;   /* -v: say how commands were done */
};

/* Adds a name to one of the lists. */
void summary_name(struct str *names, const char *name);
void summary_print(const struct summary *summary, const struct summary_opts *opts);
void summary_release(struct summary *summary);

#endif
