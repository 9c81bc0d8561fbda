#!/usr/bin/env perl
# theme: the ids that the standard theme writes, and what points at them.
use strict;
use warnings;
use File::Find;

my @files;
find(sub { push @files, $File::Find::name if /\.mustache$/ },
	'themes/standard');
my ($n, %ids, @bad, @lost) = (0);

sub ok {
	my ($name, @wrong) = @_;
	$n++;
	print @wrong ? "not ok" : "ok", " $n - $name\n";
	print "# $_\n" for @wrong;
}

my %text;
for my $file (@files) {
	open my $in, '<', $file or die "$file: $!";
	local $/;
	$text{$file} = <$in>;
}

# The receipt that is saved is a file of its own; verify looks for "note".
for my $file (sort keys %text) {
	while ($text{$file} =~ / id="([^"{]+)"/g) {
		$ids{$1} = 1;
		push @bad, "$file: $1" unless $1 =~ /^_/ ||
			$file =~ /receipt-file/;
	}
}
ok('ids of the theme begin with "_", which no heading or question has',
	@bad);

for my $file (sort keys %text) {
	while ($text{$file} =~ /(?:href="#|(?:for|aria-labelledby)=")([^"{]+)"/g) {
		push @lost, "$file: $1" unless $ids{$1};
	}
}
ok('what points at one points at one that is there', @lost);
ok('there are some', keys %ids ? () : 'none');
print "1..$n\n";
