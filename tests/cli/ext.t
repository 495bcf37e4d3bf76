#!/usr/bin/perl
# What is installed beside the program: extension files, the shell extension, and nothing that uninstalling leaves behind.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Find;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my $top = abs_path("$FindBin::Bin/../..");
my $oracle = '/usr/bin/mr';
my $home = sandbox();
my $share = "$home/root/opt/share";

# Of what is built already: two tests at a time must not build.
sub make {
    my ($goal) = @_;
    my $build = dirname(mr_path());
    delete local $ENV{MAKEFLAGS};
    my $said = `make -C '$top' -o all '$goal' BUILD='$build' DESTDIR='$home/root' PREFIX=/opt 2>&1`;
    is($?, 0, "make $goal succeeds") or diag($said);
}

sub installed {
    my @files;
    find(sub { push @files, $File::Find::name if !-d $_ || -l $_ }, "$home/root");
    return sort @files;
}

# What a program says on both streams, and its wait status, as one text.
sub said {
    my (@command) = @_;
    my $pid = open my $out, '-|';
    if (!$pid) {
        open STDERR, '>&', \*STDOUT;
        open STDIN, '<', '/dev/null';
        exec @command or die "$command[0]: $!";
    }
    local $/;
    my $text = <$out> // '';
    close $out;
    return "$text$?";
}

sub on_path {
    my ($name) = @_;
    my ($dir) = grep { -x "$_/$name" } split /:/, $ENV{PATH};
    return $dir && "$dir/$name";
}

subtest 'installing' => sub {
    make('install');
    my @names = map { basename($_) } glob "$top/src/share/mr/*";
    is(scalar @names, 14, 'there are extension files');
    my @missing = grep { !-f "$share/mr/$_" } @names;
    is("@missing", '', 'all of them are installed');
    ok(-f "$share/mr.sh/cache-mr-status.sh", 'the shell extension is apart from what configurations include');
    my @wrong = grep { (stat)[2] & 022 || (stat)[2] & 0111 && !m{/bin/(?:mr|webcheckout)$} } installed();
    is("@wrong", '', 'nobody else may write them, and only the program can be run, by both of its names');
};

subtest 'each extension file can be read' => sub {
    mkdir 'r';
    my @programs = grep { -x } mr_path(), $oracle;
    for my $name ((map { basename($_) } glob "$share/mr/*"), '*') {
        write_file('.mrconfig', "[DEFAULT]\ninclude = cat $share/mr/$name\n[r]\nsay = echo said\n");
        for my $program (@programs) {
            is(said($program, '-m', 'say'), "mr say: $home/r\nsaid\n\n0", "$name by $program");
        }
        # What somebody is told at the top of each file.
        next if $name eq '*' || $name eq 'vcsh';
        like(read_file("$share/mr/$name"), qr{^#\tinclude = cat /usr/share/mr/\Q$name\E$}m, "$name says how it is included");
    }
    for my $name (map { basename($_) } glob '/usr/share/mr/*') {
        ok(-f "$share/mr/$name", "there is a $name, as myrepos has it");
    }
};

subtest 'only what needs perl is missed where there is none' => sub {
    mkdir $_ for qw(bin r1 r2 r3 r3/.git);
    symlink on_path('sh'), 'bin/sh';
    write_file('.mrconfig', <<'END');
[DEFAULT]
old_test = perl: -M "$ENV{MR_REPO}" > 30
fine_test = perl: -d "$ENV{MR_REPO}" && ! -e "$ENV{MR_REPO}/.git"
fine_say = echo fine
git_say = echo git
[r1]
[r2]
[r3]
END
    local $ENV{PATH} = "$home/bin";
    my $complaint = qr{mr: old_test at \Q$home\E/\.mrconfig line 2 .* perl, which is not installed.*\n\(Install perl, .*\)\n};
    for my $jobs ('-j1', '-j3') {
        my ($code, $out, $err) = run_mr($jobs, 'say');
        is($code, 0, "$jobs: the rest goes on");
        is($out, join("\n", (map { "mr say: $home/r$_\n" . ($_ < 3 ? "fine\n" : "git\n") } 1 .. 3), "mr say: finished (3 ok)\n"),
            'with the answers that need no perl');
        like($err, qr/\A$complaint\z/, 'one complaint, with file, line, setting and remedy');
    }
    my ($code, $out, $err) = run_mr('register', 'r1');
    like($err, qr/\A${complaint}mr register: unknown repository type\n\z/, 'register complains, too');
};

# What is in the cache for a repository, without its colours: '' when nothing is.
sub cached { return (read_file(".mrcache/status$home/$_[0]/mr_output") // '') =~ s/\e\[\d*m//gr }

for my $shell (qw(bash zsh)) {
    subtest "the shell extension in $shell" => sub {
        plan skip_all => "$shell is not installed" if !on_path($shell);
        my @start = ($shell, $shell eq 'zsh' ? '-f' : '--norc', '-c');
        mkdir 'path';
        unlink 'path/mr';
        symlink mr_path(), 'path/mr';
        local $ENV{PATH} = "$home/path:$ENV{PATH}";
        system('rm', '-rf', '.mrcache', 'one', 'two', 'three');
        system('git', 'init', '-q', $_) for qw(one two three);
        mkdir $_ for qw(one/sub outside);
        write_file("$_/new", '') for qw(one two three);
        write_file('.mrconfig', "[one]\n[two]\n[three]\n");
        my $load = ". $share/mr.sh/cache-mr-status.sh; cd $home;";

        is(said(@start, "$load cd one; cd sub; (cd /); [ ! -e $home/.mrcache ] && echo none; cd /"),
            "none\nmr: keeping the status of $home/one/sub\n0", 'changes inside of a repository and in subshells are none');
        is(cached('one'), "?? new\n", 'leaving it from a subdirectory keeps the status of the whole repository');
        system('rm', '-rf', '.mrcache');
        is(said(@start, "$load cd one; cd ../two; pwd; false; cd ..; echo \$?; exit 3"),
            "mr: keeping the status of $home/one\n$home/two\nmr: keeping the status of $home/two\n0\n" . (3 << 8),
            'leaving a repository is told');
        is(cached('one'), "?? new\n", 'its status is kept');
        is(cached('two'), "?? new\n", 'so is that of the next');
        write_file('one/more', '');
        is(said(@start, "MR_CACHE_STATUS_QUIET=1; $load pushd one >/dev/null; pushd ../three >/dev/null; popd >/dev/null; cd ~; exit"),
            '0', 'pushd and popd, quietly');
        is(cached('one'), "?? more\n?? new\n", 'the one left is brought up to date');
        is(cached('three'), "?? new\n", 'the one left by popd is there');
        is(said(@start, "$load cd nowhere 2>/dev/null"), 1 << 8, 'a cd that fails has failed');
        my $own = $shell eq 'bash' ? "trap 'echo bye' EXIT;" : "zshexit() { echo bye };";
        write_file('two/more', '');
        is(said(@start, "$own $load $load MR_CACHE_STATUS_QUIET=1; cd two; exit 4"), "bye\n" . (4 << 8),
            'what the user does at the end is done, with the same status');
        is(cached('two'), "?? more\n?? new\n", 'and what is left by ending the shell is kept');
        is((run_mr('-m', '--cached', 'status'))[1], join('', map { "mr status: $home/$_\n" . cached($_) . "\n" } qw(one three two)),
            '--cached says it again');
    };
}

subtest 'uninstalling' => sub {
    write_file("$share/mr/own", "# somebody's own\n");
    make('uninstall');
    is(join(' ', installed()), "$share/mr/own", 'only what somebody else has put there is left');
    unlink "$share/mr/own";
    make('install');
    make('uninstall');
    is(join(' ', installed()), '', 'nothing is left');
    ok(!-e "$share/mr" && !-e "$share/mr.sh", 'nor are the directories of its own');
};

done_testing();
