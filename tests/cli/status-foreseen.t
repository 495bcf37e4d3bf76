#!/usr/bin/perl
# A status is asked for before mr knows whose repository it is (src/action/foresee.c): whatever then turns out, the words and files are those
# of --no-native, and where nothing comes in between it is native.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my $home = sandbox();

# Always at the same time, which is in the reflogs.
sub sh {
    local @ENV{qw(GIT_AUTHOR_DATE GIT_COMMITTER_DATE)} = ('1700000000 +0000') x 2;
    system('sh', '-ec', "exec >/dev/null 2>&1\n@_") == 0 or die "failed: @_\n";
}

sh(<<'END');
git config --global user.name n; git config --global user.email e@e; git config --global init.defaultBranch main
git init -q --bare origin.git
git init -q plain; cd plain
echo 1 >file; echo 2 >other; git add .; git commit -qm 1; git push -q ../origin.git main
git remote add origin ../origin.git; git fetch -q
echo new >new
END

# In code/: what is made of a copy of that repository, r, and its section.
my @cases = (
    ['plain', '', 'checkout = x', 'done'],
    ['two systems', 'mkdir r/.svn', 'checkout = x', ''],
    ['three systems', 'mkdir r/.svn r/CVS', 'checkout = x', ''],
    ['a file that only looks like a system', 'touch r/CVS r/.bzr', 'checkout = x', 'done'],
    ['directories of a bare one', 'mkdir r/refs r/objects; touch r/config', 'checkout = x', 'done'],
    ['a whole bare one inside', 'git clone -q --bare origin.git b; cp -r b/* r', 'checkout = x', ''],
    ['a link to it', 'mv r real; ln -s real r', 'checkout = x', 'done'],
    ['a link that leads nowhere', 'mv r real; ln -s nowhere r', 'checkout = x', ''],
    ['a file in its place', 'rm -r r; touch r', 'checkout = x', ''],
    ['not there', 'rm -r r', 'checkout = x', ''],
    ['nobody may enter', 'chmod 0 r', 'checkout = x', undef],
    ['.git is a file', 'mv r/.git elsewhere; echo "gitdir: $PWD/elsewhere" >r/.git', 'checkout = x', 'git'],
    ['.git leads nowhere', 'rm -r r/.git; echo "gitdir: $PWD/nowhere" >r/.git', 'checkout = x', 'git'],
    ['.git is a link', 'mv r/.git elsewhere; ln -s ../elsewhere r/.git', 'checkout = x', 'git'],
    ['no .git', 'rm -r r/.git', 'checkout = x', ''],
    ['another system', 'rm -r r/.git; mkdir r/.hg', 'checkout = x', undef],
    ['a work tree', 'git -C r worktree add -q ../tree; mv r away; mv tree r; git -C away worktree repair ../r', 'checkout = x', undef],
    ['not understood', 'git -C r config core.fsmonitor true', 'checkout = x', 'git'],
    ['damaged', 'echo garbage >r/.git/HEAD', 'checkout = x', 'git'],
    ['skipped', '', "checkout = x\nskip = true", ''],
    ['skipped by a test', '', "checkout = x\nskip = echo tested; true", ''],
    ['not skipped', '', "checkout = x\nskip = echo tested; false", 'done'],
    ['skipped where it is git', '', "checkout = x\ngit_skip = true", ''],
    ['deleted', '', "checkout = x\ndeleted = true", ''],
    ['a hook before', '', "checkout = x\npre_status = echo before; touch hooked", 'done'],
    ['a hook before that fails', '', "checkout = x\npre_status = echo before; false", ''],
    ['a hook behind', '', "checkout = x\npost_status = echo behind", 'done'],
    ['a command of its own', '', "checkout = x\nstatus = echo own; git status -s", undef],
    ['a command of its own for git', '', "checkout = x\ngit_status = echo own; git status -s", undef],
    ['a test of its own', '', "checkout = x\ngit_test = [ -e \"\$MR_REPO/.git\" ]", undef],
    ['a test that is never true', '', "checkout = x\ngit_test = perl: 0", ''],
    ['one more system', 'touch r/.mine', "checkout = x\nmine_test = perl: -e \"\$ENV{MR_REPO}/.mine\"\nmine_status = echo mine", ''],
    ['one more system, elsewhere', '', "checkout = x\nmine_test = perl: -e \"\$ENV{MR_REPO}/.mine\"\nmine_status = echo mine", 'done'],
    ['one more system, by a command', '', "checkout = x\nmine_test = false\nmine_status = echo mine", 'done'],
    ['a name of one more system, and one by a command', 'touch r/.mine',
        "checkout = x\na_test = perl: -e \"\$ENV{MR_REPO}/.mine\" && -e \"\$ENV{MR_REPO}/.yours\"\nb_test = false\nb_status = echo mine", 'done'],
    ['a lib', '', "checkout = x\nlib = greet() { echo hello; }", 'done'],
    ['a lib that matters', '', "checkout = x\nlib = git() { echo mine; }", undef],
);

# All that there is but the index, and the index where git would not have touched it.
sub files { return scalar `cd code && find . -name index -prune -o -type f -print | sort | xargs md5sum 2>&1` }

sub run_case {
    my ($case, @options) = @_;
    my ($title, $change, $section) = @$case;
    sh("chmod -R u+rwx code 2>/dev/null || true; rm -rf code; mkdir code; cp -a plain code/r; cp -a origin.git code; cd code; touch -d '1 hour ago' r/file; $change");
    my $index = -e 'code/r/.git/index' ? `md5sum code/r/.git/index` : '';
    write_file('.mrconfig', "[code/r]\n$section\n[plain]\ncheckout = x\n");
    my ($code, $out, $err) = run_mr('-j2', '-t', @options, 'status');
    my $changed = $index && $index ne `md5sum code/r/.git/index 2>/dev/null` ? 'written' : 'left alone';
    return {code => $code, out => $out, err => $err, files => files(), index => $changed};
}

for my $case (@cases) {
    my ($title, undef, undef, $way) = @$case;
    my ($native, $git, $verbose) = (run_case($case), run_case($case, '--no-native'), run_case($case, '-v'));
    is($native->{$_}, $git->{$_}, "$title: $_") for qw(code out err files index);
    next if !defined $way;
    my ($own) = split /^mr status: \S*plain$/m, $verbose->{out};
    my $said = $own =~ /native: done without git/ ? 'done' : $own =~ /native: (?:left to git|partly)/ ? 'git' : '';
    is($said, $way, "$title: the way it is done");
}

# Minimal and quiet output, and what they say of several.
for my $options (['-m'], ['-q'], ['-m', '-v'], ['--force'], ['-j1'], ['-j8', '-s']) {
    my $case = ['', '', 'checkout = x'];
    my ($native, $git) = (run_case($case, grep { $_ ne '-s' } @$options), run_case($case, '--no-native', grep { $_ ne '-s' } @$options));
    $_->{out} =~ s/^mr \w+: (?:native|running|library).*\n//mg for $native, $git;
    is($native->{$_}, $git->{$_}, "@$options: $_") for qw(code out err files);
}

# -v shows a library once, whoever is left to git first.
{
    sh('for i in 1 2 3 4 5 6 7 8; do cp -a plain v$i; done; git -C v1 config core.fsmonitor true; mkdir v3/.svn; git -C v4 config core.fsmonitor true');
    write_file('.mrconfig', join '', map { "[v$_]\ncheckout = x\n" } 1 .. 8);
    my ($code, $out) = run_mr('-j4', '-t', '-v', 'status');
    is(() = $out =~ /^mr library now/mg, 1, 'a library is shown once');
    ok($out =~ /^mr status: \S*v1\nmr library now/m, 'and by the first one');
    sh('rm -rf v1/.git/config; mkdir v1/.svn');
    (undef, $out) = run_mr('-j4', '-t', '-v', 'status');
    is(() = $out =~ /^mr library now/mg, 1, 'also where the first one runs nothing');
}

# Where git is not all that is expected nothing is kept of what was not looked for: the names of other sections' systems are others.
{
    sh('rm -rf v*; for i in 1 2 3; do cp -a plain v$i; done');
    my $named = sub { join '', map { "x$_[0]$_\_test = perl: -e \"\$ENV{MR_REPO}/a_name_$_[0]$_\"\n" } 1 .. $_[1] };
    write_file('.mrconfig', "[v1]\ncheckout = x\n" . $named->('a', 1) . "xb_test = sleep 0.2; false\n"
        . "[v2]\ncheckout = x\n" . $named->('b', 100) . "[v3]\ncheckout = x\n" . $named->('c', 300));
    my ($native, $git) = map { join "\n", run_mr('-j2', '-t', @$_, 'status') } [], ['--no-native'];
    is($native, $git, 'sections with names of their own');
}

done_testing;
