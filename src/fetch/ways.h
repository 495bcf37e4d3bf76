/* The ways of fetch.h: url.c by libcurl, scp.c by scp, and files. fetch.c decides which one; nobody else includes this. */
#ifndef MR_FETCH_WAYS_H
#define MR_FETCH_WAYS_H

#include "fetch/fetch.h"

/* Each adds to out; -1 with the whole message. */
int fetch_url(const char *url, const struct fetch_opts *opts, struct str *out, struct err *err);
int fetch_scp(const char *url, const struct fetch_opts *opts, struct str *out, struct err *err);
int fetch_file(const char *path, const struct fetch_opts *opts, struct str *out, struct err *err);

#endif
