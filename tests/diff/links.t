#!/usr/bin/perl
# The differential cases in cases/links; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'links' or die "run: $!\n";
