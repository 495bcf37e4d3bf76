# Random .mrconfig files: lines of every kind that the grammar has, and random damage to them.
package Grammar;
use strict;
use warnings;

use constant HUGE => 70_000;

my @sections = (
	'a', 'a', 'b', 'b/c', 'with blank', 'a+b', './a', 'b/', 'a#b', 'a;b', 'a=b', "q'q", '-dash', '.', '', ' lead', '~/a', '../a',
	"\xc3\xa4", "bad\xffbyte", "tab\there", '/nowhere/a', 'DEFAULT', 'DEFAULT', 'ALIAS',
	'$HOME/a', '${HOME}/b/c', '$D', 'sub/$D', 'x y/$D', '${NONE:-b}', '${NONE}', '$(echo a)', 'q"$D',
);
my @names = qw(
	checkout update skip order say say lib chain deleted x y1 A _z git_update fixups include jobs post_update
	x_append x_prepend say_append say_prepend lib_append order_append x_default y1_default
);
my @words = (
	'a', 'echo', 'true', '"$@"', '$(pwd)', ';', '#', ' # no comment', '=', '[a]', "\t", '  ', '\\', "'", '`x`', '|| true', '%s', '~',
	'{', '}', '<<END', "\xc3\xa4\xc3\xb6", "\xfe\xff", "\x01", "\x0c",
);
my @broken = (
	'hello', '[a', '[a]x', '[a] # x', ' [a]', "\tindented", 'go-on = true', '= x', 'x + y', "\xc3\xa4 = 1", '[]]', 'x', '"x" = 1',
);

# What an untrusted file may say, and what it may not.
my @plain_sections = qw(a b b/c a.b a+b _x-y ./a b/);
my @bad_sections = ('../a', 'a..b', '/a', 'with blank', '$HOME/a', '`x`', 'ALIAS', 'DEFAULT', "\xc3\xa4", 'a;b', '');
my @plain_urls = ('https://example.org/b.git', 'git@example.org:a/b.git', '/srv/b', 'b', 'svn+ssh://x/y/');
my @bad_urls = ('https://x/..', 'a?b', '$(x)', '`x`', 'a;b', '"a b"', "x\xff");
my @plain_checkouts = (
	'git clone URL', "git clone 'URL' b", 'git clone "URL" b/c', 'git  clone  URL', 'hg clone URL a', 'svn co URL a',
	'svn checkout URL a', 'bzr branch URL b', 'cvs -d URL co b', 'darcs get URL',
);
my @bad_checkouts = (
	'git clone URL b c', 'git clone', 'rm -rf b', "git clone 'URL", 'git clone URL ../b', 'git clone URL; x', 'x',
);
my @plain_settings = (
	'order = 5', 'order=-1', 'order = rm -rf x', 'skip = true', 'deleted=false', 'new = true', 'chain = false', 'lib = true',
);
my @bad_settings = (
	'skip = lazy', 'update = git pull', 'skip = "true"', 'skip =', 'skip = true x', 'jobs = 4', 'include = true', 'lib = x',
);

sub pick { return $_[rand @_] }
sub chance { return rand 100 < $_[0] }

sub text {
	return join chance(70) ? ' ' : '', map { pick(@words) } 1 .. int rand 6;
}

# A value of one line or, with what keeps it going or only seems to, of many.
sub value {
	return text() if chance(60);
	return 'x' x HUGE if chance(2);
	my $value = chance(50) ? '' : text();
	for (1 .. 1 + rand 4) {
		my $line = pick("\t", ' ', "\t\t", '        ') . text();
		$line = pick("\t# in it", '  ', "\t ", "\tcat <<END\n\t\ttext\n\tEND", "\x0bmore")
			if chance(20);
		$value .= "\n$line";
	}
	$value .= pick("\n", "\n ", "\n\n  again", "\n# out\n\tagain") if chance(3);
	return $value;
}

# What may be run is harmless, and says the same in every shell.
sub runnable {
	return pick('echo said', "echo '\xc3\xa4'", 'echo "$MR_ACTION"; # x', 'true', 'false',
		"\n\tcat <<END\n\t\tindented \$HOME\n\tEND", "\n\techo one\n\t# two\n\techo three");
}

sub setting {
	my ($includes) = @_;
	my $name = pick(@names);
	my $value = $name =~ /^(?:say|fixups|post_update|lib)/ ? runnable() : value();
	$value = pick(qw(1 -5 2.5 10 1e2 abc), '', ' 7', '0x9') if $name =~ /^order/;
	$value = pick('true', 'false', 'true', '[ -d nowhere ]') if $name =~ /^(?:skip|chain|deleted)/;
	$value = pick(1, 3, '02') if $name eq 'jobs';
	$value = pick((map { "cat $_" } @$includes), 'echo x = included', 'printf "[b]\\ny1 = 2"', 'false', 'echo broken',
		'true; exit 3', "\n\techo x = 1\n\techo [with blank]") if $name eq 'include';
	return $name . pick(' = ', ' = ', '=', '= ', ' =', "\t=\t", '  =   ') . $value;
}

sub line {
	my ($includes) = @_;
	my $kind = rand 100;
	return '[' . pick(@sections) . ']' . (chance(10) ? pick(' ', "\t", '  ') : '') if $kind < 22;
	return pick('', '', ' ', "\t", '  ', " \t ") if $kind < 32;
	return pick('#', '# comment', '  # indented', "\t#", '#[a]', "# x = 1 \xff") if $kind < 42;
	return pick(@broken) if $kind < 42.4;
	return setting($includes);
}

sub plain_or_bad {
	my ($plain, $bad, $percent) = @_;
	return chance($percent) ? pick(@$bad) : pick(@$plain);
}

sub untrusted_line {
	my $kind = rand 100;
	return '[' . plain_or_bad(\@plain_sections, \@bad_sections, 5) . ']' . (chance(5) ? ' ' : '') if $kind < 25;
	return pick('', ' ', '# comment', "# \xff", '  # indented') if $kind < 40;
	return pick('hello', "\tindented", "x\x01 = true", "x = true\t", "# \x01") if $kind < 42;
	return plain_or_bad(\@plain_settings, \@bad_settings, 7) if $kind < 60;
	my $url = plain_or_bad(\@plain_urls, \@bad_urls, 5);
	return 'checkout' . pick(' = ', '=') . plain_or_bad(\@plain_checkouts, \@bad_checkouts, 5) =~ s/URL/$url/r;
}

# One change to the bytes of a file. A carriage return at a line's end, and a NUL in a name, are differences on purpose.
sub damage {
	my $text = shift;
	my $at = int rand(1 + length $text);
	my $kind = rand 100;
	my $line_start = 1 + rindex $text, "\n", $at - 1;
	if ($kind < 30) {
		substr($text, $at, 0) = pick(
			"\x00", "\xff", "\x80", "\x85", "\xa0", "\t", "\x0b", "\x0c", "\r-", "\n", ' ', ']', '[', '=', '#', '-');
	} elsif ($kind < 50) {
		substr($text, $at, 1) = '';
	} elsif ($kind < 60) {
		substr($text, $line_start, 0) = pick(' ', "\t", '  ', "\xa0", '#', '[', '= ');
	} elsif ($kind < 70) {
		$text =~ s/^[ \t]+//m;
	} elsif ($kind < 78) {
		my @lines = split /^/, $text;
		splice @lines, rand @lines, 1 if @lines;
		$text = join '', @lines;
	} elsif ($kind < 86) {
		my @lines = split /^/, $text;
		push @lines, pick(@lines) if @lines;
		$text = join '', @lines;
	} elsif ($kind < 93) {
		$text = substr $text, 0, $at;
	} elsif ($kind < 97) {
		$text =~ s/\n\z//;
	} else {
		substr($text, $at, 0) = 'y' x HUGE;
	}
	return $text;
}

# Lines of which nothing is run, and that name nothing: a NUL and a carriage return at the end of a line are just bytes there.
my $inert = qr/^(?:\[|#|(?:x|y1|A|_z|checkout|update|git_update)\b)/;

sub with_returns {
	return join '', map { /$inert/ && chance(50) ? s/\n\z/\r\n/r : $_ } split /^/, shift;
}

# Elsewhere they are differences on purpose.
sub is_comparable {
	return !grep { (/\r$/ && !/$inert/) || (/\0/ && (/^\[/ || !/$inert/)) } split /^/, shift;
}

# A file that is comparable. damaged: how many changes.
sub file {
	my %how = (lines => 1 + int rand 30, damaged => 0, @_);
	my $text;
	do {
		my @lines = map { $how{untrusted} ? untrusted_line() : line($how{includes} // []) } 1 .. $how{lines};
		unshift @lines, '[' . pick(@sections[0 .. 4]) . ']' if $how{section};
		$text = join "\n", @lines, '';
		$text = damage($text) for 1 .. $how{damaged};
		$text = with_returns($text) if $how{returns};
		# Of an include of nothing the oracle says how the command before it had ended.
	} until is_comparable($text) && $text !~ /^include\s*=\s*$/m;
	return $text;
}

1;
