# Debian's mr without its start: it is compiled once, and each run is a fork. For tests that run it a thousand times.
package Oracle;
use strict;
use warnings;
use POSIX ();

my ($data, $child, $dump);

# Compiles it, wrapped into a sub, so that what it does at the start is done in each run. Its functions see the variables of the
# first call; there is only one in a process.
sub load {
	my $file = shift;
	open my $in, '<', $file or die "$file: $!\n";
	my $source = do { local $/; <$in> };
	close $in;
	($source, $data) = split /^__DATA__\n/m, $source, 2;
	$source =~ s/^main\(\);$/sub Oracle::settings { return \\%config }\nmain();/m or die "$file: another program than expected\n";
	local $SIG{__WARN__} = sub { };
	local $0 = $file;
	eval "package main; sub Oracle::program {\n#line 1 \"$file\"\n$source\n}; 1" or die "$file: $@";
}

# Starts `mr ARGS...` in a child and returns its pid. Standard output and error go to the files NAME.out and NAME.err; what its
# configuration had become in the end goes to NAME.settings.
sub start {
	my ($name, @args) = @_;
	my $pid = fork // die "fork: $!\n";
	return $pid if $pid;
	($child, $dump) = ($$, "$name.settings");
	open STDIN, '<', '/dev/null' or POSIX::_exit(90);
	open STDOUT, '>', "$name.out" or POSIX::_exit(91);
	open STDERR, '>', "$name.err" or POSIX::_exit(92);
	{ no warnings "once"; open main::DATA, "<", \$data or POSIX::_exit(93) }
	@ARGV = @args;
	$| = 0;
	eval { program() };
	print STDERR $@;
	exit 2;
}

# Texts with their lengths before them: directory, section, and a list of names and values; but for the built-in library, which
# is DEFAULT of no directory, only what differs from that.
sub dump_settings {
	open my $out, '>', $dump or return;
	my $config = eval { settings() } // {};
	my $built_in = $config->{''}{DEFAULT} // {};
	for my $dir (sort keys %$config) {
		for my $section (sort keys %{$config->{$dir}}) {
			my $values = $config->{$dir}{$section};
			my @own = grep { $dir eq '' || ($built_in->{$_} // "\0") ne ($values->{$_} // "\0") } sort keys %$values;
			print $out pack 'N/a* N/a* N/(N/a*)', $dir, $section, map { $_, $values->{$_} } @own;
		}
	}
	close $out;
}

# What a file of dump_settings() says: a list of {dir, section, settings => {name => value}}.
sub read_settings {
	my $text = shift;
	my @sections;
	while (length $text) {
		(my ($dir, $section), my @settings) = unpack 'N/a* N/a* N/(N/a*)', $text;
		push @sections, {dir => $dir, section => $section, settings => {@settings}};
		$text = substr $text, length pack 'N/a* N/a* N/(N/a*)', $dir, $section, @settings;
	}
	return @sections;
}

# Its runs end in exit().
END { dump_settings() if defined $child && $child == $$ }

1;
