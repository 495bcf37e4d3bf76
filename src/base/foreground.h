/* A program that runs in mr's place for a while, on the terminal and with all that mr has open for it. */
#ifndef MR_BASE_FOREGROUND_H
#define MR_BASE_FOREGROUND_H

/* Runs argv[0], looked for on the PATH, and waits for it; prepare(context), unless NULL, runs in the child before. As system() does it,
 * Ctrl-C is for the program, and mr does not die of it; TERM and HUP are passed on to the program. 0 with the wait status (exit status
 * 127: there is no such program), or an error number; *stop is the signal that mr has to end by, once it has tidied up, else 0. */
int foreground_run(char *const *argv, void (*prepare)(void *context), void *context, int *status, int *stop);

#endif
