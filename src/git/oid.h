/* Object names (SHA-1), and the modes that trees and indexes know. */
#ifndef MR_GIT_OID_H
#define MR_GIT_OID_H

#include <stdbool.h>
#include <stddef.h>

#define OID_BYTES 20
#define OID_HEX 40

#define MODE_FILE 0100644u
#define MODE_PROGRAM 0100755u
#define MODE_LINK 0120000u

struct oid {
	unsigned char bytes[OID_BYTES];
};

/* Reads OID_HEX lower or upper case digits; false when a byte among them is none. Stops at the first such byte. */
bool oid_parse(struct oid *oid, const char *hex);

/* Writes OID_HEX digits and a NUL. */
void oid_format(const struct oid *oid, char hex[OID_HEX + 1]);

bool oid_equal(const struct oid *a, const struct oid *b);
bool oid_is_zero(const struct oid *oid);

/* How many leading digits two names have in common. */
size_t oid_common_digits(const struct oid *a, const struct oid *b);

#endif
