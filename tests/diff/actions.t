#!/usr/bin/perl
# The differential cases in cases/actions; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'actions' or die "run: $!\n";
