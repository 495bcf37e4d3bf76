/* Getting one file from wherever it is: an URL, another machine by ssh, this machine, standard input.
 *
 *   -                           standard input
 *   ssh://[user@]host:file      by scp, which asks what it has to on the terminal
 *   http https ftp ftps file    by libcurl, in this process; redirects are followed to http and https
 *   anything without ://        a file
 *
 * Proxies are those of the environment (https_proxy, no_proxy, ...), passwords may stand in ~/.netrc, certificates are those of the
 * system or of $CURL_CA_BUNDLE, $SSL_CERT_FILE or $SSL_CERT_DIR, as curl itself has it. */
#ifndef MR_FETCH_FETCH_H
#define MR_FETCH_FETCH_H

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

struct fetch_opts {
	bool insecure;        /* accept bad certificates */
	size_t max_bytes;     /* more is an error */
	msec connect_timeout; /* until there is a connection, with TLS; 0: libcurl's */
	msec stall_timeout;   /* for as long a transfer may all but stand still; whole seconds; 0: for ever */
	msec total_timeout;   /* for all of it; 0: for ever */
	/* Called now and then during a transfer by libcurl, with the bytes that came so far. NULL: nothing. */
	void (*progress)(void *context, size_t received);
	void *progress_context;
};

/* Adds the file's bytes to out. -1 with a message that names the source and the reason; out is then as it was. */
int fetch(const char *source, const struct fetch_opts *opts, struct str *out, struct err *err);

#endif
