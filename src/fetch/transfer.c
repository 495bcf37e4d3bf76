/* See transfer.h. */
#include "fetch/transfer.h"

#include "base/path.h"
#include "fetch/pkt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_TIMEOUT_MS = 10000, LONGEST_ANSWER = 64 << 20 };

static const char content_type[] = "application/x-git-upload-pack-result";

/* Servers know their clients by how this begins. */
static const char user_agent[] = "git/2 (mr)";

struct transfer {
	CURL *curl;
	struct curl_slist *headers;
	struct str request;
	struct str body;
	bool too_long;
	char reason[CURL_ERROR_SIZE];
	char status_text[64];
};

const char *transfer_strange_variable(void)
{
	static const char *const names[] = {
	    "GIT_SSL_CERT",
	    "GIT_SSL_KEY",
	    "GIT_SSL_CERT_PASSWORD_PROTECTED",
	    "GIT_SSL_VERSION",
	    "GIT_SSL_CIPHER_LIST",
	    "GIT_SMART_HTTP",
	    "GIT_HTTP_PROXY_AUTHMETHOD",
	    "GIT_PROXY_SSL_CERT",
	    "GIT_PROXY_SSL_KEY",
	    "GIT_PROXY_SSL_CAINFO",
	    "GIT_CURL_VERBOSE",
	    "GIT_TRACE_CURL",
	    "GIT_PROXY_SSL_CERT_PASSWORD_PROTECTED",
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (getenv(names[i]))
			return names[i];
	}
	return NULL;
}

/* A part of an URL as a string for free(); NULL when it has none. */
static char *part_of(CURLU *url, CURLUPart part, unsigned flags)
{
	char *text = NULL, *copy = NULL;
	if (libcurl.url_get(url, part, &text, flags) == CURLUE_OK && text)
		copy = mem_strdup(text);
	libcurl.free(text);
	return copy;
}

static bool is_http(const char *protocol)
{
	return protocol && (strcmp(protocol, "http") == 0 || strcmp(protocol, "https") == 0);
}

/* What is asked, as a string for free(). */
static char *service_url(CURLU *url)
{
	char *plain = part_of(url, CURLUPART_URL, 0);
	size_t len = plain ? strlen(plain) : 0;
	char *text = mem_format("%s%sgit-upload-pack", plain ? plain : "", len && plain[len - 1] == '/' ? "" : "/");
	free(plain);
	return text;
}

static void fill_target(struct transfer_target *target, CURLU *url)
{
	char *host = part_of(url, CURLUPART_HOST, 0), *port = part_of(url, CURLUPART_PORT, 0);
	char *path = part_of(url, CURLUPART_PATH, CURLU_URLDECODE);
	target->protocol = part_of(url, CURLUPART_SCHEME, 0);
	target->user = part_of(url, CURLUPART_USER, CURLU_URLDECODE);
	target->password = part_of(url, CURLUPART_PASSWORD, CURLU_URLDECODE);
	target->host = mem_format("%s%s%s", host ? host : "", port ? ":" : "", port ? port : "");
	target->path = mem_strdup(path ? path + (*path == '/') : "");
	libcurl.url_set(url, CURLUPART_PASSWORD, NULL, 0);
	target->user_url = service_url(url);
	libcurl.url_set(url, CURLUPART_USER, NULL, 0);
	target->url = service_url(url);
	target->origin = mem_format("%s://%s", target->protocol ? target->protocol : "", target->host);
	free(path);
	free(port);
	free(host);
}

int transfer_target_parse(struct transfer_target *target, const char *text, struct err *err)
{
	CURLU *url = libcurl.url();
	int failed = !url || strpbrk(text, "?#\n") || libcurl.url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK;
	if (!failed)
		fill_target(target, url);
	if (url)
		libcurl.url_cleanup(url);
	if (failed || !is_http(target->protocol))
		return err_set(err, "the URL is not understood");
	return 0;
}

void transfer_target_release(struct transfer_target *target)
{
	free(target->url);
	free(target->user_url);
	free(target->origin);
	free(target->protocol);
	free(target->host);
	free(target->path);
	free(target->user);
	free(target->password);
	*target = (struct transfer_target){0};
}

static size_t take(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t len = size * count;
	transfer->too_long = len > LONGEST_ANSWER - transfer->body.len;
	if (transfer->too_long)
		return 0;
	str_add(&transfer->body, bytes, len);
	return len;
}

static void set_text(CURL *curl, CURLoption option, const char *text)
{
	if (text)
		libcurl.easy_setopt(curl, option, text);
}

/* What stands in the environment wins. */
static const char *choose(const char *name, const char *configured)
{
	const char *value = getenv(name);
	return value ? value : configured;
}

static void set_file(CURL *curl, CURLoption option, const char *dir, const char *path)
{
	if (!path)
		return;
	char *whole = path_join(dir, path);
	libcurl.easy_setopt(curl, option, whole);
	free(whole);
}

static void set_trust(CURL *curl, const struct ask_question *question)
{
	const struct ask_http *http = &question->http;
	bool verify = !http->no_verify && !getenv("GIT_SSL_NO_VERIFY");
	libcurl.easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, verify ? 1L : 0L);
	libcurl.easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, verify ? 2L : 0L);
	set_file(curl, CURLOPT_CAINFO, question->dir, choose("GIT_SSL_CAINFO", http->ssl_ca_info));
	set_file(curl, CURLOPT_CAPATH, question->dir, choose("GIT_SSL_CAPATH", http->ssl_ca_path));
}

static void set_speed(CURL *curl, const struct ask_http *http)
{
	const char *limit = getenv("GIT_HTTP_LOW_SPEED_LIMIT"), *duration = getenv("GIT_HTTP_LOW_SPEED_TIME");
	long bytes = limit ? strtol(limit, NULL, 10) : http->low_speed_limit;
	long seconds = duration ? strtol(duration, NULL, 10) : http->low_speed_time;
	if (bytes > 0 && seconds > 0) {
		libcurl.easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, bytes);
		libcurl.easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, seconds);
	}
}

static void set_version(CURL *curl, const char *version)
{
	if (version && strcmp(version, "HTTP/1.1") == 0)
		libcurl.easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	else if (version && strcmp(version, "HTTP/2") == 0)
		libcurl.easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2);
}

static void set_credentials(CURL *curl, const struct transfer_opts *opts)
{
	if (opts->user) {
		libcurl.easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
		libcurl.easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
		libcurl.easy_setopt(curl, CURLOPT_USERNAME, opts->user);
		libcurl.easy_setopt(curl, CURLOPT_PASSWORD, opts->password ? opts->password : "");
	} else {
		libcurl.easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
		libcurl.easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_ANY);
	}
}

static void add_header(struct transfer *transfer, const char *header)
{
	struct curl_slist *longer = libcurl.slist_append(transfer->headers, header);
	transfer->headers = longer ? longer : transfer->headers;
}

static void set_request(struct transfer *transfer, const struct ask_question *question)
{
	CURL *curl = transfer->curl;
	pkt_add_ls_refs(&transfer->request, question);
	libcurl.easy_setopt(curl, CURLOPT_POSTFIELDS, str_cstr(&transfer->request));
	libcurl.easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)transfer->request.len);
	add_header(transfer, "Content-Type: application/x-git-upload-pack-request");
	add_header(transfer, "Accept: application/x-git-upload-pack-result");
	add_header(transfer, "Git-Protocol: version=2");
	add_header(transfer, "Expect:"); /* no round trip before a long request */
	for (size_t i = 0; i < question->http.headers.len; i++)
		add_header(transfer, question->http.headers.list[i]);
	libcurl.easy_setopt(curl, CURLOPT_HTTPHEADER, transfer->headers);
	set_text(curl, CURLOPT_USERAGENT,
		 choose("GIT_HTTP_USER_AGENT", question->http.user_agent ? question->http.user_agent : user_agent));
	libcurl.easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
}

static void describe(struct transfer *transfer, const struct ask_question *question, const struct transfer_opts *opts)
{
	CURL *curl = transfer->curl;
	const struct ask_http *http = &question->http;
	libcurl.easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->reason);
	libcurl.easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	libcurl.easy_setopt(curl, CURLOPT_PIPEWAIT, opts->multiplexes ? 1L : 0L);
	libcurl.easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
	libcurl.easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
	libcurl.easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L); /* git says where it is led to */
	libcurl.easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_TIMEOUT_MS);
	libcurl.easy_setopt(curl, CURLOPT_TIMEOUT_MS, opts->timeout_ms);
	libcurl.easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	libcurl.easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
	set_text(curl, CURLOPT_PROXY, http->proxy);
	set_file(curl, CURLOPT_COOKIEFILE, question->dir,
		 http->cookie_file && *http->cookie_file ? http->cookie_file : NULL);
	set_trust(curl, question);
	set_speed(curl, http);
	set_version(curl, http->version);
	set_credentials(curl, opts);
	set_request(transfer, question);
}

struct transfer *transfer_new(const struct ask_question *question, const struct transfer_target *target,
			      const struct transfer_opts *opts, struct err *err)
{
	CURL *curl = libcurl.easy_init();
	if (!curl) {
		err_set(err, "libcurl cannot be used");
		return NULL;
	}
	struct transfer *transfer = mem_calloc(1, sizeof *transfer);
	transfer->curl = curl;
	libcurl.easy_setopt(curl, CURLOPT_URL, opts->user ? target->url : target->user_url);
	describe(transfer, question, opts);
	return transfer;
}

CURL *transfer_handle(const struct transfer *transfer)
{
	return transfer->curl;
}

void transfer_set_context(struct transfer *transfer, void *context)
{
	libcurl.easy_setopt(transfer->curl, CURLOPT_PRIVATE, context);
}

void *transfer_context(CURL *handle)
{
	char *context = NULL;
	libcurl.easy_getinfo(handle, CURLINFO_PRIVATE, &context);
	return context;
}

void transfer_free(struct transfer *transfer)
{
	libcurl.easy_cleanup(transfer->curl);
	libcurl.slist_free_all(transfer->headers);
	str_release(&transfer->request);
	str_release(&transfer->body);
	free(transfer);
}

struct slice transfer_body(const struct transfer *transfer)
{
	return str_slice(&transfer->body);
}

/* No answer came. */
static void judge_failure(const struct transfer *transfer, CURLcode code, struct transfer_outcome *outcome)
{
	outcome->result = TRANSFER_BROKEN;
	outcome->message = transfer->reason[0] ? transfer->reason : libcurl.easy_strerror(code);
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
	case CURLE_SSL_CONNECT_ERROR:
		outcome->reason = FAILURE_UNREACHABLE;
		break;
	case CURLE_OPERATION_TIMEDOUT:
		outcome->reason = FAILURE_TIMEOUT;
		break;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		outcome->reason = FAILURE_CERTIFICATE;
		break;
	default:
		outcome->result = TRANSFER_OTHER;
		outcome->reason = FAILURE_OTHER;
	}
	if (transfer->too_long)
		outcome->message = "the answer is too long";
}

static void judge_credential(const struct transfer *transfer, struct transfer_outcome *outcome)
{
	long ways = 0;
	libcurl.easy_getinfo(transfer->curl, CURLINFO_HTTPAUTH_AVAIL, &ways);
	outcome->reason = FAILURE_AUTHENTICATION;
	if (ways == (long)CURLAUTH_BASIC)
		outcome->result = TRANSFER_CREDENTIAL;
}

static void judge_status(struct transfer *transfer, long status, struct transfer_outcome *outcome)
{
	snprintf(transfer->status_text, sizeof transfer->status_text, "the server says %ld", status);
	outcome->message = transfer->status_text;
	switch (status) {
	case 401:
		judge_credential(transfer, outcome);
		break;
	case 403:
	case 407:
		outcome->reason = FAILURE_AUTHENTICATION;
		break;
	case 404:
	case 410:
		outcome->reason = FAILURE_NOT_FOUND;
		break;
	case 429:
	case 502:
	case 503:
	case 504:
		outcome->result = TRANSFER_BUSY;
		outcome->reason = FAILURE_BUSY;
		break;
	default:
		outcome->reason = FAILURE_OTHER;
	}
}

void transfer_judge(struct transfer *transfer, CURLcode code, struct transfer_outcome *outcome)
{
	CURL *curl = transfer->curl;
	long status = 0, version = 0, proxy_status = 0;
	curl_off_t retry_after = 0, connected = 0;
	char *type = NULL;
	*outcome = (struct transfer_outcome){.result = TRANSFER_OTHER, .message = ""};
	libcurl.easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	libcurl.easy_getinfo(curl, CURLINFO_HTTP_VERSION, &version);
	libcurl.easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
	libcurl.easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	libcurl.easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &connected);
	outcome->connected = connected > 0;
	outcome->multiplexes = version >= CURL_HTTP_VERSION_2_0;
	outcome->retry_after = (long)retry_after;
	libcurl.easy_getinfo(curl, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
	if (code != CURLE_OK && (proxy_status == 407 || proxy_status == 403)) {
		outcome->reason = FAILURE_AUTHENTICATION;
		outcome->message = "the proxy refuses";
	} else if (code != CURLE_OK) {
		judge_failure(transfer, code, outcome);
	} else if (status != 200) {
		judge_status(transfer, status, outcome);
	} else if (type && strcmp(type, content_type) == 0) {
		outcome->result = TRANSFER_LIST;
	} else {
		outcome->reason = FAILURE_OTHER;
		outcome->message = "the answer is not one of a git server";
	}
}
