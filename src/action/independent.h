/* Can a test of `skip` or `deleted` be run while other repositories are worked on?
 *
 * It may ask the user, or look at what an earlier repository has brought. This reader says yes to commands that only compare texts, ask
 * the machine for names and programs or look at the repository itself, and no to everything else. It runs nothing. */
#ifndef MR_ACTION_INDEPENDENT_H
#define MR_ACTION_INDEPENDENT_H

#include "base/str.h"

#include <stdbool.h>

/* brings: does the action bring files, so that other places are to be looked at in turn only? */
bool independent_test(struct slice command, bool brings);

#endif
