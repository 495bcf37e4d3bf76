/* See words.h. Done as git's gettext.c does it, but that mr itself stays in the C locale: its worker takes on the user's for a moment. */
#include "git/words.h"

#include "base/path.h"
#include "git/environment.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The git on PATH as PREFIX/bin/git; NULL when it is not of that form. For free(). */
static char *find_prefix(void)
{
	static const char tail[] = "/bin/git";
	const char *path = getenv("PATH");
	while (path && *path) {
		size_t len = strcspn(path, ":");
		char *name = mem_format("%.*s/git", (int)len, path);
		char *real = len && !access(name, X_OK) ? path_real(name) : NULL;
		free(name);
		if (real) {
			struct slice found = slice_of(real);
			if (slice_ends(found, tail) && path_is_file(real)) {
				real[found.len - (sizeof tail - 1)] = '\0';
				return real;
			}
			free(real);
			return NULL;
		}
		path += len + (path[len] == ':');
	}
	return NULL;
}

/* Where git of a distribution, or one that was installed by hand, has its catalogues. For free(). */
static char *find_catalogues(void)
{
	char *prefix = find_prefix();
	bool known = prefix && (!strcmp(prefix, "/usr") || !strcmp(prefix, "/usr/local"));
	char *dir = known ? path_join(prefix, "share/locale") : NULL;
	free(prefix);
	return dir;
}

int words_add(struct str *out, const char *message, struct err *err)
{
	if (environment_is_english()) {
		str_adds(out, message);
		return 0;
	}
	char *dir = find_catalogues();
	if (!dir)
		return err_set(err, "git's own language is not known");
	if (setlocale(LC_MESSAGES, "")) {
		setlocale(LC_CTYPE, "");
		bindtextdomain("git", dir);
		bind_textdomain_codeset("git", nl_langinfo(CODESET));
		str_adds(out, dgettext("git", message));
	} else {
		str_adds(out, message); /* a locale that is not installed is the C locale */
	}
	setlocale(LC_MESSAGES, "C");
	setlocale(LC_CTYPE, "C");
	free(dir);
	return 0;
}

int words_add_about(struct str *out, const char *message, const char *what, struct err *err)
{
	struct str format = STR_INIT;
	int failed = words_add(&format, message, err);
	const char *percent = failed ? NULL : strchr(str_cstr(&format), '%');
	if (!failed && (!percent || percent[1] != 's' || strchr(percent + 1, '%')))
		failed = err_set(err, "git's own language is not understood");
	if (!failed)
		str_addf(out, "%.*s%s%s", (int)(percent - format.data), format.data, what, percent + 2);
	str_release(&format);
	return failed;
}
