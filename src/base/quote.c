/* See quote.h. */
#include "base/quote.h"

#include <string.h>

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

static bool is_plain(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!text.ptr[i] || (!byte_is_word(text.ptr[i]) && !strchr("-+=./,:@%", text.ptr[i])))
			return false;
	}
	return text.len > 0;
}

void quote_shell_if_needed(struct str *out, struct slice text)
{
	if (is_plain(text))
		str_add_slice(out, text);
	else
		quote_shell(out, text);
}
