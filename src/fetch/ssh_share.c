/* See ssh_share.h. The program is called `ssh`: by that name git knows how to call it. */
#include "fetch/ssh_share.h"

#include "base/file.h"
#include "base/path.h"
#include "base/quote.h"
#include "fetch/ssh_command.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The beginning of git's arguments for this host, as a pattern of the shell. */
static void add_pattern(struct str *out, const char *before, const struct ask_ssh *ssh)
{
	char *to = ssh_command_destination(ssh);
	const char *family = ssh->ip == 4 ? "-4 " : ssh->ip == 6 ? "-6 " : "";
	const char *port = ssh->port ? ssh->port : "";
	char *text = mem_format("%s%s%s%s%s%s git-", before, family, *port ? "-p " : "", port, *port ? " " : "", to);
	quote_shell(out, slice_of(text));
	str_addc(out, '*');
	free(text);
	free(to);
}

/* What ssh says itself is held back, without what it says when it gets no session and goes on alone. */
static void add_script(struct str *out, const struct ask_ssh *ssh, const char *dir, const char *control_path)
{
	struct str command = STR_INIT;
	if (ssh->command)
		str_adds(&command, ssh->command);
	else
		quote_shell(&command, slice_of(ssh->program ? ssh->program : "ssh"));
	str_adds(out, "#!/bin/sh\ncase \"$*\" in\n");
	add_pattern(out, "", ssh);
	str_addc(out, '|');
	add_pattern(out, "-o SendEnv=GIT_PROTOCOL ", ssh);
	str_addf(out, ") ;;\n*)\n%s%s \"$@\"\nexit ;;\nesac\n", ssh->command ? "" : "exec ", str_cstr(&command));
	str_addf(out, "words=%s/words.$$\n%s -E \"$words\" -o ControlMaster=no -o ControlPath=%s \"$@\"\nstatus=$?\n", dir,
		 str_cstr(&command), control_path);
	str_adds(out, "[ -s \"$words\" ] || exit $status\n"
		      "while IFS= read -r line; do\n"
		      "	case $line in mux*|'Control socket '*) ;; *) printf '%s\\n' \"$line\" >&2 ;; esac\n"
		      "done <\"$words\"\n: >\"$words\"\nexit $status\n");
	str_release(&command);
}

/* Closed before anybody can run it. */
static bool write_program(const char *path, struct slice text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700);
	if (fd < 0)
		return false;
	int failed = file_write_fd(fd, text.ptr, text.len);
	failed |= close(fd);
	return !failed && access(path, X_OK) == 0;
}

char *ssh_share_make(const struct ask_ssh *ssh, const char *dir, const char *control_path)
{
	struct str script = STR_INIT;
	char *path = path_join(dir, "ssh"), *share = NULL;
	add_script(&script, ssh, dir, control_path);
	if (mkdir(dir, 0700) == 0 && write_program(path, str_slice(&script)))
		share = mem_format("%s=%s", ssh->command ? "GIT_SSH_COMMAND" : "GIT_SSH", path);
	str_release(&script);
	free(path);
	return share;
}
