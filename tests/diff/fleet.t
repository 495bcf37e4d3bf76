#!/usr/bin/perl
# The differential cases in cases/fleet; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'fleet' or die "run: $!\n";
