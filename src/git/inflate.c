/* See inflate.h. */
#include "git/inflate.h"

#include "base/library.h"

#include <limits.h>
#include <zlib.h>

static struct {
	__typeof__(&inflateInit_) init;
	__typeof__(&inflate) inflate;
	__typeof__(&inflateReset) reset;
} zlib;

/* One for all objects: making one costs more than inflating a commit. */
static z_stream stream;

static int load(struct err *err)
{
	static const struct library_function functions[] = {
	    {"inflateInit_", &zlib.init}, {"inflate", &zlib.inflate}, {"inflateReset", &zlib.reset}};
	static bool ready;
	if (ready)
		return 0;
	if (library_load("z", "1", functions, sizeof functions / sizeof *functions, err))
		return -1;
	ready = zlib.init(&stream, ZLIB_VERSION, (int)sizeof stream) == Z_OK;
	return ready ? 0 : err_set(err, "zlib cannot be used");
}

int inflate_some(struct slice packed, size_t limit, struct str *out, struct inflated *found, struct err *err)
{
	if (load(err))
		return -1;
	if (packed.len > UINT_MAX || limit > UINT_MAX || zlib.reset(&stream) != Z_OK)
		return err_set(err, "zlib cannot be used");
	/* zlib does not write to what it reads, but its interface does not say so. */
	union {
		const char *from;
		Bytef *to;
	} in = {packed.ptr};
	stream.next_in = in.to;
	stream.avail_in = (uInt)packed.len;
	stream.next_out = (Bytef *)str_room(out, limit + 1);
	stream.avail_out = (uInt)limit;
	int status = zlib.inflate(&stream, Z_FINISH);
	str_commit(out, limit - stream.avail_out);
	*found = (struct inflated){status == Z_STREAM_END, stream.avail_in};
	if (status == Z_STREAM_END || ((status == Z_BUF_ERROR || status == Z_OK) && !stream.avail_out))
		return 0;
	return err_set(err, "an object is damaged");
}
