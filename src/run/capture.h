/* What a job said and nobody was shown yet: bytes in the order in which they came, each run of them marked with its stream. */
#ifndef MR_RUN_CAPTURE_H
#define MR_RUN_CAPTURE_H

#include "base/str.h"

/* Standard output and standard error, by their descriptor numbers. */
enum stream { STREAM_OUT = 1, STREAM_ERR = 2 };

struct capture_run {
	enum stream stream;
	size_t len;
};

struct capture {
	struct str bytes;
	size_t shown; /* bytes at the front that were taken */
	struct capture_run *runs;
	size_t run_count;
	size_t run_cap;
	size_t first_run;
};

#define CAPTURE_INIT {.bytes = STR_INIT}

void capture_add(struct capture *capture, enum stream stream, const void *bytes, size_t len);

/* The oldest bytes of one stream, or false when there are none; capture_take() removes len of them. */
bool capture_peek(const struct capture *capture, enum stream *stream, struct slice *bytes);
void capture_take(struct capture *capture, size_t len);

/* Bytes that wait. */
size_t capture_size(const struct capture *capture);
void capture_release(struct capture *capture);

#endif
