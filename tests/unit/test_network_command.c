/* Which commands are known to speak with another host, and with which remote. */
#include "fixture.h"

#include "action/network_command.h"

#include <stdlib.h>

static void check(const char *text, const struct args *params, enum offer_operation expected, const char *expected_target)
{
	char *target;
	enum offer_operation operation = network_command(slice_of(text), params, &target);
	if (operation != expected || strcmp(target ? target : "-", expected_target) != 0)
		fail_msg("%s: %d, %s", text, (int)operation, target ? target : "-");
	free(target);
}

static void test_commands(MR_UNUSED void **state)
{
	static const struct {
		const char *text;
		enum offer_operation operation;
		const char *target;
	} table[] = {
	    {"git pull", OFFER_CONNECT_FETCH, "-"},
	    {"git pull \"$@\"", OFFER_CONNECT_FETCH, "-"},
	    {"\n\t# news\n\tgit fetch -q >/dev/null 2>&1 && make", OFFER_CONNECT_FETCH, "-"},
	    {"git fetch 2>/dev/null", OFFER_CONNECT_FETCH, "-"},
	    {"git fetch -q 'up stream' main", OFFER_CONNECT_FETCH, "up stream"},
	    {"git remote update", OFFER_CONNECT_FETCH, "-"},
	    {"git stash && git pull --rebase; git stash pop", OFFER_CONNECT_FETCH, "-"},
	    {"echo \"at $MR_REPO\"; git --no-pager -c a.b=c push backup --all || true", OFFER_CONNECT_PUSH, "backup"},
	    {"git clone git@host:a/b.git", OFFER_CONNECT_CLONE, "git@host:a/b.git"},
	    {"git clone -b main 'ssh://host/a b' \"$HOME/b\" && cd b", OFFER_CONNECT_CLONE, "ssh://host/a b"},
	    {"git clone /a/b", OFFER_NOTHING, "-"},
	    {"git clone \"host:$x\" b", OFFER_NOTHING, "-"},
	    {"git fetch $remote", OFFER_NOTHING, "-"},
	    {"git -C b pull", OFFER_NOTHING, "-"},
	    {"git", OFFER_NOTHING, "-"},
	    {"git status", OFFER_NOTHING, "-"},
	    {"git commit -a && git push", OFFER_NOTHING, "-"},
	    {"git status || git pull", OFFER_NOTHING, "-"},
	    {"cd b && git pull", OFFER_NOTHING, "-"},
	    {"if true; then git pull; fi", OFFER_NOTHING, "-"},
	    {"(git pull)", OFFER_NOTHING, "-"},
	    {"A=b git pull", OFFER_NOTHING, "-"},
	    {"git pull 'x", OFFER_NOTHING, "-"},
	    {"", OFFER_NOTHING, "-"},
	    {";", OFFER_NOTHING, "-"},
	};
	for (size_t i = 0; i < LENGTH(table); i++)
		check(table[i].text, NULL, table[i].operation, table[i].target);
}

static void test_parameters(MR_UNUSED void **state)
{
	char *run[] = {(char[]){"git"}, (char[]){"fetch"}, (char[]){"-q"}, (char[]){"$x"}, NULL};
	check("\"$@\"", &(struct args){.list = run, .len = 4}, OFFER_CONNECT_FETCH, "$x");
	check("\"$@\"", &(struct args){.list = run, .len = 1}, OFFER_NOTHING, "-");
	check("\"$@\"", NULL, OFFER_NOTHING, "-");
	check("git push \"$@\"", &(struct args){.list = run + 2, .len = 1}, OFFER_CONNECT_PUSH, "-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_commands),
	    cmocka_unit_test(test_parameters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
