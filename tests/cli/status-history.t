#!/usr/bin/perl
# Random histories, whose dates may be anything, with and without a commit-graph: `mr status` shows of unpushed branches what git shows,
# on a terminal in its colours.
#
# MR_HISTORIES says how many (80), MR_SEED repeats a run.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' } # many small files
use MrTest;
use RandomChoice;
use Test::More;

my $count = $ENV{MR_HISTORIES} || 80;
my $seed = $ENV{MR_SEED} || time % 1_000_000;
my $home = sandbox();
seed_choices($seed);
system('git config --global init.defaultBranch main; git config --global gc.auto 0') == 0 or die;

sub date_of {
    my ($kind, $number, $last) = @_;
    my $regular = 1_700_000_000 + 10 * $number;
    return $regular if $kind eq 'regular';
    return 1_700_000_000 + ($kind eq 'random' ? number(300) : 0) if $kind ne 'skewed' && $kind ne 'old';
    return $kind eq 'old' ? $regular - 1000 * ($number == $last) : $regular - (chance(20) ? number(200) : 0);
}

# Input of git fast-import. Of the commits the last ones are named more often.
sub history {
    my $commits = pick(3, 6, 10, 16, 30);
    my $kind = pick('regular', 'random', 'same', 'skewed', 'old');
    my $text = '';
    for my $number (0 .. $commits - 1) {
        my @parents = $number && chance(97) ? (chance(70) ? $number - 1 : number($number)) : ();
        push @parents, grep { $_ != $parents[0] } number($number) if @parents && chance(20);
        my $message = "m$number";
        $text .= sprintf "commit refs/tmp/%d\nmark :%d\ncommitter n <e> %d +0000\ndata %d\n%s\n", $number, $number + 1,
            date_of($kind, $number, $commits - 1), length $message, $message;
        $text .= ($_ == 0 ? 'from' : 'merge') . sprintf " :%d\n", $parents[$_] + 1 for 0 .. $#parents;
        $text .= sprintf "M 100644 inline f\ndata 3\n%03d\n", $number if chance(90);
        $text .= "\n";
    }
    for my $name ('heads/main', grep { chance(50) } qw(heads/a heads/b remotes/origin/main remotes/origin/x remotes/origin/y tags/t)) {
        my $number = chance(60) ? number($commits) : $commits - 1 - number($commits < 3 ? $commits : 3);
        $text .= sprintf "reset refs/%s\nfrom :%d\n\n", $name, $number + 1;
    }
    return $text . join '', map { "reset refs/tmp/$_\nfrom 0000000000000000000000000000000000000000\n\n" } 0 .. $commits - 1;
}

sub make {
    my ($name, $text, $more) = @_;
    system("git init -q $name") == 0 or die;
    open my $import, '|-', "git -C $name fast-import --quiet --force" or die;
    print $import $text;
    close $import or die 'git fast-import';
    system("cd $name && { git reset -q --hard; $more; } >/dev/null 2>&1") == 0 or die $more;
}

my @names = map { sprintf 'r%03d', $_ } 1 .. $count;
my @forms = ('true', 'git commit-graph write --reachable', 'git repack -adq; git commit-graph write --reachable', 'git pack-refs --all');
make($_, history(), pick(@forms))
    for @names;

# What a remote has from a commit on that is older than all that it was made of: git has marked its parents before it comes to them.
my $chain = join '', map {
    my $date = 1_700_000_000 + 10 * $_ - ($_ == 20 ? 1000 : 0);
    "commit refs/tmp/x\nmark :$_\ncommitter n <e> $date +0000\ndata 2\nm\n" . ($_ > 1 ? "from :@{[$_ - 1]}\n" : '') . "\n"
} 1 .. 20;
my $ends = "reset refs/tmp/x\nfrom 0000000000000000000000000000000000000000\n\nreset refs/heads/main\nfrom :19\n\n"
    . "reset refs/remotes/origin/old\nfrom :18\n\nreset refs/remotes/origin/main\nfrom :20\n\n";
make('marked', $chain . $ends, 'true');
push @names, 'marked';

write_file('.mrconfig', join '', map { "[$_]\ncheckout = x\n" } @names);
system('git', '-C', $_, 'config', 'core.abbrev', pick('auto', 'no', 4, 5, 12, 40)) for grep { chance(30) } @names;
my ($code, $out, $err) = run_mr('-j2', '-t', 'status');
my @git = run_mr('-j2', '-t', '--no-native', 'status');
sub part { my ($text, $name) = @_; return $text =~ /^(mr status: \S*\/$name\n.*?)(?=^mr status: |\z)/ms ? $1 : '' }
my @differ = grep { part($out, $_) ne part($git[1], $_) } @names;
is("@differ", '', "histories are shown as git shows them (MR_SEED=$seed)");
is("$code $err", "$git[0] $git[2]", 'exit status and errors are the same');
my (undef, $verbose) = run_mr('-j2', '-t', '-v', 'status');
my ($native) = $verbose =~ /^mr status: native: (\d+) done without git/m;
cmp_ok($native, '>', $count / 5, "$native of " . @names . ' are native');

# Sets git's configuration for one run.
sub on_terminal {
    my ($configuration, @options) = @_;
    my @keys = sort keys %$configuration;
    my %variables = (TERM => 'xterm', GIT_CONFIG_COUNT => scalar @keys);
    @variables{"GIT_CONFIG_KEY_$_", "GIT_CONFIG_VALUE_$_"} = ($keys[$_], $configuration->{$keys[$_]}) for 0 .. $#keys;
    local @ENV{keys %variables} = values %variables;
    my ($pty, $mr) = (tool('pty'), mr_path());
    return scalar `$pty $mr -j2 -t @options status`;
}

my $coloured = on_terminal({}, '-v') =~ /^mr status: native: (\d+) done without git/m ? $1 : 0;
my ($minor) = `git --version` =~ /version 2\.(\d+)/;
SKIP: {
    skip 'this git has other colours', 1 if !$minor || $minor >= 43;
    is($coloured, $native, 'on a terminal they are, too');
}
for my $configuration ({}, {'color.diff' => 'false'}, {'color.diff' => 'auto', 'color.ui' => 'true'}, {'color.diff.commit' => 'red'},
    {'color.decorate.tag' => 'bold blue'}, {'color.ui' => 'false'}) {
    my $title = join ' ', map { "$_=$configuration->{$_}" } sort keys %$configuration;
    my ($native, $git) = map { on_terminal($configuration, @$_) } [], ['--no-native'];
    ok($native eq $git, "on a terminal, $title: as git") or diag("MR_SEED=$seed");
}

done_testing;
