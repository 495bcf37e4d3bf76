#!/usr/bin/perl
# The differential cases in cases/cache; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'cache' or die "run: $!\n";
