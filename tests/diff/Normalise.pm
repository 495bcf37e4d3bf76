# The one place that says which differences between the oracle's output and ours are accidental.
package Normalise;
use strict;
use warnings;

# Text of a command's standard output ('out') or standard error ('err').
sub output {
	my ($text, $stream, $is_mr) = @_;
	return $text unless $is_mr;

	# perl's die says where in the oracle it happened.
	$text =~ s{ at \S*/bin/mr line \d+(?:, <\w+> (?:line|chunk) \d+)?\.$}{}mg;
	# What -v shows of the built-in library is the oracle's own text, or ours.
	$text =~ s{^mr library now: >>.*?<<$}{mr library now: >>...<<}msg;
	# Ours says with -v which repositories were done natively, and why others were not.
	$text =~ s{^mr(?: \w+)?: native.*\n}{}mg;
	# Ours says why, where a host was asked; git's own words and the oracle's line stand around it.
	$text =~ s{^mr (?:update|fetch): (?:local changes are in the way|the repository was not found)\n}{}mg if $stream eq 'err';
	# Ours adds the place.
	$text =~ s{^(mr: include command exited nonzero \(\d+\)) at .* line \d+$}{$1}mg;
	# Orders of lists that no rule gives.
	$text =~ s{(\(matches: )([^)\n]*)\)}{"$1" . join(', ', sort split /, /, $2) . ')'}eg;
	$text =~ s{(found multiple possible repository types \()([^)\n]*)\)}{"$1" . join(' ', sort split / /, $2) . ')'}eg;
	$text =~ s{(Option \S+ is ambiguous \()([^)\n]*)\)}{"$1" . join(', ', sort split /, /, $2) . ')'}eg;
	# The oracle says that once for each setting that it looks up.
	$text =~ s{^mr \w+: (found multiple possible repository types .*\n)(?:mr \w+: \1)*}{mr ACTION: $1}mg;
	# Made by mkdir in the oracle.
	$text =~ s{^mkdir: (cannot create directory) '(.*)'(: .*)$}{mr checkout: $1 $2$3}mg;
	# How the shell numbers the lines of a command depends on the text around it.
	$text =~ s{^(sh: )\d+: }{$1N: }mg;
	# With -m on a terminal the oracle writes a header that the next one may overwrite: what is left to see in the end.
	$text =~ s{\e\[K\0*\r\n}{\n}g;
	$text =~ s{[^\n]*\e\[K\0*\r?}{}g;
	# The remedy after a message about a file.
	$text =~ s{^(.* line \d+.*\n)\(.*\n(?:.*\)\n)?}{$1}mg if $stream eq 'err';
	return $text;
}

# Above 1 the oracle leaks errno, where ours has 2 and 128 + signal. A crash is never accidental.
sub status {
	my ($status, $is_mr) = @_;
	chomp $status;
	return "$status, a crash" if $status =~ /^13[124569]$/;
	return $is_mr && $status > 1 ? '2 or more' : $status;
}

# A whole report: it must not depend on where the sandbox is.
sub sandbox {
	my ($text, $sandbox) = @_;
	$text =~ s/\Q$sandbox\E/SANDBOX/g;
	my $flat = $sandbox =~ tr{/}{_}r;
	$text =~ s/\Q$flat\E/_SANDBOX/g;
	return $text;
}

1;
