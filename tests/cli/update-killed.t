#!/usr/bin/perl
# mr, or one of its helpers, killed without a word in the middle of an update: all local work is there, nothing is broken or left
# behind, and the next update completes.
#
# MR_KILL_ROUNDS says how often (5), SEED repeats a run.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Cwd qw(abs_path);
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' }
use MrTest;
use Servers;
use Test::More;
use Time::HiRes qw(time usleep);

my $rounds = $ENV{MR_KILL_ROUNDS} // 5;
my $seed = $ENV{SEED} // time & 0xffff;
my $sources = abs_path("$FindBin::Bin/../update");
my $top = sandbox();
my ($world, $home, $runtime) = ("$top/world", "$top/world/home", "$top/runtime");
srand $seed;
note("SEED=$seed");

sub sh { system('sh', '-ec', @_) == 0 or die "failed: @_\n" }

mkdir $_ for $world, $home, "$world/remotes", $runtime;
chmod 0700, $runtime;
@ENV{'HOME', 'TMPDIR', 'XDG_RUNTIME_DIR', 'KILL_TEST'} = ($home, "$home/tmp", $runtime, $top);
write_file("$home/.gitconfig", "[user]\nname = Tester\nemail = tester\@example.org\n[init]\ndefaultBranch = master\n");
my $servers;
{
    local $ENV{KILL_TEST} = '';
    $servers = Servers->start("$top/servers", "$world/remotes");
}
local @ENV{'HTTPS_URL', 'SSH_HOST'} = ($servers->env('HTTPS_URL'), $servers->env('SSH_HOST'));
sh("sh '$sources/world.sh' '$world' '$sources/kill.sh' >'$top/build.log' 2>&1 || { cat '$top/build.log' >&2; exit 1; }");
rename "$home/code", "$top/original" or die $!;
rename "$home/update.mrconfig", "$home/.mrconfig" or die $!;
chdir $home or die $!;
my @repos = map { "r$_" } 1 .. 20;

# All processes that descend from this run.
sub descendants {
    return grep { $_ != $$ && is_alive($_) && (read_file("/proc/$_/environ") // '') =~ /(?:^|\0)KILL_TEST=\Q$top\E\0/ }
        map { m{(\d+)$} } glob '/proc/[0-9]*';
}

# What must never get lost of a repository.
sub local_work {
    my ($repo) = @_;
    my $text = join '', map { "$_: " . (read_file("code/$repo/$_") // "gone\n") } qw(other staged untracked);
    return $text . `cd code/$repo && git ls-files -s staged && git rev-parse mine stash\@{0} && git show stash\@{0}:file`;
}

sub upstream { return join "\n", map { `git -C code/$_ rev-parse origin/master origin/side tags/v2` } @repos }

sub restore {
    sh("rm -rf code; cp -a '$top/original' code; for r in code/*; do git -C \$r update-index -q --refresh >/dev/null || :; done");
}

# An undisturbed run: what all is compared with, and how long it takes.
restore();
my %work = map { $_ => local_work($_) } @repos;
my $from = time;
is((run_mr('-j4', 'update'))[0], 0, 'undisturbed, it succeeds');
my $took = time - $from;
my $upstream = upstream();
is(join("\n", map { local_work($_) } @repos), join("\n", @work{@repos}), 'and leaves local work alone');

# The helper processes of a run: forked copies of mr.
sub helpers {
    my ($pid) = @_;
    return grep { (read_file("/proc/$_/stat") // '') =~ /^\d+ \(mr\) \w $pid / } descendants();
}

my %over_ssh = map { $_ => 1 } grep { `git -C code/$_ config remote.origin.url` =~ /^fleet:/ } @repos;
my @victims = ('mr', 'a helper', 'all');
for my $round (1 .. $rounds) {
    restore();
    my $victim = $victims[($round - 1) % 3];
    my $after = rand(1.1) * $took;
    my $title = sprintf '%s killed after %.0f ms', $victim, 1000 * $after;
    my $pid = start_mr('killed', '-j4', '-s', 'update');
    usleep(1e6 * $after);
    my @others = $victim eq 'all' ? descendants() : helpers($pid);
    @others = $others[rand @others] if $victim eq 'a helper' && @others;
    kill 'KILL', $victim eq 'mr' ? $pid : $victim eq 'all' ? ($pid, grep { $_ != $pid } @others) : @others;
    my $status = wait_exit($pid);
    # What runs over the connection of the network service fails with it; all others need no helper.
    my ($failed) = read_file('killed.err') =~ m{\(failed: (.*)\)};
    my @failed = map { m{/code/(\w+)/?$} } split ' ', $failed // '';
    is(join(' ', grep { !$over_ssh{$_} } @failed), '', "$title: mr does not need it") or diag(read_file('killed.err'))
        if $victim eq 'a helper';
    # What git had begun it ends; nothing may stay.
    ok(wait_until(sub { !descendants() }, 20), "$title: its processes end, too")
        or diag(map { (read_file("/proc/$_/cmdline") // '') =~ tr/\0/ /r . "\n" } descendants());
    kill 'KILL', descendants();
    my @broken = grep { system("git -C code/$_ fsck --no-dangling >fsck.out 2>&1") } @repos;
    is("@broken", '', "$title: every repository is whole") or diag(read_file('fsck.out'));
    my @lost = grep { local_work($_) ne $work{$_} } @repos;
    is("@lost", '', "$title: no local work is lost") or diag(local_work($lost[0]));
    # A git that was killed leaves its locks, as ever.
    sh(q(find code -path '*/.git/*.lock' -delete)) if $victim eq 'all';
    my ($code, $out, $err) = run_mr('-j4', 'update');
    is($code, 0, "$title: the next update completes") or diag($out, $err);
    is(upstream(), $upstream, "$title: with all that is new");
    is(join("\n", map { local_work($_) } @repos), join("\n", @work{@repos}), "$title: and local work is still there");
    is(join(' ', glob("$runtime/* $home/tmp/* code/*/.git/*.lock code/*/.git/*.tmp* code/*/.git/.??*")), '', "$title: nothing is left behind");
}

done_testing();
