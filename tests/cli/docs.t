#!/usr/bin/perl
# What a user reads agrees with the program: options, actions and exit statuses in the manual, the example configuration, the README.
use strict;
use warnings;
use Cwd qw(abs_path);
use FindBin;
use lib "$FindBin::Bin/../lib";
use MrTest;
use Test::More;

my $top = abs_path("$FindBin::Bin/../..");
my $home = sandbox();
my $man = read_file("$top/man/mr.1");

# A program that may be missing.
sub installed {
    my ($name) = @_;
    return scalar grep { -x "$_/$name" } split /:/, $ENV{PATH};
}

sub candidates {
    my ($status, $out, $err) = run_mr('--complete', 'mr', @_);
    is($status, 0, "--complete mr @_: succeeds");
    is($err, '', "--complete mr @_: nothing on standard error");
    return map { (split /\t/)[0] } split /\n/, $out;
}

# "-d" and "--directory" as the manual's source has them; a dash may be escaped.
sub in_manual {
    my ($option) = @_;
    my $name = $option =~ s/^-//r;
    return $man =~ /^\.It .*\bFl \Q$name\E(?![\w-])/m;
}

subtest 'options' => sub {
    my @options = candidates('-');
    cmp_ok(scalar @options, '>', 30, 'there are options');
    my ($status, $help) = run_mr('--help');
    is($status, 0, '--help succeeds');
    for my $option (@options) {
        ok(in_manual($option), "$option stands in the manual");
        like($help, qr/(?<![\w-])\Q$option\E(?![\w-])/, "$option stands in --help");
    }
    my ($listed) = $man =~ /^\.Sh OPTIONS\n(.*?)^\.Sh/ms;
    my %known = map { $_ => 1 } @options;
    my @invented;
    for my $line ($listed =~ /^\.It (.*)/mg) {
        push @invented, grep { !$known{$_} } map { "-$_" } $line =~ /\bFl (-?\w[\w-]*)/g;
    }
    is("@invented", '', 'no option of the manual is unknown to the program');
};

subtest 'actions' => sub {
    my @actions = candidates('');
    cmp_ok(scalar @actions, '>', 15, 'there are actions');
    for my $action (@actions) {
        like($man, qr/^\.It Cm \Q$action\E\b|^\.It Cm \w+ Pq Cm \Q$action\E$/m, "$action stands in the manual");
    }
};

subtest 'the manual can be formatted' => sub {
    my %check = (
        mandoc => ['mandoc', '-T', 'lint', '-W', 'warning'],
        groff => ['groff', '-ww', '-mandoc', '-z'],
    );
    for my $tool (sort keys %check) {
      SKIP: {
            skip "$tool is not installed", 2 if !installed($tool);
            for my $page (glob "$top/man/*.1") {
                my $said = `@{$check{$tool}} '$page' 2>&1`;
                is("$?: $said", '0: ', "$tool finds nothing to complain of in $page");
            }
        }
    }
    my @long = grep { length > 132 } split /\n/, $man;
    is("@long", '', 'no line is too long');
};

subtest 'config.example' => sub {
    my ($status, $out, $err) = run_mr('-t', '-c', "$top/config.example", 'list');
    is("$status $err", '0 ', 'it is read without a complaint');
    write_file('.mrconfig', read_file("$top/config.example"));
    ($status, $out, $err) = run_mr('checkout');
    is($status, 0, 'checkout of what is there succeeds') or diag($err);
    is($out, "mr checkout: $home/notes\n\nmr checkout: finished (1 ok; 11 skipped)\n", 'only the local repository is checked out');
    is($err, '', 'without a complaint');
    ok(-d 'notes/.git', 'the repository is there');
    like(read_file('notes/README'), qr/^Notes of \S+\n\z/, 'its hook has run');
    is((stat 'notes')[2] & 077, 0, 'so have its fixups');
    ($status, $out, $err) = run_mr('-s', 'list');
    is($status, 0, 'list succeeds') or diag($err);
    for my $name (qw(src/tool src/library src/library/plugins src/kernel src/fork src/site src/archive src/printer work src/retired)) {
        like($out, qr{[: ]\Q$home/$name\E/?[ )]}, "$name is left out until somebody asks for it");
    }
    for my $action (qw(update st gc selftest)) {
        ($status, $out, $err) = run_mr($action);
        is($status, 0, "mr $action succeeds") or diag($err);
    }
    mkdir 'src/retired' if mkdir 'src';
    ($status, $out, $err) = run_mr('-d', 'src/retired', 'list');
    is($status, 1, 'what should be gone and is not has failed');
    unlink '.mrconfig';
};

subtest 'exit statuses' => sub {
    write_file('.mrconfig', <<'END');
[good]
work = true
[bad]
work = exit 77
killed = kill -KILL $$
end = kill -TERM $PPID; exec sleep 60
[left]
skip = lazy
END
    mkdir $_ for qw(good bad outside);
    my %want = (
        'list' => 0,
        '-d good work' => 0,
        '-d left work' => 0,
        'work' => 1,
        '-d bad killed' => 1,
        '--nonsense' => 2,
        '--timeout x list' => 2,
        'nonsense' => 2,
        '-d outside list' => 2,
        '-c missing list' => 2,
        'config good nothing' => 2,
        'config good' => 2,
        'register outside' => 2,
        '--version' => 0,
        '--help' => 0,
        '-d bad end' => 143,
    );
    for my $line (sort keys %want) {
        my ($status) = run_mr(split / /, $line);
        is($status, $want{$line}, "mr $line");
    }
    is((run_mr())[0], 2, 'mr without an action');
    write_file('.mrconfig', "[good]\nbroken\n");
    my ($status, $out, $err) = run_mr('list');
    is($status, 2, 'a broken configuration');
    like($err, qr/\Q$home\E\/\.mrconfig line 2\n/, 'with file and line');
    for my $number (0, 1, 2, '128 + Ar n') {
        like($man, qr/^\.Sh EXIT STATUS\n(?:(?!\.Sh ).*\n)*\.It \Q$number\E\n/m, "$number stands in the manual");
    }
};

subtest 'mr help' => sub {
    my $home = sandbox();
    system("mkdir -p p/bin p/share/man/man1 bin && cp '" . mr_path() . "' p/bin/mr && : > p/share/man/man1/mr.1") == 0 or die;
    my $help = sub { local $ENV{PATH} = $_[0]; return `$home/p/bin/mr help 2>err` };
    like($help->("$home/bin"), qr/^Usage: mr .*^  -d, --directory/ms, 'without man it shows the options');
    is($?, 0, 'and succeeds');
    like(read_file('err'), qr{man.*\Q$home\E/p/bin/\.\./share/man/man1/mr\.1}, 'and says where the manual is');
    write_file('bin/man', "#!/bin/sh\necho man \"\$@\"\nexit 3\n");
    chmod 0755, 'bin/man';
    write_file('.mrconfig', "broken\n");
    is($help->("$home/bin:$ENV{PATH}"), "man -l -- $home/p/bin/../share/man/man1/mr.1\n", 'with man it shows the page that belongs to it');
    is($? >> 8, 3, 'with its exit status');
    unlink 'p/share/man/man1/mr.1';
    is($help->("$home/bin:$ENV{PATH}"), "man mr\n", 'or the one of that name');
};

subtest 'README' => sub {
    my $readme = read_file("$top/README.md");
    my @missing;
    for my $file ($readme =~ /\]\(([^)#:]+)\)/g) {
        push @missing, $file if !-e "$top/$file";
    }
    is("@missing", '', 'what it links to exists');
    my ($version) = read_file("$top/Makefile") =~ /^VERSION := (\S+)/m;
    like(read_file("$top/CHANGELOG.md"), qr/^## \[?\Q$version\E\]?/m, 'the change log has the version of the program');
    is((run_mr('--version'))[1], "mr $version\n", 'as has the program');
};

done_testing();
