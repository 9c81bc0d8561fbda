#!/bin/sh
# diagram: lists that are drawn, on their page and as sheets of their own.
set -u
. "$(dirname "$0")/tap.sh"

mkdir -p "$work/content/karta" "$work/themes"
cp -r "$top/themes/standard" "$work/themes/"
printf '%s\n' 'name: Prov' 'organisation: Testa kommun' \
	'base-url: https://www.testa.example' >"$work/content/site.yaml"
printf '%s\n' --- 'title: Start' 'description: D' --- 'Text.' \
	>"$work/content/index.md"
cat >"$work/content/karta.md" <<'END'
---
title: Karta
description: Kartor.
---

:::steps Två & två
1. **Fråga <b** – Ring "oss".
2. Vänta
:::

:::details Mer
:::steps
1. Ensam
:::
:::

:::network
- [own] **Kontaktpersonen** Fritid.
- Skola
:::
END
sed 's/Kartor/Maps/' "$work/content/karta.md" >"$work/content/karta.en.md"

build() { "$BLANKETT" -C "$work" build --date 2026-11-22 2>&1; }

build >"$work/out"
ok "a page with diagrams is built" $?
page=$work/public/karta/index.html
[ "$(grep -c '<svg class="drawing"' "$page")" = 3 ]
ok "each list is drawn" $?
[ "$(grep -c '<ol class="steps"' "$page")" = 2 ] &&
	[ "$(grep -c '<div class="network">' "$page")" = 1 ]
ok "and is there as a list" $?
[ -z "$(grep -o ' id="[^"]*"' "$page" | sort | uniq -d)" ]
ok "no id stands twice" $?
for id in $(grep -o 'aria-\(details\|labelledby\)="_bild[^"]*"' "$page" |
	cut -d'"' -f2); do
	grep -q " id=\"$id\"" "$page" || echo "$id"
done >"$work/lost"
[ ! -s "$work/lost" ]
ok "what a drawing is named and explained by is there" $?
grep -q '<title id="_bild-1-namn">Två &amp; två</title>' "$page" &&
	grep -q '<title id="_bild-2-namn">Steg för steg</title>' "$page" &&
	grep -q '<title id="_bild-3-namn">Nätverkskarta</title>' "$page"
ok "a drawing is named by its title, or else by a word" $?
! grep -Eq ' style=|<style' "$page" "$work"/public/karta/*.svg
ok "no style stands in the page, where the policy would stop it" $?
for f in steg.svg steg-2.svg natverk.svg; do
	grep -q "<a href=\"/karta/$f\">Se bilden i större format</a>" "$page" &&
		[ -f "$work/public/karta/$f" ] || echo "$f"
done >"$work/lost"
[ ! -s "$work/lost" ]
ok "every drawing has a sheet of its own, linked to" $?
steps=$work/public/karta/steg.svg
grep -q 'Fråga &lt;b' "$steps" && grep -q 'Ring .oss.\.' "$steps" &&
	grep -q 'https://www.testa.example/karta/' "$steps"
ok "with the texts, escaped, and where it comes from" $?
grep -q '>Kontaktpersonens plats<' "$work/public/karta/natverk.svg" &&
	grep -q '<tspan [^>]*>Du</tspan>' "$work/public/karta/natverk.svg"
ok "the contact person's place is marked by a word too" $?
grep -q '>You<' "$work/public/en/karta/natverk.svg"
ok "an English page has its own, in English" $?
perl -e 'for (@ARGV) { open my $in, "<", $_ or die; local $/; my $t = <$in>;
	my @open; while ($t =~ m{<(/?)([a-z]+)[^>]*?(/?)>}g) {
		if ($1) { die "$_: $2" if pop @open ne $2 }
		elsif (!$3) { push @open, $2 } } die $_ if @open }' \
	"$work"/public/karta/*.svg "$work"/public/en/karta/*.svg
ok "every element of a sheet is closed" $?

! grep -q 'som PDF' "$page"
ok "no PDF is linked to that is not there" $?
printf '%%PDF' >"$work/content/karta/steg.pdf"
build >/dev/null && [ "$(grep -c 'som PDF' "$page")" = 1 ] &&
	grep -q 'href="/karta/steg.pdf"' "$page"
ok "one put in content/ is" $?

rm "$work/themes/standard/components/steps-large.mustache" \
	"$work/themes/standard/components/network-svg.mustache"
build >"$work/out" && [ ! -e "$work/public/karta/steg.svg" ] &&
	[ -f "$work/public/karta/natverk.svg" ] &&
	[ "$(grep -c '<svg class="drawing"' "$page")" = 2 ]
ok "a theme may leave drawings out" $?

printf '%s\n' --- 'title: T' 'description: D' --- ':::steps' 'Ingen lista.' \
	':::' >"$work/content/karta.md"
build | grep -q '^blankett: content/karta.md:6: a list is missing: '
ok "what is no list is refused with its line" $?

echo "1..$n"
