/* What a configuration may say that nobody vouched for. */
#ifndef MR_REGISTRY_TRUST_H
#define MR_REGISTRY_TRUST_H

#include "base/str.h"
#include "registry/registry.h"

#include <stdbool.h>

/* May a section be called that? Letters, digits and -_.+/ only, relative, without "..", not in a version control system's own
 * directory (.git), and not DEFAULT or ALIAS. */
bool trust_section(struct slice name);

/* Is the command word by word what one of the templates says? $url and $repo in a template stand for a word of their
 * kind, a|b for one of the two. A last $repo may be missing when the url implies it. */
bool trust_checkout(struct slice command, const struct named_setting *templates, size_t count);

/* A word of such a command without the pair of quotes that may be around it. */
struct slice trust_unquote(struct slice word);

/* Bytes 0 to 31 and 127. */
bool trust_has_control(struct slice text);

/* The files that ~/.mrtrust lists: one path a line, ~/ for home. Paths that are not absolute vouch for nothing. */
struct trust_list;
struct trust_list *trust_read(const char *home);
bool trust_lists(const struct trust_list *list, const char *real_path);
void trust_free(struct trust_list *list);

#endif
