/* See cache.h. */
#include "action/cache.h"

#include "base/file.h"
#include "base/path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *cache_root(const struct cache_key *key)
{
	return path_join(key->home, ".mrcache");
}

/* The directory of the entry; never outside of the cache, whatever the section is called. */
static char *entry_directory(const struct cache_key *key)
{
	char *root = cache_root(key), *below = path_normalise(key->directory);
	char *dir = mem_format("%s/%s%s", root, key->name, below);
	free(below);
	free(root);
	return dir;
}

static char *entry_file(const struct cache_key *key, const char *name)
{
	char *dir = entry_directory(key), *file = path_join(dir, name);
	free(dir);
	return file;
}

static bool read_entry(const struct cache_key *key, const char *name, struct str *out)
{
	struct err err = ERR_INIT;
	char *file = entry_file(key, name);
	bool read = file_read(file, out, &err) == 0;
	err_release(&err);
	free(file);
	return read;
}

/* A wait status of a command that has exited; other numbers stand for nothing that could be said again. */
static bool parse_status(const struct str *text, int *exit_status)
{
	const char *digits = str_cstr(text);
	char *end;
	errno = 0;
	long status = strtol(digits, &end, 10);
	if (end == digits || slice_trim(slice_of(end)).len || errno || status < 0 || status > 0xff00 || status & 0xff)
		return false;
	*exit_status = (int)(status >> 8);
	return true;
}

bool cache_load(const struct cache_key *key, int *exit_status, struct str *output)
{
	struct str status = STR_INIT;
	size_t before = output->len;
	bool found = read_entry(key, "mr_ret", &status) && parse_status(&status, exit_status) && read_entry(key, "mr_output", output);
	if (!found)
		str_truncate(output, before);
	str_release(&status);
	return found;
}

/* The mode that open() would have given to a new file. */
static int open_temporary(char *name)
{
	mode_t mask = umask(0);
	umask(mask);
	int fd = mkstemp(name);
	if (fd >= 0)
		fchmod(fd, 0666 & ~mask);
	return fd;
}

static int write_entry(const struct cache_key *key, const char *name, struct slice bytes, struct err *err)
{
	char *file = entry_file(key, name);
	char *temporary = mem_format("%s.XXXXXX", file);
	int fd = open_temporary(temporary);
	int error = fd < 0 || file_write_fd(fd, bytes.ptr, bytes.len) ? errno : 0;
	if (fd >= 0 && close(fd) && !error)
		error = errno;
	if (!error && rename(temporary, file))
		error = errno;
	if (error && fd >= 0)
		unlink(temporary);
	if (error)
		err_sys(err, error, "write %s", file);
	free(temporary);
	free(file);
	return error ? -1 : 0;
}

int cache_store(const struct cache_key *key, int exit_status, struct slice output, struct err *err)
{
	char *dir = entry_directory(key);
	char *status = mem_format("%d", exit_status << 8);
	int failed = path_make_dirs(dir) ? err_sys(err, errno, "make directory %s", dir) : 0;
	if (!failed)
		failed = write_entry(key, "mr_output", output, err);
	if (!failed)
		failed = write_entry(key, "mr_ret", slice_of(status), err);
	free(status);
	free(dir);
	return failed;
}

/* Upwards as long as they are empty, up to the cache itself. */
static void remove_empty(const struct cache_key *key)
{
	char *root = cache_root(key), *dir = entry_directory(key);
	while (path_is_within(dir, root) && rmdir(dir) == 0) {
		char *parent = path_parent(dir);
		free(dir);
		dir = parent;
	}
	free(dir);
	free(root);
}

void cache_forget(const struct cache_key *key)
{
	static const char *const names[] = {"mr_ret", "mr_output"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *file = entry_file(key, names[i]);
		unlink(file);
		free(file);
	}
	remove_empty(key);
}

static size_t skip_range(struct slice text, size_t at, unsigned char low, unsigned char high)
{
	while (at < text.len && (unsigned char)text.ptr[at] >= low && (unsigned char)text.ptr[at] <= high)
		at++;
	return at;
}

/* How long the sequence is that the escape character at the beginning of text begins; 0 when it begins none. */
static size_t sequence_length(struct slice text)
{
	if (text.len < 2)
		return 0;
	if (text.ptr[1] == '[') { /* parameters, intermediates, one final byte */
		size_t end = skip_range(text, skip_range(text, 2, 0x30, 0x3f), 0x20, 0x2f);
		return end < text.len && text.ptr[end] >= 0x40 && text.ptr[end] <= 0x7e ? end + 1 : 0;
	}
	if (text.ptr[1] == '%' || text.ptr[1] == '(' || text.ptr[1] == ')') /* character sets */
		return text.len > 2 ? 3 : 0;
	if (text.ptr[1] == ']') { /* titles and links: to BEL, or to ESC and a backslash */
		size_t end = skip_range(text, 2, 0x20, 0xff);
		if (end < text.len && text.ptr[end] == '\a')
			return end + 1;
		return end + 1 < text.len && text.ptr[end] == '\033' && text.ptr[end + 1] == '\\' ? end + 2 : 0;
	}
	return 0;
}

void cache_add_plain(struct str *out, struct slice text)
{
	while (text.len) {
		const char *escape = memchr(text.ptr, '\033', text.len);
		size_t plain = escape ? (size_t)(escape - text.ptr) : text.len;
		str_add(out, text.ptr, plain);
		text = slice_make(text.ptr + plain, text.len - plain);
		size_t sequence = escape ? sequence_length(text) : 0;
		if (escape && !sequence) {
			str_addc(out, '\033');
			sequence = 1;
		}
		text = slice_make(text.ptr + sequence, text.len - sequence);
	}
}
