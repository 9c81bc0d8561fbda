#!/bin/sh
# build: a small site comes out byte for byte, and a failing one not at all.
set -u
. "$(dirname "$0")/tap.sh"

# A fresh copy of the golden site in $site.
fresh() {
	rm -rf "$work/site"
	cp -r "$top/tests/golden/site" "$work/site"
	site=$work/site
}

build() { "$BLANKETT" -C "$site" build --date 2026-11-22 "$@"; }

# The build fails with exactly this line, and nothing is written.
refuses() { # name, line, options...
	name=$1 line=$2
	shift 2
	build "$@" >"$work/out" 2>"$work/err"
	status=$?
	[ "$(cat "$work/err")" = "blankett: $line" ] && [ $status -ne 0 ] &&
		[ ! -s "$work/out" ] && [ ! -e "$site/public" ] &&
		[ ! -e "$site/.blankett/stage" ]
	status=$?
	ok "$name" $status
	[ $status -eq 0 ] || sed 's/^/# /' "$work/err"
}

page() { # file, lines of front matter and body...
	file=$1
	shift
	mkdir -p "$(dirname "$site/content/$file")"
	printf '%s\n' --- 'title: T' 'description: D' --- "$@" \
		>"$site/content/$file"
}

# ---- what comes out --------------------------------------------------------

fresh
build >"$work/out" 2>"$work/err"
ok "a site is built" $?
diff -r -x "*.br" -x "*.gz" -x site.json "$top/tests/golden/expected" "$site/public" \
	>"$work/diff" 2>&1
status=$?
ok "it is what tests/golden/expected holds" $status
[ $status -eq 0 ] || head -40 "$work/diff" | sed 's/^/# /'
grep -q '^built 19 pages in [0-9.]* s: 24 written, 0 unchanged, 0 removed$' \
	"$work/out"
ok "what was done is told on one line" $?
grep -q '^1 draft left out: content/rutin/utkast.md$' "$work/out"
ok "and which drafts were left out" $?
[ "$(cat "$work/err")" = "blankett: not in git, or nothing committed: pages \
carry no dates" ]
ok "that there are no dates is told once" $?

touch -d 2001-01-01 "$site/public/index.html"
build >"$work/out" 2>/dev/null
grep -q ': 0 written, 24 unchanged, 0 removed$' "$work/out"
ok "a second build writes nothing" $?
[ "$(stat -c %Y "$site/public/index.html")" = \
	"$(date -d 2001-01-01 +%s)" ]
ok "and leaves unchanged files as they were" $?
build --clean >"$work/out" 2>/dev/null
grep -q ': 0 written, [0-9]* unchanged, 0 removed$' "$work/out"
ok "nor does one that begins from nothing" $?
echo rubbish >"$site/.blankett/memo"
build >"$work/out" 2>"$work/err"
grep -q ': 0 written, [0-9]* unchanged, 0 removed$' "$work/out" &&
	! grep -q memo "$work/err"
ok "a build whose memory is damaged begins from nothing" $?

build --jobs 1 --out "$work/one" >/dev/null 2>&1
build --jobs 8 --out "$work/eight" >/dev/null 2>&1
diff -r "$work/one" "$work/eight" >/dev/null
ok "one thread and eight give the same bytes" $?

rm -rf "$site/content/rutin/svar.md"
sed -i 's/och \[[^]]*\](rutin[^)]*)//; s/, \[svar\]([^)]*)//' \
	"$site/content/index.md"
sed -i 's/\[svarstider\]([^)]*)/svarstider/' "$site/content/roller.md"
build >"$work/out" 2>"$work/err"
grep -q '1 removed$' "$work/out" && [ ! -e "$site/public/rutin/svar" ] &&
	[ -e "$site/public/rutin/index.html" ]
ok "a page that is gone from content/ is gone from public/" $?

fresh
build --drafts --out "$work/drafts" >/dev/null 2>&1
build --drafts --out "$work/drafts" | grep -q 'left out'
[ $? -eq 1 ]
ok "with --drafts none is left out" $?
[ -e "$work/drafts/rutin/utkast/index.html" ] &&
	[ ! -e "$work/drafts/rutin/arkiv/index.html" ]
ok "--drafts shows drafts, not what is for a later day" $?
"$BLANKETT" -C "$site" build --date 2027-01-01 --out "$work/later" \
	>/dev/null 2>&1
[ -e "$work/later/rutin/arkiv/index.html" ]
ok "--date shows what is published by then" $?
build --base-url http://127.0.0.1:8080/ --out "$work/base" >/dev/null 2>&1
grep -q '<loc>http://127.0.0.1:8080/roller/</loc>' "$work/base/sitemap.xml"
ok "--base-url goes before site.yaml" $?

fresh
printf '%s\n' --- 'title: T' 'sources: "[Roller](../roller.md#forst)"' --- \
	>"$site/content/rutin/kalla.md"
build >/dev/null 2>&1
grep -q '<a href="/roller/#forst">Roller</a>' \
	"$site/public/rutin/kalla/index.html"
ok "a link among a page's sources leads where it says" $?

# What is shown as text is typeset wherever it stands.
fresh
printf '%s\n' --- 'title: "Så \"gör\" du -- steg 1"' \
	"description: 'Ring 0300-83 40 00 om \"det\"'" --- \
	':::notice Ta "10 kr" med...' 'x' ':::' \
	':::details "Mer"' 'x' ':::' \
	>"$site/content/satt.md"
printf '%s\n' --- 'title: Under' --- x >"$site/content/rutin/under.md"
sed -i 's/^title: .*/title: Rutin "ett"/' "$site/content/rutin/index.md"
build >/dev/null 2>&1
here=$site/public/satt/index.html
for text in 'Så ”gör” du – steg 1' 'Ring 0300-83_40_00 om ”det”' \
	'Ta ”10_kr” med…' '”Mer”'; do
	grep -q "$(echo "$text" | sed 's/_/\xC2\xA0/g')" "$here"
	ok "typeset: $text" $?
done
! sed 's/<[^>]*>//g' "$here" | grep -q '"'
ok "no straight quote is left on the page" $?
grep -q '>Rutin ”ett”</a>' "$site/public/rutin/under/index.html" &&
	grep -q '>Rutin ”ett”</a>' "$site/public/index.html"
ok "typeset where other pages lead to it too" $?

# ---- git ---------------------------------------------------------------------

commit() { # date, message
	git -C "$site" add -A
	GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 git -C "$site" \
		-c user.name=A -c user.email=a@b.example commit -qm "$2"
}

fresh
git init -q "$site"
commit '2024-03-04T05:06:07+01:00' one
printf '\nMer.\n' >>"$site/content/roller.md"
commit '2025-06-07T23:30:00+00:00' two
build >/dev/null 2>"$work/err"
git -C "$site" log -1 --format=%cI -- content/roller.md >"$work/last"
git -C "$site" log --format=%cI --reverse -- content/roller.md | head -1 \
	>"$work/first"
grep -q "Ändrad <time datetime=\"$(cat "$work/last")\">8 juni 2025</time>" \
	"$site/public/roller/index.html" &&
	grep -q "Publicerad <time datetime=\"$(cat "$work/first")\">4 mars 2024<" \
	"$site/public/roller/index.html" && [ ! -s "$work/err" ]
ok "a page carries the dates of its first and last commit" $?
printf '<li><time datetime="%s">8 juni 2025</time> two\n<li><time datetime="%s">4 mars 2024</time> one\n' \
	"$(cat "$work/last")" "$(cat "$work/first")" >"$work/want"
grep '<li><time' "$site/public/roller/index.html" | diff "$work/want" - &&
	! grep -q 'Fler:' "$site/public/roller/index.html"
ok "and a list of its commits" $?
grep -q '<loc>https://www.testa.example/roller/</loc><lastmod>2025-06-08<' \
	"$site/public/sitemap.xml"
ok "the sitemap carries the last" $?

# The same as a build that walks all of history.
as_clean() { # name
	build >/dev/null 2>&1
	mv "$site/.blankett/history" "$work/history"
	build --out "$work/clean" >/dev/null 2>&1
	diff -r "$site/public" "$work/clean" >/dev/null &&
		cmp -s "$site/.blankett/history" "$work/history"
	ok "$1" $?
	rm -rf "$work/clean"
}

grep -q "^head $(git -C "$site" rev-parse HEAD)\$" "$site/.blankett/history"
ok "what git knew is kept for the next build" $?
printf '\nOch mer.\n' >>"$site/content/roller.md"
commit '2025-06-09T12:00:00+02:00' three
as_clean "a build walks what is new, and is as if it had walked all"
git -C "$site" reset -q --hard HEAD~1
printf '\nAnnat.\n' >>"$site/content/kontakt.md"
commit '2025-06-10T12:00:00+02:00' other
as_clean "so it is when history has been rewritten"
printf 'x' >>"$site/.blankett/history"
as_clean "and when what was kept is damaged"
build --rev HEAD~1 --out "$work/rev0" >/dev/null 2>&1
grep -q "^head $(git -C "$site" rev-parse HEAD)\$" "$site/.blankett/history"
ok "a build of an earlier commit keeps nothing" $?
git -C "$site" reset -q --hard HEAD~1

for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20; do
	echo "$i" >>"$site/content/roller.md"
	commit "2025-07-${i}T12:00:00Z" "<b>$i</b> $(printf '\033[1m&')"
done
build >/dev/null 2>&1
grep -c '<li><time' "$site/public/roller/index.html" >"$work/shown"
[ "$(cat "$work/shown")" = 20 ] && grep -q '<p>Fler: 2$' \
	"$site/public/roller/index.html"
ok "at most twenty of them, and how many more there are" $?
grep -q '> &lt;b&gt;20&lt;/b&gt; �\[1m&amp;$' "$site/public/roller/index.html"
ok "a subject is text, with what cannot be seen made visible" $?
git -C "$site" reset -q --hard HEAD~20

page ny.md Ny.
build >/dev/null 2>"$work/err"
! grep -q Ändrad "$site/public/ny/index.html" && [ "$(cat "$work/err")" = \
	'blankett: 1 page is not committed: its dates are shown once it is' ]
ok "a page that is not committed carries none, and that is told" $?

build --rev HEAD~1 --out "$work/rev" >/dev/null 2>&1
[ ! -e "$work/rev/ny" ] && ! grep -q '<p>Mer' "$work/rev/roller/index.html" &&
	grep -q '4 mars 2024' "$work/rev/roller/index.html" &&
	! grep -q '2025' "$work/rev/roller/index.html"
ok "--rev builds the site as it was in a commit" $?
rm -rf "$site/content" "$site/themes" "$site/forms"
build --rev HEAD~1 --out "$work/rev2" >/dev/null 2>&1
diff -r "$work/rev" "$work/rev2" >/dev/null
ok "and reads nothing from the work tree" $?
rm -rf "$site/public" "$site/.blankett"
refuses "an unknown commit is refused" 'git: there is no commit "v9"' \
	--rev v9

git clone -q --depth 1 "file://$site" "$work/shallow"
site=$work/shallow
refuses "a shallow clone is refused" "git: this is a shallow clone, so the \
pages' dates would be wrong: git fetch --unshallow"

# ---- what stops a build --------------------------------------------------------

fresh
sed -i 's/^title: Roles/titel: Roles/' "$site/content/roller.en.md"
refuses "an unknown key" 'content/roller.en.md:2: unknown key "titel" (did you mean "title"?)'

fresh
page a.md '' '[x](roler.md)'
refuses "a link to a page that is not there" 'content/a.md:6: link to "roler.md": there is no such file (did you mean "roller.md"?)'
page a.md '[x](roller.md#frst)'
refuses "a link to a heading that is not there" 'content/a.md:5: link to "roller.md#frst": content/roller.md has no heading "frst" (did you mean "forst"?)'
page a.md '[x](/e-tjanster/fragor/)'
refuses "a link to an address that is not there" 'content/a.md:5: link to "/e-tjanster/fragor/": there is no such address on the site (did you mean "/e-tjanster/fraga/"?)'
page a.md '[x](rutin/utkast.md)'
refuses "a link to a draft" 'content/a.md:5: link to "rutin/utkast.md": that page is a draft'
page a.md '[x](../../etc/passwd)'
refuses "a link out of the site" 'content/a.md:5: link to "../../etc/passwd": there is no such file'
page a.md '![](kart.png)'
refuses "a picture that is not there" 'content/a.md:5: link to "kart.png": there is no such file (did you mean "karta.png"?)'

page a.md ':::notis' 'x' ':::'
refuses "an unknown directive" 'content/a.md:5: unknown directive ":::notis" (did you mean ":::notice"?)'
page a.md '' ':::notice' '' ':::details A' 'x' ':::'
refuses "a directive that is not closed" 'content/a.md:6: ":::notice" is not closed by a line ":::"'
page a.md 'x' ':::'
refuses "a line that closes nothing" 'content/a.md:6: ":::" closes nothing'
page a.md 'x' '' '::notice' 'x' '' ':::'
refuses "a directive that begins too short" 'content/a.md:7: begins with "::"; a directive begins with ":::"'
page a.md ':::contact kundcentr' ':::'
refuses "an unknown contact" 'content/a.md:5: contact: there is no contact "kundcentr" in content/contacts.yaml (did you mean "kundcenter"?)'
page a.md ':::law zzz' ':::'
refuses "an unknown law" 'content/a.md:5: law: there is no law "zzz" in content/law.yaml'
page a.md ':::rate omkosnad' ':::'
refuses "an unknown amount" 'content/a.md:5: rate: there is no rate "omkosnad" in content/rates.yaml (did you mean "omkostnad"?)'

# ---- footnotes -----------------------------------------------------------------

page a.md 'A.[^1]' '' '[^2]: B'
refuses "a reference without a footnote" 'content/a.md:5: there is no footnote "1"'
page a.md 'A.[^1]' '' '[^1]: B' '[^lag]: C'
refuses "a footnote without a reference" 'content/a.md:8: nothing refers to footnote "lag"'
page a.md 'A.[^1]' '' '[^1]: B' '' ':::notice' '[^1]: C' ':::'
refuses "two of one name" 'content/a.md:10: footnote "1" stands on line 7 already'
page a.md 'A.[^lg]' '' '[^lag]: B'
refuses "a name that is nearly right" 'content/a.md:5: there is no footnote "lg" (did you mean "lag"?)'
page a.md 'A.[^1]' '' '[^1]: [B](finns-inte.md)'
refuses "a fault in a footnote has its line" 'content/a.md:7: link to "finns-inte.md": there is no such file'
page a.md 'A.[^1]' '' '[^1]: B' '' '[C](finns-inte.md)'
refuses "a fault after one has its own" 'content/a.md:9: link to "finns-inte.md": there is no such file'
page a.md 'A.[^1]' '' '```' '[^1]: code' '```'
refuses "a footnote in code is none" 'content/a.md:5: there is no footnote "1"'

page a.md 'A.[^1]' '' ':::details Mer[^1]' 'x' ':::' '' '[^1]: B'
refuses "a footnote in a title" 'content/a.md:7: details: a title has no footnotes; refer to them in the text'
page a.md '[A[^1]](kontakt.md)' '' '[^1]: B'
refuses "a footnote in a link" "content/a.md:5: a link's text has no footnotes; refer to them after the link"

# ---- amounts and their days --------------------------------------------------

# The line that the build stops at when rates.yaml is these lines.
rates() { # name, line, lines...
	name=$1 line=$2
	shift 2
	printf '%s\n' "$@" >"$site/content/rates.yaml"
	refuses "$name" "$line"
}
on() { # name, date, line that the page then has
	"$BLANKETT" -C "$site" build --date "$2" >/dev/null 2>&1 &&
		grep -qF "$3" "$site/public/a/index.html"
	ok "$1" $?
	rm -rf "$site/public" "$site/.blankett"
}
page a.md ':::rate k' ':::'
first='- {from: 2026-01-01, until: 2026-06-30, amount: 1000, unit: kr, source: A}'
second='- {from: 2026-07-01, until: 2026-12-31, amount: 2000, unit: kr, source: B}'
cat >>"$site/content/rates.yaml" <<RATES
k:
  $second
  $first
RATES
cp "$site/content/rates.yaml" "$work/rates"
sed -i '/^:::rate/,/^:::$/d' "$site/content/roller.md" "$site/content/roller.en.md"
on "an amount holds from its first day" 2026-01-01 'value="1000"'
on "to its last, that day included" 2026-06-30 'value="1000"'
on "and then the next one" 2026-07-01 'value="2000"'
build_on() { "$BLANKETT" -C "$site" build --date "$1" 2>"$work/err"; }
! build_on 2027-01-01 && [ "$(cat "$work/err")" = 'blankett: content/a.md:5: rate: "k" has no amount on 2027-01-01: that of content/rates.yaml:21 ended on 2026-12-31' ]
ok "an amount that has run out is a fault" $?
! build_on 2025-12-31 && [ "$(cat "$work/err")" = 'blankett: content/a.md:5: rate: "k" has no amount on 2025-12-31: that of content/rates.yaml:22 begins on 2026-01-01' ]
ok "so is one that has not begun" $?
rates "periods that share a day" 'content/rates.yaml:3: "k" has two amounts for the same day; the other stands on line 2' \
	k: "  $first" '  - {from: 2026-06-30, amount: 1, unit: kr, source: B}'
rates "a day that does not exist" 'content/rates.yaml:2: "from" must be a date that exists, like 2026-11-22' \
	k: '  - from: 2026-02-30'
rates "an end before its beginning" 'content/rates.yaml:3: "until" is before "from"' \
	k: '  - from: 2026-01-01' '    until: 2025-12-31' '    amount: 1' '    unit: kr' '    source: A'
rates "an amount that may mean two things" 'content/rates.yaml:3: "amount" must be a number like 1234 or 1234,50' \
	k: '  - from: 2026-01-01' '    amount: 1.234' '    unit: kr' '    source: A'
rates "an amount without a source" 'content/rates.yaml:2: "source" is missing' \
	k: '  - {from: 2026-01-01, amount: 1, unit: kr}'
rates "an unknown key of a period" 'content/rates.yaml:4: unknown key "untill" (did you mean "until"?)' \
	k: '  - from: 2026-01-01' '    amount: 1' '    untill: 2026-12-31'
rates "an unknown key of its English" 'content/rates.yaml:6: unknown key "units" (did you mean "unit"?)' \
	k: '  - from: 2026-01-01' '    amount: 1' '    unit: kr' '    en:' '      units: SEK'
rates "an amount that is no list" 'content/rates.yaml:1: "k" must be followed by a list of periods: "- from: 2026-01-01"' \
	'k: 500'
rates "a period that is no map" 'content/rates.yaml:2: a period is lines of "key: value"' \
	k: '  - 500'
fresh

page a.md ':::form frga' ':::'
refuses "an unknown form" 'content/a.md:5: form: there is no form "frga" (did you mean "fraga"?)'
page a.md '::::notice' 'x' '::::'
refuses "a directive with four colons" 'content/a.md:5: has too many colons; a directive begins and ends with ":::"'
page a.md ':::notice' 'x' '::::'
refuses "an end with four colons" 'content/a.md:7: has too many colons; a directive begins and ends with ":::"'
page a.md '::notice' 'x' '::'
refuses "a directive with two colons" 'content/a.md:5: begins with "::"; a directive begins with ":::"'
page a.md ':::steps' 'text' ':::'
refuses "steps that are no list" 'content/a.md:6: a list is missing: lines that begin with "1. " or "- "'
page a.md ':::figure https://x.example/k.png En karta' ':::'
refuses "a figure from elsewhere" "content/a.md:5: picture \"https://x.example/k.png\" is elsewhere; put the file in content/, since pages load nothing from other places"
page a.md '![En karta](kontakt.md)'
refuses "a picture that is none" "content/a.md:5: picture \"kontakt.md\" is no picture (.png, .jpg, .gif, .webp, .avif, .svg)"
page a.md ':::figure karta.png' ':::'
refuses "a picture without a text alternative" "content/a.md:5: figure: write after the file's name what the picture shows, for those who do not see it"
page a.md ':::notice' '' 'a' '' '<b>x</b>' ':::'
build 2>&1 | grep -q '^blankett: content/a.md:9: '
ok "a fault inside a directive has the line of the file" $?

fresh
ln -s /etc/passwd "$site/content/a.md"
refuses "a symbolic link" 'content/a.md: is a symbolic link; put the file itself there'
rm "$site/content/a.md"
printf -- '---\ntitle: \377\n---\n' >"$site/content/a.md"
refuses "a page that is not UTF-8" 'content/a.md:2: is not UTF-8'
rm "$site/content/a.md"
echo x >"$site/content/a.docx"
refuses "a file that is not to be published" 'content/a.docx: files of this kind are not published (pages are .md; pictures .png, .jpg, .svg, .webp; documents .pdf)'
rm "$site/content/a.docx"
page rutin.md x
refuses "two files for one page" 'content/rutin.md and content/rutin/index.md are the same page, /rutin/'
rm "$site/content/rutin.md"
sed -i 's/^aliases:.*/aliases: \/kontakt\//' "$site/content/roller.md"
refuses "an alias that is a page's address" 'content/roller.md:11: alias "/kontakt/" is the address of content/kontakt.md; take one of them away'

aliases() { # page, alias...
	file=$site/content/$1.md
	shift
	printf -- '---\ntitle: T\naliases:\n' >"$file"
	printf '  - %s\n' "$@" >>"$file"
	printf -- '---\n' >>"$file"
}
fresh
aliases a /a/ /b/
refuses "an alias that is the page's own address" 'content/a.md:4: alias "/a/" is the page'"'"'s own address; take it away'
aliases a /b/ '"/b/"'
refuses "an alias that stands twice" 'content/a.md:5: alias "/b/" stands there twice; take one away'
aliases a /b/
aliases c /bb/ /b
refuses "an alias of two pages" 'content/c.md:5: alias "/b" is an alias in content/a.md:4 too; an address leads to one page'
"$BLANKETT" -C "$site" check 2>/dev/null |
	grep -q '^content/c.md:5: alias "/b" is an alias in content/a.md:4 too'
ok "check tells it too" $?
rm "$site/content/c.md"
aliases a /sitemap.xml
refuses "an alias that the build makes" 'content/a.md:4: alias "/sitemap.xml" is the address of something that the build itself makes'
aliases a /karta.png/x/
refuses "an alias below a file" 'content/a.md:4: alias "/karta.png/x/" cannot be: "karta.png" is a file (of content/karta.png), no folder'
rm "$site/content/a.md"
page e-tjanster/fraga.md x
refuses "two outputs in one place" 'forms/fraga.md: would be written to "e-tjanster/fraga/index.html", where content/e-tjanster/fraga.md is to be; give it another name'
rm -r "$site/content/e-tjanster"

fresh
rm "$site/themes/tiny/templates/paper.mustache"
refuses "a template that is not there" 'themes/tiny: there is no template "paper"'
fresh
sed -i 's/{{page.title}}/{{page.titel}}/' \
	"$site/themes/tiny/templates/page.mustache"
build 2>&1 | grep -q '^blankett: themes/tiny/templates/page.mustache:3: '
ok "a name that templates do not know" $?
fresh
sed -i 's/^theme: tiny/theme: smal/' "$site/content/site.yaml"
refuses "a theme that is not there" 'content/site.yaml:4: theme "smal": there is no file in themes/smal'

# ---- themes on each other ----------------------------------------------------

fresh
mkdir -p "$site/themes/own/components" "$site/themes/own/text"
echo '<aside>{{body}}{{words.read}}</aside>' \
	>"$site/themes/own/components/notice.mustache"
echo 'read: Läs mer' >"$site/themes/own/text/sv.yaml"
sed -i 's/^theme: tiny/theme: [own, tiny]/' "$site/content/site.yaml"
build --out "$work/own" >/dev/null 2>&1
diff -r -x "*.br" -x "*.gz" -x site.json "$top/tests/golden/expected" "$work/own" >"$work/diff"
[ "$(grep -c '^> <aside>.*' "$work/diff")" -gt 0 ] &&
	grep -q '^> .*Läs mer' "$work/diff" && ! grep -q '^Only' "$work/diff"
ok "a theme's own files go before those of the next" $?
sed -i 's/{{body}}/{{bdy}}/' "$site/themes/own/components/notice.mustache"
build 2>&1 | grep -q '^blankett: themes/own/components/notice.mustache:1: there is no "bdy" in the data'
ok "a fault names the layer's file" $?
sed -i 's/{{bdy}}/{{>gone}}/' "$site/themes/own/components/notice.mustache"
refuses "so does a part that is in no layer" 'themes/own/components/notice.mustache:1: there is no template "gone"'
sed -i 's/^theme: .*/theme: [own, tny]/' "$site/content/site.yaml"
refuses "a theme that is nearly there" 'content/site.yaml:4: theme "tny": there is no file in themes/tny (did you mean "tiny"?)'
sed -i 's/^theme: .*/theme: []/' "$site/content/site.yaml"
refuses "no theme at all" 'content/site.yaml:4: "theme" names none; leave the line out for themes/standard'
sed -i 's/^theme: .*/theme: [tiny, tiny]/' "$site/content/site.yaml"
refuses "one theme twice" 'content/site.yaml:4: "theme" names "tiny" twice'
sed -i 's/^theme: .*/theme: [tiny, ..\/x]/' "$site/content/site.yaml"
refuses "a theme from elsewhere" 'content/site.yaml:4: "theme" must be the name of a directory in themes/, or a list of them'
fresh
sed -i 's/- rutin/- rutn/' "$site/content/site.yaml"
refuses "a page in the footer that is not there" 'content/site.yaml:6: footer: there is no page "rutn" (did you mean "rutin"?)'
fresh
sed -i 's/^form: fraga/form: frga/' "$site/content/roller.md"
refuses "a form that a page names" 'content/roller.md:12: there is no form "frga" (did you mean "fraga"?)'
fresh
sed -i 's/^max: 1000/max: 2000/' "$site/forms/fraga.en.md"
build 2>&1 | grep -q '^blankett: forms/fraga.en.md:11: '
ok "a translation that differs from its form" $?
fresh
rm "$site/content/site.yaml"
refuses "a directory that is no site" "content/site.yaml: is missing; is this the site's directory? (-C DIR)"
fresh
printf -- '---\ntitle: T\n---\n## Vem som ansvarar\n\nVi.\n' \
	>"$site/content/tillganglighet.md"
refuses "an accessibility statement that lacks a part" 'content/tillganglighet.md:4: the accessibility statement has no part "## Vad redogörelsen gäller"'

# ---- what is never touched -------------------------------------------------------

fresh
mkdir -p "$site/.blankett/stage/gammal" "$work/mine"
echo minne >"$work/mine/a"
echo halv >"$site/.blankett/stage/gammal/index.html"
ln -s "$work/mine" "$site/.blankett/stage/kontakt"
build >/dev/null 2>&1 && [ -f "$site/public/kontakt/index.html" ] &&
	[ ! -e "$site/public/gammal" ] && [ ! -e "$site/.blankett/stage" ] &&
	[ "$(ls "$work/mine")" = a ]
ok "what a killed build left is removed, and no link in it is followed" $?
fresh
mkdir "$site/.blankett"
ln -s "$work/mine" "$site/.blankett/stage"
build >/dev/null 2>&1 && [ -f "$site/public/index.html" ] &&
	[ ! -L "$site/public" ] && [ "$(ls "$work/mine")" = a ]
ok "nor is one in its place" $?
rm -rf "$work/mine"

# Killed at some moment, half of the times in a site that is there already.
fresh
left=
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
	echo "Rad $i." >>"$site/content/kontakt.md"
	[ $((i % 4)) -ne 0 ] || rm -rf "$site/public"
	build --clean >/dev/null 2>&1 & pid=$!
	sleep "0.0$((i % 8 + 1))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	[ ! -d "$site/public" ] || left=$left$(find "$site/public" -name "*.tmp")
done
[ -z "$left" ]
ok "a killed build leaves nothing half-made in public/" $?
build >/dev/null 2>&1 && build --out "$work/clean" >/dev/null 2>&1 &&
	diff -r "$site/public" "$work/clean" >/dev/null
ok "and the next one makes it whole" $?
rm -rf "$work/clean"

fresh
mkdir -m 2751 "$site/public"
build >/dev/null 2>&1 && [ "$(stat -c %a "$site/public")" = 2751 ]
ok "an empty directory keeps its permissions" $?

fresh
mkdir "$work/mine"
echo keep >"$work/mine/a"
build --out "$work/mine" 2>"$work/err" >/dev/null
[ $? -eq 2 ] && [ "$(cat "$work/err")" = "blankett: $work/mine: is not empty \
and was not made by a build here (\"a\" is in it); empty it, or choose another \
--out" ] && [ "$(ls "$work/mine")" = a ]
ok "a directory with something else in it is refused" $?
mkdir "$site/public"
printf '*\n' >"$site/public/.gitignore"
build >/dev/null 2>&1 && [ "$(cat "$site/public/.gitignore")" = '*' ]
ok "a lone .gitignore is nothing, and stays" $?
echo mine >"$site/public/mine.html"
rm "$site/content/karta.png"
sed -i '/^:::figure/,/^:::$/d' "$site/content/roller.md"
build >/dev/null 2>&1
[ ! -e "$site/public/karta.png" ] && [ -e "$site/public/mine.html" ]
ok "only what a build wrote is removed" $?
cp -r "$site/public" "$work/before"
page trasig.md ':::notice'
rm "$site/content/kontakt.md"
! build >/dev/null 2>&1 && diff -r "$work/before" "$site/public" >/dev/null
ok "a failing page leaves the old site whole" $?

# ---- one at a time ---------------------------------------------------------------

fresh
build >/dev/null 2>&1
mkfifo "$work/free"
flock "$site" cat "$work/free" >/dev/null &
holder=$!
until ! flock -n "$site" true; do sleep 0.05; done
page ny.md 'Ny.'
build >"$work/out" 2>"$work/err" &
builder=$!
for _ in $(seq 200); do
	grep -q 'to end$' "$work/err" && break
	sleep 0.05
done
[ "$(cat "$work/err")" = "blankett: another build of this site is running; \
waiting for it to end" ]
ok "a build says that another one is running" $?
sleep 0.3
[ ! -e "$site/public/ny" ] && kill -0 "$builder"
ok "and waits" $?
: >"$work/free"
wait "$builder" && [ -e "$site/public/ny/index.html" ]
ok "until that has ended" $?
wait "$holder"
rm -r "$site/public" "$site/.blankett"
for i in 1 2 3 4; do
	build >"$work/out.$i" 2>&1 &
done
wait
cat "$work"/out.[1-4] >"$work/out"
[ "$(grep -c ': 25 written, 0 unchanged, 0 removed$' "$work/out")" -eq 1 ] &&
	[ "$(grep -c ': 0 written, 25 unchanged, 0 removed$' "$work/out")" -eq 3 ]
ok "of several at once, one builds and the others find it done" $?
timeout 20 sh -c "cd '$site' && exec '$BLANKETT' build" >/dev/null 2>&1
ok "afterwards nobody has the turn" $?

fresh
mkdir -p "$work/elsewhere" "$site/public"
ln -s "$work/elsewhere" "$site/public/roller"
rm -rf "$site/.blankett"
build >/dev/null 2>&1
[ -z "$(ls "$work/elsewhere")" ]
ok "nothing is written through a link in the output" $?

echo "1..$n"
