/* The environment of a child: mr's own, and what an operation adds to it. */
#ifndef MR_ACTION_ENVIRONMENT_H
#define MR_ACTION_ENVIRONMENT_H

struct operation;

struct environment {
	char **list;  /* for execve(); the first entries are owned, the rest is mr's own */
	unsigned owned;
};

/* For execve(), made at the first call: MR_REPO, MR_CONFIG, MR_ACTION, and no pager where the output is captured. */
char **environment_list(struct environment *environment, const struct operation *op);
void environment_release(struct environment *environment);

#endif
