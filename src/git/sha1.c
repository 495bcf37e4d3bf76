/* See sha1.h. FIPS 180-4, section 6.1. */
#include "git/sha1.h"

#include <stdio.h>
#include <string.h>

static uint32_t rotate(uint32_t x, int by)
{
	return x << by | x >> (32 - by);
}

static uint32_t load(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* One step; the five variables change their names instead of their places. */
#define STEP(a, b, c, d, e, f, k, w)                                                                                   \
	do {                                                                                                           \
		(e) += rotate(a, 5) + (f) + (k) + (w);                                                                 \
		(b) = rotate(b, 30);                                                                                   \
	} while (0)
#define FIVE(F, k, i)                                                                                                  \
	do {                                                                                                           \
		STEP(a, b, c, d, e, F(b, c, d), k, w[i]);                                                              \
		STEP(e, a, b, c, d, F(a, b, c), k, w[(i) + 1]);                                                        \
		STEP(d, e, a, b, c, F(e, a, b), k, w[(i) + 2]);                                                        \
		STEP(c, d, e, a, b, F(d, e, a), k, w[(i) + 3]);                                                        \
		STEP(b, c, d, e, a, F(c, d, e), k, w[(i) + 4]);                                                        \
	} while (0)
#define CHOOSE(x, y, z) (((x) & ((y) ^ (z))) ^ (z))
#define PARITY(x, y, z) ((x) ^ (y) ^ (z))
#define MAJORITY(x, y, z) (((x) & (y)) | ((z) & ((x) | (y))))

static void add_block(uint32_t state[5], const unsigned char *block)
{
	uint32_t w[80];
	for (int i = 0; i < 16; i++)
		w[i] = load(block + 4 * i);
	for (int i = 16; i < 80; i++)
		w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
	for (int i = 0; i < 20; i += 5)
		FIVE(CHOOSE, 0x5a827999, i);
	for (int i = 20; i < 40; i += 5)
		FIVE(PARITY, 0x6ed9eba1, i);
	for (int i = 40; i < 60; i += 5)
		FIVE(MAJORITY, 0x8f1bbcdc, i);
	for (int i = 60; i < 80; i += 5)
		FIVE(PARITY, 0xca62c1d6, i);
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
}

void sha1_begin(struct sha1 *sha1)
{
	*sha1 = (struct sha1){{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}, 0, {0}};
}

void sha1_add(struct sha1 *sha1, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;
	size_t held = sha1->bytes % 64;
	sha1->bytes += len;
	if (held && held + len >= 64) {
		memcpy(sha1->block + held, at, 64 - held);
		add_block(sha1->state, sha1->block);
		at += 64 - held;
		len -= 64 - held;
		held = 0;
	}
	for (; held + len >= 64; at += 64, len -= 64)
		add_block(sha1->state, at);
	if (len)
		memcpy(sha1->block + held, at, len);
}

void sha1_end(struct sha1 *sha1, struct oid *digest)
{
	static const unsigned char padding[64] = {0x80};
	unsigned char length[8];
	for (int i = 0; i < 8; i++)
		length[i] = (unsigned char)(sha1->bytes * 8 >> (56 - 8 * i));
	sha1_add(sha1, padding, 64 - (sha1->bytes + 8) % 64);
	sha1_add(sha1, length, sizeof length);
	for (int i = 0; i < OID_BYTES; i++)
		digest->bytes[i] = (unsigned char)(sha1->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha1_object(const char *type, struct slice content, struct oid *id)
{
	struct sha1 sha1;
	char head[64];
	int len = snprintf(head, sizeof head, "%s %zu", type, content.len);
	sha1_begin(&sha1);
	sha1_add(&sha1, head, (size_t)len + 1);
	sha1_add(&sha1, content.ptr, content.len);
	sha1_end(&sha1, id);
}
