/* See frame.h. */
#include "base/frame.h"

#include <string.h>

/* Nobody sends more at once. */
enum { LONGEST = 1 << 30 };

struct head {
	uint64_t id;
	uint64_t len;
};

void frame_add(struct str *out, uint64_t id, struct slice body)
{
	const struct head head = {.id = id, .len = body.len};
	str_add(out, &head, sizeof head);
	str_add_slice(out, body);
}

enum frame_state frame_take(struct slice *in, uint64_t *id, struct slice *body)
{
	struct head head;
	if (in->len < sizeof head)
		return FRAME_PART;
	memcpy(&head, in->ptr, sizeof head);
	if (head.len > LONGEST)
		return FRAME_BROKEN;
	if (in->len - sizeof head < head.len)
		return FRAME_PART;
	*id = head.id;
	*body = slice_make(in->ptr + sizeof head, (size_t)head.len);
	*in = slice_make(body->ptr + body->len, in->len - sizeof head - body->len);
	return FRAME_WHOLE;
}
