/* Numbers in settings. */
#ifndef MR_REGISTRY_NUMBER_H
#define MR_REGISTRY_NUMBER_H

#include "base/str.h"

#include <stdbool.h>

/* The number that a text begins with, after blanks: sign, decimal digits, fraction, exponent, or "inf". 0 when there is
 * none. No locale changes what a decimal point is. */
double number_leading(struct slice text);

/* Is the text decimal digits and nothing else? *out is then the number, LONG_MAX when it is greater. */
bool number_digits(struct slice text, long *out);

#endif
