/* `perl:` expressions and trusted checkouts of any text: no crash, no endless nesting, and what is handed to a shell has an answer. */
#include "action/filetest.h"
#include "registry/trust.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct slice text = slice_make((const char *)data, size);
	struct str shell = STR_INIT;
	enum filetest value = filetest_evaluate(text, "/nowhere", NULL, &shell);
	if ((value == FILETEST_SHELL) != (shell.len > 0))
		abort();
	str_release(&shell);
	static const struct setting setting = {.value = {"git clone|fetch $url $repo", 26}, .file = "", .line = 1};
	static const struct named_setting template = {"git_trusted_checkout", &setting};
	/* Nothing that a shell would read as more than words may be trusted. */
	if (trust_checkout(text, &template, 1)) {
		for (size_t i = 0; i < size; i++) {
			if (strchr(";&|<>()$`\\*?[]#~={}!", data[i]) || (data[i] < ' ' && !byte_is_blank((char)data[i])))
				abort();
		}
	}
	return 0;
}
