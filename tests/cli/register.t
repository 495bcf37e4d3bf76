#!/usr/bin/perl
# mr register and mr config for directories with every kind of name: what is written leads back to the same directory.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use File::Path qw(make_path remove_tree);
use Test::More;

my $home = sandbox();
$ENV{GIT_CONFIG_GLOBAL} = '/dev/null';

sub quietly { system("(@_) >log 2>&1") == 0 or die "@_: " . read_file('log') }
quietly("git init -q origin && cd origin && git -c user.name=t -c user.email=t\@example.org commit -q --allow-empty -m one");

# What stands around the sections must stay.
my $before = "# mine\n[other]\nskip=true\nx =\n\tone\n\n  # end";

# Makes it, registers it, deletes it, and checks it out again from what was written.
sub there_and_back {
    my ($name, $make, $administrative, @options) = @_;
    my $shown = $name =~ s/\n/\\n/r;
    write_file('.mrconfig', $before);
    chdir $home or die;
    local $ENV{NAME} = $name;
    quietly($make);
    my ($code, $out, $err) = run_mr(@options, 'register', $name);
    is($code, 0, "$shown: is registered") or diag($err);
    like(read_file('.mrconfig'), qr{\A\Q$before\E\n\n\[}, "$shown: the file was only added to");
    remove_tree($name =~ s{^-}{./-}r);
    ($code, $out, $err) = run_mr('checkout');
    is($code, 0, "$shown: checks out") or diag($out, $err, read_file('.mrconfig'));
    ok(-d "$home/$name/$administrative", "$shown: the same directory");
    ($code, $out) = run_mr('list');
    like($out, qr{^mr list: \Q$home/\E(?:\./)?\Q$name\E$}m, "$shown: is listed");
    is((run_mr('config', "$home/$name", 'order=3'))[0], 0, "$shown: a setting for it");
    like(read_file('.mrconfig'), qr{^checkout = .*\norder = 3\n\z}m, "$shown: stands in its section");
    is((run_mr('config', "$home/$name", 'order'))[1], "3\n", "$shown: and is read there");
    remove_tree($name =~ s{^-}{./-}r);
}

subtest 'names' => sub {
    my $make = 'git clone -q origin -- "$NAME"';
    there_and_back($_, $make, '.git') for 'plain', 'with blank', ' lead', 'end ', "it's", "'", 'quo"te', 'pay$HOME', '$(touch pwned)', '`touch pwned`',
        'back\slash', 'back\\\\two\n$x', '-dash', '--upload-pack=x', "\xc3\xa4\xc3\xb6", "bad\xff", 'a#b', 'a;b', '*', '[a', 'DEFAULT', 'ALIAS',
        "tab\there", '~', 'deep/er $x';
    ok(!-e 'pwned', 'nothing was run');
};

subtest 'names that no header can hold' => sub {
    for my $name ('a]b', "new\nline") {
        write_file('.mrconfig', $before);
        quietly(q(git clone -q origin -- "$NAME")) for local $ENV{NAME} = $name;
        my ($code, $out, $err) = run_mr('register', $name);
        isnt($code, 0, 'is an error');
        like($err, qr{^mr config: a section name cannot hold a bracket or a newline: \Q$name\E$}m, 'that says so');
        is(read_file('.mrconfig'), $before, 'and changes nothing');
    }
};

subtest 'other version control systems' => sub {
    my %make = (
        hg => ['.hg', 'hg init "src" && hg clone -q src "$NAME"'],
        svn => ['.svn', 'svnadmin create src && svn co -q "file://$PWD/src" "$NAME"'],
        darcs => ['_darcs', 'darcs init -q src && darcs get -q src "$NAME"'],
        bzr => ['.bzr', 'bzr init -q src && bzr branch -q src "$NAME"'],
    );
    for my $vcs (sort keys %make) {
        my ($administrative, $make) = @{$make{$vcs}};
        SKIP: {
            skip "no $vcs here", 1 if !grep { -x "$_/$vcs" } split /:/, $ENV{PATH};
            there_and_back("it's $vcs \$x", $make, $administrative);
            remove_tree('src');
        }
    }
};

subtest 'a section that the file has by an absolute name' => sub {
    write_file('.mrconfig', "[\$HOME/abs]\none = 1\n[rel]\none = 2\n");
    is((run_mr('config', "$home/abs", 'one'))[1], "1\n", 'is read');
    is((run_mr('config', "$home/abs", 'one=3', 'two=4'))[0], 0, 'is changed');
    is((run_mr('config', "$home/rel", 'one=5'))[0], 0, 'and a relative one as ever');
    is(read_file('.mrconfig'), "[\$HOME/abs]\none = 3\ntwo = 4\n[rel]\none = 5\n", 'in their places');
};

# Wherever it is, what is in it is relative to the home directory.
subtest 'a configuration in $XDG_CONFIG_HOME' => sub {
    unlink '.mrconfig';
    make_path('.config/mr');
    my $file = "$home/.config/mr/config";
    write_file($file, '');
    quietly('git clone -q origin xdg');
    is((run_mr('register', 'xdg'))[0], 0, 'a repository is registered');
    is((run_mr('-c', '.config/../.config/mr/config', 'config', "$home/xdg", 'order=3'))[0], 0, 'and has a setting');
    like(read_file($file), qr{\A\n\[xdg\]\ncheckout = .*\norder = 3\n\z}, 'by its name below home');
    write_file($file, "[DEFAULT]\ngit_register = echo mine\n");
    is((run_mr('-c', $file, 'register', 'xdg'))[1], "mine\n", 'its DEFAULT holds');
};

done_testing();
