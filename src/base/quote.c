/* See quote.h. */
#include "base/quote.h"

void quote_shell(struct str *out, struct slice text)
{
	str_addc(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\'')
			str_adds(out, "'\"'\"'");
		else
			str_addc(out, text.ptr[i]);
	}
	str_addc(out, '\'');
}
