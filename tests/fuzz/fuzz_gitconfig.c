/* The reader of git's configuration on any bytes: what is accepted has whole keys, and reads the same when it is written down again. Then
 * the same bytes as the configuration of a repository, with includes, which may lead back to it, conditions and the whitelist. */
#include "git/config.h"
#include "git/policy.h"
#include "git/settings.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char top[] = "/tmp/fuzz-gitconfig.XXXXXX";
static char *config_name, *head_name;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void remove_all(void)
{
	unlink(config_name);
	unlink(head_name);
	rmdir(top);
	free(config_name);
	free(head_name);
}

static void write_file(const char *name, const void *bytes, size_t len)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || file_write_fd(fd, bytes, len) || close(fd))
		abort();
}

static void make_directory(void)
{
	if (!mkdtemp(top))
		abort();
	config_name = mem_format("%s/config", top);
	head_name = mem_format("%s/HEAD", top);
	write_file(head_name, "ref: refs/heads/main\n", 21);
	setenv("HOME", top, 1);
	atexit(remove_all);
}

static void check_key(const char *key)
{
	const char *dot = strchr(key, '.'), *name = strrchr(key, '.');
	if (!dot || !name[1] || name[1] < 'a' || name[1] > 'z')
		abort();
	for (const char *p = key; *p; p++)
		if ((p < dot || p > name) && !strchr("abcdefghijklmnopqrstuvwxyz0123456789-", *p))
			abort();
}

static void add_quoted(struct str *text, struct slice bytes)
{
	str_addc(text, '"');
	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.ptr[i] == '\n') {
			str_adds(text, "\\n");
			continue;
		}
		if (bytes.ptr[i] == '"' || bytes.ptr[i] == '\\')
			str_addc(text, '\\');
		str_addc(text, bytes.ptr[i]);
	}
	str_addc(text, '"');
}

/* As text that says the same. A carriage return before a newline was no byte of its own, so none is lost. */
static void add_entry(struct str *text, const struct config_entry *entry)
{
	const char *dot = strchr(entry->key, '.'), *name = strrchr(entry->key, '.');
	str_addf(text, "[%.*s", (int)(dot - entry->key), entry->key);
	if (name > dot) {
		str_addc(text, ' ');
		add_quoted(text, slice_make(dot + 1, (size_t)(name - dot - 1)));
	}
	str_addf(text, "]\n%s", name + 1);
	if (entry->value) {
		str_adds(text, "=");
		add_quoted(text, slice_of(entry->value));
	}
	str_addc(text, '\n');
}

static void check_file(const struct config_file *file)
{
	static const enum policy_role roles[] = {POLICY_STATUS, POLICY_TERMINAL, POLICY_UPDATE, POLICY_SERVER, POLICY_FETCH};
	struct str text = STR_INIT;
	struct config_file again = {0};
	struct err err = ERR_INIT;
	bool nameless = false; /* "[.x]", which there is no other way to write */
	for (size_t i = 0; i < file->count; i++) {
		check_key(file->list[i].key);
		nameless |= file->list[i].key[0] == '.';
		add_entry(&text, &file->list[i]);
		for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
			int failed = policy_check(file->list[i].key, file->list[i].value, roles[r], &err);
			if (!failed != !err_is_set(&err))
				abort();
			err_release(&err);
		}
	}
	if (!nameless && (config_file_parse(&again, "again", str_slice(&text), &err) || again.count != file->count))
		abort();
	for (size_t i = 0; i < again.count; i++) {
		const struct config_entry *a = &file->list[i], *b = &again.list[i];
		if (strcmp(a->key, b->key) != 0 || !a->value != !b->value || (a->value && strcmp(a->value, b->value) != 0))
			abort();
	}
	config_file_release(&again);
	str_release(&text);
}

static int count_entry(void *cookie, struct config_entry *entry, struct err *err)
{
	check_key(entry->key);
	++*(size_t *)cookie;
	return err_is_set(err) ? -1 : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!config_name)
		make_directory();
	struct config_file file = {0}, own = {0};
	struct settings settings = {0};
	struct err err = ERR_INIT;
	size_t entries = 0;
	bool parsed = config_file_parse(&file, "config", slice_make((const char *)data, size), &err) == 0;
	if (parsed)
		check_file(&file);
	err_release(&err);
	write_file(config_name, data, size);
	const struct config_place place = {top, config_name, -1, true};
	if (config_read(&place, &own, count_entry, &entries, &err) == 0 && (!parsed || entries < file.count))
		abort();
	err_release(&err);
	settings_read(&settings, top, top, -1, POLICY_SERVER, &err);
	err_release(&err);
	settings_release(&settings);
	config_file_release(&file);
	config_file_release(&own);
	config_forget();
	return 0;
}
