/* How git children of the run share a connection that is there. */
#ifndef MR_FETCH_SSH_SHARE_H
#define MR_FETCH_SSH_SHARE_H

#include "fetch/ask.h"

/* Writes a program `ssh` into a directory that it makes, which reaches this very host over the control socket and every other as
 * before. Where the connection cannot be had, ssh makes one of its own, and says no more than it would have. Returns the variable for git's
 * environment, see struct ask_answer; NULL when programs cannot be run there. For free(). */
char *ssh_share_make(const struct ask_ssh *ssh, const char *dir, const char *control_path);

#endif
