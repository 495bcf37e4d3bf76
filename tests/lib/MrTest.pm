# What the command-line tests share: a sandbox with a HOME of its own, running mr and looking at what it said.
package MrTest;

use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter 'import';
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(time sleep);

our @EXPORT = qw(sandbox configure write_file read_file run_mr start_mr wait_exit wait_until is_alive tool mr_path);

my $top = abs_path(dirname(__FILE__) . '/../..');
my $tmp = $ENV{TMPDIR} // '/tmp';
END { chdir '/' }
$SIG{HUP} = 'DEFAULT'; # also below nohup: what is ignored here would be by mr, too
my $build = $ENV{MR_BUILD} // "$top/build";

sub mr_path { return $ENV{MR} // "$build/mr" }
sub tool { return "$build/tool/$_[0]" }

# A fresh directory that is HOME and the working directory; it goes away with the test.
sub sandbox {
    my $dir = abs_path(tempdir(DIR => $tmp, CLEANUP => 1));
    delete @ENV{grep { /^(GIT|VCSH|MR|XDG)_/ } keys %ENV} if !defined $ENV{MR_KEEP_ENV};
    $ENV{HOME} = $dir;
    $ENV{TMPDIR} = "$dir/tmp";
    mkdir $ENV{TMPDIR};
    $ENV{LC_ALL} = 'C';
    chdir $dir or die "chdir $dir: $!";
    return $dir;
}

sub write_file {
    my ($name, $text) = @_;
    open my $file, '>', $name or die "$name: $!";
    binmode $file;
    print $file $text;
    close $file or die "$name: $!";
}

# A .mrconfig with the sections r1, r2, ..., each with one of the commands for the action; the directories are made.
sub configure {
    my ($action, @commands) = @_;
    my $config = '';
    for my $n (1 .. @commands) {
        mkdir "r$n";
        $config .= "[r$n]\n$action = $commands[$n - 1]\n";
    }
    write_file('.mrconfig', $config);
}

sub read_file {
    my ($name) = @_;
    open my $file, '<', $name or return undef;
    binmode $file;
    local $/;
    my $text = <$file>;
    return $text // '';
}

# Starts mr with standard output and error in files; returns its pid.
sub start_mr {
    my ($name, @args) = @_;
    my $pid = fork // die "fork: $!";
    return $pid if $pid;
    # What runs the tests may have been started in the background of a script, with INT ignored.
    $SIG{$_} = 'DEFAULT' for qw(INT QUIT);
    open STDIN, '<', '/dev/null' or POSIX::_exit(90);
    open STDOUT, '>', "$name.out" or POSIX::_exit(91);
    open STDERR, '>', "$name.err" or POSIX::_exit(92);
    exec { mr_path() } 'mr', @args or POSIX::_exit(93);
}

# Waits for a child of ours; a test that hangs is ended. Returns the wait status, or undef when it had to be killed.
sub wait_exit {
    my ($pid, $seconds) = @_;
    my $late = 0;
    local $SIG{ALRM} = sub { $late = 1; kill 'KILL', $pid };
    alarm($seconds // 60);
    my $got;
    do { $got = waitpid $pid, 0 } while $got < 0 && $!{EINTR};
    my $status = $?;
    alarm 0;
    return $late ? undef : $status;
}

# Runs mr; returns its exit status as a shell gives it, standard output and standard error.
sub run_mr {
    my @args = @_;
    my $status = wait_exit(start_mr('.run', @args), 120);
    my ($out, $err) = (read_file('.run.out'), read_file('.run.err'));
    unlink '.run.out', '.run.err';
    my $code = !defined $status ? 'hung' : $status & 127 ? 128 + ($status & 127) : $status >> 8;
    return ($code, $out, $err);
}

# Looks until a condition holds, at most as long as no healthy run takes; returns whether it does.
sub wait_until {
    my ($condition, $seconds) = @_;
    my $end = time + ($seconds // 60);
    until ($condition->()) {
        return 0 if time > $end;
        select undef, undef, undef, 0.01;
    }
    return 1;
}

# A process that is no zombie.
sub is_alive {
    my ($pid) = @_;
    return 0 if !kill 0, $pid;
    my $stat = read_file("/proc/$pid/stat");
    return 1 if !defined $stat && -d '/proc/self';
    return !defined $stat || $stat !~ /\) Z /;
}

1;
