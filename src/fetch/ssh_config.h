/* What the user's ssh would do to reach a host: ssh -G. */
#ifndef MR_FETCH_SSH_CONFIG_H
#define MR_FETCH_SSH_CONFIG_H

#include "fetch/ask.h"
#include "fetch/child.h"

/* Only a host whose key is known is talked to. */
#define SSH_CONFIG_STRICT "StrictHostKeyChecking=yes"

struct ssh_config {
	const char *refusal; /* why it cannot be called as OpenSSH is, a few words; NULL */
	bool forwards;	     /* X11, over a connection of one's own */
	const char *control; /* the user shares connections himself, over this control socket; NULL */
};

/* Told once, later; the texts are valid during the call. */
typedef void ssh_config_told(void *context, const struct ssh_config *config);

/* false when ssh cannot be started. */
bool ssh_config_ask(struct loop *loop, const struct ask_question *question, ssh_config_told *told, void *context);

#endif
