#!/usr/bin/perl
# `mr update` where there is news, over random clones of random repositories: in halves it says and leaves what `git pull` does.
#
# MR_NEWS_REPOSITORIES says how many (100), MR_SEED repeats a run, MR_ONLY takes the repositories with these numbers, MR_KEEP names a
# directory for those that differ.
use strict;
use warnings;
use File::Find;
use File::Path qw(make_path);
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' } # many small files
use GitIndex;
use MrTest;
use RandomChoice;
use RandomOperation;
use RandomRepository;
use RandomSettings;
use RandomWorktree;
use Test::More;

no warnings 'newline'; # in the names of files

my $count = $ENV{MR_NEWS_REPOSITORIES} || 100;
my $seed = $ENV{MR_SEED} || time % 1_000_000;
my $keep = $ENV{MR_KEEP};
my @numbers = split /[\s,]+/, $ENV{MR_ONLY} // '';
@numbers = 1 .. $count if !@numbers;
my $top = sandbox();
my ($code, $remotes) = ("$top/code", "$top/remotes");
my %steps;    # what was done to each repository
note("MR_SEED=$seed");

sub sh { system('sh', '-ec', @_) == 0 or die "failed: @_\n" }

make_path($code, $remotes, "$top/template/hooks", "$top/template/info");
write_file("$top/.gitconfig", "[user]\nname = Tester\nemail = tester\@example.org\n[init]\ndefaultBranch = main\ntemplateDir = $top/template\n[gc]\nauto = 0\n"
      . "[protocol \"file\"]\nallow = always\n");
@ENV{'GIT_AUTHOR_DATE', 'GIT_COMMITTER_DATE'} = ('1700000001 +0000') x 2;
$ENV{GIT_CONFIG_NOSYSTEM} = 1;

# Some commits of refs/heads/BRANCH on top of a mark, 0 for none; their text and marks.
sub commits {
    my ($r, $branch, $from, $how_many) = @_;
    my ($text, @marks) = '';
    for (1 .. $how_many) {
        my $tree = RandomRepository::tree_lines($r, !$from) . ($from && chance(60) ? RandomRepository::tree_lines($r, 0) : '');
        $text .= RandomRepository::commit_text($r, "refs/heads/$branch", $from ? [$from] : [], $tree);
        push @marks, $from = $r->{marks};
    }
    return ($text, @marks);
}

# A bare repository with main, and what it may come to; returns the ids of the commits.
sub make_remote {
    my ($r, $remote) = @_;
    sh("git init -q --bare '$remote'");
    my ($text, @old) = commits($r, 'main', 0, 1 + number(3));
    my ($new_text, @new) = commits($r, 'new', $old[-1], 1 + number(3));
    my ($side_text, @side) = commits($r, 'side', pick(@old), 1);
    my ($forced_text, @forced) = commits($r, 'forced', pick(@old, 0), 1);
    my $tag = chance(30) ? RandomRepository::tag_text('v1', pick(@old)) : '';
    local $r->{dir} = $remote;
    git_input($r, $text . $new_text . $side_text . $forced_text . $tag . "done\n", 'fast-import', '--quiet', '--force', '--done',
        "--export-marks=$remote/marks");
    my %ids = (read_file("$remote/marks") // '') =~ /^:(\d+) (\w+)$/mg;
    unlink "$remote/marks", "$remote/refs/heads/new", "$remote/refs/heads/forced";
    return {old => $ids{$old[-1]}, new => $ids{$new[-1]}, side => $ids{$side[0]}, forced => $ids{$forced[0]}};
}

# What somebody has pushed meanwhile; mostly it is simple.
sub move_remote {
    my ($remote, $ids) = @_;
    my (undef, $main) = @{draw([[70, 'new'], [8, 'old'], [4, 'forced'], [4, 'side']])};
    write_file("$remote/refs/heads/main", "$ids->{$main}\n");
    write_file("$remote/refs/heads/fresh", "$ids->{$_}\n") for grep { chance(12) } 'side', 'new';
    write_file("$remote/refs/heads/side", "$ids->{new}\n") if chance(8);
    unlink "$remote/refs/heads/side" if chance(6);
    make_path("$remote/refs/tags");
    write_file("$remote/refs/tags/fresh", $ids->{pick('old', 'new', 'forced')} . "\n") if chance(12);
}

sub own_settings {
    return join '', map { chance(8) ? "[$_->[0]]\n\t$_->[1] = " . pick(@$_[2 .. $#$_]) . "\n" : '' } (
        ['pull', 'ff', 'only', 'true', 'false'], ['pull', 'rebase', 'true', 'false', 'merges'], ['rebase', 'autoStash', 'true', 'false'],
        ['merge', 'ff', 'only', 'true', 'false'], ['merge', 'stat', 'true', 'false'], ['branch "main"', 'rebase', 'true', 'false'],
        ['fetch', 'prune', 'true'], ['diff', 'renames', 'true', 'false'], ['core', 'quotePath', 'true', 'false'],
        ['remote "origin"', 'tagOpt', '--tags', '--no-tags'], ['diff', 'statGraphWidth', '10'], ['core', 'abbrev', '12'],
    );
}

sub make_clone {
    my ($number) = @_;
    seed_choices($seed * 1000 + $number);
    my $r = {dir => "$code/r$number", git => "$code/r$number/.git", paths => [], steps => [], marks => 0, clock => 1_700_000_000, id_size => 20,
        branch => 'main', commits => []};
    my $remote = "$remotes/r$number.git";
    my $ids = make_remote($r, $remote);
    sh("git clone -q '$remote' '$r->{dir}' 2>/dev/null || git init -q '$r->{dir}'");
    $r->{commits} = [$ids->{old}];
    age_files($r->{dir}, 7200);
    open my $config, '>>', "$r->{git}/config" or die;
    print $config own_settings();
    print $config $_ for chance(10) ? repository_settings() =~ s/\A.*?logallrefupdates[^\n]*\n//sr : ();
    close $config;
    operate($r, 1 + number(2)) if chance(30);
    disturb($r, 1 + number(4)) if chance(70);
    git($r, 'commit', '-q', '-a', '-m', 'mine') if chance(8);
    if (chance(8) && -d $r->{git}) {
        make_path("$r->{git}/hooks");
        my $hook = "$r->{git}/hooks/" . pick('post-merge', 'post-merge', 'post-checkout', 'post-index-change', 'reference-transaction');
        write_file($hook, "#!/bin/sh\necho hook\n");
        chmod 0755, $hook;
    }
    move_remote($remote, $ids);
    $steps{"r$number"} = join "\n", @{$r->{steps}};
}

# Every file, with its mode and content; of objects the names, of an index what it says.
sub manifest {
    my ($dir) = @_;
    my %files;
    find({no_chdir => 1, wanted => sub {
        my ($path, $name) = ($_, substr "$_/", length($dir) + 1, -1);
        my $mode = (lstat)[2];
        my ($repo) = $name =~ m{^(r\d+)} or return;
        return if $name =~ m{/sharedindex\.\w+$}; # called by its times
        $name =~ s{/objects/pack/pack-\w+}{/objects/pack/*};
        $files{$repo}{$name} = sprintf("%o ", $mode) . (-l _ ? readlink : !-f _ || $name =~ m{/objects/} ? ''
            : $name =~ m{^([^/]+)/\.git/index$} ? index_picture($path, "$dir/$1", 20)
            : $name =~ m{/index$} ? index_picture($path, undef, 20) : read_file($path) // 'unreadable');
    }}, $dir);
    return \%files;
}

# In a fresh copy; the indexes of most repositories know its files.
sub run {
    my ($name, @words) = @_;
    sh("chmod -R u+rwx code 2>/dev/null || :; rm -rf code; cp -a original code");
    for (map { "r$_" } grep { $_ % 4 } @numbers) {
        system "git -C code/$_ update-index -q --refresh >/dev/null 2>&1" if -e "code/$_/.git/index";
    }
    my ($status, $out, $err) = run_mr('-v', '-t', '-c', "$top/mrconfig", @words, 'update');
    my $said = $out . "\n#stderr\n" . $err;
    my %run = (status => $status, files => manifest($code), words => {}, why => {}, err => $err);
    my $repo = '';
    for my $line (split /^/, $out) {
        $repo = $1 if $line =~ m{^mr update: \Q$code\E/(r\d+)\n};
        $repo = '' if $line =~ /^mr update: finished/;
        if ($line =~ /^mr update: native: (.*)/) {
            $run{why}{$repo} //= $1;
        } elsif ($line !~ /^mr update: (?:the |local changes)/) {
            $run{words}{$repo} .= $line;
        }
    }
    sh("mkdir -p '$keep'; cp -a code '$keep/$name'") if $keep;
    return \%run;
}

sub difference {
    my ($expected, $got) = @_;
    return '' if ($expected // '(nothing)') eq ($got // '(nothing)');
    write_file("$top/expected", $expected // "(nothing)\n");
    write_file("$top/got", $got // "(nothing)\n");
    return `diff -a -U1 --label 'without native' --label native '$top/expected' '$top/got'`;
}

make_clone($_) for @numbers;
rename $code, "$top/original" or die $!;
write_file("$top/mrconfig", join '', map { "[code/r$_]\ncheckout = false\n" } @numbers);
my $before = `find remotes -type f | sort | xargs md5sum`;
my $git = run('git', '-j4', '--no-native');
my $native = run('native', '-j4');

is($native->{status}, $git->{status}, 'the exit status is the same');
is(difference(map { join '', sort split /^/, $_->{err} =~ s/^mr update: (?:the |local changes).*\n//mgr } $git, $native), '', 'and what is said beside it');
my %ways;
for my $repo (map { "r$_" } @numbers) {
    my $why = $native->{why}{$repo} // 'not tried';
    $ways{$why =~ /^(done|in halves)/ ? $1 : 'git'}++;
    my $problem = difference($git->{words}{$repo}, $native->{words}{$repo});
    my ($expected, $got) = ($git->{files}{$repo}, $native->{files}{$repo});
    for my $path (sort keys %{{%$expected, %$got}}) {
        my $difference = difference($expected->{$path}, $got->{$path});
        $problem .= "$path:\n$difference" if $difference;
    }
    is($problem, '', "$repo ($why)") or diag("MR_SEED=$seed MR_ONLY=", $repo =~ s/r//r, "\n$steps{$repo}");
}
is(`find remotes -type f | sort | xargs md5sum`, $before, 'nobody has written to the remotes');
note(join ', ', map { "$ways{$_} $_" } sort keys %ways);
cmp_ok($ways{'in halves'} // 0, '>=', @numbers / 5, 'a fifth or more is done in halves') if @numbers >= 50;
done_testing();
