#!/bin/sh
# check: every fault at once, sorted, and warnings that stop nothing.
set -u
. "$(dirname "$0")/tap.sh"

fresh() {
	rm -rf "$work/site"
	cp -r "$top/tests/golden/site" "$work/site"
	site=$work/site
	# What people are to be told of a form.
	sed -i -e '2a controller: Nämnden' -e '2a legal-basis: Allmänt intresse' \
		-e 's/^type: long-text/&\nused-for: svara/' \
		"$site/forms/fraga.md"
}

check() {
	"$BLANKETT" -C "$site" check --date 2026-02-01 "$@" \
		>"$work/out" 2>"$work/err"
	status=$?
}

# The output is exactly these lines, and that a draft was left out.
says() { # name, lines...
	name=$1
	shift
	printf '%s\n' "$@" >"$work/want"
	grep -v '^1 draft left out: content/rutin/utkast.md$' "$work/out" |
		diff "$work/want" - >"$work/diff"
	status=$?
	ok "$name" $status
	[ $status -eq 0 ] || sed 's/^/# /' "$work/diff"
}

fresh
check
ok "a site without faults" $status
says "has only its warnings" \
	'warning: content/tillganglighet.md: is missing: the accessibility statement that the law asks for' \
	'no faults, 1 warning'
grep -q '^1 draft left out: content/rutin/utkast.md$' "$work/out"
ok "tells of the draft that it did not look at" $?
[ ! -e "$site/public" ] && [ ! -e "$site/.blankett" ]
ok "and nothing is written" $?

sed -i 's/^title: Roles/titel: Roles/' "$site/content/roller.en.md"
sed -i 's/(roller.md)/(rolle.md)/' "$site/content/index.md"
cat >>"$site/content/kontakt.md" <<'PAGE'

[a](b.md) [c](d.md)

:::notis
x
:::

[e](roller.md#nej)

<b>x</b>
PAGE
printf 'x\n' >"$site/content/a.docx"
sed -i 's/^### meddelande:/### Meddelande:/' "$site/forms/fraga.en.md"
check
[ $status -eq 1 ] && grep -q '^blankett: check: 9 faults, 1 warning$' \
	"$work/err"
ok "faults end it with 1" $?
says "and all of them are told, by file and line" \
	'content/a.docx: files of this kind are not published (pages are .md; pictures .png, .jpg, .svg, .webp; documents .pdf)' \
	'content/index.md:6: link to "rolle.md": there is no such file (did you mean "roller.md"?)' \
	'content/kontakt.md:10: link to "b.md": there is no such file' \
	'content/kontakt.md:10: link to "d.md": there is no such file' \
	'content/kontakt.md:12: unknown directive ":::notis" (did you mean ":::notice"?)' \
	'content/kontakt.md:16: link to "roller.md#nej": content/roller.md has no heading "nej"' \
	'content/kontakt.md:18: raw HTML is not allowed (a "<" that is meant as text is written "\<")' \
	'content/roller.en.md:2: unknown key "titel" (did you mean "title"?)' \
	'forms/fraga.en.md:11: "Meddelande" is no id: a-z, 0-9 and "-", beginning with a letter, at most 40 bytes' \
	'warning: content/tillganglighet.md: is missing: the accessibility statement that the law asks for'

# What front matter names as sources are texts like any other.
fresh
cat >"$site/content/resor.md" <<'PAGE'
---
title: Resor
description: Resor
sources:
  - "[Roller](roller.md), [tider](rutin/svar.md#nej)"
  - "[Lagen](https://lagen.example/1), [text](resa.md)"
  - "<b>Boken</b>"
---
PAGE
check
says "links in sources are checked, each on its line" \
	'content/resor.md:5: link to "rutin/svar.md#nej": content/rutin/svar.md has no heading "nej"' \
	'content/resor.md:6: link to "resa.md": there is no such file (did you mean "resor.md"?)' \
	'content/resor.md:7: raw HTML is not allowed (a "<" that is meant as text is written "\<")' \
	'warning: content/tillganglighet.md: is missing: the accessibility statement that the law asks for'

# A page with a fault above its text is read to its end all the same.
fresh
cat >"$site/content/resor.md" <<'PAGE'
---
titel: Resor
meny: true
weight: först
document:
  typ: Rutin
---

[a](b.md)

:::notis
[c](d.md)
:::
PAGE
echo '[Resor](resor.md#nar), [så](/resor/)' >>"$site/content/kontakt.md"
sed -i 's/^  - kontakt$/&\n  - resor/' "$site/content/site.yaml"
printf -- '---\ntitle: Resor: till\n---\n[e](f.md)\n' >"$site/content/rad.md"
printf -- '---\ntitle: Rad\ndescription: D\n---\nx\n' >"$site/content/rad.lattlast.md"
check
cut -d'(' -f1 "$work/out" | sed 's/ *$//' >"$work/faults"
diff - "$work/faults" >"$work/diff" <<'END'
content/rad.md:2: a text with ": " in it stands in quotes
content/rad.md:4: link to "f.md": there is no such file
content/resor.md:2: unknown key "titel"
content/resor.md:3: unknown key "meny"
content/resor.md:4: "weight" must be a whole number
content/resor.md:6: unknown key "typ"
content/resor.md:9: link to "b.md": there is no such file
content/resor.md:11: unknown directive ":::notis"
content/resor.md:12: link to "d.md": there is no such file
warning: content/tillganglighet.md: is missing: the accessibility statement that the law asks for
1 draft left out: content/rutin/utkast.md
END
status=$?
ok "a page with a fault above its text is read to its end" $status
[ $status -eq 0 ] || sed 's/^/# /' "$work/diff"

fresh
sed -i 's/^name:/nam:/' "$site/content/site.yaml"
check
[ $status -eq 1 ] && grep -q '^blankett: check: 1 fault; nothing else' \
	"$work/err" && [ "$(cat "$work/out")" = \
	'content/site.yaml:1: unknown key "nam" (did you mean "name"?)' ]
ok "a fault of the whole site is told as any, alone" $?
check --json
grep -q '^{"faults":\[{"file":"content/site.yaml","line":1,' "$work/out"
ok "to programs too" $?

# A form that cannot be read is one fault, whatever leads to it.
fresh
sed -i 's/^type: long-text/type: long-txt/' "$site/forms/fraga.md"
cat >>"$site/content/kontakt.md" <<'PAGE'

:::form fraga
:::

[Fråga](/e-tjanster/fraga/), [annat](/e-tjanster/fragan/)

:::form fragan
:::
PAGE
check
says "what only follows from a broken form is not told" \
	'content/kontakt.md:13: link to "/e-tjanster/fragan/": there is no such address on the site (did you mean "/e-tjanster/fraga/"?)' \
	'content/kontakt.md:15: form: there is no form "fragan"' \
	'forms/fraga.md:14: unknown type "long-txt" (did you mean "long-text"?)' \
	'warning: content/tillganglighet.md: is missing: the accessibility statement that the law asks for'

fresh
printf '\nA.[^1] [B](b.md)\n\n[^1]: C\n[^2]: D\n' >>"$site/content/kontakt.md"
check
grep -c footnote "$work/out" >"$work/count"
[ "$(cat "$work/count")" = 0 ]
ok "a footnote is not called unused where the text has another fault" $?

fresh
sed 's/^title: .*/title: Annan/; s/^to: .*/to: kundcentr/' \
	"$site/forms/fraga.md" >"$site/forms/annan.md"
sed -i '/^controller:/d; /^legal-basis:/d; /^used-for:/d; /^retain:/d' \
	"$site/forms/fraga.md" "$site/forms/fraga.en.md"
check
says "two forms with one prefix, and what people are not told of a form" \
	'forms/fraga.md:1: prefix: FR is that of forms/annan.md too; a reference tells which form it is of' \
	'warning: content/tillganglighet.md: is missing: the accessibility statement that the law asks for' \
	'warning: forms/annan.md:1: to: kundcentr: no other form is for that role (did you mean "kundcenter"?)' \
	'warning: forms/fraga.md:1: has no "controller": who answers for the personal data' \
	'warning: forms/fraga.md:1: has no "legal-basis": on what ground the personal data is asked for' \
	'warning: forms/fraga.md:1: has no "retain": answers are never erased by themselves' \
	'warning: forms/fraga.md:1: to: kundcenter: no other form is for that role (did you mean "kundcentr"?)' \
	'warning: forms/fraga.md:10: "meddelande" has no "used-for": why it is asked'

fresh
printf -- '---\ntitle: Resor\ndescription: D\n---\n\n## A\n' \
	>"$site/content/ett.md"
{ cat "$site/content/ett.md"; printf '\n### B\n\n## C\n\n#### D\n'; } \
	>"$site/content/tva.md"
printf -- '---\ntitle: Lätt\ndescription: D\nreviewed: 2026-02-02\n---\nx\n' \
	>"$site/content/latt.lattlast.md"
for name in slut slut.en slut.lattlast; do
	printf -- '---\ntitle: %s\ndescription: D\nexpire: 2026-03-%s\n---\nx\n' \
		"$name" "$(expr length "$name" + 10)" >"$site/content/$name.md"
done
sed -i '/^expire/d' "$site/content/slut.en.md"
check
says "what is seldom meant is warned of" \
	'warning: content/latt.lattlast.md:1: reviewed: 2026-02-02 is a day to come' \
	'warning: content/latt.lattlast.md:1: there is no page that it makes easy to read' \
	'warning: content/slut.en.md:1: stays when content/slut.md expires on 2026-03-14; give it that "expire" too' \
	'warning: content/slut.lattlast.md:1: stays when content/slut.md expires on 2026-03-14; give it that "expire" too' \
	'warning: content/tillganglighet.md: is missing: the accessibility statement that the law asks for' \
	'warning: content/tva.md:1: is called "Resor", as content/ett.md is; readers cannot tell them apart' \
	'warning: content/tva.md:12: a heading of level 4 stands directly under one of level 2' \
	'no faults, 7 warnings'

# ---- warnings ----------------------------------------------------------------

fresh
"$BLANKETT" -C "$site" check --date 2025-11-15 >"$work/out"
! grep -q 'has no amount after' "$work/out"
ok "an amount with a successor is not warned of" $?
"$BLANKETT" -C "$site" check --date 2027-11-01 >"$work/out"
! grep -q 'has no amount after' "$work/out"
ok "nor one that holds for 61 days more" $?
"$BLANKETT" -C "$site" check --date 2027-11-02 >"$work/out"
grep -qF 'warning: content/rates.yaml:7: "omkostnad" has no amount after 2027-12-31; a page that shows it cannot be built then' "$work/out"
ok "an amount that soon runs out is warned of" $?

fresh
sed -i '/^description:/d' "$site/content/kontakt.md" "$site/forms/fraga.md"
cat >>"$site/content/kontakt.md" <<'PAGE'

Enligt socialtjänstlagen (2001:453), inte 12001:453 eller 2001:4530.

:::law old
:::

Se [arkivet](rutin/arkiv.md#hylla).
PAGE
sed -i '/stale: true/d' "$site/content/law.yaml"
"$BLANKETT" -C "$site" check --date 2026-07-16 >"$work/out"
says "what does not stop a build is warned of" \
	"warning: content/kontakt.md:1: has no \"description\"; search engines show it" \
	"warning: content/kontakt.md:9: names 2001:453, which 2025:400 has replaced" \
	"warning: content/kontakt.md:14: link to \"rutin/arkiv.md#hylla\": content/rutin/arkiv.md is not shown today, only from 2027-01-01" \
	"warning: content/law.yaml:5: \"old\" names 2001:453, which 2025:400 has replaced; give the new one, or mark it \"stale: true\"" \
	"warning: content/roller.md:1: review is overdue: reviewed 2026-01-15, to be every 6 months" \
	"warning: content/tillganglighet.md: is missing: the accessibility statement that the law asks for" \
	"warning: forms/fraga.md:1: has no \"description\"" \
	"no faults, 7 warnings"
"$BLANKETT" -C "$site" build --date 2026-07-16 >/dev/null 2>&1 &&
	grep -q '<a href="/rutin/">arkivet</a>' "$site/public/kontakt/index.html"
ok "a link to a page that is not shown leads to the page above it" $?

fresh
printf '\n:::law old\n:::\n' >>"$site/content/kontakt.md"
check
grep -q '^warning: content/kontakt.md:10: law "old" is marked stale in content/law.yaml$' "$work/out"
ok "a law marked stale is warned of where it is named" $?

fresh
printf '\nSe [x](index.md#Vad kostar det?) och [y] (index.md).\n' \
	>>"$site/content/kontakt.md"
printf '\nSe [x](/kontakt och.\n' >>"$site/forms/fraga.md"
check
grep 'no link' "$work/out" >"$work/nolink"
cat >"$work/want" <<LINES
warning: content/kontakt.md:10: "] (index.md)" is no link: the blank before "(" is one too many; write "](index.md)"
warning: content/kontakt.md:10: "index.md#Vad kostar det?" is no link: an address has no blanks; write "index.md#vad-kostar-det"
warning: forms/fraga.md:$(grep -c '' "$site/forms/fraga.md"): "](/kontakt och." is no link: a ")" is missing
LINES
diff "$work/want" "$work/nolink"
ok "what was meant as a link and is none is warned of" $?

# ---- a file of it --------------------------------------------------------------

fresh
printf '\n[x](nej.md)\n' >>"$site/content/kontakt.md"
printf '\n[x](nej.md)\n' >>"$site/content/rutin/utkast.md"
sed -i '/^description/d' "$site/content/roller.md"
one() { # arguments: what is said, and the status
	"$BLANKETT" -C "$site" check --date 2026-02-01 "$@" 2>"$work/err"
	echo $?
}
[ "$(one "$site/content/kontakt.md")" = "\
content/kontakt.md:10: link to \"nej.md\": there is no such file
elsewhere: 0 faults, 2 warnings; \"check\" without a file tells them
1" ] && [ "$(cat "$work/err")" = 'blankett: check: 1 fault, 0 warnings' ]
ok "of a file that is named only its faults are told" $?
[ "$(one content/roller.md)" = "\
warning: content/roller.md:1: has no \"description\"; search engines show it
elsewhere: 1 fault, 1 warning; \"check\" without a file tells them
no faults, 1 warning
0" ]
ok "and the faults of others do not count" $?
one content/rutin/ | grep -q '^content/rutin/utkast.md:[0-9]*: link to "nej.md"'
ok "a draft is looked at if its folder is named" $?
[ "$(cd "$site/content" && "$BLANKETT" -C .. check --json kontakt.md \
	2>/dev/null)" = '{"faults":[{"file":"content/kontakt.md","line":10,"text":"link to \"nej.md\": there is no such file"}],"warnings":[]}' ]
ok "a file is named from where one stands, for programs too" $?
[ "$(one content/kontak.md /etc/passwd)" = 2 ] && [ "$(cat "$work/err")" = \
	'blankett: check: there is no "content/kontak.md" in the site; a file is named as in "check content/index.md"' ]
ok "a file that is not there is told" $?

# ---- without a start page ------------------------------------------------------

statement='warning: content/tillganglighet.md: is missing: the accessibility statement that the law asks for'
link='content/kontakt.md:10: link to "nej.md": there is no such file'

fresh
printf '\n[x](index.md#bort) [y](nej.md)\n' >>"$site/content/kontakt.md"
cp "$site/content/index.md" "$work/index.md"
sed -i 's/^title:/titel:/; s/^:::form fraga/:::form frga/' \
	"$site/content/index.md"
check
says "a start page with faults has them told, and so have the others" \
	'content/index.md:2: unknown key "titel" (did you mean "title"?)' \
	"content/index.md:8: form: there is no form \"frga\" (did you mean \"fraga\"?)" \
	"$link" "$statement"
sed 's/^title:/draft: true\n&/' "$work/index.md" >"$site/content/index.md"
check
says "a start page that is a draft is told, and so are the others' faults" \
	'content/index.md:1: the start page is a draft, and no site is without one' \
	'content/kontakt.md:10: link to "index.md#bort": content/index.md has no heading "bort"' \
	"$link" "$statement"
rm "$site/content/index.md"
check
says "a start page that is missing is told, and so are the others' faults" \
	'content/index.md: is missing: the start page, and no site is without one' \
	"$link" "$statement"

# ---- the accessibility statement -----------------------------------------------

fresh
cp "$top/content/tillganglighet.md" "$site/content/"
sed -i '/^:::/d; s/](\([^h][^)]*\))/](index.md)/g; s/^reviewed: .*/reviewed: 2026-01-01/' \
	"$site/content/tillganglighet.md"
check
says "a whole accessibility statement holds" 'no faults, 0 warnings'
sed -i 's/^## Tillsyn/## Annat/; s/2026-11-2[0-9]\./i november./
	/^## Oskäligt/,/^## /{/^## /!d}' "$site/content/tillganglighet.md"
sed -i 's/^reviewed: .*/reviewed: 2026-01-01/' \
	"$site/content/tillganglighet.md"
check
grep -v "left out" "$work/out" | cut -d: -f3- >"$work/parts"
printf '%s\n' ' the accessibility statement has no part "## Tillsyn"' \
	' "Datum för bedömningen" needs a date like 2026-11-22' \
	' "Datum för uppdateringen" needs a date like 2026-11-22' \
	' "Oskäligt betungande anpassning" is empty' >"$work/want"
diff "$work/want" "$work/parts" | sed 's/^/# /'
cmp -s "$work/want" "$work/parts"
ok "every part that is missing is named" $?

# ---- variants, by git ----------------------------------------------------------

commit() { # date, message
	git -C "$site" add -A
	GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 git -C "$site" \
		-c user.name=A -c user.email=a@b.example commit -qm "$2"
}

fresh
git init -q "$site"
commit 2024-03-01T12:00:00Z one
check
! grep -q outdated "$work/out" && [ ! -e "$site/.blankett" ]
ok "what was translated in the same commit is not outdated" $?
for i in 2 3; do
	echo "Mer $i." >>"$site/content/kontakt.md"
	echo "Mer $i." >>"$site/content/roller.md"
	printf "\nMer %s.\n" "$i" >>"$site/forms/fraga.md"
	commit "2024-03-0${i}T12:00:00Z" "nr $i"
done
echo 'Mer.' >>"$site/content/index.en.md"
commit 2024-03-04T12:00:00Z four
check
grep outdated "$work/out" >"$work/outdated"
cat >"$work/want" <<'LINES'
warning: content/roller.en.md:1: may be outdated: since 2024-03-01 content/roller.md has changed 2 times, last "nr 3"; change this one too, or give it today's date in "reviewed"
warning: forms/fraga.en.md:1: may be outdated: since 2024-03-01 forms/fraga.md has changed 2 times, last "nr 3"; change this one too, or commit it with a line "# read DATE" among its keys
LINES
diff "$work/want" "$work/outdated"
ok "a translation whose source was committed after it is warned of" $?
read_on() { # day, today
	sed -i '/^reviewed:/d' "$site/content/roller.en.md"
	sed -i "1a reviewed: $1" "$site/content/roller.en.md"
	"$BLANKETT" -C "$site" check --date "$2" >"$work/out" 2>"$work/err"
}
for days in '2024-03-04 2026-02-01' '2024-03-03 2024-03-03'; do
	read_on $days
	! grep -q 'roller.en.md:1: may' "$work/out"
	ok "unless it was read since, $days, and there was nothing to change" $?
done
for day in 2024-03-03 2024-03-02; do
	read_on $day 2024-03-05
	grep -q 'roller.en.md:1: may' "$work/out"
	ok "a review of $day, no day after the change, tells nothing" $?
done
"$BLANKETT" -C "$site" check --date 2026-02-01 --report >"$work/out" \
	2>"$work/err"
grep -q '^en  *outdated  *content/roller.en.md$' "$work/out"
ok "and the report says the same" $?
sed -i '/^reviewed:/d' "$site/content/roller.en.md"
echo 'More.' >>"$site/content/roller.en.md"
sed -i '1a # read 2024-03-05' "$site/forms/fraga.en.md"
commit 2024-03-05T12:00:00Z five
check
! grep -q ':1: may be outdated' "$work/out"
ok "what is committed again is not outdated, a form by a remark too" $?

# ---- the report ------------------------------------------------------------------

printf '\n[ut](https://elsewhere.example/a?b=c) <mailto:a@b.example>\n' \
	>>"$site/content/kontakt.md"
sed -i 's|^  - "\*Lagen|  - "[L](https://elsewhere.example/l)"\n&|' \
	"$site/content/roller.md"
check --report
[ $status -eq 0 ] && grep -q '^LIX  WORDS  PAGE$' "$work/out" &&
	grep -Eq '^ *[0-9]+ +[0-9]+  content/kontakt.md$' "$work/out"
ok "the report tells how each page reads" $?
grep -q '^VARIANT   PAGES  MISSING  OUTDATED$' "$work/out" &&
	grep -Eq '^en +2 +3 +0$' "$work/out" &&
	grep -Eq '^lattlast +1 +4 +0$' "$work/out"
ok "how many pages lack a variant" $?
grep -q '^VARIANT   IS        PAGE$' "$work/out" &&
	grep -Eq '^en +missing +content/kontakt.md$' "$work/out"
ok "and which" $?
grep -q '^content/kontakt.md:[0-9]*  *https://elsewhere.example/a?b=c$' \
	"$work/out" && ! grep -q mailto "$work/out"
ok "and the links that lead elsewhere" $?
grep -q '^content/roller.md:10  *https://elsewhere.example/l$' "$work/out"
ok "those of sources too" $?

sed -i 's/^title: Roles/titel: Roles/' "$site/content/roller.en.md"
check --json
[ $status -eq 1 ] && [ "$(wc -l <"$work/out")" = 1 ] &&
	grep -q '^{"faults":\[{"file":"content/roller.en.md","line":2,"text":"unknown key \\"titel\\" (did you mean \\"title\\"?)"}\],"warnings":\[{' \
	"$work/out" && ! grep -q '"report"' "$work/out"
ok "--json tells it to programs" $?
check --json --report
grep -q '"report":{"pages":\[{"file":"content/' "$work/out" &&
	grep -q '"missing":\["content/' "$work/out" &&
	grep -q '"url":"https://elsewhere.example/a?b=c"' "$work/out"
ok "with the report if it is asked for" $?

# ---- keys ------------------------------------------------------------------------

fresh
"$BLANKETT" -C "$site" keys init --no-passphrase --out "$work/keys" \
	--site "$site" >/dev/null 2>&1
ok "keys are made for the site" $?
"$BLANKETT" -C "$site" check >"$work/out" 2>&1
ok "a keyset that the site's key has signed holds" $?
"$BLANKETT" -C "$site" check --date 2001-01-01 >"$work/out" 2>&1
grep -q '^forms/keyset: is valid from .* on 2001-01-01 every form is closed$' \
	"$work/out"
ok "a keyset outside its days is a fault" $?
sed -i 's/^to: kundcenter/to: nagon/' "$site/forms/fraga.md" \
	"$site/forms/fraga.en.md"
"$BLANKETT" -C "$site" check >"$work/out" 2>&1
grep -q '^forms/fraga.md:1: to: nagon: forms/keyset has no key for that role$' \
	"$work/out"
ok "a form to a role without a key is a fault" $?
"$BLANKETT" keys init --no-passphrase --out "$work/others" >/dev/null 2>&1
sed -i "s|^organisation-key: .*|organisation-key: $(cat \
	"$work/others/organisation.pub")|" "$site/content/site.yaml"
"$BLANKETT" -C "$site" check >"$work/out" 2>&1
grep -q '^forms/keyset' "$work/out"
ok "a keyset of another organisation is a fault" $?
sed -i '/^organisation-key:/d' "$site/content/site.yaml"
"$BLANKETT" -C "$site" check >"$work/out" 2>&1
grep -q '^content/site.yaml:1: "organisation-key" is missing or no key, so forms/keyset cannot be trusted$' "$work/out"
ok "a keyset without a pinned key is a fault" $?

# The shipped site keeps its own promise.
"$BLANKETT" -C "$top" check --report >"$work/out" 2>&1
awk '/^ *[0-9].*\.lattlast\.md$/ && NF == 3 { n++; if ($1 > 25) { print "# " $0; bad = 1 } }
	END { exit bad || n < 5 }' "$work/out"
ok "its easy-read pages have a LIX of at most 25" $?

echo "1..$n"
