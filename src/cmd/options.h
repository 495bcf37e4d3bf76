/* The command line: one table of options, from which parsing, --help and the completions come. */
#ifndef MR_CMD_OPTIONS_H
#define MR_CMD_OPTIONS_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

/* What the options say. Strings point into argv. */
struct options {
	const char *directory; /* -d; NULL */
	const char *config;    /* -c; NULL */
	long jobs;             /* -j: -1 not given, 0 as many as there are */
	long max_depth;        /* -n: -1 not given */
	long timeout;          /* --timeout in seconds, -1 not given */
	long jobs_per_host;    /* --jobs-per-host: -1 not given, 0 as many as is good */
	long retries;          /* --retries: -1 not given */
	bool force, force_env, verbose, minimal, quiet, stats, insecure, interactive, trust_all, top;
	bool cache, cached, uncache;
	bool no_native, no_print_action, no_print_dir, no_print_subdir, no_print_footer;
	bool help, version;
	struct str switches; /* MR_SWITCHES: the options as they were given, a blank behind each */
	struct str quoted;   /* the same for a shell */
	char **words;        /* the action and its parameters: the rest of argv, ended by NULL */
	int word_count;
};

#define OPTIONS_INIT                                                                                                                     \
	{.jobs = -1, .max_depth = -1, .timeout = -1, .jobs_per_host = -1, .retries = -1, .switches = STR_INIT, .quoted = STR_INIT}

/* Parses argv[1] on; options end at the first word that is none, or behind "--". -1 with a message of one or more lines. */
int options_parse(struct options *options, int argc, char **argv, struct err *err);
void options_release(struct options *options);

/* Does option (as "-d") take an argument that must follow? For completion. */
bool options_wants_argument(const char *option);

/* All spellings, a line each with a tab and a short description behind it. */
void options_list(struct str *out);

/* The help text that --help prints. */
void options_help(struct str *out);

#endif
