/* A program that runs in mr's place for a while, on the terminal and with all that mr has open for it. */
#ifndef MR_BASE_FOREGROUND_H
#define MR_BASE_FOREGROUND_H

/* Runs argv[0], looked for on the PATH, and waits for it; prepare(context), unless NULL, runs in the child before. Ctrl-C is for
 * the program, which may take its time to tidy up; TERM and HUP are passed on to it. 0 with the wait status (exit status 127: there is no
 * such program), or an error number. *stop is the signal that came or that the program died of, INT or QUIT: mr has to end by it, once it
 * has tidied up itself; else 0. */
int foreground_run(char *const *argv, void (*prepare)(void *context), void *context, int *status, int *stop);

#endif
