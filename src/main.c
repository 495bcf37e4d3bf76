/* mr: every repository you own, one command.
 *
 * A map of the files, highest first. A file includes only what stands in its own folder or below:
 *
 *   cmd/       program   options, environment, registry, verb; in this order
 *              options   the one table of options
 *              app       where mr runs and what it loads
 *              repos     actions over repositories: selection, task group, summary
 *              native    what a worker process answers (asking: what the service is asked for it)
 *              config, register, bootstrap, help, complete, offline, version: a verb each
 *              webcheckout  what the program is by its second name
 *   report/    output    the only writer of standard output
 *              summary   the last lines of a run
 *   fetch/     fetch     one file from an URL (url: libcurl), by scp, or from this machine
 *              network   the service that asks hosts about their repositories (ask: questions and answers; query: one of them;
 *                        loop, child; pkt: git's protocol; http: libcurl (multi; transfer: one request; credential: git's helpers);
 *                        ssh: the user's own (ssh_command, ssh_config: how it is called; ssh_session: one question; mux: OpenSSH's sockets;
 *                        ssh_share: for git; rundir: where all that is))
 *              links     the repositories that a web page names (html: its tags)
 *   git/       native    git operations without git, and the whitelists that guard them
 *   action/    operation what one action on one repository consists of, step by step (tests, perform, shell, environment)
 *              vcs       which version control system it is (filetest: `perl:` tests without perl)
 *              script    the text that a shell gets
 *              confine   what an untrusted checkout may not leave
 *              cache     what was said, kept for --cached (recall)
 *              offer     may a native operation take a command's place (offered: the steps; foresee: a status is asked for at
 *                        once; pieces, halves: of a command in parts; answers: of the service, kept; retry: why not, and once more)
 *              network_command  which remote a command's git goes to
 *              offline   the commands in ~/.mrlog
 *              independent  which tests may run beside other repositories
 *              store     what work trees of one repository share
 *   run/       group     the task group: jobs, slots, order, cancellation (schedule, call, ask, reap, show)
 *              process   one child; capture: what was said and not yet shown
 *              helper    a forked copy of mr (worker: one request at a time; service: many)
 *              terminal, signals, platform: the system
 *   registry/  registry  from files to sections (reader: inih; load, define: what a line means; layer: DEFAULT)
 *              select    which sections a run acts on (sources: what is copied from others of them)
 *              edit      changing a .mrconfig and nothing else in it
 *              builtin   our own .mrconfig
 *   base/      err, str, mem, args, quote, path, file, clock, message, frame, failure, orphan; foreground: a program on the terminal;
 *              library: loading libgit2 and libcurl when they are needed
 */
#include "cmd/program.h"

int main(int argc, char **argv)
{
	return program_run(argc, argv);
}
