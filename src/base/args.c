/* See args.h. */
#include "base/args.h"

#include "base/mem.h"

#include <stdlib.h>

void args_push(struct args *args, const char *text)
{
	args_take(args, mem_strdup(text));
}

void args_take(struct args *args, char *text)
{
	MEM_RESERVE(args->list, args->cap, args->len + 2);
	args->list[args->len++] = text;
	args->list[args->len] = NULL;
}

void args_release(struct args *args)
{
	for (size_t i = 0; i < args->len; i++)
		free(args->list[i]);
	free(args->list);
	*args = (struct args)ARGS_INIT;
}
