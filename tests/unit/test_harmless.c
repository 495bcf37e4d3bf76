/* Which libs of users cannot matter to the built-in commands of git. */
#include "fixture.h"

#include "action/harmless.h"

static const char *const harmless[] = {
    "",
    "\n\t# only a comment `rm -rf /` $(x)\n",
    "hello() {\n\techo hello\n}\n",
    "hello() { echo hello; }; bye() { echo bye; }",
    "a ()\n{\n\tif [ -e x ]; then git() { :; }; fi\n}\n",
    "a() { case $1 in x|y) echo }; ;; (z) : ;; esac; }",
    "a() { echo '}' \"}\" \\} ${x} \"${y:-z}\" $(b; { c; }) `d` $((1 + 2)); }",
    "a() { for i in 1 2 3; do echo $i; done; for j; do :; done; while read x; do echo; done <file 2>/dev/null; }",
    "a() { ! b && c || d | e >f 2>&1; (cd x && y); g & }",
    "a() { x=$(case $1 in a) echo 1 ;; esac); }",
    "a() {\n\tgit log \\\n\t\t--oneline # }\n}\n",
    "name=value\nother='some }{ thing'\nthird=\"$name\"\n",
    "a() { until x; do y; done; if a; then b; elif c; then d; else e; fi; }",
    "a() { :; } >file",
    "a() { echo a#b \"#\" '#'; }",
    "a() { echo $$ \"$$\" $# $? \"$@\" ${#x} ${x#y} ${x:-y} ${x:=${y}} $((1 + (2 * 3))); }",
    "a() { ! b | c; b() { :; }; b 2>&1 >f; x=`b; c`; }",
};

static const char *const doubtful[] = {
    "git() { :; }",
    "git () { command git \"$@\"; }",
    "a() { echo a; }\ngit() { echo b; }",
    "a() { echo '}'; }; git() { :; }",
    "a() { echo }; }; echo x",
    "a() { echo \"$(echo ')' ; echo '\"')\"; }; git() { :; }",
    "a() { :; } ; export GIT_DIR=/x",
    "export PATH=/evil:$PATH",
    "PATH=/evil:$PATH",
    "GIT_DIR=/x",
    "HOME=/x",
    "IFS=:",
    "x=$(touch /tmp/x)",
    "x=`touch /tmp/x`",
    "x=${y:=z}",
    "x=${y?fails}",
    "x=1 git status",
    ". ~/lib.sh",
    "set -x",
    "set +e",
    "cd /elsewhere",
    "true() { false; }",
    "my_sh() { :; }",
    "alias git=hub",
    "a() { cat <<EOF\n}\nEOF\n}\n",
    "a() {",
    "a() { echo ' }",
    "a() { echo \" }",
    "a() { echo $(b }",
    "a() { if x; then y; }",
    "a() { (( i++ )); }",
    "a() { x=(1 2 3); }",
    "a() { echo $'\\'' }; }; git() { :; }",
    "function git { :; }",
    "a() ( exit 1 )",
    "a() { :; } && echo b",
    "a() { :; } | b",
    "echo hello",
    "{ git() { :; }; }",
    "if true; then git() { :; }; fi",
    "git\\\n() { :; }",
    "g'i't() { :; }",
    "g\"i\"t() { :; }",
    "a() { :; }\r\n",
    "trap 'echo x' EXIT",
    "exec 2>/dev/null",
    "a() { i\\\nf x; then y; fi; }; git() { :; }",
    "a() { echo ${x%\"}\"}; }; git() { :; }",
    "a() { case x in y) echo ;; }; git() { :; }",
    /* Where brackets are not what they seem. */
    "f() { : \"$$(\" ; }\ngit() { echo; }\n: '\")\"'\n}\n# '",
    "f() { x=\"$\\\n(if)\"; }",
    "f() { : ${a:} ${#c}; }",
    "f() { x=`(`; }",
    "f() { x=$((a) b); }",
    "f() { x=$(( $(if) )); }",
    "f() { x=$(( ${x )); }",
    /* What no shell takes. */
    "f() { }",
    "f() {\n\t# nothing yet\n}",
    "f() { { }; }",
    "f() { ( ); }",
    "f() { if x; then fi; }",
    "f() { if x; then y; else fi; }",
    "f() { while x; do done; }",
    "f() { for i do done; }",
    "f() { for a-b in x; do :; done; }",
    "f() { x && }",
    "f() { x | }",
    "f() { ! ! x; }",
    "f() { x | ! y; }",
    "f() { ! }\n}",
    "f() { ! then; }",
    "f() { a-b() { :; }; }",
    "f() { set() { :; }; }",
    "f() { a b() { :; }; }",
    "f() { >x y() { :; }; }",
    "f() { \"a\"() { :; }; }",
    "f() { :; } 2",
    "f() { case x in y) : ;; esac 3; }",
    "f() { { :; } >f }",
    "f() { >2>&1; }",
    "if() { :; }",
    "esac() { :; }",
    "time() { :; }",
};

static void test_harmless(MR_UNUSED void **state)
{
	for (size_t i = 0; i < LENGTH(harmless); i++)
		if (!harmless_library(slice_of(harmless[i])))
			fail_msg("doubtful: %s", harmless[i]);
}

static void test_doubtful(MR_UNUSED void **state)
{
	for (size_t i = 0; i < LENGTH(doubtful); i++)
		if (harmless_library(slice_of(doubtful[i])))
			fail_msg("harmless: %s", doubtful[i]);
}

/* Whatever is cut off a text or changed in it, nothing is read beyond it. */
static void test_bounds(MR_UNUSED void **state)
{
	for (size_t i = 0; i < LENGTH(harmless); i++) {
		size_t len = strlen(harmless[i]);
		for (size_t cut = 0; cut <= len; cut++) {
			char *exact = malloc(cut + !cut);
			memcpy(exact, harmless[i], cut);
			harmless_library(slice_make(exact, cut));
			free(exact);
		}
	}
}

/* However deep it is nested, a text is read once. */
static void test_nested(MR_UNUSED void **state)
{
	struct str text = STR_INIT;
	str_adds(&text, "f() { ");
	for (int i = 0; i < 30; i++)
		str_adds(&text, "echo $(");
	str_adds(&text, "echo");
	for (int i = 0; i < 30; i++)
		str_addc(&text, ')');
	str_adds(&text, "; }");
	assert_true(harmless_library(str_slice(&text)));
	str_release(&text);
}

/* A variable that children see is theirs. */
static void test_exported(MR_UNUSED void **state)
{
	setenv("MRTEST_EXPORTED", "1", 1);
	assert_false(harmless_library(slice_of("MRTEST_EXPORTED=2")));
	unsetenv("MRTEST_EXPORTED");
	assert_true(harmless_library(slice_of("MRTEST_EXPORTED=2")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_harmless),
	    cmocka_unit_test(test_doubtful),
	    cmocka_unit_test(test_bounds),
	    cmocka_unit_test(test_nested),
	    cmocka_unit_test(test_exported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
