/* libcurl, loaded when first needed: libcurl.easy_init() is curl_easy_init(). Only what includes this knows libcurl. */
#ifndef MR_FETCH_LIBRARY_H
#define MR_FETCH_LIBRARY_H

#include "base/err.h"

#include <curl/curl.h>

/* libcurl's header wraps these in macros for type checks; the table needs the functions. */
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define LIBCURL_FUNCTIONS(_)   \
	_(easy_cleanup)        \
	_(easy_getinfo)        \
	_(easy_init)           \
	_(easy_perform)        \
	_(easy_setopt)         \
	_(easy_strerror)       \
	_(free)                \
	_(global_cleanup)      \
	_(global_init)         \
	_(multi_add_handle)    \
	_(multi_info_read)     \
	_(multi_init)          \
	_(multi_remove_handle) \
	_(multi_setopt)        \
	_(multi_socket_action) \
	_(slist_append)        \
	_(slist_free_all)      \
	_(url)                 \
	_(url_cleanup)         \
	_(url_get)             \
	_(url_set)             \
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
