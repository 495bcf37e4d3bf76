/* The registry: every section of every .mrconfig that a run knows, and what stands in it.
 *
 * registry_load() reads the built-in library, the user's own configuration and the nearest .mrconfig (or the one of -c), with
 * all that they include and chain to. Everything that this module hands out belongs to the registry and lives until
 * registry_free(); sections that registry_chain() adds later do not move the older ones.
 *
 * Settings are never copied into sections. A section has a few settings of its own and points at the layer of DEFAULT settings
 * that was in force when it first appeared; a DEFAULT that changes afterwards becomes a new layer on top of the old one. */
#ifndef MR_REGISTRY_REGISTRY_H
#define MR_REGISTRY_REGISTRY_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct registry;
struct section;

/* A value and where it comes from. */
struct setting {
	struct slice value;  /* any bytes; also followed by a NUL that len does not count */
	const char *file;    /* path as it was opened; "built-in" for the library */
	unsigned line;       /* of its name; for included text, the line of the include */
	bool builtin;        /* untouched built-in definition: nobody set, appended or prepended anything */
};

/* A setting and its name, for lists. */
struct named_setting {
	const char *name;
	const struct setting *setting;
};

struct registry_opts {
	const char *home;        /* $HOME, as it is written there */
	const char *user_config; /* ~/.mrconfig, or $XDG_CONFIG_HOME/mr/config; of directory home, always trusted */
	const char *config;      /* absolute path: -c, or the nearest .mrconfig, or user_config again */
	bool skip_user_config;   /* user_config only tells which file to trust; it is not read unless it is config */
	bool trust_all;          /* -t */
	bool verbose;            /* -v: report what is loaded and included */
	/* Called for each line that loading has to say: for standard output (-v) or standard error (warnings). No newline in it.
	 * What was said before a command runs must be written out before it runs: its own output follows. */
	void (*say)(void *context, bool is_error, const char *line);
	void *say_context;
};

/* Loads everything. -1 with a message that names file, line and remedy. */
int registry_load(struct registry **out, const struct registry_opts *opts, struct err *err);
void registry_free(struct registry *registry);

/* Reads what a section's `chain` leads to now, if it was not read before: for a repository that was just checked out or updated.
 * *added tells how many sections are new (they are the last ones of registry_section()). -1 with a message. */
int registry_chain(struct registry *registry, const struct section *section, size_t *added, struct err *err);

/* Reads one more file as if it were DIR/.mrconfig, for bootstrap. source, when not NULL, is what the person called it: then errors
 * speak of that source. A missing file is no error. */
int registry_add_file(struct registry *registry, const char *path, const char *dir, const char *source, struct err *err);

/* The repositories' sections, in the order in which they first appeared; DEFAULT and ALIAS are not among them. */
size_t registry_section_count(const struct registry *registry);
const struct section *registry_section(const struct registry *registry, size_t index);

/* The DEFAULT of the configuration in directory topdir ("/home/u/"), or the built-in one for "" and NULL; NULL when no
 * configuration was read for that directory. */
const struct section *registry_defaults(const struct registry *registry, const char *topdir);

/* The directories that a configuration was read or looked for in, sorted by bytes; each ends in a slash. The file is the one that
 * `register` and MR_CONFIG mean. */
size_t registry_config_count(const struct registry *registry);
const char *registry_config_dir(const struct registry *registry, size_t index);
const char *registry_config_file(const struct registry *registry, size_t index);

/* What `jobs =` says last: -1 nothing, 0 as many as there are. */
long registry_jobs(const struct registry *registry);

/* The action that word means: an alias, an action, or an unambiguous beginning of one. -1 with a message that lists what is known
 * or what matches, sorted. *out belongs to the registry. */
int registry_action(const struct registry *registry, const char *word, const char **out, struct err *err);

/* All actions and aliases for completion, sorted, without duplicates. */
size_t registry_action_count(const struct registry *registry);
const char *registry_action_name(const struct registry *registry, size_t index);

/* A section. The name is as expanded (variables replaced), not yet joined to the directory. */
struct slice section_name(const struct section *section);
const char *section_topdir(const struct section *section); /* ends in a slash */
const char *section_config(const struct section *section); /* the file that MR_CONFIG names */
const char *section_file(const struct section *section);   /* where its header stands */
unsigned section_line(const struct section *section);
bool section_is_trusted(const struct section *section); /* may all files that have it say anything */
double section_order(const struct section *section); /* `order` as a number, 10 when there is none */

/* The directory it names: the name itself if absolute, else topdir followed by it; not normalised. A C string. */
const char *section_path(const struct section *section);

/* A setting by name, the section's own or inherited; NULL when there is none. */
const struct setting *section_get(const struct section *section, const char *name);

/* VCS_name for a setting name, as "git_update". NULL when there is none. */
const struct setting *section_get_vcs(const struct section *section, const char *vcs, const char *name);

/* Every setting in force whose name ends in suffix, shorter names first, then by bytes. Computed once per layer and suffix. */
const struct named_setting *section_ending(const struct section *section, const char *suffix, size_t *count);

#endif
