/* libcurl, loaded when first needed: libcurl.easy_init() is curl_easy_init(). Only what includes this knows libcurl. */
#ifndef MR_FETCH_LIBRARY_H
#define MR_FETCH_LIBRARY_H

#include "base/err.h"

#include <curl/curl.h>

/* libcurl's header wraps this one in a macro for type checks; the table needs the function. */
#undef curl_easy_setopt

#define LIBCURL_FUNCTIONS(_) \
	_(easy_cleanup)      \
	_(easy_init)         \
	_(easy_perform)      \
	_(easy_setopt)       \
	_(easy_strerror)     \
	_(global_cleanup)    \
	_(global_init)       \
	_(version_info)

struct libcurl {
#define LIBCURL_MEMBER(name) __typeof__(&curl_##name) name;
	LIBCURL_FUNCTIONS(LIBCURL_MEMBER)
#undef LIBCURL_MEMBER
};

extern struct libcurl libcurl;

/* Loads it at the first call. -1 with a message; then libcurl must not be used. */
int libcurl_load(struct err *err);

#endif
