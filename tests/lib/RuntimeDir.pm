# $XDG_RUNTIME_DIR for a test, where a run keeps its control sockets of ssh, and whether a run has left anything there.
package RuntimeDir;
use strict;
use warnings;
use Exporter 'import';
use MrTest;
use Test::More;
our @EXPORT = qw(runtime_dir is_clean connections);

my $runtime;
my $owner = $$;

# Makes it and sets the variable. Its path is short, since those of sockets are.
sub runtime_dir {
    $runtime = "/tmp/mr-test-$$";
    mkdir $runtime, 0700 or die "$runtime: $!";
    return $ENV{XDG_RUNTIME_DIR} = $runtime;
}
END {
    local $?;
    system 'rm', '-rf', $runtime if defined $runtime && $$ == $owner;
}

# Is nothing left of a run?
sub is_clean {
    my ($name) = @_;
    ok(wait_until(sub { !glob "$runtime/*" }, 10), "$name: its directory is gone");
    ok(wait_until(sub { !connections() }, 10), '... and so are its connections') or diag join "\n", connections();
}

# Processes with a control socket below it, or anything else of it on their command line.
sub connections {
    return grep { (read_file("$_/cmdline") // '') =~ /\Q$runtime\E/ } grep { $_ ne "/proc/$$" } glob '/proc/[0-9]*';
}

1;
