#!/usr/bin/perl
# Damaged repositories among healthy ones: `mr status` says what git says of each, or leaves it to git, and no worker crashes.
#
# MR_DAMAGED_REPOSITORIES says how many (60), MR_SEED repeats a run, MR_KEEP names a directory for those that differ.
use strict;
use warnings;
use File::Path qw(remove_tree);
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' } # many small files
use Fleet;
use FleetComparison;
use MrTest;
use RandomChoice;
use RandomOperation;
use Test::More;

my $count = $ENV{MR_DAMAGED_REPOSITORIES} || 60;
my $seed = $ENV{MR_SEED} || time % 1_000_000;
my $keep = $ENV{MR_KEEP};
my $batch_size = 30;
my $work = sandbox();

# What git reads of a repository, by kind, so that large kinds are not hit most.
my @targets = ('index', 'index', 'index', 'packed-refs', 'packed-refs', 'HEAD', 'config', 'refs/heads/*', 'refs/remotes/*/*', 'refs/stash', 'logs/refs/stash', 'logs/refs/stash',
    'logs/HEAD', 'objects/??/*', 'objects/??/*', 'objects/pack/*.idx', 'objects/pack/*.idx', 'objects/pack/*.pack', 'objects/pack/*.pack', 'objects/info/commit-graph',
    'objects/info/commit-graphs/*', 'objects/pack/multi-pack-index', 'info/exclude', '../.gitignore', '../.gitattributes', 'info/attributes');

# Each returns the damaged bytes.
my @damages = (
    sub { substr $_[0], 0, number(length $_[0]) },
    sub { my $at = number(length $_[0]); substr($_[0], $at, 1) ^= chr(1 << number(8)); $_[0] },
    sub { my $at = number(length $_[0]); substr($_[0], $at, 1) ^= chr(1 << number(8)); $_[0] },
    sub { my $at = number(40); substr($_[0], $at, 1) ^= chr(1 << number(8)) if $at < length $_[0]; $_[0] },
    sub { my $at = number(length $_[0]); substr $_[0], $at, 4, pick("\xff\xff\xff\xff", "\0\0\0\0", "\x7f\xff\xff\xff", "\x80\0\0\0"); $_[0] },
    sub { my $at = number(length $_[0]); substr $_[0], $at, 1 + number(30), ''; $_[0] },
    sub { my $at = number(length $_[0]); substr $_[0], $at, 0, substr $_[0], number(length $_[0]), 1 + number(100); $_[0] },
    sub { $_[0] . pick('x', "\n", "\0" x 100, 'x' x 5000) },
    sub { my $at = number(length $_[0]); $_ = substr $_[0], $at; tr/0-9a-f/1-9a-f0/; substr($_[0], 0, $at) . $_ },
    sub { '' },
);

# More kinds of files than a fresh repository has.
sub enrich {
    my ($r) = @_;
    git($r, 'pack-refs', '--all') if chance(40);
    git($r, 'repack', '-dq', pick('-a', '-l')) if chance(50);
    git($r, 'commit-graph', 'write', '--reachable', pick('--split', '--changed-paths')) if chance(30);
    git($r, 'multi-pack-index', 'write') if chance(20);
    git($r, 'status', '-s') if chance(70);
}

# Where what git does of a damaged repository hangs on chance. In a partial clone it fetches what it misses, by processes that start each
# other until one of them dies. With another hash than the index was written by it takes inodes and times for other things.
sub is_left_alone {
    my ($r, $name) = @_;
    my $config = read_file("$r->{git}/config") // '';
    return $config =~ /partialclone|promisor/i || ($r->{id_size} != 20 && $name eq 'config');
}

sub damage {
    my ($r) = @_;
    my @found;
    for (1 .. 20) {
        my $target = pick(@targets);
        @found = is_left_alone($r, $target) ? () : sort grep { -f && !-l && -s } glob "\Q$r->{git}\E/$target";
        last if @found;
    }
    return if !@found;
    my $name = pick(@found);
    $r->{index_damaged} = 1 if $name =~ m{/index$};
    my $text = pick(@damages)->(read_file($name));
    push @{$r->{steps}}, sprintf 'damage %s, now %d bytes', $name =~ s{.*/(\.git/)}{$1}r, length $text;
    my ($atime, $mtime) = (stat $name)[8, 9];
    unlink $name;
    write_file($name, $text);
    utime $atime, $mtime, $name;
}

# A git that crashes leaves the lock behind that it has just made.
sub without_lock_times {
    my ($pictures) = @_;
    s/^(\S*\.lock \d+ \d+) \d+/$1/mg for values %$pictures;
    return $pictures;
}

sub run_batch {
    my ($number, @numbers) = @_;
    my $dir = "$work/b$number";
    mkdir $dir;
    mkdir "$dir/home";
    write_file("$dir/home/.gitconfig", "[user]\n\tname = u\n\temail = u\@example.org\n[maintenance]\n\tauto = false\n");
    my $batch = {number => $number, differences => [], ways => {}, reasons => {}, mode => pick('pipe', 'terminal')};
    my $environment = fleet_environment("$dir/home", {GIT_CONFIG_NOSYSTEM => 1, TERM => 'xterm'});
    {
        local %ENV = (%$environment, GIT_TEMPLATE_DIR => '');
        $batch->{fleet} = [fleet_build("$dir/run", $seed, @numbers)];
        for my $r (@{$batch->{fleet}}) {
            enrich($r);
            damage($r) if chance(85);
        }
    }
    my @fleet = @{$batch->{fleet}};
    # A damaged index stays as it is: what the copies differ in, inodes and times, might be taken for names.
    fleet_copy("$dir/run", "$dir/$_", grep { !$_->{index_damaged} } @fleet) for 'one', 'two';
    rename "$dir/run", "$dir/kept" or die;
    rename "$dir/one", "$dir/run" or die;
    my (undef, $native) = fleet_run("$dir/run", $environment, $batch->{mode}, '-v', 'status');
    count_ways($batch, $native);
    my $left = fleet_picture("$dir/run", @fleet);
    rename "$dir/run", "$dir/one" or die;
    rename "$dir/two", "$dir/run" or die;
    my (undef, $git) = fleet_run("$dir/run", $environment, $batch->{mode}, '--no-native', '-v', 'status');
    # Sent far behind the end of the index by a damaged length, git shows what happens to be in its memory there.
    s/(unknown index entry format) 0x[0-9a-f]+/$1/ for values %$git, values %$native;
    compare($batch, 'status', $git, $native);
    compare($batch, 'files', map { without_lock_times($_) } fleet_picture("$dir/run", @fleet), $left);
    if ($keep) {
        mkdir $keep;
        system 'cp', '-a', glob("$dir/kept/$_->{repository}{name}*"), $keep for @{$batch->{differences}};
    }
    remove_tree($dir);
    return $batch;
}

my @results;
for my $number (0 .. ($count - 1) / $batch_size) {
    my $first = $number * $batch_size + 1;
    push @results, run_batch($number, grep { $_ <= $count } $first .. $first + $batch_size - 1);
}
my ($differences, %ways) = report_comparison(@results);
note("seed $seed: " . join ', ', map { "$_ $ways{$_}" } sort keys %ways);
ok(!$differences, "damaged and healthy repositories have git's answers (MR_SEED=$seed)") or diag("$differences differences");
done_testing();
