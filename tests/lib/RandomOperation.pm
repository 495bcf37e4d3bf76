# Random operations of git on a random repository, and what other programs leave in its git directory.
package RandomOperation;

use strict;
use warnings;
use Exporter 'import';
use File::Path qw(make_path);
use MrTest;
use POSIX ();
use RandomChoice;
use RandomWorktree;

no warnings 'newline'; # in the names of files

our @EXPORT = qw(git git_input operate);

# Runs git in the work tree and says nothing of what comes of it.
sub git {
    my ($r, @words) = @_;
    git_input($r, undef, @words);
}

sub git_input {
    my ($r, $input, @words) = @_;
    push @{$r->{steps}}, "git @words";
    my $pid = open(my $pipe, '|-') // die "fork: $!";
    if (!$pid) {
        chdir $r->{dir} or POSIX::_exit(1);
        open STDOUT, '>', '/dev/null';
        open STDERR, '>', '/dev/null';
        exec 'git', @words or POSIX::_exit(1);
    }
    local $SIG{PIPE} = 'IGNORE';
    print $pipe $input if defined $input;
    close $pipe;
}

# Any of the paths in the index in some of the stages of a conflict.
sub unmerged {
    my ($r) = @_;
    my $size = 2 * $r->{id_size};
    my $blob = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
    $blob = '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813' if $size == 64;
    git_input($r, '', 'hash-object', '-w', '--stdin');
    my $text = '';
    for my $path (map { tracked_or_new($r, 80) } 1 .. 1 + number(3)) {
        next if $path =~ /["\n\\]/;
        $text .= sprintf "0 %s\t%s\n", '0' x $size, $path;
        my $stages = 1 + number(7);
        for my $stage (grep { $stages & 1 << $_ - 1 } 1 .. 3) {
            $text .= sprintf "%s %s %d\t%s\n", pick(100644, 100644, 100755, 120000), $blob, $stage, $path;
        }
    }
    git_input($r, $text, 'update-index', '--index-info');
}

sub conflict_by {
    my ($r, @how) = @_;
    my $path = tracked_or_new($r, 90);
    git($r, 'checkout', '-q', '-b', 'theirs');
    put_file($r->{dir}, $path, "theirs\n");
    git($r, 'add', '-f', '--', $path);
    git($r, 'commit', '-q', '-m', 'theirs');
    git($r, 'checkout', '-q', $r->{branch});
    chance(70) ? put_file($r->{dir}, $path, "ours\n") : unlink "$r->{dir}/$path";
    git($r, 'add', '-A', '-f');
    git($r, 'commit', '-q', '-m', 'ours');
    git($r, @how, 'theirs');
}

sub submodule {
    my ($r) = @_;
    my $from = "$r->{dir}.sub";
    system("{ git init -q '$from' && cd '$from' && echo 1 >a && git add a && git commit -q -m sub; } >/dev/null 2>&1") == 0 or return;
    my $path = pick('sub', 'sub', 'd/sub', 'with blank');
    git($r, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', $from, $path);
    git($r, 'commit', '-q', '-m', 'submodule') if chance(70);
    my $sub = {%$r, dir => "$r->{dir}/$path"};
    put_file($sub->{dir}, 'a', "changed\n") if chance(30);
    put_file($sub->{dir}, 'new', "new\n") if chance(30);
    git($sub, 'commit', '-q', '-a', '--allow-empty', '-m', 'more') if chance(30);
    git($r, 'submodule', 'deinit', '-f', $path) if chance(15);
    git($r, 'config', "submodule.$path.ignore", pick(qw(all dirty untracked none))) if chance(20);
}

sub sparse {
    my ($r) = @_;
    git($r, 'sparse-checkout', 'set', pick(['--cone'], ['--no-cone'], ['--cone', '--sparse-index'])->@*, pick('d', 'd/e', 'foo', '/*'));
    put_file($r->{dir}, tracked_or_new($r, 90), random_content()) if chance(40);
}

sub write_ref {
    my ($r) = @_;
    my $text = pick('', 'junk', "ref: refs/heads/$r->{branch}\n", "ref: refs/heads/none\n", '1' x (2 * $r->{id_size}) . "\n", @{$r->{commits}} ? $r->{commits}[0] . pick("\n", '', " \n", "\n\n", "\tx\n") : 'x');
    put_file($r->{git}, 'refs/' . pick('heads/odd', 'heads/deep/odd', 'remotes/origin/odd', 'tags/odd', 'odd', 'heads/odd.lock', 'heads/-odd', 'remotes/origin/HEAD', 'stash',
            'heads/od d', "heads/$r->{branch}"), $text);
}

sub write_head {
    my ($r) = @_;
    my $id = @{$r->{commits}} ? pick(@{$r->{commits}}) : '1' x (2 * $r->{id_size});
    my $text = pick("$id\n", "$id\n", $id, "ref: refs/heads/unborn\n", "ref:refs/heads/$r->{branch}\n", "ref: refs/heads/$r->{branch}", "ref: refs/heads/$r->{branch}  \n", "ref: refs/heads/../x\n",
        "ref: refs/tags/v1\n", "ref: refs/remotes/origin/main\n", "ref: HEAD\n", 'junk', '', "ref: \n", "ref: refs/heads/side\n", "ref: refs/heads/none/deep\n");
    unlink "$r->{dir}/.git/HEAD" if -d "$r->{dir}/.git";
    return symlink "refs/heads/$r->{branch}", "$r->{dir}/.git/HEAD" if chance(10);
    put_file("$r->{dir}/.git", 'HEAD', $text);
}

sub write_packed_refs {
    my ($r) = @_;
    git($r, 'pack-refs', '--all');
    my $text = read_file("$r->{git}/packed-refs") // return;
    my @lines = split /^/, $text;
    my $draw = number(6);
    splice @lines, 0, 1 if $draw == 0;
    @lines = reverse @lines if $draw == 1;
    push @lines, "junk\n" if $draw == 2;
    $lines[-1] =~ s/\n// if $draw == 3;
    push @lines, "\n" if $draw == 4;
    s/$/\r/ for $draw == 5 ? @lines : ();
    write_file("$r->{git}/packed-refs", join '', @lines);
}

# Files that tell git, or nobody, that something is going on.
sub leave_traces {
    my ($r) = @_;
    my $id = @{$r->{commits}} ? $r->{commits}[0] : '1' x 40;
    put_file($r->{git}, @$_) for some(2, ['MERGE_HEAD', "$id\n"], ['CHERRY_PICK_HEAD', "$id\n"], ['REVERT_HEAD', "$id\n"], ['BISECT_LOG', "x\n"], ['BISECT_START', "main\n"],
        ['rebase-merge/head-name', "refs/heads/main\n"], ['rebase-merge/onto', "$id\n"], ['rebase-apply/applying', ''], ['index.lock', ''], ['HEAD.lock', ''], ['packed-refs.lock', ''], ['shallow', "$id\n"], ['shallow', ''],
        ['info/grafts', "$id\n"], ['info/sparse-checkout', "/*\n"], ['objects/info/alternates', "/nowhere\n"], ['FETCH_HEAD', "$id\t\tbranch 'main' of x\n"], ['ORIG_HEAD', "$id\n"], ['config.worktree', "[core]\n\tquotepath = false\n"],
        ['commondir', ".\n"], ['gitdir', "x\n"], ['sharedindex.0', ''], ['objects/info/commit-graph', 'junk'], ['reftable/x', '']);
}

sub fsmonitor {
    my ($r) = @_;
    my $answer = pick('/\\0', 'a\\0', '', 'token\\0/\\0', 'token\\0');
    write_file("$r->{git}/hooks/fsmonitor", "#!/bin/sh\nprintf '$answer'\n");
    chmod 0755, "$r->{git}/hooks/fsmonitor";
    git($r, 'config', 'core.fsmonitor', '.git/hooks/fsmonitor');
    git($r, 'update-index', '--fsmonitor');
    git($r, 'status', '-s');
}

sub partial {
    my ($r) = @_;
    git($r, 'repack', '-adq');
    s/\.pack$/.promisor/ && write_file($_, '') for glob "$r->{git}/objects/pack/*.pack";
    git($r, 'config', 'core.repositoryFormatVersion', 1);
    git($r, 'config', 'extensions.partialClone', 'origin');
    git($r, 'config', 'remote.origin.promisor', 'true');
    git($r, 'config', 'remote.origin.partialCloneFilter', 'blob:none');
}

# Takes an object away that may be needed.
sub lose_object {
    my ($r) = @_;
    my @loose = sort glob "$r->{git}/objects/??/*";
    unlink pick(@loose) if @loose;
}

# Another repository has the objects.
sub alternates {
    my ($r) = @_;
    my $store = "$r->{dir}.store";
    make_path($store);
    rename "$r->{git}/objects", "$store/objects" or return;
    put_file($r->{git}, 'objects/info/alternates', "$store/objects\n");
    make_path("$r->{git}/objects/pack");
}

sub move_git_dir {
    my ($r) = @_;
    return if !-d "$r->{dir}/.git";
    rename "$r->{dir}/.git", "$r->{dir}.git";
    write_file("$r->{dir}/.git", "gitdir: $r->{dir}.git\n");
    $r->{git} = "$r->{dir}.git";
}

my @operations = (
    [14, sub { git($_[0], 'add', '-f', '--', tracked_or_new($_[0], 60)) }],
    [8, sub { git($_[0], 'add', '-A') }],
    [4, sub { git($_[0], 'add', '-N', '--', put_new($_[0])) }],
    [5, sub { git($_[0], 'rm', '-q', '-f', pick('--cached', '-r'), '--', tracked_or_new($_[0], 100)) }],
    [8, sub { git($_[0], 'mv', '-f', '--', tracked_or_new($_[0], 100), random_path()) }],
    [6, sub { git($_[0], 'commit', '-q', '-a', '--allow-empty', '-m', pick('local', "two\nlines", "\xc3\xa4")) }],
    [3, sub { git($_[0], 'commit', '-q', '--amend', '--allow-empty', '-m', 'amended') }],
    [3, sub { git($_[0], 'checkout', '-q', pick('--detach', '--orphan=fresh', '-bfresh')) }],
    [2, sub { git($_[0], 'reset', '-q', pick('--soft', '--mixed', '--hard'), pick('HEAD^', 'HEAD~2', 'HEAD')) }],
    [3, sub { git($_[0], 'stash', '-q', pick(['-u'], ['-m', 'mine'], ['--keep-index'])->@*) }],
    [5, \&unmerged],
    [1, sub { conflict_by($_[0], 'merge', '-q') }],
    [1, sub { conflict_by($_[0], 'rebase', '-q') }],
    [1, sub { conflict_by($_[0], 'cherry-pick') }],
    [1, sub { git($_[0], 'bisect', 'start', 'HEAD', 'HEAD~1') }],
    [1, sub { git($_[0], 'revert', '--no-commit', 'HEAD') }],
    [5, \&submodule],
    [4, \&sparse],
    [3, sub { git($_[0], 'update-index', '--skip-worktree', '--', tracked_or_new($_[0], 100)) }],
    [3, sub { git($_[0], 'update-index', '--assume-unchanged', '--', tracked_or_new($_[0], 100)) }],
    [2, sub { git($_[0], 'update-index', '--chmod=' . pick('+x', '-x'), '--', tracked_or_new($_[0], 100)) }],
    [6, sub { git($_[0], 'update-index', '--force-write-index', '--index-version', pick(2, 3, 4)) }],
    [3, sub { git($_[0], 'update-index', '--split-index') }],
    [3, sub { git($_[0], 'update-index', '--force-untracked-cache'); git($_[0], 'status', '-s') }],
    [2, \&fsmonitor],
    [3, sub { git($_[0], 'read-tree', pick('HEAD', '--empty')) }],
    [2, sub { unlink "$_[0]{dir}/.git/index" }],
    [4, sub { git($_[0], 'pack-refs', pick('--all', '--no-prune')) }],
    [2, sub { git($_[0], 'gc', '-q') }],
    [2, sub { git($_[0], 'repack', '-adq', pick('-b', '--no-write-bitmap-index')) }],
    [3, sub { git($_[0], 'commit-graph', 'write', '--reachable', pick('--changed-paths', '--split')) }],
    [2, sub { git($_[0], 'multi-pack-index', 'write') }],
    [3, sub { git($_[0], 'tag', pick('-f', '-afm' . 'x'), pick('v3', 'zz', 'a/b')) }],
    [3, sub { git($_[0], 'branch', '-f', pick('lone', 'a/b', 'zz')) }],
    [2, sub { git($_[0], 'symbolic-ref', pick('refs/heads/sym', 'refs/remotes/origin/HEAD', 'refs/tags/sym'), 'refs/heads/' . pick($_[0]{branch}, 'none')) }],
    [2, sub { git($_[0], 'worktree', 'add', '-q', "$_[0]{dir}.tree" . number(9), pick('--detach', '-bwt')) }],
    [1, sub { git($_[0], 'replace', '-f', 'HEAD', 'HEAD^') }],
    [1, sub { git($_[0], 'notes', 'add', '-f', '-m', 'a note') }],
    [3, \&write_ref],
    [4, \&write_head],
    [2, \&write_packed_refs],
    [4, \&leave_traces],
    [2, \&partial],
    [1, \&lose_object],
    [2, \&alternates],
    [1, \&move_git_dir],
);

# The path of a new file.
sub put_new {
    my ($r) = @_;
    my $path = random_path();
    put_file($r->{dir}, $path, random_content());
    return $path;
}

# So many random operations.
sub operate {
    my ($r, $count) = @_;
    draw(\@operations)->[1]->($r) for 1 .. $count;
}

1;
