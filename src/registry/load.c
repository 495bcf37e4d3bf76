/* Files: which are read, as which directory's configuration, how far they are trusted; see load.h. What their lines
 * mean stands in define.c. */
#include "registry/load.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "registry/builtin.h"
#include "registry/command.h"
#include "registry/define.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_FILE = 64 * 1024 * 1024 }; /* bytes; a checkout can bring a link to something endless */

void pending_add(struct pending_list *pending, struct pending file)
{
	MEM_RESERVE(pending->list, pending->cap, pending->len + 1);
	pending->list[pending->len++] = file;
}

/* The physical path as far as there is one. For free(). */
static char *physical(const char *path)
{
	char *real = path_real(path);
	return real ? real : path_normalise(path);
}

/* The name of the directory that the file configures: physical, with one slash at its end. For free(). */
static char *directory_name(struct pending file)
{
	char *parent = file.dir ? NULL : path_parent(file.path);
	char *real = physical(file.dir ? file.dir : parent);
	free(parent);
	char *name = path_join(real, "");
	free(real);
	return name;
}

static bool is_user_config(const struct registry *registry, const char *real)
{
	char *user = physical(registry->opts.user_config);
	bool same = strcmp(user, real) == 0;
	free(user);
	return same;
}

static bool is_trusted(struct registry *registry, const char *real)
{
	if (registry->opts.trust_all || is_user_config(registry, real))
		return true;
	if (!registry->trusted)
		registry->trusted = trust_read(registry->opts.home);
	return trust_lists(registry->trusted, real);
}

/* Its DEFAULT starts from the nearest one above it, also when another file of the same directory had made one. */
static struct directory *begin_directory(struct registry *registry, struct pending file)
{
	char *name = directory_name(file);
	struct directory *dir = model_directory(registry, name, file.path);
	free(name);
	dir->defaults.layer = model_parent(registry, dir)->defaults.layer;
	layer_seal(dir->defaults.layer);
	return dir;
}

/* 1: read; 0: there is none; -1 with a message. */
static int read_text(struct registry *registry, const char *path, struct str *text, struct err *err)
{
	struct stat st;
	if (stat(path, &st) && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (registry->opts.verbose)
		model_say(registry, false, "mr: loading config %s", path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(err, errno, "open %s", path);
	int error = file_read_fd_limited(fd, MAX_FILE, text) ? errno : 0, failed = 0;
	if (error == EFBIG)
		failed = err_set(err, "%s is longer than %d MiB (is it a configuration?)", path, MAX_FILE >> 20);
	else if (error)
		failed = err_sys(err, error, "open %s", path);
	close(fd);
	return failed ? -1 : 1;
}

int load_builtin(struct registry *registry, struct err *err)
{
	struct definition definition = {
	    .registry = registry,
	    .dir = model_directory(registry, "", "built-in"),
	    .file = "built-in",
	    .trusted = true,
	    .builtin = true,
	    .err = err,
	};
	return define_all(&definition, builtin_text());
}

static int define_file(struct registry *registry, struct pending file, bool trusted, struct pending_list *found,
		       struct err *err)
{
	struct definition definition = {
	    .registry = registry,
	    .dir = begin_directory(registry, file),
	    .file = file.source ? file.source : file.path,
	    .source = file.source,
	    .trusted = trusted,
	    .found = found,
	    .err = err,
	};
	struct str text = STR_INIT;
	int status = read_text(registry, file.path, &text, err);
	if (status > 0)
		status = define_all(&definition, str_slice(&text));
	str_release(&text);
	return status;
}

int load_file(struct registry *registry, struct pending file, struct pending_list *found, struct err *err)
{
	char *real = physical(file.path);
	if (map_get(&registry->loaded, slice_of(real))) {
		free(real);
		return 0;
	}
	*map_place(&registry->loaded, arena_copy(&registry->arena, slice_of(real))) = registry;
	bool trusted = is_trusted(registry, real), users = is_user_config(registry, real);
	free(real);
	if (define_file(registry, file, trusted, found, err))
		return -1;
	if (users) {
		/* What the person wrote about untrusted checkouts holds for all that is read later. */
		char *name = directory_name(file);
		registry->templates = model_directory(registry, name, file.path)->defaults.layer;
		layer_seal(registry->templates);
		free(name);
	}
	return 0;
}

/* Whether the command of a chain setting says yes. */
static int run_test(const struct registry *registry, struct slice command, bool *yes, struct err *err)
{
	int status = 0;
	*yes = command_is(command, "true");
	if (*yes || command_is(command, "false"))
		return 0;
	int error = command_run(command.ptr, NULL, 0, &status);
	if (error) {
		model_say(registry, true, "mr: chain test failed to execute: %s", strerror(error));
		return 0;
	}
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGINT)
		return err_set(err, "chain test interrupted");
	if (WIFSIGNALED(status))
		model_say(registry, true, "mr: chain test received signal %d", WTERMSIG(status));
	*yes = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return 0;
}

static char *chain_path(const struct section *section)
{
	return mem_format("%s/.mrconfig", section->path);
}

bool load_chain_is_loaded(const struct section *section)
{
	char *path = chain_path(section), *real = physical(path);
	bool loaded = map_get(&section->registry->loaded, slice_of(real)) != NULL;
	free(real);
	free(path);
	return loaded;
}

int load_test_chain(struct section *section, struct pending_list *found, struct err *err)
{
	char *path = chain_path(section);
	struct stat st;
	bool yes = false;
	int failed = 0, there = stat(path, &st) == 0;
	/* It may have come with a checkout: a link to a terminal, say. */
	if (there && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		model_say(section->registry, true, "mr: %s is no file, it is not read", path);
	else if (there)
		failed = run_test(section->registry, section->chain, &yes, err);
	if (yes)
		pending_add(found, (struct pending){model_text(section->registry, path), section->path, NULL});
	free(path);
	return failed;
}
