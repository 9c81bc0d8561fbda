#!/usr/bin/perl
# site: a synthetic site in git: PAGES pages of about 7 kB of Markdown, with
# a history of COMMITS commits.  Same arguments, same bytes.
#
#     perl site.pl DIR PAGES COMMITS THEME
use strict;
use warnings;

my ($dir, $pages, $commits, $theme) = @ARGV;
defined $theme or die "usage: site.pl DIR PAGES COMMITS THEME\n";

# A generator of our own (Park and Miller), so that every machine agrees.
my $seed = 20261122;
sub pick {
	my ($n) = @_;
	$seed = $seed * 48271 % 2147483647;
	return $seed % $n;
}
my @words = qw(kontaktperson träff stöd vardag möte beslut insats plan
	kommun samtal promenad fika aktivitet ansökan uppdrag vän kväll
	förening bio bibliotek handläggare mål tid plats telefon tillsammans
	och som att med för när hur du vi ni en ett är kan vill ska);
sub sentence {
	my $n = 6 + pick(12);
	my $s = join ' ', map { $words[pick(scalar @words)] } 1 .. $n;
	return ucfirst($s) . '.';
}
sub paragraph { return join(' ', map { sentence() } 1 .. 4 + pick(4)) . "\n\n" }

sub page {
	my ($i) = @_;
	my $body = "---\ntitle: Sida $i\ndescription: Beskrivning av sida $i.\n"
		. "---\n\n";
	for my $section (1 .. 5) {
		$body .= "## Avsnitt $section om $words[pick(scalar @words)]\n\n";
		$body .= paragraph() for 1 .. 2;
		$body .= join('', map { '- **' . $words[pick(scalar @words)] . '** '
			. sentence() . "\n" } 1 .. 4) . "\n";
		$body .= 'Se [sida](sida-' . pick($pages) . ".md).\n\n";
	}
	return $body;
}

sub put {
	my ($path, $text) = @_;
	print {*GIT} "M 100644 inline $path\ndata ", length($text), "\n$text\n";
}
sub commit {
	my ($n) = @_;
	my $t = 1500000000 + $n * 3600;
	print {*GIT} "commit refs/heads/main\n"
		. "committer Bench <bench\@example.se> $t +0100\n"
		. "data 6\ncommit\n";
}

system('git', 'init', '-q', '-b', 'main', $dir) == 0 or die;
open GIT, '|-', "git -C '$dir' fast-import --quiet" or die $!;
binmode GIT;
my @text = map { page($_) } 0 .. $pages - 1;
commit(0);
put('content/site.yaml', "name: Prov\norganisation: Provkommun\n"
	. "base-url: https://example.se\nlang: sv\ntheme: standard\n"
	. "phone: 031-390 06 00\nemail: prov\@example.se\n");
put('content/index.md', "---\ntitle: Start\ndescription: Startsidan.\n---\n"
	. "\nVälkommen.\n");
my @files = split /\n/, `cd '$theme' && find . -type f | sort`;
for my $f (@files) {
	open my $in, '<:raw', "$theme/$f" or die "$f: $!";
	local $/;
	put('themes/standard/' . substr($f, 2), scalar <$in>);
}
put("content/sida-$_.md", $text[$_]) for 0 .. $pages - 1;
for my $n (1 .. $commits - 1) {
	my $i = pick($pages);
	$text[$i] .= sentence() . "\n";
	commit($n);
	put("content/sida-$i.md", $text[$i]);
}
close GIT or die "git fast-import failed\n";
system('git', '-C', $dir, 'reset', '-q', '--hard', 'main') == 0 or die;
