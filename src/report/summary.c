/* See summary.h. */
#include "report/summary.h"

#include "report/output.h"

#include <unistd.h>

void summary_name(struct str *names, const char *name)
{
	if (names->len)
		str_addc(names, ' ');
	str_adds(names, name);
}

static void add_count(struct str *text, size_t count, const char *what)
{
	if (count)
		str_addf(text, "%s%zu %s", text->len ? "; " : "", count, what);
}

void summary_print(const struct summary *summary, const struct summary_opts *opts)
{
	struct str counts = STR_INIT;
	add_count(&counts, summary->ok, "ok");
	add_count(&counts, summary->failed, "failed");
	add_count(&counts, summary->skipped, "skipped");
	if (!opts->silent && opts->footer)
		output_line(STDOUT_FILENO, "mr %s: finished (%s)", opts->action, str_cstr(&counts));
	if (opts->names && summary->skipped && !opts->silent)
		output_line(STDOUT_FILENO, "mr %s: (skipped: %s)", opts->action, str_cstr(&summary->skipped_names));
	if (opts->names && summary->failed)
		output_line(STDERR_FILENO, "mr %s: (failed: %s)", opts->action, str_cstr(&summary->failed_names));
	if (opts->ways && summary->native + summary->mixed + summary->git)
		output_line(STDOUT_FILENO, "mr %s: native: %zu done without git, %zu in part, %zu by git", opts->action, summary->native,
			    summary->mixed, summary->git);
	str_release(&counts);
}

void summary_release(struct summary *summary)
{
	str_release(&summary->failed_names);
	str_release(&summary->skipped_names);
}
