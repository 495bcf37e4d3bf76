/* The http.* settings that hold for a URL. */
#ifndef MR_GIT_HTTP_SETTINGS_H
#define MR_GIT_HTTP_SETTINGS_H

#include "base/err.h"
#include "git/question.h"
#include "git/settings.h"

/* Fills in what question has of http.* and http.URL.*, by the rules of git-config(1) for http.<url>.*. -1 with a few words when one
 * of them holds for the question's URL, or might, and is not understood. */
int http_settings(struct question *question, const struct settings *settings, struct err *err);

#endif
