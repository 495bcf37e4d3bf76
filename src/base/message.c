/* See message.h. */
#include "base/message.h"

#include <string.h>

/* The length of a text that is NULL. */
#define NO_TEXT SIZE_MAX

void message_put_bytes(struct str *out, struct slice bytes)
{
	str_add(out, &bytes.len, sizeof bytes.len);
	str_add_slice(out, bytes);
	str_addc(out, '\0');
}

void message_put_text(struct str *out, const char *text)
{
	const size_t none = NO_TEXT;
	if (text)
		message_put_bytes(out, slice_of(text));
	else
		str_add(out, &none, sizeof none);
}

void message_put_number(struct str *out, int64_t number)
{
	str_add(out, &number, sizeof number);
}

void message_put_args(struct str *out, const struct args *args)
{
	message_put_number(out, (int64_t)args->len);
	for (size_t i = 0; i < args->len; i++)
		message_put_text(out, args->list[i]);
}

static bool get(struct slice *in, void *to, size_t len)
{
	if (in->len < len)
		return false;
	memcpy(to, in->ptr, len);
	*in = slice_make(in->ptr + len, in->len - len);
	return true;
}

static bool get_body(struct slice *in, size_t len, struct slice *bytes)
{
	if (in->len <= len || in->ptr[len])
		return false;
	*bytes = slice_make(in->ptr, len);
	*in = slice_make(in->ptr + len + 1, in->len - len - 1);
	return true;
}

bool message_get_bytes(struct slice *in, struct slice *bytes)
{
	size_t len;
	return get(in, &len, sizeof len) && get_body(in, len, bytes);
}

bool message_get_text(struct slice *in, const char **text)
{
	size_t len;
	struct slice bytes;
	if (!get(in, &len, sizeof len))
		return false;
	*text = NULL;
	if (len == NO_TEXT)
		return true;
	if (!get_body(in, len, &bytes) || slice_has_nul(bytes))
		return false;
	*text = bytes.ptr;
	return true;
}

bool message_get_number(struct slice *in, int64_t least, int64_t most, int64_t *number)
{
	return get(in, number, sizeof *number) && *number >= least && *number <= most;
}

bool message_get_args(struct slice *in, struct args *args)
{
	int64_t count;
	const char *text;
	if (!message_get_number(in, 0, (int64_t)in->len, &count))
		return false;
	for (int64_t i = 0; i < count; i++) {
		if (!message_get_text(in, &text) || !text)
			return false;
		args_push(args, text);
	}
	return true;
}
