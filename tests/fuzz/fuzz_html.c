/* Web pages of any bytes: reading ends, stays inside of the page, and what passes for harmless is no option and no program. */
#include "fetch/html.h"
#include "fetch/links.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size ? size : 1); /* so that a byte too much is noticed */
	if (!copy)
		return 0;
	memcpy(copy, data, size);
	struct links links = LINKS_INIT;
	struct err err = ERR_INIT;
	if (links_read(&links, slice_make(copy, size), &err) == 0) {
		size_t before = links.len;
		links_choose(&links, size % 2);
		if (links.len > before || (before && !links.len))
			abort();
	}
	for (size_t i = 0; i < links.len; i++) {
		const char *url = links.list[i].url;
		if (!link_danger(&links.list[i], true) && (url[0] == '-' || strncmp(url, "ext::", 5) == 0 || strchr(url, '\n')))
			abort();
	}
	links_release(&links);
	err_release(&err);
	free(copy);
	return 0;
}
