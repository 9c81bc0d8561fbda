#!/bin/sh
# brochure: the guide as one page, its chapters' ids and links kept apart.
set -u
. "$(dirname "$0")/tap.sh"

mkdir -p "$work/content" "$work/themes" "$work/forms"
cp -r "$top/themes/standard" "$work/themes/"
sed 's/\[\([^]]*\)\]([^)]*)/\1/g' "$top/tests/golden/site/forms/fraga.md" \
	>"$work/forms/fraga.md"
for form in till fel; do
	sed "s/^title:.*/title: En $form/" "$work/forms/fraga.md" \
		>"$work/forms/$form.md"
done
printf '%s\n' 'nagon:' '  name: Någon' '  phone: 031-390 06 10' \
	'  post: Box 1' >"$work/content/contacts.yaml"
site() { # lines of site.yaml...
	printf '%s\n' 'name: Prov' 'organisation: Testa kommun' "$@" \
		>"$work/content/site.yaml"
}
page() { # file, title, lines of the body...
	file=$1 title=$2
	shift 2
	printf '%s\n' --- "title: $title" "description: Om $title." --- "$@" \
		>"$work/content/$file"
}
build() { "$BLANKETT" -C "$work" build --date 2026-11-22 2>&1; }

site 'base-url: https://www.testa.example' 'report-form: fel' 'brochure:' \
	'  - ett' '  - tva'
page index.md Start 'Se [häftet](/broschyr/).'
page tre.md Tre 'Inte med.'
page ett.md Ett '## Samma' '' 'Se [tvåan](tva.md), [dess del](tva.md#samma),' \
	'[hit](#samma), [trean](tre.md) och en not.[^a]' '' '[^a]: Först.' '' \
	'Se [det långa](tva.md#det-langa).' '' ':::steps' '1. A' '2. B' ':::' \
	'' ':::contact nagon' ':::'
sed -i '3a form: fraga' "$work/content/ett.md"
page tva.md Två ':::web' '## Det långa' '' 'Bara på skärmen.[^b]' '' \
	':::notice' 'Också.' ':::' ':::' '' '[^b]: Till det långa.' '' \
	'## Samma' '' 'Åter till [ettan](ett.md#samma).[^a]' '' \
	'### Djupare' '' 'Text.' '' '[^a]: Sedan.' '' \
	':::network' '- **Ett**' '- **Två**' ':::' '' ':::form fraga' ':::'

build >"$work/out"
status=$?
ok "a guide with chapters is built" $status
[ $status -eq 0 ] || sed 's/^/# /' "$work/out"
b=$work/public/broschyr/index.html
[ -z "$(grep -o ' id="[^"]*"' "$b" | sort | uniq -d)" ]
ok "no id stands twice" $?
grep -q '<h2 id="_kapitel-1">1. Ett</h2>' "$b" &&
	grep -q '<h2 id="_kapitel-2">2. Två</h2>' "$b" && ! grep -q 'Inte med' "$b"
ok "the chapters are those named, in their order" $?
grep -q '<h3 id="a1">Samma</h3>' "$b" &&
	grep -q '<h3 id="a3">Samma</h3>' "$b" &&
	grep -q '<h4 id="a4">Djupare</h4>' "$b"
ok "their headings are a level down" $?
grep -q '<a href="#_kapitel-2">tvåan</a>' "$b" &&
	grep -q '<a href="#a3">dess del</a>' "$b" &&
	grep -q '<a href="#a1">hit</a>' "$b" &&
	grep -q '<a href="#a1">ettan</a>' "$b"
ok "links between chapters stay in it, forwards and back" $?
grep -q '<a href="https://www.testa.example/tre/">trean</a>' "$b"
ok "other links are whole addresses" $?
! grep -q 'Bara på skärmen\|Också\|Till det långa\|Det långa' "$b" &&
	grep -q '<h2 id="det-langa">Det långa</h2>' \
		"$work/public/tva/index.html" &&
	grep -q 'Bara på skärmen' "$work/public/tva/index.html"
ok "what is for the web alone is left out" $?
grep -q 'href="https://www.testa.example/tva/#det-langa">det långa</a>' "$b"
ok "a link to it leads to the page" $?
[ "$(grep -o '>https://www.testa.example/[a-z]*/</a></p>' "$b")" = \
	'>https://www.testa.example/tva/</a></p>' ]
ok "a chapter that is not whole says where the rest is" $?
for id in $(grep -o 'href="#[^"]*"' "$b" | cut -d'#' -f2 | tr -d '"'); do
	grep -q " id=\"$id\"" "$b" || echo "$id"
done >"$work/lost"
[ ! -s "$work/lost" ]
ok "every link within leads somewhere" $?
grep -q '<li id="_fn-1">Först\.' "$b" && grep -q '<li id="_fn-2">Sedan\.' "$b"
ok "footnotes are numbered through" $?
[ "$(grep -c '<svg class="drawing"' "$b")" = 1 ] &&
	! grep -q 'steg\.svg' "$b" && [ -f "$work/public/ett/steg.svg" ]
ok "the network is drawn, steps are a list" $?
grep -q '<b>Någon</b><br><a href="tel:+46313900610">' "$b" &&
	! grep -q 'Box 1' "$b" && grep -q 'Box 1' "$work/public/ett/index.html"
ok "a contact is without addresses" $?
grep -q '<time datetime="2026-11-22">22 november 2026</time>' "$b"
ok "the cover has the day of the build" $?
grep -q 'https://www.testa.example/e-tjanster/fraga/</a></li>' "$b" &&
	grep -q 'https://www.testa.example/e-tjanster/fraga/</a></p>' "$b" &&
	grep -q 'https://www.testa.example/e-tjanster/till/</a></li>' "$b" &&
	! grep -q 'e-tjanster/fel/' "$b"
ok "at the end are the forms, not the one for faults on a page" $?
[ "$(grep -c '<svg class="code"' "$b")" = 1 ] &&
	grep -q 'aria-label="https://www.testa.example/e-tjanster/fraga/"' "$b"
ok "with codes for those that the chapters lead to" $?
grep -q '<loc>https://www.testa.example/broschyr/</loc>' \
	"$work/public/sitemap.xml"
ok "it is in the site map" $?

! grep -q 'broschyr.pdf' "$b"
ok "no PDF is linked to that is not there" $?
printf '%%PDF' >"$work/content/broschyr.pdf"
build >/dev/null && grep -q 'href="/broschyr.pdf"' "$b"
ok "one put in content/ is" $?

site 'brochure: [ett, tvo]'
build | grep -qx 'blankett: content/site.yaml:3: brochure: there is no page '\
'"tvo" (did you mean "tva"?)'
ok "a chapter that is no page is refused" $?
site 'broschure: [ett]'
build | grep -q 'content/site.yaml:3: .*"brochure"'
ok "and so is a key that is nearly right" $?

site 'report-form: fraga'
page index.md Start 'Text.'
build >/dev/null && [ ! -e "$work/public/broschyr" ]
ok "without chapters there is none" $?

echo "1..$n"
