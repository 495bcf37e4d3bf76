/* How a setting is held against a rule of policy.c. */
#ifndef MR_GIT_POLICY_MATCH_H
#define MR_GIT_POLICY_MATCH_H

#include <stdbool.h>

/* Does key, all but its subsection in lower case, fit "section.name", "section.*" or "section.?.name"? */
bool policy_key_fits(const char *rule, const char *key);

/* Is value, NULL for a key that stands alone, one of the words? They are compared as they stand, as git does with many, but
 *   <yes>      is a word for yes, or a key that stands alone, <no> a word for no, both in any case,
 *   <number>   is of digits only, <size> may end in k, m or g,
 *   <colour>   is of names of colours and attributes,
 *   <path>     does not begin with another user's home,
 *   <expiry>   is "now", "never", or "2.weeks.ago" and the like,
 *   <refspec>  is one that git takes for a fetch and for a push.
 * values NULL: any value, but there must be one. */
bool policy_value_fits(const char *values, const char *value);

#endif
