#!/usr/bin/perl
# source: no markup in C, no mutable globals, banned.h everywhere, no dump
# files, first lines that say the job, no file that has two.
use strict;
use warnings;

my @tests;
sub check {
	my ($name, @found) = @_;
	push @tests, [$name, @found];
}

sub slurp {
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!";
	local $/;
	return scalar <$in>;
}

# String literals of C, comments left out.
sub strings {
	my ($c) = @_;
	$c =~ s{/\*.*?\*/|("(?:[^"\\\n]|\\.)*")}{defined $1 ? $1 : ' '}gse;
	return $c =~ /"((?:[^"\\\n]|\\.)*)"/g;
}

my $tag = qr{<[a-zA-Z!/][a-zA-Z]*[ >/]|<[a-z]+\\"|</[a-z]};
sub markup {
	my ($file, $text) = @_;
	return map { "$file: \"$_\"" } grep { $_ =~ $tag } strings($text);
}

my @sources = glob('src/*.c src/*/*.c');
my @headers = glob('src/*/*.h');

check('markup in a string is found',
	scalar(markup('x', 'f("<p class=x>");')) == 1 ? () : 'not found');
check('markup in a comment is no fault',
	markup('x', '/* <p class="x"> */ f("a");'));
# What Markdown's own elements and a kept line break are made of.
check('no HTML in C outside the Markdown renderer', map { markup($_,
	slurp($_)) } grep { !m{^src/view/(markdown|html)} } @sources);

check('banned.h is the last include of every source', grep {
	my @includes = slurp($_) =~ /^#include ([<"][^>"]+[>"])/mg;
	!@includes || $includes[-1] ne '"base/banned.h"' } @sources);

check('the first line of a file says its job', grep {
	slurp($_) !~ m{\A/\*(?: |\n \* )[\w ]+:} } @sources, @headers);

check('no file is named for nothing in particular', grep {
	m{/(util|utils|helper|helpers|misc|common|stuff)\.[ch]$} }
	@sources, @headers);

check('every header guards itself by its path', grep {
	my ($path) = m{^src/(.*)\.h$};
	my $guard = uc $path;
	$guard =~ s{[/-]}{_}g;
	slurp($_) !~ /^#ifndef ${guard}_H\n#define ${guard}_H\n/m } @headers);

check('no goto but forward to out', grep {
	my @g = slurp($_) =~ /\bgoto\s+(\w+)/g;
	grep { $_ ne 'out' } @g } @sources);

check('main.c is a table', (() = slurp('src/main.c') =~ /\n/g) <= 80
	? () : 'src/main.c has more than 80 lines');

# Writable data and bss of the objects: state that threads would share.
my $out = $ENV{OUT} || 'build/release';
my @objects = glob("$out/src/*.o $out/src/*/*.o");
my @globals;
for my $o (@objects) {
	# Of nm a plugin shows what is there for the link, without sections.
	for my $line (`objdump -t $o 2>/dev/null`) {
		my ($section, $name) =
			$line =~ /^\S+ .{7} (\S+)\t\S+\s+(?:\.\w+ )?(.*)$/ or next;
		next unless $name ne $section &&
			$section =~ /^(?:\.t?bss|\.t?data|\*COM\*)/;
		# Constant tables of pointers are relocated, then read-only.
		next if $section =~ /^\.data\.rel\.ro/;
		# A thread's own, since cmark passes its allocator nothing.
		next if $section eq '.tbss' && $name eq 'markdown_arena';
		push @globals, "$o: $name";
	}
}
check('no mutable globals', $out =~ /release/ ? @globals : ());
check('there are objects to look at', @objects ? () : "none under $out");

# Who makes what has no place in the project.
my @tracked = split /\n/, `git ls-files 2>/dev/null`;
@tracked = (@sources, @headers) unless @tracked;
my $place = join '|', map { quotemeta } '/' . 'work/', '/home' . '/',
	'registry.' . 'npmjs', 'deb.' . 'debian.org';
check('no machine path and no registry in the tree', grep {
	-f $_ && -T $_ && slurp($_) =~ /$place/ } @tracked);

print "1..", scalar @tests, "\n";
my $n = 0;
for my $t (@tests) {
	my ($name, @found) = @$t;
	$n++;
	print @found ? 'not ' : '', "ok $n - $name\n";
	print "# $_\n" for @found;
}
