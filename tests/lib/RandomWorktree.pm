# Random files: names with every odd byte, contents, and what people and programs do to a work tree.
package RandomWorktree;

use strict;
use warnings;
use Exporter 'import';
use File::Copy ();
use File::Path qw(remove_tree make_path);
use MrTest;
use POSIX qw(mkfifo);
use RandomChoice;
use RandomSettings;

no warnings 'newline'; # in the names of files

our @EXPORT = qw(random_path random_content put_file age_files disturb tracked_or_new);

my @names = ('a', 'b', 'c.txt', 'z', 'foo', 'foobar', 'a.b', 'a0', 'Makefile', 'out.log', 'build.o', 'x.global', '.hidden', 'keep.log', 'A', 'foo.txt');
my @odd_names = ('with blank', "tab\there", 'quo"te', 'back\\slash', "\xc3\xa4\xc3\xb6", "new\nline", '-dash', 'x~', 'br[ck]', '#hash', '!bang', ' lead',
    'trail ', 'star*', "cr\r", "bell\a", "\xff\xfe", "del\x7f", "e\xcc\x81", 'a:b', ':top', '...', '..x', "'single'", '$HOME', '`id`', "\x01", 'x' x 200,
    '~', '{a,b}', 'a?', '.gitx', 'git~1', 'CON', "\xe2\x80\xae", '->', 'a -> b', '"', '"a"', ' ', "\n", "\t", '.gitkeep');
my @dirs = ('', '', '', '', 'd/', 'd/', 'd/e/', 'd/e/f/', 'd.x/', 'd-x/', 'd0/', 'foo/', 'build/', 'A/', 'out/deep/er/');
my @odd_dirs = ('sp ace/', "\xc3\xa9/", '-d/', "nl\nd/", 'd /', '"q"/', "\xff/", 'x' x 100 . '/', 'b\\s/', '!d/', '#d/', '*/');

sub random_path {
    my $dir = chance(85) ? pick(@dirs) : pick(@odd_dirs);
    return $dir . (chance(75) ? pick(@names) : pick(@odd_names));
}

sub random_content {
    my $draw = number(20);
    return '' if $draw == 0;
    return join('', map { number(10) . "\r\n" } 1 .. 3) if $draw == 1;
    return "a\r\nb\nc\n" if $draw == 2;
    return "\0binary" . number(100) if $draw == 3;
    return '$Id$' . "\n" . number(100) . "\n" if $draw == 4;
    return '$Id: 1234567890123456789012345678901234567890 $' . "\n" if $draw == 5;
    return "no newline" . number(10) if $draw == 6;
    return pack('n*', 0xfeff, map { ord } split //, 'wide') if $draw == 7;
    return "same\n" if $draw < 10;
    return join('', map { sprintf "line %d %d\n", $_, $draw > 16 ? number(1000) : 0 } 1 .. 5 + number(30)) if $draw > 13;
    return sprintf "%0*d\n", 1 + number(30), number(1000);
}

# Writes a file below the directory, with what is above it; not where that cannot be, or might wait, as in a pipe.
sub put_file {
    my ($top, $path, $content) = @_;
    if ($path =~ m{^(.*)/}s) {
        make_path("$top/$1", {error => \my $ignored});
    }
    return 0 if -e "$top/$path" && !-f _;
    open my $file, '>', "$top/$path" or return 0;
    binmode $file;
    print $file $content;
    close $file;
    return 1;
}

# Every file but git's own gets that old, so that none is as young as the index.
sub age_files {
    my ($top, $age) = @_;
    my $time = time - $age;
    my (@dirs, @links) = ($top);
    while (defined(my $dir = pop @dirs)) {
        opendir my $handle, $dir or next;
        for my $name (readdir $handle) {
            next if $name =~ /^\.(?:\.|git)?$/;
            my $path = "$dir/$name";
            if (-l $path) {
                push @links, $path;
            } elsif (-d _) {
                push @dirs, $path;
            } else {
                utime $time, $time, $path;
            }
        }
    }
    system 'touch', '-h', '-d', '@' . $time, '--', @links if @links;
}

# A path that the index had, or a new one.
sub tracked_or_new {
    my ($r, $share) = @_;
    return @{$r->{paths}} && chance($share) ? pick(@{$r->{paths}}) : random_path();
}

sub flip_digits {
    my ($r, $path) = @_;
    my $name = "$r->{dir}/$path";
    return if -l $name || !-f $name;
    my $text = read_file($name);
    $text =~ tr/0-9a-z/1-90b-za/;
    open my $file, '+<', $name or return;
    print $file $text;
}

sub make_executable {
    my ($r, $path) = @_;
    my $name = "$r->{dir}/$path";
    chmod pick(0755, 0644, 0600, 0711), $name if !-l $name && -f $name;
}

sub become_directory {
    my ($r, $path) = @_;
    remove_tree("$r->{dir}/$path");
    make_path("$r->{dir}/$path", {error => \my $ignored});
    put_file($r->{dir}, "$path/" . pick('inner', 'a.log', '.gitignore', 'b'), random_content()) if chance(70);
}

# To nothing where a later change, which follows it, would leave the repository.
sub become_link {
    my ($r, $path) = @_;
    remove_tree("$r->{dir}/$path") if !-l "$r->{dir}/$path" && -d _;
    unlink "$r->{dir}/$path";
    symlink pick('a', 'none', '.', 'd', 'd/', '/dev/null', "\xff"), "$r->{dir}/$path";
}

# A directory on the way becomes a file or a link to a directory.
sub cut_above {
    my ($r, $path) = @_;
    return if $path !~ m{^([^/]+)/};
    my ($top, $above) = ("$r->{dir}/$1", $1);
    if (chance(40) && !-l $top) {
        rename $top, "$r->{dir}/moved";
        symlink 'moved', $top;
        return;
    }
    remove_tree($top);
    put_file($r->{dir}, $above, "file\n") if chance(50);
}

# The same bytes in another file, with the old time or a new one.
sub copy_over {
    my ($r, $path) = @_;
    my $name = "$r->{dir}/$path";
    return if -l $name || !-f $name;
    my ($mode, $time) = (stat _)[2, 9];
    File::Copy::copy($name, "$name.copy") or return;
    chmod $mode & 07777, "$name.copy";
    utime $time, $time, "$name.copy" if chance(60);
    rename "$name.copy", $name;
}

sub set_time {
    my ($r, $path) = @_;
    my $name = "$r->{dir}/$path";
    my $time = pick(time, time - 7200, time - 86400, time + 3600, 0, 1_000_000_000);
    utime $time, $time, $name if !-l $name;
}

sub rename_file {
    my ($r, $path) = @_;
    my $new = random_path();
    put_file($r->{dir}, $new, '') if !-e "$r->{dir}/$new";
    rename "$r->{dir}/$path", "$r->{dir}/$new";
}

sub nested_repository {
    my ($r, $path) = @_;
    my $dir = "$r->{dir}/" . pick('nested', 'd/nested', $path);
    make_path($dir, {error => \my $ignored});
    if (chance(50)) {
        system "git init -q '$dir' >/dev/null 2>&1 && cd '$dir' && git commit -q --allow-empty -m n" if $dir !~ /'/;
        put_file($dir, 'inner', "x\n") if chance(50);
    } elsif (chance(50)) {
        make_path("$dir/.git/" . pick('', 'objects', 'refs'), {error => \$ignored});
    } else {
        put_file($dir, '.git', pick('', "gitdir: nowhere\n", "gitdir: ../.git\n", 'junk'));
    }
}

sub odd_file {
    my ($r, $path) = @_;
    return if -e "$r->{dir}/$path" && !chance(30);
    unlink "$r->{dir}/$path";
    mkfifo("$r->{dir}/$path", 0600);
}

my @changes = (
    [12, 'change', sub { put_file($_[0]{dir}, $_[1], random_content()) }],
    [8, 'delete', sub { remove_tree("$_[0]{dir}/$_[1]") }],
    [5, 'executable', \&make_executable],
    [4, 'directory', \&become_directory],
    [4, 'link', \&become_link],
    [3, 'cut', \&cut_above],
    [6, 'flip', \&flip_digits],
    [4, 'copy', \&copy_over],
    [6, 'time', \&set_time],
    [3, 'rename', \&rename_file],
    [2, 'nested', \&nested_repository],
    [1, 'fifo', \&odd_file],
    [8, 'new', sub { put_file($_[0]{dir}, random_path(), random_content()) }],
    [3, 'empty', sub { make_path("$_[0]{dir}/" . pick('empty', 'd/empty/deep', "$_[1].d"), {error => \my $ignored}) }],
    [6, 'ignore', sub { put_file($_[0]{dir}, pick('', '', 'd/', 'd/e/', 'foo/') . '.gitignore', join '', ignore_lines()) }],
    [2, 'exclude', sub { put_file($_[0]{git}, 'info/exclude', join '', ignore_lines()) }],
    [2, 'attributes', sub { put_file($_[0]{dir}, pick('', 'd/') . '.gitattributes', join '', attribute_lines()) }],
    [1, 'info', sub { put_file($_[0]{git}, 'info/attributes', join '', attribute_lines()) }],
    [1, 'odd', sub { symlink 'a', "$_[0]{dir}/" . pick('.gitignore', '.gitattributes', '.gitmodules') }],
    [1, 'modules', sub { put_file($_[0]{dir}, '.gitmodules', "[submodule \"sub\"]\n\tpath = " . pick('sub', 'd', 'a') . "\n\turl = ./x\n") }],
);

# So many random changes in the work tree.
sub disturb {
    my ($r, $count) = @_;
    for (1 .. $count) {
        my (undef, $name, $change) = @{draw(\@changes)};
        my $path = tracked_or_new($r, 65);
        push @{$r->{steps}}, "$name $path";
        $change->($r, $path);
    }
}

1;
