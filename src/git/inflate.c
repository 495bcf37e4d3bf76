/* See inflate.h. */
#include "git/inflate.h"

#include "base/library.h"

#include <limits.h>
#include <zlib.h>

static struct {
	__typeof__(&inflateInit_) init;
	__typeof__(&inflate) inflate;
	__typeof__(&inflateEnd) end;
} zlib;

static int load(struct err *err)
{
	static const struct library_function functions[] = {
	    {"inflateInit_", &zlib.init}, {"inflate", &zlib.inflate}, {"inflateEnd", &zlib.end}};
	static bool ready;
	if (!ready && library_load("z", "1", functions, sizeof functions / sizeof *functions, err))
		return -1;
	ready = true;
	return 0;
}

int inflate_some(struct slice packed, size_t limit, struct str *out, bool *whole, struct err *err)
{
	z_stream stream = {0};
	if (load(err))
		return -1;
	if (packed.len > UINT_MAX || limit > UINT_MAX || zlib.init(&stream, ZLIB_VERSION, (int)sizeof stream) != Z_OK)
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
	zlib.end(&stream);
	*whole = status == Z_STREAM_END;
	if (status == Z_STREAM_END || ((status == Z_BUF_ERROR || status == Z_OK) && !stream.avail_out))
		return 0;
	return err_set(err, "an object is damaged");
}
