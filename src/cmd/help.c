/* mr help: the manual page, or else the options. */
#include "cmd/app.h"

#include "base/path.h"
#include "report/output.h"
#include "run/platform.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The page that belongs to this program, installed or where it was built; NULL when it is not beside it. For free(). */
static char *own_page(void)
{
	static const char *const places[] = {"../share/man/man1/mr.1", "../man/mr.1"};
	char *program = platform_program(), *page = NULL;
	char *dir = program ? path_parent(program) : NULL;
	for (size_t i = 0; dir && !page && i < sizeof places / sizeof *places; i++) {
		page = path_join(dir, places[i]);
		if (!path_is_file(page)) {
			free(page);
			page = NULL;
		}
	}
	free(dir);
	free(program);
	return page;
}

int help_run(struct app *app)
{
	(void)app;
	char *page = own_page();
	if (page)
		execlp("man", "man", "-l", "--", page, (char *)NULL);
	else
		execlp("man", "man", "mr", (char *)NULL);
	int why = errno;
	struct str text = STR_INIT;
	options_help(&text);
	output_bytes(STDOUT_FILENO, str_slice(&text));
	output_line(STDERR_FILENO, "mr help: cannot run man: %s%s%s", strerror(why), page ? "; the manual is " : "", page ? page : "");
	str_release(&text);
	free(page);
	return EXIT_OK;
}
