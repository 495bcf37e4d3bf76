/* webcheckout: checks out the repositories that a web page names. The second name of this program; see man/webcheckout.1. */
#ifndef MR_CMD_WEBCHECKOUT_H
#define MR_CMD_WEBCHECKOUT_H

#include <stdbool.h>

/* Was the program called by that name? */
bool webcheckout_is_meant(const char *argv0);

/* From the command line to an exit status. */
int webcheckout_run(int argc, char **argv);

#endif
