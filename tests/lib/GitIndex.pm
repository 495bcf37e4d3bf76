# git's index read independently of mr: to compare two of them, and to keep one valid for a copy of its work tree.
package GitIndex;

use strict;
use warnings;
use Digest::SHA qw(sha1 sha256);
use Exporter 'import';

no warnings 'newline'; # in the names of files

our @EXPORT = qw(index_picture index_follow_copy);

my $stat_size = 40; # ctime, mtime (seconds and nanoseconds), dev, ino, mode, uid, gid, size

# The entries as [offset, path, flags, further flags], and [name, bytes] for each extension; nothing when it is not understood.
sub parse {
    my ($bytes, $id_size) = @_;
    return if length $bytes < 12 + $id_size;
    my ($magic, $version, $count) = unpack 'a4NN', $bytes;
    return if $magic ne 'DIRC' || $version < 2 || $version > 4 || $count > 100_000;
    my ($at, $path, @entries) = (12, '');
    for (1 .. $count) {
        my $head = $stat_size + $id_size + 2;
        return if $at + $head > length $bytes;
        my $flags = unpack 'n', substr $bytes, $at + $stat_size + $id_size, 2;
        my $more = $flags & 0x4000 ? unpack 'n', substr $bytes, $at + $head, 2 : 0;
        $head += 2 if $flags & 0x4000;
        my $name_at = $at + $head;
        if ($version == 4) {
            my ($strip, $byte) = (0);
            do {
                return if $name_at >= length $bytes;
                $byte = ord substr $bytes, $name_at++, 1;
                $strip = ($strip << 7) + ($byte & 127) + ($byte & 128 ? 1 : 0);
            } while $byte & 128;
            return if $strip > length $path;
            $path = substr $path, 0, length($path) - $strip;
        } else {
            $path = '';
        }
        my $end = index $bytes, "\0", $name_at;
        return if $end < 0;
        $path .= substr $bytes, $name_at, $end - $name_at;
        push @entries, [$at, $path, $flags, $more];
        $at = $version == 4 ? $end + 1 : $at + (($head + length($path) + 8) & ~7);
    }
    my @extensions;
    while ($at + 8 + $id_size <= length $bytes) {
        my ($name, $size) = unpack 'a4N', substr $bytes, $at, 8;
        return if $at + 8 + $size + $id_size > length $bytes;
        push @extensions, [$name, substr $bytes, $at + 8, $size];
        $at += 8 + $size;
    }
    return (\@entries, \@extensions, $version);
}

sub slurp {
    my ($name) = @_;
    open my $file, '<', $name or return undef;
    binmode $file;
    local $/;
    return scalar(<$file>) // '';
}

# "fresh" where size, time and inode are those of the file, "smudged" where git has marked it as one to be looked at, else "stale".
sub freshness {
    my ($entry_stat, $top, $path) = @_;
    my @now = lstat "$top/$path" or return 'gone';
    while ($path =~ m{/}g) {
        return 'gone' if -l "$top/" . substr $path, 0, pos($path) - 1;
    }
    my ($ctime, undef, $mtime, undef, undef, $ino, undef, undef, undef, $size) = unpack 'N10', $entry_stat;
    return 'stale' if $mtime != $now[9] || $ctime != $now[10] || $ino != ($now[1] & 0xffffffff);
    return $size == ($now[7] & 0xffffffff) ? 'fresh' : $size ? 'stale' : 'smudged';
}

# A text that says what an index of that work tree (undef: unknown) holds, entry by entry; of extensions what does not depend on times.
# A split one is not looked into, and of one that is not understood the bytes hold inodes and times of this copy where nobody knows.
sub index_picture {
    my ($name, $top, $id_size) = @_;
    my $bytes = slurp($name);
    return 'none' if !defined $bytes;
    my ($entries, $extensions, $version) = parse($bytes, $id_size);
    return 'not understood, ' . length $bytes if !$entries;
    return 'split' if grep { $_->[0] eq 'link' } @$extensions;
    my @lines = ("version $version");
    for my $entry (@$entries) {
        my ($at, $path, $flags, $more) = @$entry;
        my $id = unpack 'H*', substr $bytes, $at + $stat_size, $id_size;
        my $mode = unpack 'N', substr $bytes, $at + 24, 4;
        my $state = $mode == 0160000 || !defined $top ? '-' : freshness(substr($bytes, $at, $stat_size), $top, $path);
        push @lines, sprintf '%o %s %x %x %s %s', $mode, $id, $flags & 0xf000, $more, $path, $state;
    }
    for my $extension (@$extensions) {
        my ($tag, $text) = @$extension;
        push @lines, $tag =~ /^(?:TREE|REUC)$/ ? "$tag " . unpack 'H*', $text : $tag;
    }
    return join "\n", @lines;
}

# After `cp -a`: where an entry fitted its file it is made to fit the copy, which has another inode and time of change. $changed gives
# the latter, "seconds.nanoseconds" by the path of the copy. Returns whether the index was written; its own times are the caller's.
sub index_follow_copy {
    my ($from, $from_top, $to, $to_top, $id_size, $changed) = @_;
    my $bytes = slurp($from);
    return 0 if !defined $bytes;
    my ($entries, $extensions) = parse($bytes, $id_size);
    return 0 if !$entries || grep { $_->[0] eq 'link' } @$extensions;
    for my $entry (@$entries) {
        my ($at, $path) = @$entry;
        my @old = lstat "$from_top/$path" or next;
        my @new = lstat "$to_top/$path" or next;
        my ($ctime, $ctime_ns, undef, undef, undef, $ino) = unpack 'N6', substr $bytes, $at, 24;
        my ($second, $fraction) = split /\./, $changed->{"$to_top/$path"} // next; # not through a symbolic link
        substr $bytes, $at + 20, 4, pack 'N', $new[1] & 0xffffffff if $ino == ($old[1] & 0xffffffff);
        substr $bytes, $at, 8, pack 'NN', $second, $ctime_ns ? substr $fraction, 0, 9 : 0 if $ctime == $old[10];
    }
    my $body = substr $bytes, 0, length($bytes) - $id_size;
    open my $file, '>', $to or die "$to: $!";
    binmode $file;
    print $file $body, $id_size == 20 ? sha1($body) : sha256($body);
    close $file or die "$to: $!";
    return 1;
}

1;
