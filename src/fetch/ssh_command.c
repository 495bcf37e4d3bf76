/* See ssh_command.h. */
#include "fetch/ssh_command.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The word that names the program, in a text for the shell. */
static struct slice program_of(const struct ask_ssh *ssh)
{
	struct slice rest, word = {0};
	if (!ssh->command)
		return slice_of(ssh->program ? ssh->program : "ssh");
	rest = slice_of(ssh->command);
	slice_word(&rest, &word);
	return word;
}

static bool is_other_program(struct slice word)
{
	static const char *const others[] = {"plink", "plink.exe", "tortoiseplink", "tortoiseplink.exe",
					     "putty", "putty.exe"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		size_t len = strlen(others[i]);
		bool ends = word.len >= len && strncasecmp(word.ptr + word.len - len, others[i], len) == 0;
		if (ends && (word.len == len || word.ptr[word.len - len - 1] == '/'))
			return true;
	}
	return false;
}

/* Does the text hold the word, in whatever case? */
static bool holds(const char *text, const char *word)
{
	for (; *text; text++) {
		if (strncasecmp(text, word, strlen(word)) == 0)
			return true;
	}
	return false;
}

const char *ssh_command_refusal(const struct ask_ssh *ssh)
{
	bool named = ssh->variant && strcmp(ssh->variant, "auto") != 0;
	if (named && strcmp(ssh->variant, "ssh") != 0)
		return "ssh.variant is not ssh";
	if (!named && is_other_program(program_of(ssh)))
		return "the ssh program is another one";
	if (!*ssh->host || ssh->host[0] == '-' || (ssh->user && ssh->user[0] == '-') ||
	    (ssh->port && ssh->port[0] == '-'))
		return "the host's name is strange";
	if (ssh->command && (holds(ssh->command, "controlpath") || holds(ssh->command, "controlmaster")))
		return "the ssh command multiplexes";
	return NULL;
}

/* Does a file's name mean the same in every directory? */
static bool is_absolute(struct slice name)
{
	while (name.len && strchr("'\"", name.ptr[0]))
		name = slice_make(name.ptr + 1, name.len - 1);
	return name.len && strchr("/~$%", name.ptr[0]);
}

/* Options whose argument is a file. */
static bool takes_file(struct slice word)
{
	return word.len >= 2 && word.ptr[0] == '-' && strchr("iFEISm", word.ptr[1]);
}

/* Might the command mean something else in another directory? */
static bool depends_on_dir(const struct ask_ssh *ssh)
{
	struct slice program = program_of(ssh), rest = slice_of(ssh->command ? ssh->command : ""), word;
	bool file_follows = false;
	if (memchr(program.ptr, '/', program.len) && !is_absolute(program))
		return true;
	slice_word(&rest, &word);
	while (slice_word(&rest, &word)) {
		const char *equals = memchr(word.ptr, '=', word.len);
		struct slice value = equals ? slice_make(equals + 1, (size_t)(word.ptr + word.len - equals - 1))
					    : slice_make(word.ptr, 0);
		if (file_follows && !is_absolute(word))
			return true;
		file_follows = takes_file(word) && word.len == 2;
		if (takes_file(word) && word.len > 2 && !is_absolute(slice_make(word.ptr + 2, word.len - 2)))
			return true;
		if (equals - word.ptr >= 4 && strncasecmp(equals - 4, "file", 4) == 0 && !is_absolute(value))
			return true;
	}
	return false;
}

static void add_key(struct str *key, const char *text)
{
	str_adds(key, text ? text : "");
	str_addc(key, '\n');
}

char *ssh_command_key(const struct ask_question *question)
{
	const struct ask_ssh *ssh = &question->ssh;
	struct str key = STR_INIT;
	add_key(&key, ssh->command);
	add_key(&key, ssh->program);
	add_key(&key, ssh->user);
	add_key(&key, ssh->host);
	add_key(&key, ssh->port);
	add_key(&key, depends_on_dir(ssh) ? question->dir : NULL);
	str_addf(&key, "%d", ssh->ip);
	return str_detach(&key);
}

char *ssh_command_destination(const struct ask_ssh *ssh)
{
	return mem_format("%s%s%s", ssh->user ? ssh->user : "", ssh->user ? "@" : "", ssh->host);
}

/* The whole command line. */
static void build_line(struct args *args, const struct ask_ssh *ssh, const char *const *options)
{
	if (ssh->command) {
		args_push(args, "/bin/sh");
		args_push(args, "-c");
		args_take(args, mem_format("%s \"$@\"", ssh->command));
		args_push(args, ssh->command);
	} else {
		args_push(args, ssh->program ? ssh->program : "ssh");
	}
	for (; *options; options++)
		args_push(args, *options);
	if (ssh->ip)
		args_push(args, ssh->ip == 4 ? "-4" : "-6");
	if (ssh->port) {
		args_push(args, "-p");
		args_push(args, ssh->port);
	}
	args_take(args, ssh_command_destination(ssh));
}

/* Not by a window either, not even by an ssh that ssh starts. */
static char *const quiet[] = {(char[]){"SSH_ASKPASS=/bin/false"}, (char[]){"SSH_ASKPASS_REQUIRE=never"}, NULL};

struct child *ssh_command_start(struct loop *loop, const struct ask_question *question, const char *const *options,
				msec timeout, child_ended *ended, void *context)
{
	struct args args = ARGS_INIT;
	build_line(&args, &question->ssh, options);
	const struct child_spec spec = {
	    .argv = args.list,
	    .dir = question->dir,
	    .variables = quiet,
	    .timeout = timeout,
	};
	struct child *child = child_start(loop, &spec, ended, context);
	args_release(&args);
	return child;
}

char *ssh_command_remote(const struct ask_ssh *ssh)
{
	/* As git quotes it: '!' outside of the quotes, too, for the shells that take it for history. */
	struct str out = STR_INIT;
	str_adds(&out, "git-upload-pack '");
	for (const char *c = ssh->path; *c; c++) {
		if (*c == '\'' || *c == '!')
			str_addf(&out, "'\\%c'", *c);
		else
			str_addc(&out, *c);
	}
	str_addc(&out, '\'');
	return str_detach(&out);
}
