/* See answers.h. */
#include "action/answers.h"

#include "registry/map.h"

#include <stdlib.h>

struct kept {
	struct str question;
	struct str answer;
};

struct answers {
	struct map map;
};

struct answers *answers_new(void)
{
	return mem_calloc(1, sizeof(struct answers));
}

void answers_free(struct answers *answers)
{
	if (!answers)
		return;
	for (size_t i = 0; i < answers->map.len; i++) {
		struct kept *kept = answers->map.entries[i].value;
		str_release(&kept->question);
		str_release(&kept->answer);
		free(kept);
	}
	map_release(&answers->map);
	free(answers);
}

void answers_keep(struct answers *answers, struct slice question, struct slice answer)
{
	if (map_get(&answers->map, question))
		return;
	struct kept *kept = mem_calloc(1, sizeof *kept);
	str_add_slice(&kept->question, question);
	str_add_slice(&kept->answer, answer);
	*map_place(&answers->map, str_slice(&kept->question)) = kept;
}

bool answers_find(const struct answers *answers, struct slice question, struct slice *answer)
{
	const struct kept *kept = map_get(&answers->map, question);
	if (kept)
		*answer = str_slice(&kept->answer);
	return kept != NULL;
}
