#!/usr/bin/perl
# `mr update` and `mr fetch`, native against --no-native, on repositories in every state: the same words, results and files.
#
# tests/update/ makes the world once; every run gets a copy of it at the same path. MR_EQUALITY_JOBS="1 4" runs both actions
# natively with each of these -j; MR_EQUALITY_KEEP=DIR keeps what each run left.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Cwd qw(abs_path);
use File::Find;
use File::Temp qw(tempdir);
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' }
use MrTest;
use Servers;
use Test::More;

my $sources = abs_path("$FindBin::Bin/../update");
my ($keep, $jobs) = @ENV{'MR_EQUALITY_KEEP', 'MR_EQUALITY_JOBS'};    # before the sandbox clears the environment
my $top = sandbox();
my ($world, $home) = ("$top/world", "$top/world/home");
my %why;    # what each run said of its native operations: done without git, or why not

sub sh { system('sh', '-ec', @_) == 0 or die "failed: @_\n" }

mkdir $_ for $world, $home, "$world/remotes";
@ENV{'HOME', 'TMPDIR'} = ($home, "$home/tmp");
write_file("$home/.gitconfig", "[user]\nname = Tester\nemail = tester\@example.org\n[init]\ndefaultBranch = master\n"
      . "[advice]\ndetachedHead = false\n");
my $servers = Servers->start("$top/servers", "$world/remotes");
local $ENV{HTTPS_URL} = $servers->env('HTTPS_URL');
local $ENV{SSH_HOST} = $servers->env('SSH_HOST');
sh("sh '$sources/world.sh' '$world' '$sources/cases.sh' >'$top/build.log' 2>&1 || { cat '$top/build.log' >&2; exit 1; }");
rename "$home/code", "$top/original" or die $!;
@ENV{'GIT_AUTHOR_DATE', 'GIT_COMMITTER_DATE'} = ('1700000001 +0000') x 2;

my @cases = read_file("$home/update.mrconfig") =~ m{^\[code/(.*)\]$}mg;
my $remotes = manifest("$world/remotes");

# What the user may not read is not to be copied as it is, but by root.
my @unreadable = map { chomp; $_ } `cd '$top/original' && find . -type f ! -perm -u+r`;
chmod 0600, map { "$top/original/$_" } @unreadable;

# A fresh copy of the world, or of some cases, whose indexes know their files.
sub restore {
    my @some = @_;
    sh('chmod -R u+w code 2>/dev/null || :; rm -rf code');
    sh(@some ? "mkdir code; cd '$top/original'; cp -a @some '$home/code'" : "cp -a '$top/original' code");
    chmod 0, grep { -e } map { "code/$_" } @unreadable;
    my %keep = map { $_ => 1 } split /\n/, read_file("$world/keep") // '';
    open my $list, '|-', q(xargs -0 -P2 -n1 sh -c 'git -C "$1" update-index -q --refresh >/dev/null 2>&1' sh; true) or die;
    print $list map { "code/$_\0" } grep { !$keep{$_} } @some ? @some : @cases;
    close $list;
}

# Every file below: its kind, mode and content; of objects the names, of the index what it says.
sub manifest {
    my ($dir) = @_;
    my %files;
    find({no_chdir => 1, wanted => sub {
        my $name = substr $_, length $dir;
        my ($mode) = (lstat)[2];
        my $is_object = $name =~ m{/objects/};
        $name =~ s{/objects/pack/pack-\w+}{/objects/pack/*};
        $name =~ s{/objects/info/commit-graphs/graph-\w+}{/objects/info/commit-graphs/*};
        my $text = -l _ ? readlink : !-f _ || $is_object ? '' : content($_);
        $files{$name} = sprintf("%o ", $mode) . $text;
    }}, $dir);
    return \%files;
}

sub content {
    my ($path) = @_;
    my $bytes = read_file($path) // return 'unreadable';
    return $bytes if $path !~ m{/index$} || $bytes !~ /^DIRC/;
    my $id = $path =~ /sha256/ ? 32 : 20;
    my (undef, $version, $count) = unpack 'a4NN', $bytes;
    my ($at, $name, $said) = (12, '', "index version $version\n");
    for (1 .. $count) {
        my ($entry_mode, $hex, $flags) = unpack "x24 N x12 H@{[2 * $id]} n", substr $bytes, $at, 80;
        my $from = $at + 40 + $id + 2;
        my $more = $flags & 0x4000 ? unpack 'n', substr $bytes, $from, 2 : 0;
        $from += 2 if $flags & 0x4000;
        if ($version == 4) {
            my $byte = ord substr $bytes, $from++, 1;
            my $strip = $byte & 127;
            while ($byte & 128) {
                $byte = ord substr $bytes, $from++, 1;
                $strip = (($strip + 1) << 7) | ($byte & 127);
            }
            substr($name, length($name) - $strip) = '';
        } else {
            $name = '';
        }
        my $end = index $bytes, "\0", $from;
        $name .= substr $bytes, $from, $end - $from;
        $at = $version == 4 ? $end + 1 : $at + ((40 + $id + 2 + ($flags & 0x4000 ? 2 : 0) + length($name) + 8) & ~7);
        $said .= sprintf "%o %s %x %x %s\n", $entry_mode, $hex, $flags & 0xf000, $more, $name;
    }
    while ($at + 8 <= length($bytes) - $id) {
        my ($extension, $size) = unpack 'a4N', substr $bytes, $at, 8;
        $said .= "$extension\n";
        $said .= unpack('H*', substr $bytes, $at + 8, $size) . "\n" if $extension eq 'TREE';
        $at += 8 + $size;
    }
    return $said;
}

# Runs mr in a fresh copy of the world, or of some cases; both streams are one file if merged. What it said is cut into the parts of
# the repositories.
sub run {
    my ($name, $merged, $some, @words) = @_;
    chdir $home or die $!;
    restore(@$some);
    my $pid = fork // die $!;
    if (!$pid) {
        open STDIN, '<', '/dev/null' or die;
        open STDOUT, '>', "$top/out" or die;
        if ($merged) { open STDERR, '>&', \*STDOUT or die } else { open STDERR, '>', "$top/err" or die }
        exec mr_path(), '-v', '-s', @words or die;
    }
    my $status = wait_exit($pid, 120);
    my %run = (status => $status // 'hung', files => {}, words => {}, err => $merged ? '' : strip(read_file("$top/err"), {}));
    my ($head, @parts) = split m{^(?=mr \w+: \Q$home\E/code/.*\n)|^(?=\n\w)}m, read_file("$top/out");
    $why{$name} = {};
    for ($head, @parts) {
        my ($repo) = m{^mr \w+: \Q$home\E/code/(.*)\n};
        $repo //= '';
        $run{words}{$repo} .= strip($_, $why{$name}, $repo);
    }
    my $files = manifest("$home/code");
    for my $path (keys %$files) {
        my ($repo) = $path =~ m{^/([^/]+)} or next;
        $run{files}{$repo}{$path} = $files->{$path};
    }
    sh("mkdir -p '$keep/$name'; cp -a code '$top/out' '$keep/$name'") if $keep;
    return \%run;
}

# Takes out, and notes, what is said of native operations; and why something failed, which is told only where the host was asked.
sub strip {
    my ($text, $why, $repo) = @_;
    $text =~ s/^fatal: full write to remote helper failed: Broken pipe\n//mg; # git's race with a helper that has died
    $text =~ s/^mr \w+: (?:the (?:host|repository|certificate|branches) .*|authentication failed|local changes are in the way)\n//mg;
    $why->{$repo // ''} = $1 if $text =~ s/^mr \w+: native: (.*)\n//m;
    $text =~ s/^mr \w+: native: .*\n//mg;
    return $text;
}

sub difference {
    my ($expected, $got) = @_;
    write_file("$top/expected", $expected);
    write_file("$top/got", $got);
    my $diff = `diff -U1 --label 'without native' --label native '$top/expected' '$top/got'`;
    return length $diff > 3000 ? substr($diff, 0, 3000) . "...\n" : $diff;
}

sub file_differences {
    my ($expected, $got) = @_;
    my $text = '';
    for my $path (sort keys %{{%$expected, %$got}}) {
        my ($before, $after) = ($expected->{$path}, $got->{$path});
        $text .= !defined $before ? "only native: $path\n" : !defined $after ? "only without native: $path\n"
            : $before ne $after ? "$path:\n" . difference($before, $after) : '';
    }
    return $text;
}

sub compare {
    my ($title, $expected, $got) = @_;
    is($got->{status}, $expected->{status}, "$title: exit status");
    my $errors = difference($expected->{err}, $got->{err});
    ok($errors eq '', "$title: standard error") or diag($errors);
    for my $repo ('', grep { defined $expected->{words}{$_} } @cases) {
        my $problem = '';
        $problem .= difference($expected->{words}{$repo} // '', $got->{words}{$repo} // '')
            if ($expected->{words}{$repo} // '') ne ($got->{words}{$repo} // '');
        next if $repo eq '' && !$problem;
        $problem .= file_differences($expected->{files}{$repo}, $got->{files}{$repo}) if $repo ne '';
        my $native = $why{$title}{$repo} // 'native: not tried';
        ok($problem eq '', "$title: $repo ($native)") or diag($problem);
    }
}

my @actions = (['update', 1, 4], ['fetch', 0, 1]);
for (@actions) {
    my ($action, $merged, @jobs) = @$_;
    my @words = ('-t', '-c', "$home/$action.mrconfig", $action);
    @jobs = split ' ', $jobs if $jobs;
    my $expected = run("$action --no-native", $merged, [], '-j4', '--no-native', @words);
    compare("$action -j$_", $expected, run("$action -j$_", $merged, [], "-j$_", @words)) for @jobs;
}

# The same for a few cases in other environments.
mkdir "$home/xdg" and mkdir "$home/xdg/git" or die $!;
write_file("$home/xdg/git/config", "[pull]\nrebase = true\n[fetch]\nprune = true\n");
my @environments = (
    [{LC_ALL => 'C.UTF-8', LANGUAGE => 'de'}, qw(nothing nothing-https ff branch-new branch-gone-prune dirty-in-way untracked-in-way
        diverged upstream-gone detached url-gone)],
    [{GIT_SSL_CAINFO => '/nowhere'}, qw(nothing nothing-https)],
    [{GIT_SSL_NO_VERIFY => 1}, qw(http-no-authority)],
    [{GIT_SSH_COMMAND => 'ssh -q'}, qw(nothing-ssh ff-ssh)],
    [{GIT_SSH_COMMAND => 'false'}, qw(nothing-ssh)],
    [{GIT_SSH => "$top/servers/bin/ssh"}, qw(nothing-ssh)],
    [{GIT_ALLOW_PROTOCOL => 'file'}, qw(nothing nothing-https nothing-ssh)],
    [{GIT_CONFIG_COUNT => 1, GIT_CONFIG_KEY_0 => 'fetch.prune', GIT_CONFIG_VALUE_0 => 'true'}, qw(branch-gone nothing-https)],
    [{GIT_CONFIG_GLOBAL => '/dev/null'}, qw(nothing nothing-https)],
    [{XDG_CONFIG_HOME => "$home/xdg"}, qw(nothing branch-gone diverged)],
    [{GIT_REFLOG_ACTION => 'mine'}, qw(nothing ff)],
    [{GIT_MERGE_AUTOEDIT => 'no'}, qw(nothing ff)],
    [{GIT_MERGE_AUTOEDIT => 'maybe'}, qw(nothing ff)],
    [{GIT_NAMESPACE => 'space'}, qw(nothing nothing-https)],
    [{GIT_TERMINAL_PROMPT => 0, GIT_ASKPASS => 'false', GIT_OPTIONAL_LOCKS => 0}, qw(nothing nothing-https nothing-ssh)],
);
for (@environments) {
    my ($environment, @some) = @$_;
    my $title = join ' ', map { "$_=$environment->{$_}" =~ s/\Q$top\E/.../r } sort keys %$environment;
    local @ENV{keys %$environment} = values %$environment;
    write_file("$home/some.mrconfig", join '', map { "[code/$_]\ncheckout = false\n" } @some);
    my @words = ('-t', '-c', "$home/some.mrconfig", '-j4');
    compare($title, run("$title --no-native", 1, \@some, @words, '--no-native', 'update'), run($title, 1, \@some, @words, 'update'));
}

# And with other options, which keep output back or count.
my @some = qw(nothing nothing-https ff ff-https ff-fetched dirty-in-way untracked-in-way diverged branch-new tag-new upstream-gone forced url-gone);
write_file("$home/some.mrconfig", join '', map { "[code/$_]\ncheckout = false\n" } @some);
for my $option ('-m', '-q', '--timeout=100', '--retries=0') {
    my @words = ('-t', '-c', "$home/some.mrconfig", '-j4', $option);
    compare("update $option", run("update $option --no-native", 1, \@some, @words, '--no-native', 'update'),
        run("update $option", 1, \@some, @words, 'update'));
}

is_deeply(manifest("$world/remotes"), $remotes, 'nobody has written to the remotes');
for my $run (grep { /-j/ } sort keys %why) {
    my $done = grep { /^done/ } values %{$why{$run}};
    cmp_ok($done, '>=', 30, "$run: $done without git, or more");
}
done_testing();
