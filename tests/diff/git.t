#!/usr/bin/perl
# The differential cases in cases/git; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'git' or die "run: $!\n";
