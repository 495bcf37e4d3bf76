#!/usr/bin/perl
# The completions: what `mr --complete` answers, and what bash, zsh and fish make of it on a prompt line.
use strict;
use warnings;
use Cwd qw(abs_path);
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my $top = abs_path("$FindBin::Bin/../..");
my $mr = abs_path(mr_path());
my $home = sandbox();
mkdir $_ for qw(bin work work/src), 'work/src/web site', 'work/other';
symlink $mr, "$home/bin/mr" or die "bin/mr: $!";
$ENV{PATH} = "$home/bin:$ENV{PATH}";
write_file('.mrconfig', <<'END');
[DEFAULT]
lib =
	helper() { true; }
release = make dist
[ALIAS]
freigeben = release
[work/src/api]
checkout = git clone https://example.com/api.git
deploy = ./deploy
skip = lazy
[work/src/web site]
checkout = git clone https://example.com/web.git 'web site'
[work/src/b+ü]
checkout = git clone https://example.com/b.git
END
write_file('work/file.txt', '');
write_file('work/my config', "[a]\nblank_spaced = true\n");
write_file('broken', "[a]\nno setting\n");
chdir 'work' or die;

# What runs, without a shell between: status, the lines, standard error.
sub run_quietly {
    my @command = @_;
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        open STDIN, '<', '/dev/null';
        open STDOUT, '>', "$home/out";
        open STDERR, '>', "$home/err";
        exec { $command[0] } @command or POSIX::_exit(93);
    }
    my $status = wait_exit($pid, 60);
    return ($status, [split /\n/, read_file("$home/out")], read_file("$home/err"));
}

sub candidates {
    my @words = @_;
    my ($status, $lines, $err) = run_quietly($mr, '--complete', 'mr', @words);
    is($status, 0, "--complete mr @words: succeeds");
    is($err, '', "--complete mr @words: nothing on standard error");
    return map { (split /\t/)[0] } @$lines;
}

sub has {
    my ($got, @names) = @_;
    my %is = map { $_ => 1 } @$got;
    my @missing = grep { !$is{$_} } @names;
    is("@missing", '', "candidates: @names") or diag("got: @$got");
}

sub has_not {
    my ($got, @names) = @_;
    my %is = map { $_ => 1 } @$got;
    is(join(' ', grep { $is{$_} } @names), '', "no candidates: @names");
}

subtest 'the protocol' => sub {
    my @actions = candidates('');
    has(\@actions, qw(checkout status update release freigeben deploy co ci ls help));
    has_not(\@actions, qw(skip test order lib T -d));
    has([candidates('-')], qw(-d --directory -j --jobs --no-native --timeout --version));
    is_deeply([candidates('-d', '')], ['src/api', 'src/web site', 'src/b+ü', ':dirs'], 'repositories after -d');
    is_deeply([candidates('-d', '', 'status', '')], [':files'], 'files behind an action');
    is_deeply([candidates('status', '-')], [':files'], 'no option of mr behind an action');
    is_deeply([candidates('-c', '')], [':files'], 'files after -c');
    is_deeply([candidates('config', '')], ['DEFAULT', 'work/src/api', 'work/src/web site', 'work/src/b+ü'], 'sections');
    has([candidates('conf', 'DEFAULT', '')], qw(checkout= skip= lib=));
    has([candidates('remember', '')], qw(update deploy));
    has([candidates('-v', '')], 'status');
    has_not([candidates('-v', '')], "mr: loading config $home/.mrconfig");
    has([candidates('-c', "$home/broken", '-')], '--directory');
    has([candidates('-c', '../nothing-there', '')], 'release');
};

# Each case: a line, what must be among the candidates for its last word, and what must not.
my @cases = (
    ['mr rel', ['release'], ['freigeben']],
    ['mr --no-nat', ['--no-native'], []],
    ['mr -j4 dep', ['deploy'], []],
    ['mr -d src/a', ['src/api'], []],
    ['mr -d oth', ['other'], []],
    ['mr -d src/api -q st', ['status'], []],
    ['mr config work/src/a', ['work/src/api'], []],
    ['mr config work/src/api chec', ['checkout='], []],
    [q(mr -t -c 'my config' spa), ['spaced'], []],
    ['mr -t -c my\\ config spa', ['spaced'], []],
    ["mr -c $home/broken --no-nat", ['--no-native'], []],
    ["mr -c $home/broken zzz", [], ['zzz']],
);
my $missing = ['mr rel', [], ['release']];

sub check_cases {
    my ($shell, $complete) = @_;
    for my $case (@cases, $missing) {
        my ($line, $yes, $no) = @$case;
        local $ENV{PATH} = $ENV{PATH};
        $ENV{PATH} = "$home/shells" if $case == $missing;
        my ($got, $err) = $complete->($line);
        my %is = map { $_ => 1 } @$got;
        my $name = $shell . ': ' . ($case == $missing ? 'without mr: ' : '') . $line =~ s/\Q$home\E/~/r;
        ok(!(grep { !$is{$_} } @$yes) && !(grep { $is{$_} } @$no), $name) or diag('got: ' . join ' | ', @$got);
        is($err, '', "$name: nothing on standard error");
    }
}

# A PATH with the shell and what completion itself needs, and no mr.
sub shell_of {
    my ($name) = @_;
    my ($path) = grep { -x } map { "$_/$name" } split /:/, $ENV{PATH};
    return undef if !defined $path;
    mkdir "$home/shells";
    for my $tool ($name, qw(cat sed grep)) {
        my ($found) = grep { -x } map { "$_/$tool" } split /:/, $ENV{PATH};
        symlink $found, "$home/shells/$tool" if defined $found;
    }
    return $path;
}

# bash splits words at = and : of COMP_WORDBREAKS, as readline does; the words are given raw, as they are typed.
my $bash_driver = <<'END';
# Outside of a prompt line there is no compopt; what it is told is done here.
compopt() { options+=" $*"; }
source "$1"
COMP_LINE=$2 COMP_POINT=${#2} options=
shift 2
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
[[ $(complete -p mr) == 'complete -F _mr mr' ]] || exit 90
_mr
[[ $options == *plusdirs* ]] && mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "${@: -1}")
[[ $options == *default* ]] && mapfile -t COMPREPLY < <(compgen -f -- "${@: -1}")
((${#COMPREPLY[@]})) && printf '%s\n' "${COMPREPLY[@]}"
exit 0
END

sub bash_words {
    my ($line) = @_;
    my @words = $line =~ /((?:\\.|'[^']*'?|"[^"]*"?|[^\s=:'"\\])+|[=:]+)/g;
    push @words, '' if $line =~ /\s$/;
    return @words;
}

subtest 'bash' => sub {
    my $bash = shell_of('bash') or plan skip_all => 'bash is not installed';
    my $complete = sub {
        my ($line) = @_;
        my ($status, $lines, $err) =
          run_quietly($bash, '--norc', '-c', $bash_driver, 'bash', "$top/completions/mr.bash", $line, bash_words($line));
        is($status, 0, "bash: $line: the driver ran") if $status;
        return ($lines, $err);
    };
    check_cases('bash', $complete);
    my %exact = (
        'mr --directory=src/a' => ['src/api'],
        'mr --directory=src/b' => ['src/b+ü'],
        'mr config work/src/w' => ['work/src/web\ site'],
        'mr config work/src/web\ s' => ['work/src/web\ site'],
        q(mr config 'work/src/web s) => ['work/src/web site'],
        q(mr config "work/src/web site" check) => ['checkout='],
        q(mr config '$(touch x)' check) => ['checkout='],
        q(mr config "`touch x`" check) => ['checkout='],
        'mr status fi' => ['file.txt'],
    );
    for my $line (sort keys %exact) {
        my ($got, $err) = $complete->($line);
        is_deeply($got, $exact{$line}, "bash: $line");
        is($err, '', "bash: $line: nothing on standard error");
    }
    ok(!-e 'x', 'bash: nothing that was typed is run');
};

subtest 'fish' => sub {
    my $fish = shell_of('fish') or plan skip_all => 'fish is not installed';
    my $complete = sub {
        my ($line) = @_;
        my $script = 'source $argv[1]; complete -C $argv[2]';
        my ($status, $lines, $err) = run_quietly($fish, '--no-config', '-c', $script, "$top/completions/mr.fish", $line);
        return ([map { (split /\t/)[0] =~ s{/$}{}r } @$lines], $err);
    };
    check_cases('fish', $complete);
    for my $line ('mr --directory=src/w', 'mr config work/src/web\ s', q(mr config "work/src/web s), 'mr status fi') {
        my ($got) = $complete->($line);
        my $want = $line =~ /^mr --/ ? '--directory=src/web site' : $line =~ /fi$/ ? 'file.txt' : 'work/src/web site';
        is_deeply($got, [$want], "fish: $line");
    }
};

# An interactive zsh: Tab is pressed at the end of the line, then ^T, which shows the line between < and >.
my $zsh_driver = <<'END';
zmodload zsh/zpty || exit 80
zpty z zsh -f -i
zpty -w z 'PS1= PS2= RPS1=; stty -echo cols 200; setopt no_beep'
zpty -w z "fpath=(${(q)1} \$fpath); autoload -Uz compinit && compinit -u -d ${(q)3}; LISTMAX=0"
zpty -w z 'show() { print -rn -- "<$BUFFER>"; BUFFER=; zle .accept-line }; zle -N show; bindkey "^T" show'
zpty -w z 'bindkey "^I" complete-word; print READY""NOW'
zpty -r -m z seen '*READYNOW*'
zpty -w -n z "$2"$'\t'$'\x14'
zpty -r -m z seen '*<*>*'
zpty -d z
line=${${seen%%>*}##*<}
print -r -- "$line"
print -r -- "$seen" | grep -aE 'mr:|not found|error' >&2
exit 0
END

subtest 'zsh' => sub {
    my $zsh = shell_of('zsh') or plan skip_all => 'zsh is not installed';
    my $complete = sub {
        my ($line) = @_;
        my ($status, $lines, $err) = run_quietly($zsh, '-f', '-c', $zsh_driver, 'zsh', "$top/completions", $line, "$home/zcompdump");
        plan skip_all => 'zsh has no zsh/zpty' if defined $status && $status >> 8 == 80;
        my $said = $lines->[0] // '';
        return ([], $err) if $said eq $line;
        my $before = $line =~ s/\S*$//r;
        return ([$said =~ s/^\Q$before\E//r =~ s{[ /]$}{}r], $err);
    };
    check_cases('zsh', $complete);
    my %exact = (
        'mr --directory=src/w' => '--directory=src/web\ site',
        'mr config work/src/w' => 'work/src/web\ site',
        'mr status fi' => 'file.txt',
    );
    for my $line (sort keys %exact) {
        my ($got) = $complete->($line);
        is($got->[0], $exact{$line}, "zsh: $line");
    }
};

done_testing();
