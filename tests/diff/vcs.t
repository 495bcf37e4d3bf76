#!/usr/bin/perl
# The differential cases in cases/vcs; see run.
use FindBin;
exec $^X, "$FindBin::Bin/run", 'vcs' or die "run: $!\n";
