#!/usr/bin/perl
# What a configuration that nobody vouched for can do: no command of its own is run, and nothing is written outside of its directory.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use File::Path qw(make_path remove_tree);
use Test::More;

my $home = sandbox();
my $hint = qr{\n\(To trust this file, list it in ~/\.mrtrust\.\)\n};

sub git { system('git', '-c', 'user.name=t', '-c', 'user.email=t@example.org', @_) == 0 or die "git @_" }
git('init', '-q', 'one');
git('-C', 'one', 'commit', '-q', '--allow-empty', '-m', 'one');

# A repository of links.
sub links {
    my ($name, %links) = @_;
    git('init', '-q', $name);
    symlink $links{$_}, "$name/$_" or die for keys %links;
    git('-C', $name, 'add', '.');
    git('-C', $name, 'commit', '-q', '-m', 'links');
}

# sub/.mrconfig says that, anew.
sub untrusted {
    remove_tree('sub');
    mkdir 'sub';
    write_file('sub/.mrconfig', shift);
}

sub run_there {
    chdir "$home/sub" or die;
    my @result = run_mr(@_);
    chdir $home or die;
    return @result;
}

subtest 'no setting runs anything' => sub {
    my $evil = "touch $home/pwned";
    my @settings = map { "[a]\n$_\n" } (map { "$_ = $evil" } qw(checkout update status list skip deleted lib fixups chain include order_append
        pre_update post_update pre_checkout post_checkout pre_list post_list git_test git_update git_checkout hg_test list_append
        list_prepend update_default list_default checkout_append x_trusted_checkout jobs new)),
        "skip = true; $evil", "skip = true\n\t$evil", "lib = true && $evil", "checkout = git clone x y; $evil", "checkout = git clone x y\n\t$evil",
        "checkout = git clone \$($evil) y", "checkout = git clone `$evil` y", "checkout = git clone -u $home/evil $home/one";
    push @settings, "[DEFAULT]\nlist = $evil\n", "[ALIAS]\nlist = run\n", "include = $evil\n", "jobs = 3\n", "[\$($evil)]\n", "[`$evil`]\n",
        "[a;$evil]\n", "[a]\norder = 1\n\tlist = $evil\n[b]\nlist = $evil\n";
    for my $text (@settings) {
        untrusted($text);
        mkdir 'sub/a';
        my ($code, $out, $err) = run_there('list');
        is($code, 2, 'is refused: ' . $text =~ s/\n/\\n/gr);
        like($err, qr{^mr: illegal [^\n]*\n?.* in untrusted \Q$home\E/sub/\.mrconfig line [1-6]$hint\z}s, 'with its line and the remedy');
        is($out, '', 'and nothing else is said');
        run_there($_) for 'update', 'checkout';
        ok(!-e 'pwned', 'nothing was run') or unlink 'pwned';
    }
    untrusted("[a]\norder = \$($evil)\n[b]\norder = `$evil`; $evil\n");
    is((run_there('-j1', 'list'))[0], 1, 'order is only a number');
    ok(!-e 'pwned', 'nothing was run');
};

subtest 'a checkout does not go through a link that another one brought' => sub {
    links('links', out => "$home/victim", up => '..', top => '../..', dangling => "$home/dangling", 'only.git' => "$home/victim");
    my %sections = (
        'the section' => "[a/out/git]\ncheckout = git clone $home/one git\n",
        'the parents' => "[a/out/x/git]\ncheckout = git clone $home/one git\n",
        'the word' => "[a/x]\ncheckout = git clone $home/one out/git\n",
        'the quoted word' => "[a/x]\ncheckout = git clone $home/one 'out/git'\n",
        'the last word' => "[a/x]\ncheckout = git clone $home/one out\n",
        'a word from above' => "[x]\norder = 20\ncheckout = git clone $home/one a/out/git\n",
        'the address' => "[a/x]\ncheckout = git clone file://$home/out.git\n",
        'the bare one' => "[a/x]\ncheckout = git clone --bare $home/one out\n",
        'the name of a bare clone' => "[a/x]\ncheckout = git clone --bare file://$home/only\n",
        'the name of another system' => "[a/x]\ncheckout = hg clone $home/hg/only.git\n",
        'two links' => "[a/up/a/out/git]\ncheckout = git clone $home/one git\n",
        'the directory above' => "[a/top/above]\ncheckout = git clone $home/one above\n",
    );
    git('clone', '-q', '--bare', 'one', 'out.git');
    git('clone', '-q', 'one', 'only');
    system('hg', 'init', 'hg/only.git') == 0 or die;
    mkdir 'victim';
    for my $what (sort keys %sections) {
        for my $options (['checkout'], ['-j1', 'update'], ['--no-native', '-j4', 'update']) {
            untrusted("[a]\ncheckout = git clone $home/links a\n$sections{$what}");
            my ($code, $out, $err) = run_there(@$options);
            is($code, 1, "$what, @$options: fails") or diag($out, $err);
            like($err, qr{^mr (?:checkout|update): \S+ leads out of \Q$home\E/sub/, where the untrusted \Q$home\E/sub/\.mrconfig may not write$hint}m,
                'says why') or diag($err);
            is(join(' ', glob 'victim/* abov[e]'), '', 'nothing is written there');
        }
    }
    untrusted("[a]\ncheckout = git clone $home/links a\n[a/dangling/x]\ncheckout = git clone $home/one x\n");
    is((run_there('checkout'))[0], 1, 'a link to nothing: fails');
    ok(!-e 'dangling', 'and makes nothing');
    untrusted("[a]\ncheckout = git clone $home/links a\n$sections{'the section'}");
    is((run_there('-t', 'checkout'))[0], 0, 'a trusted file may');
    ok(-d 'victim/git/.git', 'and does');
    untrusted("[a]\ncheckout = git clone $home/one a\n[a/b]\ncheckout = git clone $home/one b\n[c/d]\ncheckout = git clone $home/one\n");
    is((run_there('checkout'))[0], 1, 'without links:');
    ok(-d 'sub/a/.git' && -d 'sub/a/b/.git' && -d 'sub/c/one/.git', 'all is where it should be');
    remove_tree('sub', 'victim/git');
    make_path('inner');
    git('clone', '-q', 'links', 'inner/b');
    write_file('inner/.mrconfig', "[b/x]\ncheckout = git clone $home/one x\n");
    write_file('inner/other', "[b/x]\ncheckout = git clone $home/one out/git\n");
    local $ENV{HOME} = "$home/inner";
    is((run_mr('-c', 'inner/other', 'checkout'))[0], 1, 'a section that a trusted file has, too: fails');
    ok(!-e 'victim/git', 'and writes nothing there');
    remove_tree('inner', 'victim');
};

subtest 'bootstrap neither' => sub {
    mkdir 'victim';
    write_file('list', "[a]\ncheckout = git clone $home/links a\n[a/out/git]\ncheckout = git clone $home/one git\n");
    my ($code, $out, $err) = run_mr('bootstrap', 'list', 'new');
    is($code, 1, 'fails');
    like($err, qr{leads out of \Q$home\E/new/}, 'says why');
    ok(-d 'new/a/.git' && !-e 'victim/git', 'only the first one is there');
};

subtest 'what a checkout brings as its configuration' => sub {
    for my $target ('/dev/zero', '/dev/tty', '/dev/stdin') {
        links("as$target" =~ s{/}{-}gr, '.mrconfig' => $target);
        write_file('.mrconfig', "[as" . $target =~ s{/}{-}gr . "]\nchain = true\n");
        my ($code, $out, $err) = run_mr('list');
        is($code, 0, "$target is not read");
        like($err, qr{^mr: \Q$home\E/as\S+/\.mrconfig is no file, it is not read$}m, 'as is said');
    }
    unlink '.mrconfig';
    chdir 'as-dev-zero' or die;
    my ($code, $out, $err) = run_mr('list');
    is($code, 2, 'the nearest one is endless: an error');
    like($err, qr{^mr: \Q$home\E/as-dev-zero/\.mrconfig is longer than 64 MiB}m, 'that says so');
    chdir $home;
    mkdir 'kept';
    write_file('kept/.mrconfig', "[x]\nlist = touch $home/pwned\n");
    links('borrowed', '.mrconfig' => "$home/kept/.mrconfig");
    write_file('.mrconfig', "[borrowed]\nchain = true\n");
    ($code, $out, $err) = run_mr('list');
    is($code, 2, 'a link to a file that nobody trusts is not trusted');
    write_file('.mrtrust', "~/borrowed/.mrconfig\n");
    symlink 'borrowed', 'other' or die;
    is((run_mr('-c', 'one/.mrconfig', 'list'))[0], 2, 'and another file there neither');
    unlink 'borrowed/.mrconfig';
    write_file('borrowed/.mrconfig', "[x]\nlist = echo trusted\n");
    mkdir 'borrowed/x';
    like((run_mr('list'))[1], qr{^trusted$}m, 'a file on the list is');
    write_file('.mrtrust', "~/other/.mrconfig\n");
    like((run_mr('list'))[1], qr{^trusted$}m, 'also when the list goes through a link');
    rename 'borrowed/.mrconfig', 'elsewhere';
    symlink '../elsewhere', 'borrowed/.mrconfig';
    write_file('.mrtrust', "~/elsewhere\n");
    like((run_mr('list'))[1], qr{^trusted$}m, 'or when the file is a link to one on it');
    write_file('.mrtrust', "borrowed/.mrconfig\n.mrconfig\n*\n/\n~\n$home\n$home/borrowed\n# ~/elsewhere\n ~/elsewhere\n~/elsewhere \n");
    is((run_mr('list'))[0], 2, 'nothing but its whole name lists a file');
    ok(!-e 'pwned', 'nothing was run');
};

done_testing();
