/* What mr reads of git's configuration: gitconfig GIT-DIRECTORY..., absolute and physical, each with a file "config" in it.
 *
 * For each the entries as `git config --list -z` has them: "KEY\nVALUE", or "KEY" alone, and a NUL byte behind it; then "!" and why the
 * reader declined, or just "!", and a NUL byte. */
#include "git/config.h"

#include <stdio.h>
#include <stdlib.h>

static int show(void *cookie, struct config_entry *entry, struct err *err)
{
	(void)cookie;
	(void)err;
	printf(entry->value ? "%s\n%s" : "%s", entry->key, entry->value);
	putchar('\0');
	return 0;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		char *config = mem_format("%s/config", argv[i]);
		const struct config_place place = {argv[i], config, -1, false};
		struct config_file own = {0};
		struct err err = ERR_INIT;
		config_read(&place, &own, show, NULL, &err);
		printf("!%s", err_is_set(&err) ? err_text(&err) : "");
		putchar('\0');
		config_file_release(&own);
		err_release(&err);
		free(config);
	}
	config_forget();
	return 0;
}
