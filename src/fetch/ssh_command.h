/* How the user's ssh is called, in the way git calls it. */
#ifndef MR_FETCH_SSH_COMMAND_H
#define MR_FETCH_SSH_COMMAND_H

#include "fetch/ask.h"
#include "fetch/child.h"

/* Why it cannot be called as OpenSSH is, a few words; NULL when it may be tried. */
const char *ssh_command_refusal(const struct ask_ssh *ssh);

/* A text that is the same for questions that one connection can serve. For free(). */
char *ssh_command_key(const struct ask_question *question);

/* Runs it with the options (ended by NULL), then what git would add, up to the host, in the repository's directory and
 * so that nobody is asked for anything. As child_start(). */
struct child *ssh_command_start(struct loop *loop, const struct ask_question *question, const char *const *options,
				msec timeout, child_ended *ended, void *context);

/* What the host is to run. For free(). */
char *ssh_command_remote(const struct ask_ssh *ssh);

/* USER@HOST, as git gives it. For free(). */
char *ssh_command_destination(const struct ask_ssh *ssh);

#endif
