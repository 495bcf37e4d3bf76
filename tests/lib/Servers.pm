# The git servers of servers.sh for a test in perl, and how often somebody connected to them.
#
#   my $servers = Servers->start($dir, $root, sshd => "MaxSessions 1\n");   # below $dir; they serve the repositories below $root
#   $servers->https('x.git'), $servers->ssh('x.git')                       # URLs of $root/x.git
#   my $from = $servers->seen; ...; my %seen = $servers->seen_since($from) # https, requests, ssh, sessions
#
# match => ... are further lines of sshd's configuration, with Match. start puts an `ssh` that knows the server first on the PATH, and its
# authority into git's global configuration ($HOME is the test's own). They stop when the object goes away, by their own process groups.
package Servers;

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp (); # whose END, which deletes the files with their pids, has to come after ours

my $script = abs_path(dirname(__FILE__)) . '/servers.sh';
my %running; # by their directories: whose they are

# At the end of a test at the latest: an object that a function knows goes away too late.
END { stop($_) for keys %running }

sub start {
    my ($class, $dir, $root, %options) = @_;
    make_path("$dir/bin");
    local @ENV{'SSHD_OPTIONS', 'SSHD_MATCH'} = ($options{sshd} // '', $options{match} // '');
    $running{$dir} = $$;
    system('sh', $script, 'start', $dir, "$dir/bin", $root) == 0 or die "the servers do not start\n";
    my %env = map { /^(\w+)=(.*)/ } split /\n/, slurp("$dir/env");
    my $self = bless {dir => $dir, root => $root, env => \%env}, $class;
    $ENV{PATH} = "$dir/bin:$ENV{PATH}";
    delete $ENV{GIT_SSL_CAINFO};
    system('git', 'config', '--global', 'http.sslCAInfo', $env{SERVERS_CA}) == 0 or die 'git config';
    return $self;
}

# Makes root/r1.git to root/rCOUNT.git, all alike with a commit on main and the tag v1, and root/empty.git in the working directory; more
# are commands for the repository that they come from.
sub make_repositories {
    my ($count, @more) = @_;
    local $ENV{MORE} = join "\n", @more;
    local $ENV{COUNT} = $count;
    system(<<'END') == 0 or die 'the repositories cannot be made';
set -e
git config --global user.name x
git config --global user.email x@example.org
git config --global init.defaultBranch main
mkdir root
git init -q seed
cd seed
git commit -q --allow-empty -m one
git tag -a v1 -m v1
eval "$MORE"
cd ..
git clone -q --bare seed root/r1.git
git init -q --bare root/empty.git
i=2
while [ $i -le "$COUNT" ]; do cp -r root/r1.git root/r$i.git; i=$((i + 1)); done
END
}

# A variable of DIR/env.
sub env { return $_[0]{env}{$_[1]} }
sub https { return "$_[0]{env}{HTTPS_URL}/$_[1]" }
sub ssh { return "$_[0]{env}{SSH_HOST}:$_[0]{root}/$_[1]" }

# One more name for `ssh`: add_host('far', Port => 1234).
sub add_host {
    my ($self, $name, @options) = @_;
    open my $out, '>>', "$self->{dir}/ssh_hosts" or die $!;
    print $out "Host $name\n", map { "$options[2 * $_] $options[2 * $_ + 1]\n" } 0 .. $#options / 2;
    close $out or die $!;
}

# Where the logs end now.
sub seen {
    my ($self) = @_;
    return [map { -s "$self->{dir}/$_" // 0 } 'access.log', 'sshd.log'];
}

# How many connections and requests there were since then.
sub seen_since {
    my ($self, $from) = @_;
    my $web = substr slurp("$self->{dir}/access.log"), $from->[0];
    my $ssh = substr slurp("$self->{dir}/sshd.log"), $from->[1];
    my %connections = map { $_ => 1 } $web =~ /^(\d+) /mg;
    return (
        https => scalar keys %connections,
        requests => scalar(() = $web =~ /^\d+ /mg),
        ssh => scalar(() = $ssh =~ /^Accepted publickey /mg),
        sessions => scalar(() = $ssh =~ /^Starting session: /mg),
    );
}

sub slurp {
    my ($name) = @_;
    open my $in, '<', $name or die "$name: $!\n";
    local $/;
    return <$in> // '';
}

sub stop {
    my ($dir) = @_;
    local $?;
    my $owner = delete $running{$dir} // return;
    system('sh', $script, 'stop', $dir) if $owner == $$;
}

sub DESTROY { stop($_[0]{dir}) }

1;
