#!/usr/bin/perl
# layers: includes point downwards, one library has one place, and nothing
# the public server is made of can open an envelope.
use strict;
use warnings;
use File::Temp qw(tempdir);

# The floors, lowest first; folders on one floor do not see each other.
my @floors = (['base'], ['form', 'seal'], ['queue'], ['http', 'view'],
	['site', 'intake', 'desk'], ['cmd'], ['main']);
my %floor;
for my $i (0 .. $#floors) {
	$floor{$_} = $i for @{ $floors[$i] };
}

# System header => the only files of src/ that may include it.
my %library = (
	qr/^cmark\.h$/    => qr{^view/markdown[a-z_]*\.[ch]$},
	qr/^git2/         => qr{^site/git\.h$},
	qr/^sodium/       => qr{^seal/},
	qr/^civetweb\.h$/ => qr{^http/httpd\.c$},
	qr/^sqlite3\.h$/  => qr{^queue/sqlite[a-z_]*\.[ch]$},
	qr/^yaml\.h$/     => qr{^base/yaml\.c$},
	qr/^jansson\.h$/  => qr{^base/json\.c$},
	qr/^qrencode\.h$/ => qr{^site/qr\.c$},
	qr/^(zlib|brotli)/ => qr{^site/compress\.c$},
	qr/^curl/         => qr{^desk/fetch\.c$},
	qr/^dlfcn\.h$/    => qr{^base/library\.c$},
	qr/^libstemmer/   => qr{^site/search_word\.c$},
);

# The secret halves of recipients' keys, and who must not see them.
my $secret = qr{^seal/(unseal|keyfile|openkey|secretfile)\.h$};
my $server = qr{^(intake|http)/};

sub folder {
	my ($file) = @_;
	return $file =~ m{^(\w+)/} ? $1 : 'main';
}

sub breaches {
	my ($src) = @_;
	my (@found, %includes);

	for my $file (map { substr($_, length("$src/")) }
		glob("$src/*.[ch] $src/*/*.[ch]")) {
		open my $in, '<', "$src/$file" or die "$file: $!";
		while (my $line = <$in>) {
			if ($line =~ /^\s*#\s*include\s+"([^"]+)"/) {
				push @{ $includes{$file} }, $1;
				my ($from, $to) = (folder($file), folder($1));
				if (!defined $floor{$from} || !defined $floor{$to}) {
					push @found, "$file:$.: $1: unknown folder";
				} elsif ($from ne $to && $floor{$to} >= $floor{$from}) {
					push @found, "$file:$.: includes $1, which is "
						. "not below it";
				}
			} elsif ($line =~ /^\s*#\s*include\s+<([^>]+)>/) {
				my $header = $1;
				for my $pattern (sort keys %library) {
					push @found, "$file:$.: <$header> has "
						. "another place"
						if $header =~ $pattern
						&& $file !~ $library{$pattern};
				}
			}
		}
		close $in;
	}
	# Through any number of headers.
	for my $start (grep { $_ =~ $server } sort keys %includes) {
		my (%seen, @todo);
		@todo = ($start);
		while (defined(my $at = shift @todo)) {
			next if $seen{$at}++;
			push @found, "$start: reaches $at" if $at =~ $secret;
			push @todo, @{ $includes{$at} || [] };
		}
	}
	return @found;
}

sub try {
	my (%files) = @_;
	my $dir = tempdir(CLEANUP => 1);
	for my $name (keys %files) {
		my ($folder) = $name =~ m{^(.*)/} or next;
		mkdir "$dir/$folder";
		open my $out, '>', "$dir/$name" or die $!;
		print $out $files{$name};
		close $out;
	}
	return scalar breaches($dir);
}

my @tests = (
	['an upward include is found',
		try('base/x.c' => "#include \"form/form.h\"\n") == 1],
	['a sideways include is found',
		try('form/x.c' => "#include \"seal/hash.h\"\n") == 1],
	['a downward include is allowed',
		try('site/x.c' => "#include \"base/err.h\"\n") == 0],
	['a library outside its file is found',
		try('intake/x.c' => "#include <sodium.h>\n") == 1],
	['the server reaching unseal through a header is found',
		try('http/x.c' => "#include \"seal/a.h\"\n",
			'seal/a.h' => "#include \"seal/unseal.h\"\n") == 1],
);
my @found = breaches('src');
push @tests, ['src/ keeps to its floors', !@found];

print "1..", scalar @tests, "\n";
my $n = 0;
for my $t (@tests) {
	$n++;
	print $t->[1] ? '' : 'not ', "ok $n - $t->[0]\n";
}
print "# $_\n" for @found;
