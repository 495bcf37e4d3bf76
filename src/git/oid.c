/* See oid.h. */
#include "git/oid.h"

#include <string.h>

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool oid_parse(struct oid *oid, const char *hex)
{
	for (int i = 0; i < OID_BYTES; i++) {
		int high = digit(hex[2 * i]);
		int low = high < 0 ? -1 : digit(hex[2 * i + 1]);
		if (low < 0)
			return false;
		oid->bytes[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

void oid_format(const struct oid *oid, char hex[OID_HEX + 1])
{
	static const char digits[] = "0123456789abcdef";
	for (int i = 0; i < OID_BYTES; i++) {
		hex[2 * i] = digits[oid->bytes[i] >> 4];
		hex[2 * i + 1] = digits[oid->bytes[i] & 15];
	}
	hex[OID_HEX] = '\0';
}

bool oid_equal(const struct oid *a, const struct oid *b)
{
	return !memcmp(a->bytes, b->bytes, OID_BYTES);
}

bool oid_is_zero(const struct oid *oid)
{
	static const struct oid zero;
	return oid_equal(oid, &zero);
}

size_t oid_common_digits(const struct oid *a, const struct oid *b)
{
	size_t i = 0;
	while (i < OID_BYTES && a->bytes[i] == b->bytes[i])
		i++;
	return i < OID_BYTES ? 2 * i + !((a->bytes[i] ^ b->bytes[i]) & 0xf0) : OID_HEX;
}
