/* Does a command speak with another host by git, and with which remote, as far as its text tells?
 *
 * What is recognised is `git pull`, `fetch`, `push`, `clone` and `remote update` at the beginning, behind other commands of git, `echo`
 * and the like at most. A wrong guess costs a connection for nothing, so in doubt the answer is no. */
#ifndef MR_ACTION_NETWORK_COMMAND_H
#define MR_ACTION_NETWORK_COMMAND_H

#include "action/offer.h"

/* OFFER_CONNECT_FETCH, _PUSH or _CLONE, else OFFER_NOTHING. params is what "$@" stands for. *target, for free(), is the remote that is
 * named, NULL where none is; of a clone the URL. */
enum offer_operation network_command(struct slice text, const struct args *params, char **target);

#endif
