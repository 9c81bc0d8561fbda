#!/usr/bin/perl
# site: a synthetic site in git: PAGES pages of about 10 kB of Markdown in
# sections of a hundred, with a history of COMMITS commits.  Same arguments,
# same bytes.  With THEME "hugo" it is the same site for Hugo, with the
# templates of tests/bench/hugo.
#
#     perl site.pl DIR PAGES COMMITS THEME
use strict;
use warnings;
use FindBin;

my ($dir, $pages, $commits, $theme) = @ARGV;
defined $theme or die "usage: site.pl DIR PAGES COMMITS THEME\n";
my $hugo = $theme eq 'hugo';
my $index = $hugo ? '_index.md' : 'index.md';

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
sub word { return $words[pick(scalar @words)] }
my @sentences = map {
	ucfirst(join ' ', map { word() } 1 .. 6 + pick(12)) . '.' } 1 .. 5000;
sub sentence { return $sentences[pick(scalar @sentences)] }
sub paragraph { return join(' ', map { sentence() } 1 .. 4 + pick(4)) . "\n\n" }

# A start page, sections, and the others.
my $sections = $pages < 200 ? 1 : int($pages / 100);
my $articles = $pages - 1 - $sections;
sub path { my ($i) = @_; return 'avsnitt-' . $i % $sections . "/sida-$i.md" }

sub front {
	my ($title, @more) = @_;
	return join("\n", '---', "title: $title",
		"description: Beskrivning av " . lc($title) . '.', @more, '---')
		. "\n\n";
}
sub page {
	my ($i) = @_;
	my $body = front("Sida $i");
	for my $section (1 .. 8) {
		$body .= "## Avsnitt $section om " . word() . "\n\n";
		$body .= paragraph() for 1 .. 2;
		$body .= join('', map { '- **' . word() . '** ' . sentence()
			. "\n" } 1 .. 4) . "\n";
		$body .= 'Se [sida](../' . path(pick($articles)) . ").\n\n";
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
sub put_all {
	my ($from, $to) = @_;
	for my $f (split /\n/, `cd '$from' && find . -type f | sort`) {
		open my $in, '<:raw', "$from/$f" or die "$f: $!";
		local $/;
		put($to . substr($f, 2), scalar <$in>);
	}
}

system('git', 'init', '-q', '-b', 'main', $dir) == 0 or die;
open GIT, '|-', "git -C '$dir' fast-import --quiet" or die $!;
binmode GIT;
my @text = map { page($_) } 0 .. $articles - 1;
commit(0);
if ($hugo) {
	put_all("$FindBin::Bin/hugo", '');
	put_all("$FindBin::Bin/../../themes/standard/static", 'assets/');
} else {
	put('content/site.yaml', "name: Prov\norganisation: Provkommun\n"
		. "base-url: https://example.se\nlang: sv\ntheme: standard\n"
		. "phone: 031-390 06 00\nemail: prov\@example.se\n");
	put_all($theme, 'themes/standard/');
}
put("content/$index", front('Start') . "Välkommen.\n");
for my $s (0 .. $sections - 1) {
	my @menu = $s < 6 ? ($hugo ? 'i_menyn: true' : 'menu: true') : ();
	put("content/avsnitt-$s/$index", front("Avsnitt $s", @menu)
		. paragraph());
}
put('content/' . path($_), $text[$_]) for 0 .. $articles - 1;
for my $n (1 .. $commits - 1) {
	my $i = pick($articles);
	$text[$i] .= sentence() . "\n";
	commit($n);
	put('content/' . path($i), $text[$i]);
}
close GIT or die "git fast-import failed\n";
system('git', '-C', $dir, 'reset', '-q', '--hard', 'main') == 0 or die;
# As git itself does it now and then.
system('git', '-C', $dir, 'gc', '-q') == 0 or die;
