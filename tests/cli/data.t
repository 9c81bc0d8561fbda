#!/bin/sh
# data: themes/DATA.md names what templates are given: each name that the
# program gives, and no other.  A build, a server and an export are listened
# to (tests/spy), on a site that has something of everything.
set -u
BLANKETT=$PWD/${OUT:-build/release}/tests/spy/spy
export BLANKETT
. tests/cli/server.sh
SPY=$dir/names
export SPY
: >"$SPY"

# ---- something of everything -------------------------------------------------
build_site
site=$dir/site
cp tests/golden/site/content/karta.png "$site/content/"
mkdir -p "$site/themes/standard/components/directives"
echo '{{body}}' >"$site/themes/standard/components/directives/egen.mustache"
cp tests/golden/site/content/rates.yaml "$site/content/"
rate=$(sed -n 's/^\([a-z]*\):$/\1/p' "$site/content/rates.yaml" | head -n 1)
cat >"$site/content/allt.md" <<END
---
title: Allt
description: Något av allt.
form: synpunkt
aliases: [/gammal/]
reviewed: 2026-01-01
review-every: 1 month
reviewer: [redaktören, chefen]
document:
  type: Rutin
  approved-by: Nämnden
  approved: 2026-01-01
  revised: 2026-01-02
  reviewed-by: Chefen
  owner: Chefen
sources: [En källa]
---

## Ett

Text.[^not]

## Två

:::figure karta.png En karta
En karta.
:::

:::rate $rate
:::

:::qr /synpunkter/ Titel
:::

:::egen ett två
Text.
:::

:::details Mer
Text.
:::

## Tre

[^not]: En fotnot.
END
mkdir "$site/content/allt"
printf -- '---\ntitle: Del\n---\nText\n' >"$site/content/allt/del.md"
cp "$site/content/karta.png" "$site/content/allt/steg.pdf"
printf '.blankett\npublic\n' >"$site/.gitignore"
commit() {
	git -C "$site" add -A && git -C "$site" -c user.name=Prov \
		-c user.email=prov@example.se commit -qm "$1"
}
git -C "$site" init -q && commit 'Första'
printf '\nMer.\n' >>"$site/content/allt.md"
commit 'Andra'
day=$(sed -n 's/.*from: //p' "$site/content/rates.yaml" | sort | tail -n 1)
ok 'the site is built' "$BLANKETT" -C "$site" build --date "$day"

# ---- a journey ----------------------------------------------------------------
start_server
form=$url/e-tjanster/synpunkt/
post() { curl -s -o "$dir/page" "$@"; }
hidden() { sed -n "s/.* name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$dir/page" |
	head -n 1; }
post -d _action=next "$form"
post -d _action=next -d meddelande=Hej -d svar=epost \
	-d epost=a@gmial.con "$form"
token=$(hidden _token)
send="-d svar=epost -d epost=a@gmial.con -d _token=$token \
	-d _form=$(hidden _form)"
for action in send save-receipt save-copy; do
	post -d "_action=$action" -d meddelande=Hej $send "$form"
done
post -d _action=send -d meddelande=Hej! $send "$form"
for code in "$token" 7KQ4-M2XD-9FHT-0PWC-3ZRN; do
	post -d "code=$code" "$url/svar/"
done
post "$url/finns-inte/"
post "$url/sok/?q=kontaktperson"
post "$url/sok/?q=kontaktprson"
inbox() {
	"$BLANKETT" inbox "$@" --store "$dir/store" --key "$dir/keys"
}
ok 'what was sent is fetched' inbox pull --server "$url"
ok 'and exported' inbox export --format html --out "$dir/export" \
	--theme "$site/themes/standard"
stop_server
start_server --watch
printf ':::fel\n:::\n' >>"$site/content/om.md"
tries=0
until grep -q '^build-error ' "$SPY" || [ $tries -gt 100 ]; do
	tries=$((tries + 1))
	post "$url/om/"
	sleep 0.1
done
stop_server

# ---- compared ------------------------------------------------------------------
sort -u "$SPY" >"$dir/sorted"
perl - "$dir/sorted" themes/DATA.md themes/standard/text/sv.yaml \
	>"$dir/compared" <<'END'
use strict;
use warnings;

my ($spied, $document, $words) = @ARGV;
my (%given, %keys, %section);
my $now = 'common'; # what stands before the first holds everywhere

# What the program gives: template => path; each path's last names.
open my $in, '<', $spied or die;
while (<$in>) {
	my ($template, $path) = split;

	$given{$template}{$path} = 1;
	my @parts = split /\./, $path;
	$keys{join '.', @parts[$_ .. $#parts]} = 1 for 0 .. $#parts;
}
# What is not seen since nobody knows it beforehand: keys of site.yaml's own,
# words and assets; and the parts of a question by their part.
my $any = qr/^(?:words|asset|asset_integrity)\.|\.parts\.\w+$|^site\./;

# What the document names, by "## section".
open $in, '<', $document or die;
while (<$in>) {
	$now = $1 if /^## (\w+)/;
	next if /^    /;
	push @{$section{$now}}, $_;
}
my %of = (page => ['page'], form => [qw(form check receipt copy
	receipt-file paper svar conflict message build-error)],
	search => ['search'], the => [qw(redirect sitemap changes feed
	brochure robots security export)]);
my %in;
for my $s (keys %of) {
	$in{$_} = $s for @{$of{$s}};
}

sub names {
	return map { $_ => 1 } map { /[a-z][a-z0-9_]*/g }
		join('', @{$section{$_[0]}}) =~ /`([^`]*)`/g;
}
# No form takes files yet, so an export shows none.
my %unseen = map { $_ => 1 } qw(bytes);
my %common = names('common');
my %names = map { $_ => { names($_) } } keys %section;
# An export's cases have "answers as above".
$names{the}{$_} = 1 for keys %{$names{form}};

for my $template (sort keys %given) {
	my $s = $template =~ m{^components/} ? 'directives' : $in{$template};
	my %missing;

	unless ($s) {
		print "$template: is in no section\n";
		next;
	}
	for my $path (keys %{$given{$template}}) {
		my ($last) = $path =~ /([^.]*)$/;

		next if $path =~ $any || $names{$s}{$last} || $common{$last};
		$missing{$path} = 1;
	}
	print map { "$template: $_ is not described\n" } sort keys %missing;
}
for my $template (sort keys %in) {
	print "$template: was never seen\n" unless $given{$template};
}

# The other way: the first column of tables with names, and the shapes {a, b}.
for my $s (sort keys %section) {
	my ($table, @said, %lost) = ('');

	next if $s eq 'Markdown' || $s eq 'words';
	for my $line (@{$section{$s}}) {
		$table = $1 if $line =~ /^\| (\w+) \|/;
		$table = '' unless $line =~ /^\|/;
		push @said, split ' ', $1
			if $table eq 'name' && $line =~ /^\| ([^|]*) \|/;
	}
	push @said, map { split /[,{}]/ }
		join('', @{$section{$s}}) =~ /`\{([^`]*)\}`/g;
	for my $name (map { /^[`\s]*([a-z][a-z0-9_.]*)/ ? $1 : () } @said) {
		$lost{$name} = 1 unless $keys{$name} ||
			$unseen{$name} || $name eq 'or';
	}
	print map { "$s: nothing gives $_\n" } sort keys %lost;
}

# Words that C code looks up.
my $yaml = do { local $/; open my $f, '<', $words or die; <$f> };
for my $name (map { /[a-z]\w+/g } join('', @{$section{words}}) =~
	/`([^`]*)`/g) {
	my $pattern = $name =~ s/STATUS/\\d+/r;

	print "words: sv.yaml has no $name\n" unless $yaml =~ /^$pattern:/m;
}
END
lines() { # name, pattern
	grep "$2" "$dir/compared" >"$dir/found"
	found=$?
	n=$((n + 1))
	[ $found -eq 1 ] && echo "ok $n - $1" || echo "not ok $n - $1"
	sed 's/^/# /' "$dir/found"
}
is 'the comparison ran' "$?" 0
lines 'every template was listened to' 'never seen\|no section'
lines 'DATA.md describes every name that the program gives' 'not described'
lines 'the program gives every name that DATA.md describes' 'nothing gives'
lines 'the words that it names are in the theme' '^words:'
plan
