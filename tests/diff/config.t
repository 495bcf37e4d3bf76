#!/usr/bin/perl
# The differential cases in cases/config; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'config' or die "run: $!\n";
