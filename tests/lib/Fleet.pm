# Many random repositories side by side, copies of them that git takes for the original, mr run over all of them at once, and what they
# look like on the disk.
package Fleet;

use strict;
use warnings;
use Exporter 'import';
use GitIndex;
use MrTest;
use RandomChoice;
use RandomRepository;

no warnings 'newline';

our @EXPORT = qw(fleet_build fleet_copy fleet_run fleet_picture fleet_environment);

# The environment for git and mr with that home; what else is set there is given.
sub fleet_environment {
    my ($home, $more) = @_;
    my %environment = (%ENV, HOME => $home, LC_ALL => 'C', %{$more // {}});
    delete $environment{LC_ALL} if $environment{LANG};
    return \%environment;
}

# Builds the repositories r0001, ... in $root, with the .mrconfig that names them, and returns them. The number of a repository and the
# seed alone decide what it is.
sub fleet_build {
    my ($root, $seed, @numbers) = @_;
    mkdir $root or die "$root: $!";
    my @fleet;
    for my $number (@numbers) {
        seed_choices($seed * 100_003 + $number);
        my $name = sprintf 'r%04d', $number;
        push @fleet, {%{random_repository("$root/$name")}, name => $name};
    }
    write_file("$root/.mrconfig", join '', map { "[$_->{name}]\n" } @fleet);
    return @fleet;
}

# Where the index of a repository may be, and which work tree it is of.
sub indexes {
    my ($root, $r) = @_;
    my $dir = "$root/$r->{name}";
    my @list = ["$dir/.git/index", $dir];
    push @list, map { [$_, $dir] } glob("$dir.git/index $dir.main/.git/worktrees/*/index");
    return grep { -f $_->[0] } @list;
}

# "seconds.nanoseconds" of the last change of each file.
sub change_times {
    my ($root) = @_;
    open my $pipe, '-|', 'find', $root, '!', '-type', 'd', '!', '-path', '*/objects/*', '-printf', '%p\0%C@\0' or die "find: $!";
    local $/;
    return {split /\0/, <$pipe>};
}

# Copies all of $root. With the fleet given, each index fits the copy of its work tree as well as it fitted the original; without,
# nothing seems to fit any more, as after a restored backup.
sub fleet_copy {
    my ($root, $copy, @fleet) = @_;
    system('cp', '-a', $root, $copy) == 0 or die 'cp';
    return if !@fleet;
    my $changed = change_times($copy);
    my @written;
    for my $r (@fleet) {
        for my $index (indexes($root, $r)) {
            my ($from, $from_top) = @$index;
            my ($to, $to_top) = map { $copy . substr $_, length $root } $from, $from_top;
            push @written, substr $from, length($root) + 1 if index_follow_copy($from, $from_top, $to, $to_top, $r->{id_size}, $changed);
        }
    }
    return if !@written;
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        chdir $root and exec 'cp', '--attributes-only', '--preserve=timestamps', '--parents', @written, $copy;
        POSIX::_exit(1);
    }
    waitpid $pid, 0;
    die 'cp' if $?;
}

# Runs mr in a directory. $mode: "pipe" (both streams into one file), "split" or "terminal". Returns the exit status, a hash of what was
# said of each repository, and what was said beside.
sub fleet_run {
    my ($dir, $environment, $mode, @words) = (@_[0 .. 2], mr_path(), @_[3 .. $#_]);
    my $out = "$environment->{HOME}/out";
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        %ENV = %$environment;
        chdir $dir or POSIX::_exit(90);
        open STDIN, '<', '/dev/null';
        open STDOUT, '>', $out or POSIX::_exit(91);
        my @where = $mode eq 'split' ? ('>', "$out.err") : ('>&', \*STDOUT);
        open STDERR, $where[0], $where[1] or POSIX::_exit(92);
        unshift @words, tool('pty') if $mode eq 'terminal';
        exec @words or POSIX::_exit(93);
    }
    my $status = wait_exit($pid, 300);
    my ($beside, %said) = ('');
    my $text = read_file($out);
    $beside = read_file("$out.err") if $mode eq 'split';
    my $name;
    for my $line (split /^/, $text) {
        $name = $1 if $line =~ m{^mr status: /.*?/(r\d{4})(?: \(in subdir .*)?$}s;
        undef $name if $line =~ /^mr status: finished /;
        $name ? $said{$name} .= $line : ($beside .= $line);
    }
    return ($status, \%said, $beside);
}

sub digest {
    my ($path) = @_;
    return unpack '%32C*', read_file($path) // '';
}

# One file's line: its content where it is git's, and where its times may change what is in the index instead.
sub file_line {
    my ($path, $name, $tops, $id_size) = @_;
    my @st = lstat $path or return "$name $!";
    return sprintf "%s link %s", $name, readlink $path if -l _;
    return sprintf '%s directory %o', $name, $st[2] if -d _;
    return sprintf '%s odd %o', $name, $st[2] if !-f _;
    return "$name:\n" . index_picture($path, $tops->{$path}, $id_size) if $name =~ m{git/(?:.*/)?index$};
    return $name if $name =~ m{/sharedindex\.}; # git sets its time
    return sprintf '%s %o %d', $name, @st[2, 7] if $name =~ m{/objects/}; # git sets their times, too
    my $line = sprintf '%s %o %d %d', $name, @st[2, 7, 9];
    return $name =~ m{git/} ? "$line " . digest($path) : $line;
}

# All files of each repository, and of what lies beside it, as a text.
sub fleet_picture {
    my ($root, @fleet) = @_;
    my %pictures;
    for my $r (@fleet) {
        my %tops = map { @$_ } indexes($root, $r);
        my @lines;
        my @todo = grep { -e } map { "$root/$r->{name}$_" } '', '.git', '.main', '.store';
        while (defined(my $path = pop @todo)) {
            push @lines, file_line($path, substr($path, length($root) + 1), \%tops, $r->{id_size});
            next if -l $path || !-d _;
            opendir my $handle, $path or next;
            push @todo, map { "$path/$_" } grep { !/^\.\.?$/ } readdir $handle;
        }
        $pictures{$r->{name}} = join "\n", sort @lines;
    }
    return \%pictures;
}

1;
