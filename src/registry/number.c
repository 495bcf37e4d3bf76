/* See number.h. */
#include "registry/number.h"

#include <limits.h>
#include <math.h>

static bool is_digit(struct slice text, size_t at)
{
	return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

static bool is_one_of(struct slice text, size_t at, char a, char b)
{
	return at < text.len && (text.ptr[at] == a || text.ptr[at] == b);
}

/* The exponent at `e`, 0 when no digits follow it; beyond what a double can hold it does not matter how far. */
static int exponent_at(struct slice text, size_t at)
{
	if (!is_one_of(text, at, 'e', 'E'))
		return 0;
	bool negative = is_one_of(text, ++at, '-', '-');
	at += is_one_of(text, at, '+', '-');
	int exponent = 0;
	for (; is_digit(text, at); at++)
		exponent = exponent < 100000 ? exponent * 10 + (text.ptr[at] - '0') : exponent;
	return negative ? -exponent : exponent;
}

/* number * 10^exponent, rounded once for the exponents that people write. */
static double scale_by_tens(double number, int exponent)
{
	double power = 1;
	for (int i = exponent < 0 ? -exponent : exponent; i && power < HUGE_VAL; i--)
		power *= 10;
	if (power == HUGE_VAL)
		return exponent < 0 ? 0 : HUGE_VAL;
	return exponent < 0 ? number / power : number * power;
}

double number_leading(struct slice text)
{
	size_t at = 0;
	while (at < text.len && byte_is_blank(text.ptr[at]))
		at++;
	bool negative = is_one_of(text, at, '-', '-');
	at += is_one_of(text, at, '+', '-');
	if (is_one_of(text, at, 'i', 'I') && is_one_of(text, at + 1, 'n', 'N') && is_one_of(text, at + 2, 'f', 'F'))
		return negative ? -HUGE_VAL : HUGE_VAL;
	double number = 0;
	int scale = 0;
	size_t start = at;
	for (; is_digit(text, at); at++)
		number = number * 10 + (text.ptr[at] - '0');
	bool digits = at > start;
	if (is_one_of(text, at, '.', '.'))
		for (at++; is_digit(text, at); at++, digits = true) {
			number = number * 10 + (text.ptr[at] - '0');
			scale = scale > -1000 ? scale - 1 : scale;
		}
	if (!digits || number == 0)
		return 0;
	number = scale_by_tens(number, scale + exponent_at(text, at));
	return negative ? -number : number;
}

bool number_digits(struct slice text, long *out)
{
	*out = 0;
	size_t at = 0;
	for (; is_digit(text, at); at++) {
		int digit = text.ptr[at] - '0';
		*out = *out > (LONG_MAX - digit) / 10 ? LONG_MAX : *out * 10 + digit;
	}
	return text.len > 0 && at == text.len;
}
