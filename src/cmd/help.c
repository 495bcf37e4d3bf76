/* mr help: the manual page. */
#include "cmd/app.h"

#include "report/output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int help_run(struct app *app)
{
	(void)app;
	execlp("man", "man", "mr", (char *)NULL);
	output_line(STDERR_FILENO, "mr help: cannot run man: %s (mr --help lists the options)", strerror(errno));
	return EXIT_USAGE;
}
