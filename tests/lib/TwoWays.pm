# `mr update` and `mr fetch`, natively and with --no-native, on the same repositories: do both say and leave the same?
#
#   my $two = TwoWays->new($home);           # in the sandbox; makes $home/root/good.git, the repository that all come from
#   $two->add($name, $url, news => 1, config => ['http.proxy', '...'])   # a clone of $url; all of it was fetched, but for the news
#   my $ways = $two->compare($title, {VARIABLE => $value}, @names);      # tests; @names: not all. {NAME => {update => WAY, fetch => WAY}}
#   $two->{actions} = ['update'];            # only
#   $two->{before} = sub {...}; $two->{after} = sub { TEXT }   # run before each run; what is to be the same after both
#   $two->is_native($ways, $name), $two->is_left($ways, $name, qr/why/)  # tests of what -v said
#   my $run = $two->run('update', {}, \@names, @options)                 # one run alone: {status, words, ways, files}, by names
package TwoWays;

use strict;
use warnings;
use File::Find;
use MrTest;
use POSIX qw(setsid);
use Test::More;

sub sh { system('sh', '-ec', "exec >/dev/null\n@_") == 0 or die "failed: @_\n" }

sub new {
    my ($class, $home) = @_;
    open my $config, '>>', "$home/.gitconfig" or die $!;
    print $config "[user]\nname = Tester\nemail = tester\@example.org\n[init]\ndefaultBranch = main\n";
    close $config;
    local @ENV{'GIT_AUTHOR_DATE', 'GIT_COMMITTER_DATE'} = ('1700000000 +0000') x 2;
    sh(<<'END');
mkdir -p root original
git init -q --bare root/good.git
git clone -q root/good.git current 2>&1
cd current
echo 1 >file; git add file; git commit -qm 1; git push -q
cd ..
git clone -q root/good.git behind
cd current
echo 2 >file; git commit -qam 2; git tag -am v1 v1; git push -q origin main v1
git -C ../root/good.git update-server-info
END
    return bless {home => $home, names => [], actions => ['update', 'fetch']}, $class;
}

sub add {
    my ($self, $name, $url, %options) = @_;
    my $clone = "$self->{home}/original/$name";
    sh("cp -a $self->{home}/@{[$options{news} ? 'behind' : 'current']} $clone");
    my @config = ('remote.origin.url', $url, @{$options{config} // []});
    while (my ($key, $value) = splice @config, 0, 2) {
        system('git', '-C', $clone, 'config', $key eq 'remote.origin.url' ? () : '--add', $key, $value) == 0 or die 'git config';
    }
    push @{$self->{names}}, $name;
}

# Without a terminal.
sub run {
    my ($self, $action, $environment, $names, @options) = @_;
    my $code = "$self->{home}/code";
    my @names = @$names ? @$names : @{$self->{names}};
    sh("rm -rf $code; mkdir $code; cd $self->{home}/original; cp -a @names $code");
    $self->{before}->() if $self->{before};
    write_file("$self->{home}/.mrconfig", join '', map { "[code/$_]\ncheckout = false\n" } @names);
    my $pid = fork // die;
    if (!$pid) {
        setsid();
        local @ENV{'GIT_AUTHOR_DATE', 'GIT_COMMITTER_DATE'} = ('1700000001 +0000') x 2; # also of reflogs
        local @ENV{keys %$environment} = values %$environment;
        delete @ENV{grep { !defined $environment->{$_} } keys %$environment};
        open STDIN, '<', '/dev/null' or die;
        open STDOUT, '>', "$self->{home}/out" or die;
        open STDERR, '>&', \*STDOUT or die;
        exec mr_path(), '-v', '-j4', '-t', @options, $action or die;
    }
    my %run = (status => wait_exit($pid, 100) // 'hung', out => read_file("$self->{home}/out"));
    for (split m{^(?=mr \w+: \Q$code\E/)|^(?=\n?mr \w+: finished)}m, $run{out}) {
        my ($name) = m{^mr \w+: \Q$code\E/(.*)\n};
        $name //= '';
        $run{ways}{$name} = $1 if /^mr \w+: native: (.*)/m;
        $run{reasons}{$name} = $1 if /^mr \w+: ((?:the (?:host|repository|certificate|branches) |authentication failed).*)/m;
        s/^mr \w+: (?:native: |the (?:host|repository|certificate|branches) |authentication failed).*\n//mg;
        s/^(Transferred|Bytes per second): .*/$1/mg; # by ssh
        s/^fatal: full write to remote helper failed: Broken pipe\n//mg; # git's race with a helper that has died
        s/\bafter \d+ (ms|milliseconds)\b/after some $1/g; # by libcurl, of a connection
        $run{words}{$name} .= $_;
    }
    $run{words}{''} .= $self->{after}->() if $self->{after};
    $run{files}{$_} = manifest("$code/$_") for @names;
    return \%run;
}

# All files but the index, whose times differ, and the content of objects.
sub manifest {
    my ($dir) = @_;
    my $text = '';
    find({no_chdir => 1, preprocess => sub { sort @_ }, wanted => sub {
        my $name = substr $_, length $dir;
        return if $name =~ m{^/\.git/(?:index$|objects/)};
        $text .= sprintf "%s %o %s\n", $name, (lstat)[2], -f _ ? read_file($_) : '';
    }}, $dir);
    return $text;
}

sub differing_lines {
    my @texts = @_;
    my @lines = map { {map { $_ => 1 } split /\n/} } @texts;
    return join "\n", map({ "- $_" } grep { !$lines[1]{$_} } split /\n/, $texts[0]), map({ "+ $_" } grep { !$lines[0]{$_} } split /\n/, $texts[1]);
}

sub compare {
    my ($self, $title, $environment, @names) = @_;
    my %ways;
    for my $action (@{$self->{actions}}) {
        my $git = $self->run($action, $environment, \@names, '--no-native');
        my $native = $self->run($action, $environment, \@names, '--retries', 0);
        is($native->{status}, $git->{status}, "$title: $action: exit status");
        is($native->{words}{''}, $git->{words}{''}, "$title: $action: what is said of no repository");
        for my $name (@names ? @names : @{$self->{names}}) {
            my $way = $ways{$name}{$action} = $native->{ways}{$name} // 'not tried';
            is($native->{words}{$name}, $git->{words}{$name}, "$title: $action: $name: words ($way)");
            ok($native->{files}{$name} eq $git->{files}{$name}, "$title: $action: $name: files")
                or diag(differing_lines($git->{files}{$name}, $native->{files}{$name}));
        }
    }
    return \%ways;
}

sub is_native {
    my ($self, $ways, @names) = @_;
    for my $name (@names) {
        is($ways->{$name}{$_}, 'done without git', "$name: $_ is native") for sort keys %{$ways->{$name}};
    }
}

sub is_left {
    my ($self, $ways, $name, $why) = @_;
    like($ways->{$name}{$_}, qr/^left to git, .*$why/, "$name: $_ is left to git") for sort keys %{$ways->{$name}};
}

1;
