/* Frames: messages with a number, one behind the other in a stream between two processes of the same program. */
#ifndef MR_BASE_FRAME_H
#define MR_BASE_FRAME_H

#include "base/str.h"

#include <stdint.h>

void frame_add(struct str *out, uint64_t id, struct slice body);

enum frame_state {
	FRAME_WHOLE,  /* taken off */
	FRAME_PART,   /* more has to come first */
	FRAME_BROKEN, /* no such stream: it cannot go on */
};

/* Takes the first frame off *in; its body is a view into the same bytes. */
enum frame_state frame_take(struct slice *in, uint64_t *id, struct slice *body);

#endif
