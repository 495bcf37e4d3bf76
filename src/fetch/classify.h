/* What ssh's and git's own words say about why they failed. Other languages than English are not understood. */
#ifndef MR_FETCH_CLASSIFY_H
#define MR_FETCH_CLASSIFY_H

#include "fetch/ask.h"

/* ASK_NONE when nothing in it tells. */
enum ask_class classify_words(struct slice text);

#endif
