#!/usr/bin/perl
# `mr status` over random repositories with random configurations: natively it says and leaves what the shell definition does.
#
# MR_PROPERTY_REPOSITORIES says how many (300), MR_SEED repeats a run, MR_ONLY takes the repositories with these numbers, MR_KEEP names a
# directory for those that differ.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Path qw(remove_tree make_path);
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' } # many small files
use Fleet;
use FleetComparison;
use MrTest;
use POSIX ();
use RandomChoice;
use RandomSettings;
use Storable qw(store retrieve);
use Test::More;

no warnings 'newline'; # in the names of files

my $count = $ENV{MR_PROPERTY_REPOSITORIES} || 300;
my $seed = $ENV{MR_SEED} || time % 1_000_000;
my $batch_size = 15;
my %only = map { $_ => 1 } split /[\s,]+/, $ENV{MR_ONLY} // '';
my $keep = $ENV{MR_KEEP};
my $work = sandbox();

sub in_place {
    my ($batch, $name) = @_;
    remove_tree($batch->{root});
    rename "$batch->{dir}/$name", $batch->{root} or die "$name: $!";
}

# The same state for each of the two, then each on what the other left.
sub run_both {
    my ($batch) = @_;
    my ($root, $environment, $mode, @fleet) = (@$batch{qw(root environment mode)}, @{$batch->{fleet}});
    in_place($batch, 'one');
    my @other = (pick([], ['-m'], ['-q'], ['-s'], ['-v']))->@*;
    my ($status, $native, $beside) = fleet_run($root, $environment, $mode, '-v', 'status');
    count_ways($batch, $native);
    my $left = fleet_picture($root, @fleet);
    my (undef, $git_after) = fleet_run($root, $environment, $mode, '--no-native', @other, 'status');
    in_place($batch, 'two');
    my ($git_status, $git, $git_beside) = fleet_run($root, $environment, $mode, '--no-native', '-v', 'status');
    my $git_left = fleet_picture($root, @fleet);
    my (undef, $native_after) = fleet_run($root, $environment, $mode, @other, 'status');
    compare($batch, 'status', $git, $native);
    compare_beside($batch, "beside it ($mode)", $git_beside . "exit $git_status\n", $beside . "exit $status\n");
    compare($batch, 'files', $git_left, $left);
    compare($batch, "status after the other (@other)", $git_after, $native_after);
    return $git;
}

# When no time fits any more, all content has to be compared. The answer is the same, but where a change was not to be seen.
sub run_stale {
    my ($batch, $git) = @_;
    my ($root, $environment) = @$batch{qw(root environment)};
    in_place($batch, 'stale');
    my (undef, $native) = fleet_run($root, $environment, $batch->{mode}, '-v', 'status');
    my %before = map { ($_ => 1) } @{$batch->{differences}};
    my @differing = compare($batch, 'status of a copy', $git, $native);
    return if !@differing;
    in_place($batch, 'again');
    write_file("$root/.mrconfig", join '', map { "[$_]\n" } @differing);
    my (undef, $git_again) = fleet_run($root, $environment, $batch->{mode}, '--no-native', '-v', 'status');
    @{$batch->{differences}} = grep { $before{$_} } @{$batch->{differences}};
    local $batch->{fleet} = [grep { $git_again->{$_->{name}} } @{$batch->{fleet}}];
    s/^mr library now: >>\n.*?^<<\n//ms for values %$git_again, values %$native;
    compare($batch, 'status of a copy', $git_again, $native);
    write_file("$root/.mrconfig", join '', map { "[$_->{name}]\n" } @{$batch->{fleet}});
}

sub subdirectories {
    my ($top) = @_;
    my @todo = $top;
    my @found;
    while (defined(my $dir = pop @todo)) {
        opendir my $handle, $dir or next;
        push @todo, grep { !-l && -d } map { "$dir/$_" } grep { !/^\.(?:\.|git)?$/ } readdir $handle;
        push @found, $dir if $dir ne $top;
    }
    return sort @found;
}

# From somewhere inside; there only that repository is meant. git goes first, since it speaks of odd attributes only when it looks at a file.
sub run_below {
    my ($batch) = @_;
    for my $r (@{$batch->{fleet}}) {
        next if !chance(15);
        my @dirs = subdirectories($r->{dir}) or next;
        my $dir = pick(@dirs);
        fleet_run($dir, $batch->{environment}, 'pipe', '--no-native', 'status');
        my (undef, $native) = fleet_run($dir, $batch->{environment}, 'pipe', 'status');
        my (undef, $git) = fleet_run($dir, $batch->{environment}, 'pipe', '--no-native', 'status');
        local $batch->{fleet} = [$r];
        compare($batch, "status in $dir", $git, $native);
    }
}

sub keep_repositories {
    my ($batch) = @_;
    for my $name (map { $_->{repository} ? $_->{repository}{name} : () } @{$batch->{differences}}) {
        next if -e "$keep/$name";
        make_path($keep);
        system 'cp', '-a', glob("$batch->{dir}/kept/$name*"), $batch->{environment}{HOME}, $keep;
    }
}

# So many repositories with a user and an environment of their own, and the copies of them that the runs need.
sub build_batch {
    my ($number, @numbers) = @_;
    my $dir = "$work/b$number";
    my $batch = {number => $number, dir => $dir, root => "$dir/run", differences => [], ways => {}, reasons => {}};
    mkdir $dir;
    mkdir "$dir/home";
    seed_choices($seed * 7919 + $number);
    user_settings("$dir/home", $batch->{root});
    $batch->{environment} = fleet_environment("$dir/home", random_environment("$dir/home"));
    $batch->{mode} = pick(qw(pipe split terminal));
    {
        local %ENV = %{fleet_environment("$dir/home", {GIT_TEMPLATE_DIR => '', GIT_CONFIG_COUNT => 1, GIT_CONFIG_KEY_0 => 'maintenance.auto', GIT_CONFIG_VALUE_0 => 'false'})};
        $batch->{fleet} = [fleet_build($batch->{root}, $seed, @numbers)];
    }
    fleet_copy($batch->{root}, "$dir/$_", @{$batch->{fleet}}) for 'one', 'two';
    fleet_copy($batch->{root}, "$dir/$_") for 'stale', 'again';
    rename $batch->{root}, "$dir/kept" or die;
    return $batch;
}

sub run_batch {
    my ($batch) = @_;
    seed_choices($seed * 7907 + $batch->{number});
    my $git = run_both($batch);
    run_stale($batch, $git);
    run_below($batch);
    keep_repositories($batch) if $keep;
    remove_tree(map { "$batch->{dir}/$_" } qw(run again kept));
}

# Builds some batches and then runs them, a second or two after the last file was written: until then git distrusts what was just written,
# and what it says may depend on the time.
sub run_batches {
    my @batches = map { build_batch(@$_) } @_;
    my $end = time + 2;
    wait_until(sub { time >= $end });
    run_batch($_) for @batches;
    return \@batches;
}

# Two processes at a time; their results come back through files.
my @todo = map { my $first = $_ * $batch_size + 1; [$_, grep { $_ <= $count && (!%only || $only{$_}) } $first .. $first + $batch_size - 1] } 0 .. ($count - 1) / $batch_size;
@todo = grep { @$_ > 1 } @todo;
my $share = @todo > 20 ? 10 : int((@todo + 1) / 2);
my (%running, @results);
while (@todo || %running) {
    if (@todo && keys %running < 2) {
        my @batches = splice @todo, 0, $share;
        my $pid = fork // die "fork: $!";
        if (!$pid) {
            my $done = eval { run_batches(@batches) };
            warn $@ if $@;
            store($done, "$work/result$batches[0][0]") if $done;
            POSIX::_exit($done ? 0 : 1);
        }
        $running{$pid} = $batches[0][0];
        next;
    }
    my $first = delete $running{wait()} // next;
    push @results, -e "$work/result$first" ? @{retrieve("$work/result$first")} : {number => $first, differences => [{what => 'died', lines => '', said => ''}]};
}

my ($differences, %ways) = report_comparison(@results);
my $answered = 0;
$answered += $_ for values %ways;
note("seed $seed: " . join ', ', map { "$_ $ways{$_}" } sort keys %ways);
is($answered, %only ? keys %only : $count, 'every repository has an answer');
ok(!$differences, "native status agrees with git (MR_SEED=$seed)") or diag("$differences differences");
ok(%only || ($ways{native} // 0) * 20 >= $answered, 'a twentieth of the repositories, or more, is native');
done_testing();
