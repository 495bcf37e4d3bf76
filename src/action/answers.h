/* What the network service has answered in this run, for those who have the same question. */
#ifndef MR_ACTION_ANSWERS_H
#define MR_ACTION_ANSWERS_H

#include "base/str.h"

#include <stdbool.h>

struct answers;

struct answers *answers_new(void);
void answers_free(struct answers *answers);

/* Keeps copies. */
void answers_keep(struct answers *answers, struct slice question, struct slice answer);

/* A view that lasts as long as answers does. */
bool answers_find(const struct answers *answers, struct slice question, struct slice *answer);

#endif
