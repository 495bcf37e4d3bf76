/* Questions over HTTP: by libcurl, one connection a host where the server takes many requests at a time (HTTP/2). */
#ifndef MR_FETCH_HTTP_H
#define MR_FETCH_HTTP_H

#include "fetch/loop.h"
#include "fetch/query.h"

struct http;

/* Both must live as long. It is not freed: it ends with the process, since libcurl may be waiting for a name server. */
struct http *http_new(struct loop *loop, const struct query_limits *limits);

/* Answers the query, at once or later. */
void http_ask(struct http *http, struct query *query);

#endif
