# Random text for files of git's configuration, by the grammar of git-config(1) and a little beside it. Nothing in it changes what a
# repository is (core.bare and the like), so that git reads it to the end.
package RandomConfig;

use strict;
use warnings;
use Exporter 'import';
use RandomChoice;

our @EXPORT = qw(config_text environment_pairs);

my @sections = ('core', 'Core', 'user', 'alias', 'a', 'A-b', 'x1', '9', '-', 'a.b', 'a..b', 'a.', 'URL', 'diff', 'http');
my @subsections = ('x', 'Mixed Case', 'a.b', '', 'quo\"te', 'back\\\\slash', 'odd\escape', 'br]acket', '[', '#hash', ';semi', "tab\t", "\xc3\xa4", "\xff",
    "re\rturn", 'https://host/', '.', ' ');
my @names = ('name', 'Name', 'x', 'key-1', 'editor', 'K9', 'path', 'email', 'a-', 'aLL');
my @odd_headers = ('[]', '[.x]', '[a b]', '[a "b]', '[a "b" ]', '[ a]', '[a_b]', "[\xc3\xa4]", "[a \"b\n\"]", "[a \"b\\\n\"]", '[a "b"', "[a\n]", '[a"b"]', "[a\n\"b\"]", '["b"]',
    '[a ""x]', '[a "b" "c"]', ']', '[[a]', '[a "');
my @odd_entries = ('1x = y', '-x = y', 'a_b = c', 'a.b = c', "\xc3\xa4 = a", '= x', 'a b = c', '"x" = y', "a ; comment", "a # = b", 'a:b', '!', "a\r= b", "\x0b", "\x0c",
    "a = b\x00c", "a\x00 = b", '\\', 'a = "', 'a = \\', 'a = \\q', "a = b\\\\\\ \n c", 'a = "b' . "\n\"");
my @pieces = (('v', 'word', 'two words', '1', 'true') x 3, ' ', '  ', '"a b"', '" "', '""', '"# none"', '"; none"', '\\n', '\\t', '\\b', '\\\\', '\\"', "\\\n", "\\\r\n",
    "\\\n  ", "\xc3\xa4", '=', '[x]', "'", '~/x', '$HOME', '!git x', "\xff", "\x01", 'a"b c"d', '"x\\"y"', "\"a\\\nb\"", "\"a\tb\"", "\"a\rb\"", '/', ':');
my @comments = ('# c', ';c', '#', '; "', '# back \\', ";\t", "#\r", "# \xc3\xa4");

# Blanks between the parts of a line.
sub blank { return pick('', '', ' ', ' ', "\t", "  \t") }

sub value {
    my ($odd) = @_;
    my $text = join '', map { pick(@pieces) } 1 .. number(4);
    $text .= pick("\t", "\r", ' ', "\\\n\t") . pick(@pieces) if chance(1); # what git's versions do not agree on
    $text .= pick('\\q', '"', '\\', "\0") if chance($odd);
    return $text . (chance(10) ? ' ' . pick(@comments) : '') . (chance(8) ? blank() : '');
}

sub entry {
    my ($odd) = @_;
    return pick(@odd_entries) if chance($odd);
    my $name = pick(@names);
    return $name . (chance(20) ? blank() : '') if chance(8);
    return $name . blank() . '=' . blank() . value($odd);
}

sub header {
    my ($odd) = @_;
    return pick(@odd_headers) if chance($odd);
    my $section = pick(@sections);
    return "[$section]" if chance(50);
    return "[$section" . pick(' ', ' ', "\t", '  ') . '"' . pick(@subsections) . '"]';
}

# {place} is {git}, the directory of the repository, beside whose parent a link to that may stand, and {targets}, what may be included.
sub condition {
    my ($place, $odd) = @_;
    my $git = $place->{git};
    my ($name) = $git =~ m{([^/]+)/\.git$};
    my ($above) = $git =~ m{^(.*)/[^/]+/\.git$};
    my $linked = $above =~ s{/[^/]+\z}{/link}r;
    my $dir = pick("$above/", ("$linked/", "$linked/$name/") x 2, "$above/**", $git, "$git/", "$name/", "$name/.git", uc "$name/", '~/repositories/', '~/', '~', './', '../', '**/' . $name . '/**', '*/x', 'r*/', 'r??*/.git',
        '/**/r[0-9]*/.git', '/', '**', '*', 'none/', '/none', '', '~/repositories/r*', "$above/r[!0-9]*/", '/**/[[:alpha:]]*/.git', '%(prefix)/', '~nobody/', "$above//", '\\r*/');
    return pick("gitdir:$dir", "gitdir:$dir", "gitdir:$dir", "gitdir/i:$dir", 'gitdir/i:' . uc $dir) if chance(60);
    return 'onbranch:' . pick('main', 'ma*', 'm/', 'topic/', 'topic/', 'topic/**', '**', '*', '?ain', '', 'MAIN', 'topic', '[a-m]ain', 'refs/heads/main', '/main', 'topic/*', '*/') if chance(75);
    return pick('hasconfig:remote.*.url:https://**', 'hasconfig:remote.*.url:*', 'worktree:x', 'GITDIR:/**', 'gitdir', '', 'Onbranch:main', 'onbranch') if chance($odd ? 40 : 5);
    return "gitdir:$git";
}

sub include {
    my ($place, $odd) = @_;
    my $target = pick(@{$place->{targets}}, 'none', '/nowhere/x');
    $target = pick('', '~', '~nobody/x', '%(prefix)/x', '.', '~/', '/dev/null') if chance($odd);
    my $value = chance(20) ? "\"$target\"" : $target;
    my $line = pick('path', 'path', 'Path', 'PATH') . ($odd && chance(2) ? '' : blank() . '=' . blank() . $value);
    return pick('[include]', '[include]', '[Include]', '[include "x"]') . pick("\n", ' ') . $line if chance(50);
    my $condition = condition($place, $odd);
    $condition =~ s/([\\"])/\\$1/g;
    return pick('[includeIf', '[includeif', '[INCLUDEIF') . " \"$condition\"]" . pick("\n\t", ' ') . $line;
}

# The text of one file. {place}{targets} may be empty; odd: per cent of what may be broken.
sub config_text {
    my ($place, $odd) = @_;
    my @lines = chance($odd) ? () : header(0);
    for (1 .. number(12)) {
        my $what = number(100);
        push @lines, $what < 55 ? blank() . entry($odd) : $what < 78 ? blank() . header($odd) . (chance(20) ? blank() . pick(entry($odd), pick(@comments)) : '') : $what < 86 ? blank() . pick(@comments)
            : $what < 92 ? blank() : @{$place->{targets}} ? include($place, $odd) : entry($odd);
    }
    $lines[-1] =~ s/\\[\s]*\z// if @lines && chance(95); # mr leaves a file to git that ends so
    my $text = join "\n", @lines;
    $text .= "\n" if chance(85);
    $text = "\xef\xbb\xbf$text" if chance(4);
    $text = pick("\xef\xbb", "\xff\xfe") . $text if chance($odd / 4);
    $text =~ s/(?<!\r)\n/chance(90) ? "\r\n" : "\n"/ge if chance(12);
    return $text;
}

# Pairs of a key and a value for the environment.
sub environment_pairs {
    my ($odd) = @_;
    my @pairs = map { [pick('a.b', 'Core.Editor', 'remote.Origin X.url', 'x.y.z.W', 'a..b'), pick('v', '', 'with blank', ' lead', 'x;y', '# z', "\xc3\xa4", '$x')] } 1 .. number(4);
    push @pairs, [pick('nodot', 'a.1x', "a.b\nc.d", 'a."q".b', 'a.', '.b', 'a_b.c', 'a.b '), pick('v', "two\nlines", 'quo"te', "tab\t")] if chance($odd);
    return @pairs;
}

1;
