/* The program: from the command line to an exit status. */
#ifndef MR_CMD_PROGRAM_H
#define MR_CMD_PROGRAM_H

int program_run(int argc, char **argv);

#endif
