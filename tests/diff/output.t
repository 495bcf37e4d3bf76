#!/usr/bin/perl
# The differential cases in cases/output; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'output' or die "run: $!\n";
