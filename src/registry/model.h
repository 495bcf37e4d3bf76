/* What the files of this module share: the registry from the inside. */
#ifndef MR_REGISTRY_MODEL_H
#define MR_REGISTRY_MODEL_H

#include "registry/actions.h"
#include "registry/arena.h"
#include "registry/expand.h"
#include "registry/layer.h"
#include "registry/map.h"
#include "registry/registry.h"
#include "registry/trust.h"

struct section {
	struct registry *registry;
	const struct directory *dir;
	struct slice name; /* in the arena, as file and path are */
	const char *file;
	unsigned line;
	const char *path;
	struct layer *layer; /* DEFAULT as it was when the section appeared; sealed, but for DEFAULT itself */
	struct table own;
	struct ending *endings; /* computed so far, where own settings matter */
	bool trusted;           /* all files that have it are */
	bool has_chain;
	struct slice chain; /* the value of its last `chain =` */
};

/* A directory that a configuration was read or looked for in. */
struct directory {
	struct slice name;       /* ends in a slash; "" is the built-in library's */
	const char *file;        /* the first one */
	struct section defaults; /* its DEFAULT: only a layer */
	struct map sections;     /* by name */
};

struct registry {
	struct registry_opts opts; /* strings in the arena */
	struct arena arena;
	struct names names;
	struct layers layers;
	struct actions actions;
	struct expander expander;
	struct map directories;     /* by name */
	struct directory **configs; /* sorted by name, without the built-in one */
	size_t config_count;
	size_t config_cap;
	struct section **sections; /* in order of appearance */
	size_t section_count;
	size_t section_cap;
	struct map loaded;          /* physical paths of the files read */
	struct layer *templates;    /* the DEFAULT whose *_trusted_checkout hold; NULL: the built-in one */
	struct trust_list *trusted; /* NULL until asked for */
	size_t included;            /* bytes that includes gave */
	long jobs;
};

/* A string in the arena. */
const char *model_text(struct registry *registry, const char *text);

/* The directory's record; made, with DEFAULT still empty, if there is none. file is its first file. */
struct directory *model_directory(struct registry *registry, const char *name, const char *file);

/* The nearest directory above this one that has a record, in the end the built-in one. */
struct directory *model_parent(const struct registry *registry, const struct directory *dir);

/* The section of that name, made if there is none; file and line say where its header stands, trusted how far that file is. */
struct section *model_section(struct registry *registry, struct directory *dir, struct slice name, const char *file,
			      unsigned line, bool trusted);

/* Stores a setting of a section or of DEFAULT. */
void model_put(struct section *section, const char *name, const struct setting *setting);

/* Passes a line on to the caller of registry_load(). */
void model_say(const struct registry *registry, bool is_error, const char *format, ...) MR_PRINTF(3, 4);

#endif
