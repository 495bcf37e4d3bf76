#!/usr/bin/perl
# Passwords: from URLs, ~/.netrc, credential helpers and askpass programs, right ones and wrong ones. Natively and by git the same is said
# and done, the helpers keep and forget the same, and nobody's password goes where git would have sent another one.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
BEGIN { $ENV{TMPDIR} //= '/dev/shm' if -w '/dev/shm' }
use GitWeb;
use MIME::Base64;
use MrTest;
use Test::More;
use TwoWays;

my $home = sandbox();
delete @ENV{grep { /_proxy$/i || /^SSH_ASKPASS/ || $_ eq 'DISPLAY' } keys %ENV};
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
my $two = TwoWays->new($home);
my $web = GitWeb->start($home, "$home/root");
my $origin = $web->base;
$two->{actions} = ['update'];

# Each answers with the password in the file of its name, and notes in NAME.done what else it is told.
sub helper {
    my ($name, $password, $more) = @_;
    write_file("$home/$name.word", $password);
    write_file("$home/$name", "#!/bin/sh\nin=\$(cat)\n" . ($more // '') . "case \$1 in\n"
        . "get) printf 'username=user\\npassword=%s\\n' \"\$(cat $home/$name.word)\" ;;\n"
        . "*) grep -qx \"\$1\" $home/$name.done 2>/dev/null || echo \"\$1\" >>$home/$name.done ;;\nesac\n");
    chmod 0755, "$home/$name";
    return "$home/$name";
}

# What the helpers were told beside questions, each once: two that run at the same time may both have written it.
sub told {
    my $all = '';
    for my $file (sort glob "$home/*.done") {
        my %words = map { $_ => 1 } split ' ', read_file($file);
        unlink $file;
        $all .= "$1: " . join(' ', sort keys %words) . "\n" if $file =~ /(\w+)\.done$/;
    }
    return $all;
}

sub sent_to {
    my ($from, $pattern) = @_;
    my %sent = map { m{ /$pattern/.* authorization=Basic (\S+)} ? (decode_base64($1) => 1) : () } $web->seen_since($from);
    return join ' ', sort keys %sent;
}

my ($right, $wrong, $newer) = (helper('right', 'secret'), helper('wrong', 'mistaken'), helper('newer', 'new'));
my $loud = helper('loud', 'secret', "echo the helper is loud >&2\n");
my $picky = helper('picky', 'secret', "case \$1 in get) echo \"\$in\" | grep -qx username=user || exit 0 ;; esac\n");
my $pathy = helper('pathy', 'secret', "case \$1 in get) echo \"\$in\" | grep -qx path=auth/good.git || exit 0 ;; esac\n");
$two->{after} = \&told;

# [name, URL, config, 'native' or why it is left to git]
my $auth = $web->url('auth/good.git');
my ($named, $known, $mistaken) = map { $auth =~ s{//}{//$_\@}r } qw(user user:secret user:mistaken);
my @cases = (
    ['known', $known, [], 'native'],
    ['mistaken', $mistaken, [], 'the server says 401'],
    ['nobody', $auth, [], 'the server says 401'],
    ['named', $named, [], 'the server says 401'],
    ['helped', $auth, ['credential.helper', $right], 'native'],
    ['helped-line', $auth, ['credential.helper', "!f() { cat >/dev/null; echo username=user; echo password=secret; }; f"], 'native'],
    ['helped-named', $named, ['credential.helper', $right], 'native'],
    ['helped-wrong', $auth, ['credential.helper', $wrong], 'the server says 401'],
    ['helped-second', $auth, ['credential.helper', '!true', 'credential.helper', $right], 'native'],
    ['helped-reset', $auth, ['credential.helper', $right, 'credential.helper', ''], 'the server says 401'],
    ['helped-here', $auth, ["credential.$origin.helper", $right], 'native'],
    ['helped-there', $auth, ['credential.http://127.0.0.2.helper', $right], 'the server says 401'],
    ['helped-loud', $auth, ['credential.helper', $loud], 'the server says 401'],
    ['helped-picky', $auth, ['credential.helper', $picky], 'the server says 401'],
    ['helped-picky-named', $auth, ['credential.helper', $picky, "credential.$origin.username", 'user'], 'native'],
    ['helped-path', $auth, ['credential.helper', $pathy, 'credential.useHttpPath', 'true'], 'the server says 401'],
    ['helped-known', $mistaken, ['credential.helper', $right], 'the server says 401'],
    ['public', $web->url('plain/good.git'), ['credential.helper', $right], 'native'],
);
for (@cases) {
    my ($name, $url, $config, $way) = @$_;
    $two->add($name, $url, config => $config);
    my $from = $web->seen;
    my $ways = $two->compare($name, {}, $name);
    $way eq 'native' ? $two->is_native($ways, $name) : $two->is_left($ways, $name, qr/$way/);
}

# All together; and none of them has another one's password.
{
    my @names = map { $_->[0] } @cases;
    $two->{before} = undef;
    $two->compare('all', {}, @names);
    $two->add('one', $web->url('auth-all/one.git'), config => ['credential.helper', $right]);
    $two->add('two', $web->url('auth-all/two.git'), config => ['credential.helper', $newer]);
    $two->add('three', $web->url('auth-all/three.git'), config => ['credential.helper', $wrong]);
    $two->add('near-one', $web->url('auth-all/four.git'), config => ['credential.helper', 'store --file=.git/known']);
    $two->add('near-two', $web->url('auth-all/five.git'), config => ['credential.helper', 'store --file=.git/known']);
    write_file("original/near-one/.git/known", $origin =~ s{//}{//user:secret@}r . "\n");
    write_file("original/near-two/.git/known", $origin =~ s{//}{//user:new@}r . "\n");
    symlink 'good.git', "root/$_.git" for qw(one two three four five);
    my $from = $web->seen;
    my $ways = $two->compare('helpers of their own', {}, qw(one two three near-one near-two));
    is(sent_to($from, 'auth-all/one.git'), 'user:secret', 'the one is asked with its own password');
    is(sent_to($from, 'auth-all/two.git'), 'user:new', '... the other one with its own');
    is(sent_to($from, 'auth-all/three.git'), 'user:mistaken', '... the third one with its own');
    is(sent_to($from, 'auth-all/four.git'), 'user:secret', '... also where helpers have the same name: the one');
    is(sent_to($from, 'auth-all/five.git'), 'user:new', '... the other one');
    $two->is_native($ways, qw(one two near-one near-two));
}

# A file of passwords: a wrong one is forgotten, a right one is kept.
{
    system('git', 'config', '--global', 'credential.helper', "store --file=$home/store") == 0 or die;
    for my $password (qw(secret mistaken)) {
        $two->{before} = sub { write_file("$home/store", "http://user:other\@elsewhere\n" . $origin =~ s{//}{//user:$password@}r . "\n") };
        $two->{after} = sub { read_file("$home/store") };
        for my $name (qw(nobody named)) {
            my $ways = $two->compare("a file with the password $password", {}, $name);
            $password eq 'secret' ? $two->is_native($ways, $name) : $two->is_left($ways, $name, qr/the server says 401/);
        }
    }
    system('git', 'config', '--global', '--unset', 'credential.helper') == 0 or die;
    $two->{before} = undef;
    $two->{after} = \&told;
}

# ~/.netrc.
for my $line ('login user password secret', 'login user password mistaken', 'login other password secret') {
    write_file("$home/.netrc", "machine 127.0.0.1 $line\n");
    my $ways = $two->compare("~/.netrc: $line", {}, qw(nobody named known helped));
    $two->is_native($ways, 'nobody') if $line =~ /user.*secret/;
    $two->is_native($ways, 'known');
}
{
    $two->add('all', $web->url('auth-all/one.git') =~ s{//}{//other@}r);
    write_file("$home/.netrc", "machine 127.0.0.1 login user password secret\nmachine 127.0.0.1 login other password new\n");
    my $from = $web->seen;
    $two->compare('~/.netrc with two users', {}, qw(nobody named all));
    is(sent_to($from, 'auth-all/one.git'), 'other:new', 'the user of the URL counts');
    unlink "$home/.netrc";
}

# Programs that are asked by git, where there is no terminal.
{
    write_file("$home/askpass", "#!/bin/sh\ncase \$1 in User*) echo user ;; *) echo secret ;; esac\n");
    chmod 0755, "$home/askpass";
    for my $environment ({GIT_ASKPASS => "$home/askpass"}, {SSH_ASKPASS => "$home/askpass", DISPLAY => ':x'}, {GIT_ASKPASS => 'false'},
        {GIT_TERMINAL_PROMPT => 0}, {GIT_ASKPASS => '', SSH_ASKPASS => 'false'}) {
        my $title = join ' ', map { "$_=$environment->{$_}" =~ s/\Q$home\E/.../r } sort keys %$environment;
        my $ways = $two->compare($title, $environment, qw(nobody named helped helped-wrong));
        $two->is_left($ways, 'nobody', qr/the server says 401/);
        $two->is_native($ways, 'helped');
    }
    $two->add('asks', $auth, config => ['core.askPass', "$home/askpass"]);
    $two->is_left($two->compare('core.askPass', {}, 'asks'), 'asks', qr/the server says 401/);
}
done_testing();
