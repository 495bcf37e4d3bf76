#!/usr/bin/perl
# The differential cases in cases/offline; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'offline' or die "run: $!\n";
