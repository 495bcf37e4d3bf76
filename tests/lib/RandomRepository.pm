# A git repository in a random state. Most of it is written directly or by one `git fast-import`, since a test makes hundreds of them.
#
# random_repository() returns a hash: {dir} its work tree, {git} what all its work trees share, {id_size} bytes of an object id, {paths} what
# HEAD's tree holds, {steps} what was done, for those who look into a difference.
package RandomRepository;

use strict;
use warnings;
use Exporter 'import';
use File::Path qw(make_path remove_tree);
use MrTest;
use RandomChoice;
use RandomOperation;
use RandomSettings;
use RandomWorktree;

no warnings 'newline'; # in the names of files

our @EXPORT = qw(random_repository);

my @subjects = ('first', 'second', 'a longer subject that says what is different afterwards and why', "\xc3\xa4 umlaut", "latin \xe4", "tab\there", ' lead', '',
    "subject\nsecond line", "\n\nlate subject", "cr\r", "esc \e[31mred", 'merge', 'x' x 300, '[brackets] (parens)', '%s %h', "trailing  \n\nbody\n");

# As git quotes a path in its streams.
sub quote_path {
    my ($path) = @_;
    $path =~ s/([^\w.\/ -])/sprintf '\\%03o', ord $1/ge;
    return "\"$path\"";
}

sub file_line {
    my ($path) = @_;
    return 'M 120000 inline ' . quote_path($path) . "\n" . data(pick('a', 'none', 'd', '.')) if chance(6);
    return 'M 160000 ' . pick('1' x 40, 'abcdef0123' x 4) . ' ' . quote_path($path) . "\n" if chance(1);
    return sprintf "M %s inline %s\n%s", chance(8) ? 100755 : 100644, quote_path($path), data(random_content());
}

sub data { return sprintf "data %d\n%s\n", length $_[0], $_[0] }

# Something new or other in the tree of a commit.
sub tree_lines {
    my ($r, $first) = @_;
    my $text = '';
    for (1 .. ($first ? number(16) : number(4))) {
        my $path = $first || chance(60) ? random_path() : tracked_or_new($r, 90);
        if (!$first && chance(20) && @{$r->{paths}}) {
            $text .= 'D ' . quote_path($path) . "\n";
            next;
        }
        $text .= file_line($path);
        push @{$r->{paths}}, $path;
    }
    if ($first) {
        $text .= "M 100644 inline $_\n" . data(join '', ignore_lines()) for grep { chance(40) } '.gitignore', 'd/.gitignore';
        $text .= "M 100644 inline .gitattributes\n" . data(join '', attribute_lines()) if chance(10);
    }
    return $text;
}

sub commit_text {
    my ($r, $ref, $parents, $tree) = @_;
    my $mark = ++$r->{marks};
    $r->{clock} += pick(0, 1, 60, 3600, -30);
    my $who = sprintf '%s <%s> %d %s', pick('A', "\xc3\x84 B", 'u'), 'a@example.org', $r->{clock}, pick('+0000', '+0130', '-0700');
    my $text = "commit $ref\nmark :$mark\nauthor $who\ncommitter $who\n";
    $text .= "encoding ISO-8859-1\n" if chance(2);
    $text .= data(chance(75) ? 'change ' . number(100) : pick(@subjects));
    my ($first, @merged) = @$parents;
    $text .= "from :$first\n" if $first;
    $text .= "merge :$_\n" for @merged;
    return $text . $tree . "\n";
}

sub reset_text {
    my ($ref, $mark) = @_;
    return "reset $ref\nfrom :$mark\n\n";
}

sub tag_text {
    my ($name, $mark) = @_;
    return "tag $name\nfrom :$mark\ntagger t <t\@example.org> 1700000000 +0000\n" . data('a tag');
}

# References beside the branch itself, mostly such that everything is pushed.
sub reference_text {
    my ($r, @commits) = @_;
    my $text = '';
    if (chance(80)) {
        $text .= reset_text('refs/remotes/origin/main', chance(80) ? $commits[-1] : pick(@commits));
        $r->{remote} = 1;
    }
    $text .= reset_text('refs/remotes/' . pick('origin/side', 'origin/deep/er', 'other/main', 'x', "origin/\xc3\xa4"), pick(@commits)) for some(2, 1);
    $text .= reset_text('refs/heads/' . pick('side', 'topic/one', 'topic/two', "\xc3\xa4", 'v1', 'origin/main', 'HEAD'), pick(@commits)) for some(2, 1);
    $text .= reset_text('refs/tags/' . pick('v1', 'v1.0', 'light', 'main', 'deep/tag'), pick(@commits)) for some(1, 1);
    $text .= tag_text(pick('v2', 'heavy', 'rel/1'), pick(@commits)) for some(1, 1);
    $text .= reset_text('refs/' . pick('notes/commits', 'bisect/bad', 'original/refs/heads/main', 'changes/1', 'replace/' . '1' x 40), pick(@commits)) if chance(6);
    return $text;
}

# Some commits, now and then on a second branch that is merged.
sub history_text {
    my ($r) = @_;
    my @commits;
    my $text = '';
    for my $n (1 .. 1 + number(chance(20) ? 12 : 4)) {
        my @parents = @commits ? $commits[-1] : ();
        if (@commits > 1 && chance(12)) {
            $text .= commit_text($r, 'refs/heads/work', [$commits[-2]], tree_lines($r, 0));
            push @parents, $r->{marks};
            $text .= "reset refs/heads/work\n\n" if chance(70);
        }
        $text .= commit_text($r, "refs/heads/$r->{branch}", \@parents, tree_lines($r, $n == 1));
        push @commits, $r->{marks};
    }
    $text .= reference_text($r, @commits);
    return ($text, @commits);
}

# Stashes are commits with the reflog of refs/stash; returns the marks, oldest first.
sub stash_text {
    my ($r, $base, $count) = @_;
    my ($text, @marks) = ('');
    for (1 .. $count) {
        $text .= commit_text($r, 'refs/stash-index', [$base], '');
        $text .= commit_text($r, 'refs/stash', [$base, $r->{marks}], tree_lines($r, 0));
        push @marks, $r->{marks};
    }
    return ($text . "reset refs/stash-index\n\n", @marks);
}

sub write_stash_log {
    my ($r, $ids, @marks) = @_;
    my $id = '0' x (2 * $r->{id_size});
    my $log = '';
    for my $mark (@marks) {
        my $message = chance(85) ? 'WIP on main: ' . substr($ids->{$mark}, 0, 7) . ' change' : pick('On main: mine', "\xc3\xa4", "latin \xe4", ' lead', 'trail ', '', "tab\there", "esc\e[1m");
        $log .= "$id $ids->{$mark} A <a\@example.org> 1700000000 +0000" . (length $message || chance(50) ? "\t$message\n" : "\n");
        $id = $ids->{$mark};
    }
    $log =~ s/1700000000/17000000x/ if chance(3);
    $log =~ s/\n\z// if chance(3);
    $log = substr $log, 0, number(length $log) if chance(3);
    make_path("$r->{git}/logs/refs");
    write_file("$r->{git}/logs/refs/stash", $log) if chance(97);
}

sub skeleton {
    my ($r) = @_;
    make_path(map { "$r->{git}/$_" } qw(objects/info objects/pack refs/heads refs/tags info hooks));
    $r->{config} = repository_settings();
    if ($r->{id_size} == 32) {
        $r->{config} =~ s/version = 0/version = 1/;
        $r->{config} .= "[extensions]\n\tobjectFormat = sha256\n";
    }
    my $plain = "[core]\n\trepositoryformatversion = " . ($r->{id_size} == 32 ? "1\n[extensions]\n\tobjectFormat = sha256\n" : "0\n");
    write_file("$r->{git}/config", chance(60) ? $r->{config} : $plain);
    write_file("$r->{git}/HEAD", "ref: refs/heads/$r->{branch}\n");
    write_file("$r->{git}/description", "Unnamed repository\n");
}

# Objects, references and the reflog of the stash; returns the id of each commit.
sub import_history {
    my ($r) = @_;
    my ($text, @commits) = history_text($r);
    my ($stash, @stashes) = chance(12) ? stash_text($r, pick(@commits), 1 + number(3)) : ('');
    my $limit = chance(50) ? 0 : 1000;
    git_input($r, $text . $stash . "done\n", '-c', "fastimport.unpackLimit=$limit", 'fast-import', '--quiet', '--force', '--done', "--export-marks=$r->{git}/marks");
    my %ids = (read_file("$r->{git}/marks") // '') =~ /^:(\d+) (\w+)$/mg;
    unlink "$r->{git}/marks";
    write_stash_log($r, \%ids, @stashes) if @stashes && $ids{$stashes[-1]};
    $r->{commits} = [grep { defined } map { $ids{$_} } @commits];
    if ($r->{remote}) {
        $r->{config} .= "[remote \"origin\"]\n\turl = /nowhere/x\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n";
        $r->{config} .= "[branch \"$r->{branch}\"]\n\tremote = origin\n\tmerge = refs/heads/main\n";
        write_file("$r->{git}/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/main\n") if chance(70) && -d "$r->{git}/refs/remotes/origin";
    }
}

# The files of HEAD, usually older than the index.
sub check_out {
    my ($r) = @_;
    git($r, 'reset', '-q', '--hard');
    write_file("$r->{git}/config", $r->{config});
    return if chance(20);
    age_files($r->{dir}, 7200);
    git($r, chance(50) ? ('status', '-s') : ('update-index', '-q', '--refresh'));
}

# A second work tree of a repository that stands elsewhere: that is then the one to look at.
sub move_to_worktree {
    my ($r) = @_;
    my $main = $r->{dir} . '.main';
    rename $r->{dir}, $main or die "$main: $!";
    $r->{git} = "$main/.git";
    mkdir $r->{dir};
    git($r, "--git-dir=$r->{git}", 'worktree', 'add', '-q', '--force', $r->{dir}, 'HEAD');
    return age_files($r->{dir}, 7200) if -e "$r->{dir}/.git";
    remove_tree($r->{dir});
    rename $main, $r->{dir} or die "$main: $!";
    $r->{git} = "$r->{dir}/.git";
}

# Makes the directory.
sub random_repository {
    my ($dir) = @_;
    my $r = {dir => $dir, git => "$dir/.git", paths => [], steps => [], marks => 0, clock => 1_700_000_000, id_size => chance(3) ? 32 : 20};
    $r->{branch} = chance(85) ? 'main' : pick('master', 'topic/x', "\xc3\xa4", 'a.b');
    $r->{commits} = [];
    skeleton($r);
    if (chance(95)) {
        import_history($r);
        check_out($r);
        move_to_worktree($r) if @{$r->{commits}} && chance(3);
    } else {
        write_file("$r->{git}/config", $r->{config});
        put_file($dir, random_path(), random_content()) for 1 .. number(5);
        git($r, 'add', '-A') if chance(60);
    }
    disturb($r, number(4)) if chance(50);
    operate($r, number(3));
    disturb($r, number(6));
    git($r, 'status', '-s') if chance(40);
    disturb($r, 1) if chance(20);
    return $r;
}

1;
