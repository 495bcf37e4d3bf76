/* Which version control system a repository is of: the answer of every VCS_test setting in force. */
#ifndef MR_ACTION_VCS_H
#define MR_ACTION_VCS_H

#include "base/args.h"
#include "base/str.h"
#include "registry/registry.h"

/* What was found; "git" of git_test. More than one is an error of the configuration, none is common. */
struct vcs {
	struct str names;    /* separated by blanks */
	size_t count;
	bool builtin;        /* found by an unchanged built-in test */
	struct str question; /* shell text that prints further names, a line each; empty when nothing needs a shell */
	struct args unanswered; /* a message for each test that only perl can answer, where there is no perl; it counts as false */
};

#define VCS_INIT {.names = STR_INIT, .question = STR_INIT, .unanswered = ARGS_INIT}

/* What is known of the tests themselves, from one repository to the next. */
struct vcs_memo;
struct vcs_memo *vcs_memo_new(void);
void vcs_memo_free(struct vcs_memo *memo);

/* Answers what needs no shell, for the repository at dir, and prepares the question for the rest. The settings must live as long as the
 * memo. memo: NULL to go without. */
void vcs_detect(struct vcs *vcs, struct vcs_memo *memo, const struct section *section, const char *dir);

/* Without a look at it: is what has the name .git and none of *others in its directory a git repository, found by the unchanged built-in
 * test? *others: names, each with its NUL behind it; they live until the next question. vcs_expect_git() says
 * that it is so. */
bool vcs_expects_git(struct vcs_memo *memo, const struct section *section, struct slice *others);
void vcs_expect_git(struct vcs *vcs);

/* Adds what the question's shell printed. */
void vcs_add_answer(struct vcs *vcs, struct slice printed);

/* The one name, or NULL when there is none or more than one. */
const char *vcs_name(const struct vcs *vcs);
void vcs_release(struct vcs *vcs);

#endif
