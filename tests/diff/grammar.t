#!/usr/bin/perl
# Random .mrconfig files, many of them damaged, read by Debian's mr and by ours: what both say, the first error and its line, the
# sections, and the names and values in them must agree.
#
# MR_GRAMMAR_FILES says how many (60). MR_SEED repeats a run; each file has the next seed, so that MR_GRAMMAR_FILES=1 repeats one.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../lib";
use File::Path qw(make_path remove_tree);
use MrTest;
use Normalise;
use Grammar;
use Oracle;

my $files = $ENV{MR_GRAMMAR_FILES} // 60;
my $first = $ENV{MR_SEED} // time;
my $work = sandbox();
@ENV{qw(HOME D)} = ("$work/home", 'dir');
delete $ENV{NONE};
Oracle::load($ENV{MR_ORACLE} // '/usr/bin/mr');
$| = 1;
print "1..$files\n# seed $first\n";
my $failed = 0;
my %seen = map { $_ => 0 } 'with an error', 'sections', 'values';
for my $number (1 .. $files) {
	my $seed = $first + $number - 1;
	srand $seed;
	my ($what, $problem) = try_file();
	print $problem ? 'not ' : '', "ok $number - $what\n";
	next unless $problem;
	$failed++;
	print map { "# $_\n" } "MR_SEED=$seed MR_GRAMMAR_FILES=1 repeats it", split /\n/, $problem;
	print map { ("# $_:\n", map { "# $_\n" } split /\n/, shown(read_file($_))) } config_name(), glob '~/part* ~/a/.mrconfig';
}
print "# $files files: ", join(', ', map { "$seen{$_} $_" } sort keys %seen), "; $failed differ\n";
exit($failed ? 1 : 0);

# Where the file stands. ~/.mrconfig is trusted, the other one is not.
my $untrusted;
sub config_name { return $untrusted ? "$ENV{HOME}/conf/.mrconfig" : "$ENV{HOME}/.mrconfig" }

# One file. Gives what it was, and the difference if there is one.
sub try_file {
	chdir $work or die;
	remove_tree($ENV{HOME});
	make_path(map { "$ENV{HOME}/$_" } 'a', 'with blank', "\xc3\xa4", 'b/c', 'conf/a', 'conf/b');
	chdir $ENV{HOME} or die;
	my $kind = Grammar::pick('trusted', 'trusted', 'trusted', 'trusted', 'trusted', 'all trusted', 'untrusted', 'untrusted');
	my $damaged = Grammar::chance(40) ? 0 : 1 + int rand 3;
	$untrusted = $kind ne 'trusted';
	my @includes = map { "part$_" } 1 .. rand 3;
	write_file($_, Grammar::file(lines => 1 + rand 5, damaged => Grammar::chance(20))) for @includes;
	write_file('a/.mrconfig', Grammar::file(untrusted => 1, section => 1, lines => 3));
	write_file(config_name(), Grammar::file(
		untrusted => $kind eq 'untrusted', section => Grammar::chance(90), damaged => $damaged,
		includes => [map { "~/$_" } @includes], returns => $kind ne 'untrusted' && Grammar::chance(15)));
	my @options = $untrusted ? ('-c', config_name()) : ();
	push @options, '-t' if $kind eq 'all trusted';
	# The beginning of an alias's name leads on to what it stands for in ours only.
	my $aliases = grep { read_file($_) =~ /ALIAS/ } config_name(), glob '~/part*';
	my @action = $damaged || $aliases || Grammar::chance(50) ? 'list' : 'say';
	return ("$kind, damaged $damaged times, @action", compare(\@options, @action));
}

# Runs both, and then asks ours for every setting that the oracle had read.
sub compare {
	my ($options, @action) = @_;
	my $pid = Oracle::start("$work/oracle", @$options, @action);
	my $ours = ours(@$options, @action);
	waitpid $pid, 0;
	my %oracle = (status => $? >> 8, map { $_ => read_file("$work/oracle.$_") } qw(out err settings));
	my $no_number = qr/^mr: error: --jobs must be numeric/m;
	return if $oracle{out} =~ $no_number && $ours->{err} =~ /$no_number at \S+ line \d+/;
	return if $ours->{err} =~ /^mr: illegal checkout command "[^"\n]*\S[^"\n]*\n/; # two lines are two commands
	for my $stream (qw(out err)) {
		my ($expected, $got) = map { said($_->{$stream}, $stream) } \%oracle, $ours;
		return "standard $stream was:\n" . shown($expected) . "but ours is:\n" . shown($got) if $expected ne $got;
	}
	my ($expected, $got) = map { Normalise::status("$_\n", 1) } $oracle{status}, $ours->{status};
	return "the exit status was $expected, ours is $got" if $expected ne $got;
	$seen{'with an error'} += $oracle{err} =~ / line \d+(?:, included line: .*)?$/m;
	return if $oracle{err} =~ / line \d+(?:, included line: .*)?$/m;
	my $dir = $untrusted ? "$ENV{HOME}/conf/" : "$ENV{HOME}/";
	my ($built_in, @sections) = Oracle::read_settings($oracle{settings});
	@sections = grep { $_->{dir} eq $dir } @sections;
	my %named = map { $_->{section} => 1 } @sections;
	# Of [a] and [$HOME/a] `config` knows the first.
	for (grep { $_->{section} !~ /^\Q$dir\E(.*)/s || !$named{$1} } @sections) {
		my $problem = compare_section($options, $_, $built_in->{settings});
		return $problem if $problem;
	}
	return;
}

sub ours {
	my %ours;
	@ours{qw(status out err)} = run_mr(@_);
	return \%ours;
}

sub compare_section {
	my ($options, $section, $built_in) = @_;
	my %values = %{$section->{settings}};
	my @names = sort keys %values or return;
	$seen{sections}++;
	$seen{values} += @names;
	my $ours = ours(@$options, 'config', $section->{section}, @names);
	my ($expected, $got) = ('', $ours->{out});
	for my $name (@names) {
		my $value = "$values{$name}\n" =~ s/\r(?=\n)//gr;
		# The library that the two have built in is written differently.
		if (length(my $text = $built_in->{$name} // "") > 5) {
			my $own = own_built_in($name);
			$value =~ s/\Q$text\E/(built in)/;
			$got =~ s/\Q$own\E/(built in)/;
		}
		$expected .= $value;
	}
	return if $got eq $expected && !$ours->{status};
	return "[$section->{section}] had (@names):\n" . shown($expected) . "but ours is:\n" . shown($got . $ours->{err});
}

my %own;
sub own_built_in {
	my $name = shift;
	local $ENV{HOME} = $work;
	return $own{$name} //= ours('-c', '/dev/null', 'config', 'DEFAULT', $name)->{out} =~ s/\n\z//r;
}

# With jobs the oracle prints as they end, and a repository that said nothing not at all.
sub said {
	my ($text, $stream) = @_;
	$text = Normalise::output($text, $stream, 1);
	$text =~ s/^Argument ".*?" isn't numeric in .*\n//mg; # perl's own opinion of an `order`
	# perl runs a command of plain words itself.
	$text =~ s/^Can't exec "(\S+)".*\n(mr: include .*) \(-1\)$/sh: N: $1: not found\n$2 (32512)/mg;
	$text =~ s/^Can't exec "(\S+)".*\nmr: chain test failed .*\nmr: chain test received .*$/sh: N: $1: not found/mg;
	# Ours asks the shell once for the same name.
	my %seen;
	$text = join '', grep { !/^sh: / || !$seen{$_}++ } split /^/, $text;
	return $text unless grep { read_file($_) =~ /jobs/ } config_name(), glob '~/part*';
	return join '', sort grep { !m{^(?:mr \w+: /.*)?$} } split /^/, $text;
}

sub shown {
	my $text = shift;
	$text =~ s{x{200,}|y{200,}}{(...)}g;
	return $text =~ s/([^\t\n -~])/sprintf('\\x%02x', ord $1)/ger . ($text =~ /\n\z/ ? '' : "(no newline)\n");
}
