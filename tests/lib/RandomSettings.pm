# Random configuration of git: of the user, of a repository, of the environment; attributes and patterns of ignored files.
package RandomSettings;

use strict;
use warnings;
use Exporter 'import';
use MrTest;
use RandomChoice;

our @EXPORT = qw(user_settings random_environment repository_settings ignore_lines attribute_lines);

# What people have, mostly; the values of a key are drawn from the list behind it.
my %common = (
    'core.quotePath' => [qw(true false)],
    'core.fileMode' => [qw(true false)],
    'core.abbrev' => [qw(auto 7 10 40 no 4)],
    'core.autocrlf' => [qw(input false true)],
    'core.eol' => [qw(lf crlf native)],
    'core.safecrlf' => [qw(true false warn)],
    'core.logAllRefUpdates' => [qw(true false always)],
    'core.untrackedCache' => [qw(true false keep)],
    'core.preloadIndex' => [qw(true false)],
    'core.trustctime' => [qw(true false)],
    'core.checkStat' => [qw(default minimal)],
    'core.commitGraph' => [qw(true false)],
    'core.pager' => ['less -R', 'cat'],
    'core.editor' => ['vim'],
    'core.whitespace' => ['trailing-space,space-before-tab'],
    'index.version' => [2, 3, 4],
    'index.threads' => [qw(true false 2)],
    'status.short' => [qw(true false)],
    'status.branch' => [qw(true false)],
    'status.showStash' => [qw(true false)],
    'status.renames' => [qw(true false copies copy)],
    'status.renameLimit' => [0, 1, 100],
    'status.relativePaths' => [qw(true false)],
    'status.submoduleSummary' => [qw(true false 3)],
    'status.showUntrackedFiles' => [qw(no normal all)],
    'status.aheadBehind' => [qw(true false)],
    'status.displayCommentPrefix' => [qw(true false)],
    'diff.renames' => [qw(true false copies)],
    'diff.renameLimit' => [0, 1, 400],
    'diff.ignoreSubmodules' => [qw(all dirty untracked none)],
    'diff.submodule' => [qw(log short)],
    'diff.orderFile' => ['/nowhere'],
    'color.ui' => [qw(auto always never true false)],
    'color.status' => [qw(auto always never true false)],
    'color.diff' => [qw(auto always never)],
    'color.status.added' => ['yellow', 'green bold', '#ff0000', 'red blue ul', '196', 'reset', ''],
    'color.status.changed' => ['magenta', 'normal', 'bold'],
    'color.status.untracked' => ['cyan', 'brightred', 'black white'],
    'color.status.branch' => ['blue'],
    'color.status.localBranch' => ['yellow'],
    'color.decorate.branch' => ['blue', 'reset'],
    'color.decorate.HEAD' => ['white bold'],
    'color.decorate.remoteBranch' => ['yellow'],
    'color.diff.commit' => ['yellow bold'],
    'log.decorate' => [qw(short full auto no true false)],
    'log.abbrevCommit' => [qw(true false)],
    'log.date' => [qw(iso relative short local raw default format:%Y)],
    'log.excludeDecoration' => ['refs/tags/*', 'refs/remotes/', 'v1'],
    'log.initialDecorationSet' => ['all'],
    'log.showSignature' => [qw(true false)],
    'log.showRoot' => [qw(true false)],
    'log.follow' => [qw(true false)],
    'log.mailmap' => [qw(true false)],
    'format.pretty' => ['%h %s', 'oneline', 'full'],
    'i18n.logOutputEncoding' => ['UTF-8', 'ISO-8859-1'],
    'i18n.commitEncoding' => ['UTF-8', 'latin1'],
    'user.name' => ['A U Thor'],
    'user.email' => ['a@example.org'],
    'push.default' => ['simple'],
    'pull.rebase' => [qw(true false)],
    'merge.conflictStyle' => ['diff3'],
    'rerere.enabled' => [qw(true false)],
    'alias.st' => ['status -s'],
    'alias.status' => ['log'],
    'advice.statusHints' => [qw(true false)],
    'gc.auto' => [0],
    'feature.manyFiles' => [qw(true false)],
    'feature.experimental' => [qw(true false)],
    'submodule.recurse' => [qw(true false)],
    'column.ui' => [qw(auto never always)],
    'column.status' => [qw(always never)],
    'commit.gpgSign' => [qw(true false)],
    'init.defaultBranch' => ['main', 'master'],
    'transfer.hideRefs' => ['refs/heads/side', '!refs/tags'],
    'grep.lineNumber' => ['true'],
    'branch.main.description' => ["two\nlines", 'x'],
    'remote.pushDefault' => ['origin'],
    'url.git@host:.insteadOf' => ['https://host/'],
    'safe.directory' => ['*', '/elsewhere'],
);

# What is rare in the file of a repository, or odd.
my %rare = (
    %common,
    'core.ignoreCase' => [qw(true false)],
    'core.precomposeUnicode' => [qw(true false)],
    'core.symlinks' => [qw(true false)],
    'core.protectNTFS' => [qw(true false)],
    'core.protectHFS' => [qw(true false)],
    'core.bare' => [qw(false true)],
    'core.worktree' => ['..', '../d', '/nowhere'],
    'core.splitIndex' => [qw(true false)],
    'core.sparseCheckout' => [qw(true false)],
    'core.warnAmbiguousRefs' => [qw(true false)],
    'core.packedRefsTimeout' => [100],
    'core.compression' => [0, 9],
    'core.checkRoundtripEncoding' => ['UTF-16'],
    'core.sharedRepository' => [qw(group all 0640)],
    'core.hooksPath' => ['/nowhere'],
    'core.fsmonitor' => [qw(true false .git/hooks/fsmonitor)],
    'core.deltaBaseCacheLimit' => ['1m'],
    'core.multiPackIndex' => [qw(true false)],
    'core.alternateRefsCommand' => ['true'],
    'core.useReplaceRefs' => [qw(true false)],
    'core.notesRef' => ['refs/notes/x'],
    'notes.displayRef' => ['refs/notes/*'],
    'extensions.worktreeConfig' => [qw(true false)],
    'extensions.noop' => ['true'],
    'extensions.preciousObjects' => ['true'],
    'extensions.unheardOf' => ['true'],
    'filter.case.clean' => ['tr a-z A-Z', 'cat', 'false'],
    'filter.case.smudge' => ['tr A-Z a-z', 'cat'],
    'filter.case.required' => [qw(true false)],
    'filter.lfs.clean' => ['cat'],
    'filter.lfs.process' => ['cat'], # what git says of one that ends at once hangs on who is faster
    'unheard.of' => ['x'],
    'Core.FileMode' => ['nonsense', '', '0', '1k', '-1'],
    'core.abbrev ' => ['x'],
    'status.Branch' => ['2', 'maybe', 'TRUE', 'Off'],
    'color.status.header' => ['nonsense colour'],
    'submodule.sub.ignore' => [qw(all dirty untracked none)],
    'submodule.sub.active' => [qw(true false)],
    'submodule.active' => ['.', 'sub'],
    'remote.origin.promisor' => ['true'],
    'branch.main.rebase' => ['true'],
    'branch.main.merge' => ['refs/heads/main', 'refs/heads/none'],
    'branch.main.remote' => ['origin', '.', 'none'],
    'include.path' => ['more', '/nowhere', '~/more'],
);

# A value as a configuration file has it: sometimes with needless quotes, or blanks.
sub quoted {
    my ($value) = @_;
    my $plain = $value =~ /^[\w.:\/@!*-]+$/;
    return $value if $plain && !chance(10);
    $value =~ s/(["\\])/\\$1/g;
    $value =~ s/\n/\\n/g;
    return "\"$value\"";
}

# Text of a configuration file that sets the key.
sub setting {
    my ($key, $value) = @_;
    my ($section, $subsection, $name) = $key =~ /^([^.]+)(?:\.(.*))?\.([^.]+)$/;
    $section = uc $section if chance(5);
    my $head = !defined $subsection ? "[$section]" : "[$section \"$subsection\"]";
    my $line = $value eq 'true' && chance(10) ? "\t$name" : "\t$name" . pick(' = ', '=', ' = ', "\t=  ") . quoted($value);
    my $tail = chance(8) ? pick(' # comment', ' ; comment', '  ', "\r") : '';
    return chance(5) ? "$head $name = " . quoted($value) . "\n" : "$head\n$line$tail\n";
}

sub settings {
    my ($most, $pool) = @_;
    my @keys = sort keys %$pool;
    return map { setting($_, pick(@{$pool->{$_}})) } some($most, @keys);
}

sub condition {
    my ($root) = @_;
    return pick("gitdir:$root/", "gitdir:$root/r001/", 'gitdir:r002/', "gitdir/i:$root/R003/.git", 'onbranch:main', 'onbranch:side*',
        'hasconfig:remote.*.url:**', 'gitdir:~/**', 'gitdir:**/r00?/**', 'unheard:of');
}

# Writes the files of a user in $home, whose repositories lie in $root.
sub user_settings {
    my ($home, $root) = @_;
    mkdir "$home/.config";
    mkdir "$home/.config/git";
    my $text = "[user]\n\tname = u\n\temail = u\@example.org\n" . join '', settings(pick(0, 0, 0, 3, 3, 10), \%common);
    $text .= sprintf "[includeIf \"%s\"]\n\tpath = more\n", condition($root) if chance(40);
    $text .= "[core]\n\texcludesFile = " . pick('~/ignored', "$home/ignored", '~/none', '""') . "\n" if chance(40);
    $text .= "[core]\n\tattributesFile = ~/attributes\n" if chance(20);
    write_file("$home/.gitconfig", $text);
    write_file("$home/more", join '', settings(3, \%common));
    write_file("$home/ignored", join '', ignore_lines());
    write_file("$home/.config/git/ignore", join '', ignore_lines()) if chance(40);
    write_file("$home/.config/git/attributes", join '', attribute_lines()) if chance(15);
    write_file("$home/attributes", join '', attribute_lines());
    write_file("$home/.config/git/config", join '', settings(2, \%common)) if chance(20);
}

# Variables for a run, git's own and others that it looks at.
sub random_environment {
    my ($home) = @_;
    my %variables = (GIT_CONFIG_NOSYSTEM => 1, TERM => pick(qw(xterm xterm xterm-256color dumb)));
    return \%variables if chance(65);
    $variables{GIT_OPTIONAL_LOCKS} = pick(0, 1) if chance(10);
    if (chance(8)) {
        my @keys = some(2, sort keys %common);
        $variables{GIT_CONFIG_COUNT} = @keys;
        $variables{"GIT_CONFIG_KEY_$_"} = $keys[$_], $variables{"GIT_CONFIG_VALUE_$_"} = pick(@{$common{$keys[$_]}}) for 0 .. $#keys;
    }
    $variables{GIT_CONFIG_PARAMETERS} = "'" . pick('status.branch=true', "color.ui'='always", 'core.quotepath=false') . "'" if chance(4);
    $variables{GIT_CONFIG_GLOBAL} = pick("$home/more", '/nowhere', '') if chance(5);
    $variables{GIT_CONFIG_SYSTEM} = "$home/more", delete $variables{GIT_CONFIG_NOSYSTEM} if chance(5);
    $variables{XDG_CONFIG_HOME} = "$home/.config" if chance(10);
    $variables{GIT_LITERAL_PATHSPECS} = 1 if chance(3);
    $variables{GIT_CEILING_DIRECTORIES} = $home if chance(5);
    $variables{GIT_DISCOVERY_ACROSS_FILESYSTEM} = 1 if chance(3);
    $variables{GIT_NAMESPACE} = 'space' if chance(3);
    $variables{GIT_NO_REPLACE_OBJECTS} = 1 if chance(3);
    $variables{GIT_REFLOG_ACTION} = 'x' if chance(3);
    $variables{GIT_EDITOR} = 'vim' if chance(20);
    $variables{GIT_INDEX_VERSION} = pick(2, 4) if chance(4);
    $variables{NO_COLOR} = 1 if chance(5);
    $variables{COLUMNS} = 20 if chance(5);
    $variables{LANG} = pick('C.UTF-8', 'de_DE.UTF-8', 'en_GB.UTF-8') if chance(20);
    return \%variables;
}

# Text for the configuration file of a repository, most of which are plain.
sub repository_settings {
    my $text = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n";
    $text .= join '', settings(2, \%common) if chance(25);
    $text .= join '', settings(2, \%rare) if chance(12);
    $text .= join '', map { setting("filter.$_", pick(@{$rare{"filter.$_"}})) } qw(case.clean case.smudge) if chance(8);
    return $text;
}

my @patterns = ('*.o', '*.log', '!keep.log', 'build/', '/foo', 'd/*', '!d/e', 'd/**/z', '**/foo', 'foo/**', 'a?b', '[a-c]', '[!a-c].txt', '\#hash',
    '\!bang', '# comment', '', '*', '!*/', '!*.txt', 'x~', '*~', 'd.x', '/d/e/', 'with blank', 'quo"te', 'trail ', 'trail\ ', '**', 'foo*', '/*', '!/d',
    '!/d/', 'e', 'e/', 'd/e/f', 'd*/**', 'a**b', 'f*o/**/z', '[[:alpha:]]0', '*.global', '!*.global', 'star\*', 'd/e/*', '!d/e/f/', '/', '**/', '/**',
    'd/**', '!d/**/', '*/e', '*/*', '?', '??', '[', '[]', '[]-]', '[^a]', '[a', 'a\\', '\\', '\\\\', '!', '!!a', "tab\t", "a\tb", ' lead', "cr\r",
    "\xc3\xa4", "\xff", '[\xc3]*', '**foo', 'foo**', 'd/**e', '/**/e', 'd//e', './a', '../a', 'sub', 'sub/', 'nested/', 'Makefile', 'MAKEFILE',
    '[[:space:]]', '[[:upper:]]*', '[a-\\]]', '\\a', 'new\nline', '*.[oa]', '*[!o]', 'd/e/**/*.log', '!/d/e/**', 'd/e', '!d/e/f', '/d/e/f/*', '!*.log');

sub ignore_lines {
    my @lines = map { pick(@patterns) . "\n" } 1 .. number(6);
    unshift @lines, "\xef\xbb\xbf" if chance(2);
    $lines[-1] =~ s/\n$// if @lines && chance(5);
    return @lines;
}

my @attributes = ('text', '-text', 'text=auto', 'eol=lf', 'eol=crlf', 'ident', '-ident', 'filter=case', 'filter=none', 'filter', '!filter', 'binary', 'crlf',
    '-crlf', 'crlf=input', 'working-tree-encoding=UTF-16', 'working-tree-encoding=latin1', 'diff=perl', 'merge=union', 'export-ignore', 'whitespace=tab',
    'linguist-language=C', 'macro', '!text', 'text !eol', 'diff', '-diff', 'filter=lfs diff=lfs merge=lfs -text', 'conflict-marker-size=9', 'odd:name', '-');

sub attribute_lines {
    my @lines = map { pick('*', '*', '*.txt', '*.log', 'a', 'd/*', 'd/**', '/foo', '"quo\"te"', '!a', 'z', 'd/', '[a-c]', '#hash') . ' ' . pick(@attributes) . "\n" } 1 .. 1 + number(3);
    unshift @lines, "[attr]macro text ident\n" if chance(10);
    return @lines;
}

1;
