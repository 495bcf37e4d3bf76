#!/usr/bin/perl
# Bad input: a clear error that names file and line, or the right result; never a crash, a hang or a truncated value.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

# Runs mr and expects status 2 and a message.
sub refused {
    my ($what, $message, @args) = @_;
    my ($code, $out, $err) = run_mr(@args);
    is($code, 2, "$what: status 2");
    like($err, $message, "$what: the message");
}

my $home = sandbox();
mkdir 'a';

write_file('.mrconfig', "[a]\ncheckout = true\nthis is no line\n");
refused('a broken line', qr{\Q$home\E/\.mrconfig line 3\n.*name = value}s, 'list');

write_file('.mrconfig', "[a]\ncheckout = true\n\n   indented\n");
refused('an indented line that continues nothing', qr{line 4}, 'list');

write_file('.mrconfig', "checkout = true\n");
refused('a setting before any section', qr{parameter \(checkout\) not in section at \Q$home\E/\.mrconfig line 1}, 'list');

write_file('.mrconfig', "include = cat .mrconfig\n");
refused('a file that includes itself', qr{\.mrconfig line 1.*include}s, 'list');

write_file('.mrconfig', "jobs = many\n[a]\n");
refused('jobs that are no number', qr{--jobs must be numeric at \Q$home\E/\.mrconfig line 1}, 'list');

write_file('.mrconfig', "[a]\ngo = true\n");
refused('an unknown action', qr{unknown action "nonsense" \(known actions: .*\bgo\b}, 'nonsense');
refused('an ambiguous action', qr{ambiguous action "re" \(matches: record, register, remember\)}, 're');
refused('a missing -c file', qr{open \Q$home\E/missing: No such file}, '-c', 'missing', 'list');
refused('a directory as -c file', qr{open \Q$home\E/a: Is a directory}, '-c', 'a', 'list');
refused('no action', qr{Usage: mr}, '-v');
refused('an unknown option', qr{Unknown option: Z}, '-Z', 'list');
refused('an option without its argument', qr{Option d requires an argument}, '-d');
refused('a number that is none', qr{"x" invalid for option jobs}, '--jobs=x', 'list');
refused('nothing to work on', qr{no repositories found to work on}, '-d', '/', '-n', 'list');
refused('a setting that cannot be one', qr{a-b.* is no name for a setting}, 'config', 'a', 'a-b=1');

# An include that fails is reported with its place, and what it printed counts.
write_file('.mrconfig', "[a]\ngo = true\ninclude = echo 'gone = false'; exit 3\n");
my ($code, $out, $err) = run_mr('config', 'a', 'gone');
is("$code $out", "0 false\n", 'an include that fails: its output is used');
like($err, qr{include command exited nonzero \(768\) at \Q$home\E/\.mrconfig line 3}, 'and it is reported');

# Values of 100 kB and 300 kB, whole: shown, and run.
for my $size (100_000, 300_000) {
    my $long = join "\n\t", map { ": $_ " . 'x' x 60 } 1 .. $size / 66;
    write_file('.mrconfig', "[a]\ngo =\n\t$long\n\techo the end\n");
    ($code, $out, $err) = run_mr('config', 'a', 'go');
    cmp_ok(length $out, '>', $size, "a value of $size bytes is shown whole");
    ($code, $out, $err) = run_mr('go');
    is("$code$err", '0', "and runs");
    like($out, qr/^the end$/m, 'to its end');
}

# Bytes that are no UTF-8, and NUL.
write_file('.mrconfig', "[a]\ngo = printf '%s\\n' '\xff\xfe\x80'\nnul = echo a\0b\n");
($code, $out) = run_mr('go');
like($out, qr/^\xff\xfe\x80$/m, 'bytes that are no UTF-8 reach the command');
($code, $out) = run_mr('config', 'a', 'nul');
is($out, "echo a\0b\n", 'a NUL is kept');
($code, $out, $err) = run_mr('nul');
is($code, 1, 'but a command with a NUL is refused');
like($err, qr/NUL byte/, 'and the message says why');

# A name of 3,000 components is longer than any path may be.
my $deep = join '/', ('dir') x 3000;
write_file('.mrconfig', "[$deep]\ngo = true\ncheckout = true\n[a]\ngo = echo fine\n");
($code, $out, $err) = run_mr('go');
is($code, 1, 'a section of 3,000 components fails');
like($err, qr/File name too long/, 'and says why');
like($out, qr/^fine$/m, 'the others are done');
is((run_mr('checkout'))[0], 1, 'nor can it be checked out');

# A directory that cannot be entered.
write_file('.mrconfig', "[file]\ngo = true\n[gone]\ngo = true\n[a]\ngo = echo fine\n");
write_file('file', '');
($code, $out, $err) = run_mr('go');
is($code, 1, 'what cannot be entered fails');
like($err, qr{failed to chdir to \Q$home\E/file/: Not a directory}, 'a file');
like($err, qr{failed to chdir to \Q$home\E/gone/: No such file}, 'a missing directory');
like($out, qr/^fine$/m, 'the others are done');

done_testing();
