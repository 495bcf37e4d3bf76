/* See listing.h. */
#include "git/listing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What most directories need at once: growing costs more than the space. */
enum { NAMES = 32, TEXTS = 512 };

static uint64_t head_of(const char *text, size_t len)
{
	uint64_t head = 0;
	for (size_t i = 0; i < sizeof head; i++)
		head = head << 8 | (i < len ? (unsigned char)text[i] : 0);
	return head;
}

static int add_name(void *cookie, const char *text, enum directory_kind kind)
{
	struct listing *listing = cookie;
	size_t len = strlen(text);
	if (*text == '.' && !strcmp(text, ".git")) {
		listing->has_git = true;
		return 0;
	}
	listing->has_ignore_file |= *text == '.' && !strcmp(text, ".gitignore");
	MEM_RESERVE(listing->names, listing->cap, listing->count + 1);
	listing->names[listing->count++] = (struct name){head_of(text, len), NULL, listing->texts.len, kind, false, false};
	str_add(&listing->texts, text, len + 1);
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	return strcmp(x->text, y->text);
}

int listing_open(struct listing *listing, int parent, const char *name, bool sorted)
{
	MEM_RESERVE(listing->names, listing->cap, NAMES);
	str_room(&listing->texts, TEXTS);
	listing->fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (listing->fd < 0 || directory_read(listing->fd, add_name, listing))
		return -1;
	for (size_t i = 0; i < listing->count; i++)
		listing->names[i].text = listing->texts.data + listing->names[i].at;
	if (sorted && listing->count)
		qsort(listing->names, listing->count, sizeof *listing->names, compare_names);
	return 0;
}

void listing_close(struct listing *listing)
{
	if (listing->fd >= 0)
		close(listing->fd);
	free(listing->names);
	str_release(&listing->texts);
}

/* How text, of which the first bytes are head, stands to a name: as strcmp() tells. */
static int compare_text(const struct name *name, uint64_t head, const char *text, size_t len)
{
	if (head != name->head)
		return head < name->head ? -1 : 1;
	if (len < sizeof head)
		return 0; /* all of both is in the head */
	int order = strncmp(text, name->text, len);
	return order ? order : name->text[len] ? -1 : 0;
}

struct name *listing_find(const struct listing *listing, const char *text, size_t len, size_t *hint)
{
	uint64_t head = head_of(text, len);
	size_t low = 0, high = listing->count;
	for (size_t at = *hint; at < listing->count && at < *hint + 2; at++) {
		if (!compare_text(&listing->names[at], head, text, len)) {
			*hint = at + 1;
			return &listing->names[at];
		}
	}
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_text(&listing->names[middle], head, text, len);
		if (!order) {
			*hint = middle + 1;
			return &listing->names[middle];
		}
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
