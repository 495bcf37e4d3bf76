/* The repositories that an HTML page names: link and a elements with rel="vcs-SYSTEM", as https://joeyh.name/rfc/rel-vcs/ has it. */
#ifndef MR_FETCH_LINKS_H
#define MR_FETCH_LINKS_H

#include "base/err.h"
#include "base/str.h"

struct link {
	char *vcs;   /* "git", in lower case */
	char *url;   /* as the page has it: nobody has looked yet whether it is harmless */
	char *title; /* of the element, else the text in an a element; "" when there is none */
};

struct links {
	struct link *list;
	size_t len;
	size_t cap;
};

#define LINKS_INIT {NULL, 0, 0}

/* Adds those of the page, in its order. -1 with a message when there are more than anybody can mean. */
int links_read(struct links *links, struct slice page, struct err *err);

/* Keeps one of those with the same title, which are ways to the same repository, and one of those that are the same. Preferred is
 * https, then git, bzr, svn, http, then all others, where one most often has to log in; authenticated: these others come first. */
void links_choose(struct links *links, bool authenticated);

/* Why no program should be given the link's URL; NULL when it can. names_directory: the program will name its directory by it. */
const char *link_danger(const struct link *link, bool names_directory);

void links_release(struct links *links);

#endif
