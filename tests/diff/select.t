#!/usr/bin/perl
# The differential cases in cases/select; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'select' or die "run: $!\n";
