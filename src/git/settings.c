/* See settings.h. */
#include "git/settings.h"

#include "base/path.h"
#include "git/config.h"
#include "git/environment.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool settings_is_true(const char *value)
{
	return !strcasecmp(value, "true") || !strcasecmp(value, "yes") || !strcasecmp(value, "on") ||
	       !strcmp(value, "1");
}

bool settings_is_false(const char *value)
{
	return !strcasecmp(value, "false") || !strcasecmp(value, "no") || !strcasecmp(value, "off") || !strcmp(value, "0");
}

/* Most of what one repository sets another one sets in the same place: what is allowed there is remembered. */
enum { PLACES = 32 };

static struct allowed {
	char *key, *value;
	int roles;
} allowed[PLACES];

struct keeping {
	struct settings *settings;
	enum policy_role role;
};

static bool is_allowed(const struct allowed *place, const struct config_entry *entry, enum policy_role role)
{
	return place->roles & (int)role && entry->value && !strcmp(place->key, entry->key) && !strcmp(place->value, entry->value);
}

static void allow(struct allowed *place, const struct config_entry *entry, enum policy_role role)
{
	free(place->key);
	free(place->value);
	*place = (struct allowed){mem_strdup(entry->key), mem_strdup(entry->value), (int)role};
}

static int check(const struct config_entry *entry, size_t at, enum policy_role role, struct err *err)
{
	struct allowed *place = &allowed[at % PLACES];
	if (is_allowed(place, entry, role))
		return 0;
	if (policy_check(entry->key, entry->value, role, err))
		return -1;
	if (entry->value)
		allow(place, entry, role);
	return 0;
}

static int keep(void *cookie, struct config_entry *entry, struct err *err)
{
	struct keeping *keeping = cookie;
	struct settings *settings = keeping->settings;
	if (!(entry->known & (int)keeping->role) && check(entry, settings->count, keeping->role, err))
		return -1;
	entry->known |= (int)keeping->role;
	MEM_RESERVE(settings->list, settings->cap, settings->count + 1);
	settings->list[settings->count++] = (struct setting){entry->key, entry->value ? entry->value : "true"};
	return 0;
}

/* In an entry's known, beside the roles. */
enum { USERS_FOR_SERVER = 1 << 30 };

/* An entry of the user's files, as upload-pack reads them: what a repository that is pulled from may set, or one that pulls. Most were
 * looked at for the latter already; what is included for the remote's place or branch only was not. */
static int allow_for_server(void *cookie, struct config_entry *entry, struct err *err)
{
	static const enum policy_role roles[] = {POLICY_SERVER, POLICY_UPDATE, POLICY_FETCH};
	bool fine = entry->known & USERS_FOR_SERVER;
	(void)cookie;
	for (size_t i = 0; i < sizeof roles / sizeof *roles && !fine; i++) {
		err_release(err);
		fine = entry->known & (int)roles[i] || !policy_check(entry->key, entry->value, roles[i], err);
	}
	if (!fine)
		return -1;
	err_release(err);
	entry->known |= USERS_FOR_SERVER;
	return 0;
}

const char *settings_last(const struct settings *settings, const char *key)
{
	for (size_t i = settings->count; i-- > 0;)
		if (!strcmp(settings->list[i].key, key))
			return settings->list[i].value;
	return NULL;
}

const char *settings_only(const struct settings *settings, const char *key)
{
	const char *value = NULL;
	for (size_t i = 0; i < settings->count; i++) {
		if (strcmp(settings->list[i].key, key) != 0)
			continue;
		if (value)
			return NULL;
		value = settings->list[i].value;
	}
	return value;
}

static bool flag(const struct settings *settings, const char *key, bool otherwise)
{
	const char *value = settings_last(settings, key);
	return value ? settings_is_true(value) : otherwise;
}

/* A file that the user may name: absolute, or below the home directory. Empty means none. */
static int user_file(const struct settings *settings, const char *key, const char *otherwise, char **path,
		     struct err *err)
{
	const char *value = settings_last(settings, key);
	if (!value)
		*path = environment_xdg(otherwise);
	else if ((*path = environment_home(value)) != NULL)
		return 0;
	else if (*value == '/' || !*value)
		*path = *value ? mem_strdup(value) : NULL;
	else
		return err_set(err, "%s is no absolute path", key);
	return 0;
}

char *settings_hooks(const struct settings *settings, const char *common_dir, struct err *err)
{
	const char *dir = settings_last(settings, "core.hookspath");
	if (!dir)
		return path_join(common_dir, "hooks");
	if (*dir == '/')
		return mem_strdup(dir);
	char *below_home = environment_home(dir);
	if (!below_home)
		err_set(err, "core.hookspath is no absolute path");
	return below_home;
}

static int understand(struct settings *settings, struct err *err)
{
	const char *crlf = settings_last(settings, "core.autocrlf");
	settings->file_mode = flag(settings, "core.filemode", true);
	settings->quote_path = flag(settings, "core.quotepath", true);
	settings->relative_paths = flag(settings, "status.relativepaths", true);
	settings->converts_lines = crlf && (settings_is_true(crlf) || !strcasecmp(crlf, "input"));
	if (user_file(settings, "core.excludesfile", "ignore", &settings->excludes_file, err))
		return -1;
	return user_file(settings, "core.attributesfile", "attributes", &settings->attributes_file, err);
}

int settings_read(struct settings *settings, const char *git_dir, const char *common_dir, int dir, enum policy_role role, struct err *err)
{
	char *config = path_join(common_dir, "config");
	struct keeping keeping = {settings, role};
	const struct config_place place = {git_dir, config, dir, role == POLICY_SERVER};
	int failed = (place.alone && config_read_user(&place, allow_for_server, NULL, err)) ||
		     config_read(&place, &settings->own, keep, &keeping, err) || understand(settings, err);
	free(config);
	return failed ? -1 : 0;
}

void settings_release(struct settings *settings)
{
	config_file_release(&settings->own);
	free(settings->list);
	free(settings->excludes_file);
	free(settings->attributes_file);
	*settings = (struct settings){0};
}
