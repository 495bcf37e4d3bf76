/* See capture.h. */
#include "run/capture.h"

#include <stdlib.h>
#include <string.h>

void capture_add(struct capture *capture, enum stream stream, const void *bytes, size_t len)
{
	if (!len)
		return;
	str_add(&capture->bytes, bytes, len);
	if (capture->run_count > capture->first_run && capture->runs[capture->run_count - 1].stream == stream) {
		capture->runs[capture->run_count - 1].len += len;
		return;
	}
	MEM_RESERVE(capture->runs, capture->run_cap, capture->run_count + 1);
	capture->runs[capture->run_count++] = (struct capture_run){stream, len};
}

bool capture_peek(const struct capture *capture, enum stream *stream, struct slice *bytes)
{
	if (capture->first_run == capture->run_count)
		return false;
	const struct capture_run *run = &capture->runs[capture->first_run];
	*stream = run->stream;
	*bytes = slice_make(capture->bytes.data + capture->shown, run->len);
	return true;
}

void capture_take(struct capture *capture, size_t len)
{
	struct capture_run *run = &capture->runs[capture->first_run];
	run->len -= len;
	capture->shown += len;
	if (!run->len)
		capture->first_run++;
	if (capture->first_run > 1024 && capture->first_run > capture->run_count / 2) {
		capture->run_count -= capture->first_run;
		memmove(capture->runs, capture->runs + capture->first_run, capture->run_count * sizeof *capture->runs);
		capture->first_run = 0;
	}
	if (capture->first_run == capture->run_count) {
		str_clear(&capture->bytes);
		capture->shown = capture->first_run = capture->run_count = 0;
	} else if (capture->shown > 65536 && capture->shown > capture->bytes.len / 2) {
		/* Moving less than was shown keeps the cost of a byte constant. */
		str_consume(&capture->bytes, capture->shown);
		capture->shown = 0;
	}
}

size_t capture_size(const struct capture *capture)
{
	return capture->bytes.len - capture->shown;
}

void capture_release(struct capture *capture)
{
	str_release(&capture->bytes);
	free(capture->runs);
	*capture = (struct capture)CAPTURE_INIT;
}
