/* Downloads by libcurl. */
#include "fetch/ways.h"

#include "fetch/library.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_REDIRECTS = 10, STALL_BYTES_PER_SECOND = 10 };

struct download {
	const struct fetch_opts *opts;
	struct str *out;
	size_t received;
	bool too_long;
	char reason[CURL_ERROR_SIZE];
};

static size_t take(char *bytes, size_t size, size_t count, void *context)
{
	struct download *download = context;
	size_t len = size * count;
	if (len > download->opts->max_bytes - download->received) {
		download->too_long = true;
		return 0;
	}
	str_add(download->out, bytes, len);
	download->received += len;
	return len;
}

static int show_progress(void *context, curl_off_t total, curl_off_t received, curl_off_t up_total, curl_off_t up)
{
	const struct download *download = context;
	(void)total;
	(void)up_total;
	(void)up;
	download->opts->progress(download->opts->progress_context, (size_t)received);
	return 0;
}

/* Those of the wanted protocols that this libcurl has: it refuses a list that names another. */
static void restrict_protocols(CURL *curl)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	static const char *const wanted[] = {"http", "https", "ftp", "ftps", "file"};
	struct str list = STR_INIT;
	const curl_version_info_data *info = libcurl.version_info(CURLVERSION_NOW);
	for (const char *const *known = info->protocols; *known; known++) {
		for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
			if (strcmp(*known, wanted[i]) == 0)
				str_addf(&list, "%s%s", list.len ? "," : "", *known);
		}
	}
	libcurl.easy_setopt(curl, CURLOPT_PROTOCOLS_STR, str_cstr(&list));
	libcurl.easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, strstr(str_cstr(&list), "https") ? "http,https" : "http");
	str_release(&list);
#else
	libcurl.easy_setopt(curl, CURLOPT_PROTOCOLS,
			 CURLPROTO_HTTP | CURLPROTO_HTTPS | CURLPROTO_FTP | CURLPROTO_FTPS | CURLPROTO_FILE);
	libcurl.easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

/* libcurl leaves these variables to the program. */
static void choose_certificates(CURL *curl, bool insecure)
{
	const char *bundle = getenv("CURL_CA_BUNDLE"), *dir = getenv("SSL_CERT_DIR"), *file = getenv("SSL_CERT_FILE");
	libcurl.easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, insecure ? 0L : 1L);
	libcurl.easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, insecure ? 0L : 2L);
	if (!bundle || !*bundle)
		bundle = file;
	if (bundle && *bundle)
		libcurl.easy_setopt(curl, CURLOPT_CAINFO, bundle);
	if (dir && *dir)
		libcurl.easy_setopt(curl, CURLOPT_CAPATH, dir);
}

static void limit_time(CURL *curl, const struct fetch_opts *opts)
{
	if (opts->connect_timeout)
		libcurl.easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)opts->connect_timeout);
	if (opts->total_timeout)
		libcurl.easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)opts->total_timeout);
	if (opts->stall_timeout) {
		libcurl.easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES_PER_SECOND);
		libcurl.easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)((opts->stall_timeout + 999) / 1000));
	}
}

static void describe(CURL *curl, const char *url, struct download *download)
{
	const struct fetch_opts *opts = download->opts;
	libcurl.easy_setopt(curl, CURLOPT_URL, url);
	libcurl.easy_setopt(curl, CURLOPT_USERAGENT, "mr");
	libcurl.easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
	libcurl.easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	libcurl.easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
	libcurl.easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, ""); /* all that this libcurl can unpack */
	libcurl.easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	libcurl.easy_setopt(curl, CURLOPT_MAXREDIRS, (long)MAX_REDIRECTS);
	libcurl.easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)opts->max_bytes);
	libcurl.easy_setopt(curl, CURLOPT_ERRORBUFFER, download->reason);
	libcurl.easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	libcurl.easy_setopt(curl, CURLOPT_WRITEDATA, download);
	if (opts->progress) {
		libcurl.easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
		libcurl.easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, show_progress);
		libcurl.easy_setopt(curl, CURLOPT_XFERINFODATA, download);
	}
	restrict_protocols(curl);
	choose_certificates(curl, opts->insecure);
	limit_time(curl, opts);
}

static int explain(const char *url, const struct download *download, CURLcode code, struct err *err)
{
	const char *reason = download->reason[0] ? download->reason : libcurl.easy_strerror(code);
	if (download->too_long || code == CURLE_FILESIZE_EXCEEDED)
		return err_set(err, "download of %s failed: it is longer than %zu bytes", url, download->opts->max_bytes);
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		return err_set(err, "invalid SSL certificate for %s (consider -k)\n%s", url, reason);
	return err_set(err, "download of %s failed: %s", url, reason);
}

int fetch_url(const char *url, const struct fetch_opts *opts, struct str *out, struct err *err)
{
	struct download download = {.opts = opts, .out = out};
	if (libcurl_load(err))
		return -1;
	CURL *curl = libcurl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? libcurl.easy_init() : NULL;
	if (!curl)
		return err_set(err, "download of %s failed: libcurl cannot be used", url);
	describe(curl, url, &download);
	CURLcode code = libcurl.easy_perform(curl);
	libcurl.easy_cleanup(curl);
	libcurl.global_cleanup();
	return code == CURLE_OK ? 0 : explain(url, &download, code, err);
}
