#!/usr/bin/perl
# The differential cases in cases/ext; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'ext' or die "run: $!\n";
