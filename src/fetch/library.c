/* See library.h. */
#include "fetch/library.h"

#include "base/library.h"

/* The interface version of every libcurl since 2006. */
static const char version[] = "4";

struct libcurl libcurl;

int libcurl_load(struct err *err)
{
	static const struct library_function functions[] = {
#define LIBCURL_ENTRY(name) {"curl_" #name, &libcurl.name},
	    LIBCURL_FUNCTIONS(LIBCURL_ENTRY)
#undef LIBCURL_ENTRY
	};
	return library_load("curl", version, functions, sizeof functions / sizeof *functions, err);
}
