/* See fetch.h. */
#include "git/fetch.h"

#include "git/fetching.h"
#include "git/words.h"

#include <string.h>

/* Several remotes are named, and with fetch.parallel at the same time. */
static int say_names(const struct fetching *fetching, const struct args *names, struct str *out, struct err *err)
{
	const char *parallel = settings_last(&fetching->settings, "fetch.parallel");
	if (names->len < 2)
		return 0;
	if (parallel && strcmp(parallel, "1") != 0)
		return err_set(err, "fetch.parallel is set");
	for (size_t i = 0; i < names->len; i++)
		if (words_add_about(out, "Fetching %s\n", names->list[i], err))
			return -1;
	return 0;
}

static int fetch_all(struct fetching *fetching, struct str *out, struct err *err)
{
	struct args names = ARGS_INIT;
	int failed = remote_list(&names, &fetching->settings, err);
	for (size_t i = 0; i < names.len && !failed; i++)
		failed = fetching_compare(fetching, names.list[i], true, NULL, err);
	if (!failed && !fetching->asks)
		failed = say_names(fetching, &names, out, err) || fetching_write(fetching, err);
	args_release(&names);
	return failed;
}

int fetch_native(const struct native_request *request, struct str *out, bool *asks, struct err *err)
{
	struct fetching fetching = FETCHING_INIT;
	int failed = fetching_open(&fetching, request, err) || fetch_all(&fetching, out, err);
	*asks = fetching.asks;
	fetching_release(&fetching);
	return failed ? -1 : 0;
}
