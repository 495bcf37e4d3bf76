#!/usr/bin/perl
# The differential cases in cases/trust; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'trust' or die "run: $!\n";
