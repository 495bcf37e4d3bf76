#!/usr/bin/perl
# --cache and --cached, beyond what the differential cases compare: nothing is lost, nothing half is kept.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my $naughty = tool('naughty');

{
    my $home = sandbox();
    my $text = join '', map { "line $_\n" } 1 .. 3000;
    write_file('text', $text);
    my @repos = map { "r$_" } 1 .. 40;
    mkdir $_ for @repos;
    write_file('.mrconfig', join '', map { "[$_]\nsay = cat $home/text\n" } @repos);
    my $expect = join("\n", map { "mr say: $home/$_\n$text" } sort @repos) . "\nmr say: finished (40 ok)\n";
    for my $option ('--cache', '--cached') {
        my ($code, $out) = run_mr('-j8', $option, 'say');
        ok($out eq $expect, "$option: 40 commands that end as soon as they have written, and all of it is there");
    }
    is(scalar(grep { read_file(".mrcache/say$home/$_/mr_output") eq $text } @repos), 40, 'and in the cache');
    my $pty = tool('pty');
    my $mr = mr_path();
    my $shown = `$pty $mr -j8 say`;
    ok($shown eq $expect, 'so it is on a terminal without a cache');
}

{
    my $home = sandbox();
    mkdir 'r';
    write_file('.mrconfig', "[r]\nsay = echo first; [ ! -e $home/kill ] || kill -TERM \$\$\nlong = echo begun; exec $naughty stop\n");
    run_mr('--cache', 'say');
    write_file('kill', '');
    my ($code, $out, $err) = run_mr('--cache', 'say');
    is("$code $err", "1 mr say: received signal 15\n", 'a killed command fails');
    is(read_file(".mrcache/say$home/r/mr_ret"), '0', 'and what was kept before stays');
    ($code, $out, $err) = run_mr('--cache', '--timeout', 1, 'long');
    is($out, "mr long: $home/r\nbegun\n\nmr long: finished (1 failed)\n", 'one that took too long shows what it said');
    is($err, "mr long: took longer than the --timeout\n", 'fails');
    ok(!-e ".mrcache/long", 'and is not kept');
}

{
    my $home = sandbox();
    mkdir 'r';
    write_file('.mrconfig', "[r]\nsay = echo said\n");
    write_file('.mrcache', 'a file in the way');
    my ($code, $out, $err) = run_mr('--cache', 'say');
    is("$code $out", "0 mr say: $home/r\nsaid\n\nmr say: finished (1 ok)\n", 'a cache that cannot be written is no failure of the command');
    like($err, qr{^mr say: its output cannot be kept: .*\Q$home\E/\.mrcache}, 'but it is told');
}

{
    my $home = sandbox();
    mkdir 'r';
    write_file('.mrconfig', "[r]\nsay = [ -t 1 ] && printf '\\033[31mred\\033[m\\n'; echo \$PAGER\n");
    my ($code, $out) = run_mr('--cache', 'say');
    is($out, "mr say: $home/r\nred\ncat\n\nmr say: finished (1 ok)\n", 'colours are for terminals, and pagers for nobody');
    is(read_file(".mrcache/say$home/r/mr_output"), "\e[31mred\e[m\ncat\n", 'the cache has the colours');
    my $pty = tool('pty');
    my $mr = mr_path();
    is(`$pty $mr --cached say`, "mr say: $home/r\n\e[31mred\e[m\ncat\n\nmr say: finished (1 ok)\n", 'and a terminal gets them');
}

done_testing();
