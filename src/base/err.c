/* See err.h. */
#include "base/err.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

int err_set(struct err *err, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	free(err->text);
	err->text = str_detach(&text);
	return -1;
}

int err_sys(struct err *err, int errnum, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	str_addf(&text, ": %s", strerror(errnum));
	free(err->text);
	err->text = str_detach(&text);
	return -1;
}

const char *err_text(const struct err *err)
{
	return err->text ? err->text : "";
}

bool err_is_set(const struct err *err)
{
	return err->text != NULL;
}

void err_release(struct err *err)
{
	free(err->text);
	err->text = NULL;
}
