#!/usr/bin/perl
# Random configurations of git: what mr's reader understands, it understands as `git config --list` does.
#
# MR_CONFIG_FILES says how many repositories (200), MR_SEED repeats a run, MR_KEEP names a directory for the homes of those that differ.
# What the reader declines is left to git and no fault; it is counted, since most of what git takes is to be understood.
use strict;
use warnings;
use File::Path qw(make_path remove_tree);
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' } # many small files
use MrTest;
use POSIX ();
use RandomChoice;
use RandomConfig;
use Test::More;

my $count = $ENV{MR_CONFIG_FILES} || 200;
my $seed = $ENV{MR_SEED} || time % 1_000_000;
my $batch_size = 5;
my $work = sandbox();
my (@differences, %declined, $valid, $understood, $broken);

# A command's output, undef when it fails.
sub output_of {
    my ($dir, $environment, @command) = @_;
    my $pid = open(my $pipe, '-|') // die "fork: $!";
    if (!$pid) {
        chdir $dir or die "$dir: $!";
        @ENV{keys %$environment} = values %$environment;
        open STDERR, '>', '/dev/null';
        exec @command or POSIX::_exit(127);
    }
    binmode $pipe;
    local $/;
    my $text = <$pipe> // '';
    return close($pipe) ? $text : undef;
}

sub make_repository {
    my ($git, $home) = @_;
    make_path(map { "$git/$_" } 'objects', 'refs', 'in');
    if (chance(2)) {
        symlink 'refs/heads/main', "$git/HEAD";
    } else {
        write_file("$git/HEAD", chance(10) ? '1' x 40 . "\n" : pick('ref: ', 'ref: ', 'ref:', "ref:\t") . 'refs/heads/' . pick('main', 'main', 'topic/x', 'topic/x', 'Main') . pick("\n", "\n", '', " \n"));
    }
    my @targets = ('in/a', './in/b', '../c', "$git/in/a", '~/inc/a', "$home/inc/b");
    my $odd = chance(50) ? 0 : pick(1, 4, 15);
    push @targets, 'config', 'in', '~' if chance($odd);
    my $place = {git => $git, targets => \@targets};
    write_file("$git/config", config_text($place, $odd)) if chance(98);
    local $place->{targets} = ['b', './b', '../../c', '../none'];
    write_file("$git/in/a", config_text($place, $odd)) if chance(90);
    local $place->{targets} = ['~/inc/a'];
    write_file("$git/in/b", config_text($place, $odd)) if chance(90);
    write_file("$git/../c", config_text({git => $git, targets => []}, 0)) if chance(90);
}

# A home with its repositories; returns the environment.
sub make_batch {
    my ($home, @repositories) = @_;
    make_path("$home/.config/git", "$home/inc", "$home/repositories");
    symlink 'repositories', "$home/link";
    my $odd = chance(85) ? 0 : 3;
    my $place = {git => pick(@repositories), targets => ['inc/a', '~/inc/b', "$home/inc/a", './inc/c']};
    write_file("$home/.gitconfig", config_text($place, $odd)) if chance(80);
    write_file("$home/system", config_text($place, $odd)) if chance(80);
    local $place->{targets} = ['../../inc/a', '~/inc/b'];
    write_file("$home/.config/git/config", config_text($place, $odd)) if chance(50);
    local $place->{targets} = ['b', '~/inc/c'];
    write_file("$home/inc/a", config_text($place, $odd));
    write_file("$home/inc/b", config_text({git => $place->{git}, targets => ['c']}, $odd));
    write_file("$home/inc/c", config_text({git => $place->{git}, targets => []}, $odd)) if chance(80);
    make_repository($_, $home) for @repositories;
    my %environment = (HOME => $home, GIT_CONFIG_SYSTEM => "$home/system", PWD => '/');
    my @pairs = chance(25) ? environment_pairs($odd) : ();
    $environment{GIT_CONFIG_COUNT} = @pairs if @pairs;
    @environment{"GIT_CONFIG_KEY_$_", "GIT_CONFIG_VALUE_$_"} = @{$pairs[$_]} for 0 .. $#pairs;
    return \%environment;
}

# How both differ for a repository; nothing when they agree or when mr's reader declines. $said: its entries and what it ended with.
sub compare {
    my ($git, $said, $list) = @_;
    my ($entries, $end) = $said =~ /\A(.*?)!([^\0]*)\z/s or return 'died';
    if (!defined $list) {
        $broken++;
        return $end eq '' ? 'understood, not by git' : ();
    }
    $valid++;
    if ($end ne '') {
        $end =~ s/"[^"]*"/"..."/g;
        $declined{$end =~ s{^/\S+ line \d+}{a line}r =~ s{^/\S+}{a file}r}++;
        return;
    }
    $understood++;
    return $entries eq $list ? () : 'other entries';
}

# What the tool says of several repositories, each up to its mark.
sub split_answers {
    my ($text) = @_;
    my @answers = '';
    for my $record (split /(?<=\0)/, $text // '') {
        $answers[-1] .= $record;
        next if $record !~ /^!/;
        $answers[-1] =~ s/\0\z//;
        push @answers, '';
    }
    return @answers;
}

sub run_batch {
    my ($number, $size) = @_;
    seed_choices($seed * 100_003 + $number);
    my $home = "$work/h$number";
    my @repositories = map { "$home/repositories/r$_/.git" } 1 .. $size;
    my $environment = make_batch($home, @repositories);
    my @answers = split_answers(output_of('/', $environment, tool('gitconfig'), @repositories));
    my @found;
    for my $git (@repositories) {
        my $top = $git =~ s{/\.git$}{}r;
        my @list = ('git', 'config', '--list', '-z');
        push @found, map { "$git: $_" } compare($git, shift(@answers) // '', output_of($top, $environment, @list));
        next if !chance(30);
        # The same through a symbolic link, by which git may know the directory, too.
        my $linked = {%$environment, PWD => $top =~ s{/repositories/}{/link/}r};
        my ($answer) = split_answers(output_of($top, $linked, tool('gitconfig'), $git));
        push @found, map { "$git, linked: $_" } compare($git, $answer, output_of($top, $linked, @list));
    }
    push @differences, map { "home $number: $_" } @found;
    if (@found && $ENV{MR_KEEP}) {
        make_path($ENV{MR_KEEP});
        system 'cp', '-a', $home, $ENV{MR_KEEP};
    }
    remove_tree($home);
}

($valid, $understood, $broken) = (0, 0, 0);
for (my ($number, $left) = (1, $count); $left > 0; $number++, $left -= $batch_size) {
    run_batch($number, $left < $batch_size ? $left : $batch_size);
}

note("seed $seed: git takes $valid, of which $understood are understood; it refuses $broken");
note("declined $declined{$_}: $_") for sort { $declined{$b} <=> $declined{$a} || $a cmp $b } keys %declined;
ok(!@differences, "what is understood is what git reads (MR_SEED=$seed)") or diag(join "\n", @differences[0 .. ($#differences < 20 ? $#differences : 20)]);
cmp_ok($understood * 2, '>', $valid, 'more than half of what git takes is understood');
done_testing();
