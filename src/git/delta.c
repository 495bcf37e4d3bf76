/* See delta.h. Two sizes, then instructions: bytes to be copied from the base, or bytes to be added. */
#include "git/delta.h"

static bool take_byte(struct slice *from, unsigned char *byte)
{
	if (!from->len)
		return false;
	*byte = (unsigned char)*from->ptr;
	*from = slice_make(from->ptr + 1, from->len - 1);
	return true;
}

/* Seven bits at a time, the lowest first. */
static bool take_size(struct slice *from, size_t *size)
{
	unsigned char byte = 0x80;
	*size = 0;
	for (int shift = 0; byte & 0x80; shift += 7) {
		if (shift > 28 || !take_byte(from, &byte))
			return false;
		*size |= (size_t)(byte & 0x7f) << shift;
	}
	return true;
}

/* The bits of op tell which bytes of a number follow; others are 0. */
static bool take_number(struct slice *from, unsigned bits, int bytes, size_t *number)
{
	*number = 0;
	for (int i = 0; i < bytes; i++) {
		unsigned char byte = 0;
		if (bits & 1u << i && !take_byte(from, &byte))
			return false;
		*number |= (size_t)byte << 8 * i;
	}
	return true;
}

static bool take_instruction(struct slice base, struct slice *changes, struct str *out)
{
	unsigned char op;
	size_t at, len;
	if (!take_byte(changes, &op) || !op)
		return false;
	if (op & 0x80) {
		if (!take_number(changes, op & 0x0fu, 4, &at) || !take_number(changes, op >> 4 & 7u, 3, &len))
			return false;
		len = len ? len : 0x10000;
		if (at > base.len || len > base.len - at)
			return false;
		str_add(out, base.ptr + at, len);
		return true;
	}
	if (op > changes->len)
		return false;
	str_add(out, changes->ptr, op);
	*changes = slice_make(changes->ptr + op, changes->len - op);
	return true;
}

int delta_apply(struct slice base, struct slice changes, size_t limit, struct str *out)
{
	size_t from, to, before = out->len;
	if (!take_size(&changes, &from) || !take_size(&changes, &to) || from != base.len)
		return -1;
	if (to > limit)
		return 1;
	while (changes.len)
		if (out->len - before > to || !take_instruction(base, &changes, out))
			return -1;
	return out->len - before == to ? 0 : -1;
}
