#!/usr/bin/perl
# The differential cases in cases/options; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'options' or die "run: $!\n";
