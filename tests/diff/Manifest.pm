# The one place that says which files of a sandbox are compared, and how.
#
# A file is a line of type, mode, path, and target or digest. The insides of a repository that hold times, inode numbers or
# random ids are left out; for git what they mean is asked of git instead.
package Manifest;
use strict;
use warnings;
use Digest::MD5 qw(md5_hex);

# Names that hold state of a version control system other than git: times, caches, random ids; and what lib.sh makes.
my $opaque = qr{
	  /\.hg/(?!hgrc$|bookmarks$|branch$|store$|store/00changelog\.i$)
	| /\.svn/ | /\.bzr/ | /_darcs/(?!prefs$|prefs/defaultrepo$) | /CVS/Entries | ,v$ | /CVSROOT/
	| \.fossil$ | /\.fslckout | /_FOSSIL_ | /\.fossil\b | /svnrepo/
	| ^/home/\.(?:gitconfig|hgrc)$ | ^/home/\.(?:subversion|bazaar|darcs|cvspass|cache|brz\.log|bzr\.log|ssh)\b | ^/home/\.config/breezy\b
}x;
# Inside a git directory: what git_state() asks git for, and the hooks that git puts there itself.
my $git_inside = qr{
	(?:index|sharedindex\.\w+|objects|refs|packed-refs|HEAD|logs)(?:[/\s]|$) | hooks/\w[-\w]*\.sample\s
}x;

sub of {
	my $root = shift;
	my @lines;
	walk($root, '', \@lines);
	return join '', map { "$_\n" } @lines;
}

sub walk {
	my ($root, $dir, $lines) = @_;
	opendir my $handle, "$root$dir" or do {
		push @$lines, "unreadable $dir: $!";
		return;
	};
	for my $name (sort grep { !/^\.\.?$/ } readdir $handle) {
		my $path = "$dir/$name";
		next if $path =~ $opaque;
		entry($root, $path, $lines);
		next if -l "$root$path" || !-d _;
		if (-f "$root$path/HEAD" && (-d "$root$path/objects" || -f "$root$path/commondir")) {
			git_directory($root, $path, $lines);
		} else {
			walk($root, $path, $lines);
		}
	}
}

sub entry {
	my ($root, $path, $lines) = @_;
	my $full = "$root$path";
	my @stat = lstat $full;
	my $mode = sprintf '%04o', $stat[2] & 07777;
	push @$lines, -l _ ? "link $path -> " . readlink $full
		: -d _ ? "dir  $mode $path"
		: -f _ ? "file $mode $path " . digest($full)
		: sprintf('other %06o %s', $stat[2], $path);
}

sub digest {
	my $file = shift;
	open my $in, '<:raw', $file or return "unreadable: $!";
	local $/;
	return md5_hex(<$in> // '');
}

sub git_directory {
	my ($root, $path, $lines) = @_;
	my @files;
	walk($root, $path, \@files);
	push @$lines, grep { !m{^\w+ +(?:\d+ )?\Q$path\E/$git_inside} } @files;
	push @$lines, map { "     $path: $_" } git_state("$root$path");
}

# What a git directory means: HEAD, refs, reflogs without their times, staged entries and the set of objects.
sub git_state {
	my $dir  = shift;
	my $head = slurp("$dir/HEAD");
	chomp $head;
	my $objects = join '', sort(git($dir, 'cat-file', '--batch-check', '--batch-all-objects'));
	my @index = -e "$dir/index" ? map { "index $_" } git($dir, 'ls-files', '-s', '-t') : ();
	my @refs = map { "ref $_" } git($dir, 'for-each-ref', '--format=%(objectname) %(refname) %(symref)');
	my @lines = ("HEAD $head", @refs, @index);
	push @lines, reflogs($dir, '');
	push @lines, 'objects ' . md5_hex($objects);
	chomp @lines;
	return @lines;
}

sub git {
	my ($dir, @command) = @_;
	local %ENV = (PATH => $ENV{PATH}, HOME => '/nonexistent', LC_ALL => 'C', GIT_CONFIG_COUNT => 1,
		GIT_CONFIG_KEY_0 => 'safe.directory', GIT_CONFIG_VALUE_0 => '*', GIT_OPTIONAL_LOCKS => 0);
	open my $stderr, '>&', \*STDERR or die;
	open STDERR, '>', '/dev/null' or die;
	open my $pipe, '-|', 'git', "--git-dir=$dir", @command or die "git: $!\n";
	open STDERR, '>&', $stderr or die;
	return <$pipe>;
}

sub reflogs {
	my ($dir, $sub) = @_;
	opendir my $handle, "$dir/logs$sub" or return;
	my @lines;
	for my $name (sort grep { !/^\.\.?$/ } readdir $handle) {
		if (-d "$dir/logs$sub/$name") {
			push @lines, reflogs($dir, "$sub/$name");
		} else {
			# id id name <address> seconds zone TAB what
			push @lines, map { "log $sub/$name: " . s/> \d+ [-+]\d+\t/>\t/r } split /^/, slurp("$dir/logs$sub/$name");
		}
	}
	return @lines;
}

sub slurp {
	my $file = shift;
	open my $in, '<:raw', $file or return '';
	local $/;
	return <$in> // '';
}

1;
