#!/bin/sh
# changes: what git knows is told of public pages, and only of those.
set -u
. "$(dirname "$0")/tap.sh"

site=$work/site

build() {
	"$BLANKETT" -C "$site" build --date 2026-11-22 "$@" \
		>"$work/out" 2>"$work/err"
}

commit() { # date, message
	git -C "$site" add -A
	GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 git -C "$site" \
		-c user.name=Anna -c user.email=anna@b.example commit -qm "$2"
}

cp -r "$top/tests/golden/site" "$site"
build
[ ! -e "$site/public/andringar" ] && [ ! -e "$site/public/feed.xml" ] &&
	! grep -rq andringar "$site/public"
ok "outside git there are no changes to tell" $?

git init -q "$site"
git -C "$site" checkout -q -b main
commit '2024-03-04T05:06:07+01:00' 'Första versionen'
printf '\nMer.\n' >>"$site/content/kontakt.md"
commit '2024-03-05T23:30:00+00:00' 'Rättar <numret> & "adressen"'
printf '\nMer.\n' >>"$site/content/rutin/utkast.md"
commit '2024-03-06T12:00:00+01:00' 'Hemligt utkast'
printf '\nMer.\n' >>"$site/content/rutin/arkiv.md"
commit '2024-03-06T13:00:00+01:00' 'Hemlig framtid'
printf '\n# x\n' >>"$site/content/law.yaml"
commit '2024-03-06T14:00:00+01:00' 'Inte en sida'
printf '\nMer.\n' >>"$site/content/roller.en.md"
sed -i 's/^title: .*/&!/' "$site/forms/fraga.md"
commit '2024-03-06T15:00:00+01:00' 'Sida och blankett'
build
ok "a site in git is built" $?
page=$site/public/andringar/index.html
id() { git -C "$site" log -1 --format="%$2" --grep="$1" | cut -c1-"$3"; }

grep -o '<h2>.*</h2>' "$page" >"$work/days"
printf '<h2>6 mars 2024</h2>\n<h2>4 mars 2024</h2>\n' | diff - "$work/days"
ok "changes are told by the day they were made in Sweden" $?
cat >"$work/want" <<HTML
<p id="c-$(id 'Sida och' H 12)"><a href="/e-tjanster/fraga/">$(sed -n \
	's/^title: //p' "$site/forms/fraga.md")</a> <a href="/en/roller/">Roles</a> Sida och blankett
<p id="c-$(id 'Rättar' H 12)"><a href="/kontakt/">Åk hit</a> Rättar &lt;numret&gt; &amp; &quot;adressen&quot;
HTML
grep '^<p id' "$page" | head -2 | diff "$work/want" - >"$work/diff"
status=$?
ok "each with its pages and its subject as text" $status
[ $status -eq 0 ] || sed 's/^/# /' "$work/diff"
! grep -rq 'Hemlig\|Inte en sida\|Anna\|anna@' "$site/public"
ok "nothing of drafts, pages to come, other files, or people" $?
grep -q 'Första versionen' "$page"
ok "the first commit is there" $?
grep -q '<li><a href="/andringar/">Ändringar</a> <a href="/feed.xml">Atom</a>$' \
	"$site/public/kontakt/index.html" &&
	grep -q '<a href="/andringar/">Ändringar</a> \*' "$page"
ok "every page leads there" $?
grep -q '/e-tjanster/fraga/</loc><lastmod>2024-03-06<' \
	"$site/public/sitemap.xml" && grep -q '/kontakt/</loc><lastmod>2024-03-06<' \
	"$site/public/sitemap.xml" && grep -q '/andringar/</loc><lastmod>2024-03-06<' \
	"$site/public/sitemap.xml"
ok "the sitemap has the day of pages, forms and the list" $?

feed=$site/public/feed.xml
cat >"$work/want" <<XML
<updated>2024-03-06T15:00:00+01:00</updated>
<id>tag:www.testa.example,2024-03-06:$(id 'Sida och' H 40)</id>
<id>tag:www.testa.example,2024-03-06:$(id 'Rättar' H 40)</id>
<id>tag:www.testa.example,2024-03-04:$(id 'Första' H 40)</id>
XML
{ grep -m1 '<updated>' "$feed"; grep '<id>tag' "$feed"; } |
	diff "$work/want" - >"$work/diff"
status=$?
ok "the feed's entries are named by day and commit" $status
[ $status -eq 0 ] || sed 's/^/# /' "$work/diff"
grep -q "<link rel=\"alternate\" type=\"text/html\" href=\"https://www.testa.example/kontakt/\"/>" "$feed" &&
	grep -q "href=\"https://www.testa.example/andringar/#c-$(id 'Sida och' H 12)\"/>" "$feed"
ok "an entry leads to its page, or to its place in the list" $?
if command -v xmllint >/dev/null; then
	xmllint --noout "$feed" "$site/public/sitemap.xml"
	ok "both are XML" $?
else
	ok "both are XML # SKIP no xmllint" 0
fi
cp "$feed" "$work/feed"
printf '\nMer.\n' >>"$site/content/kontakt.md"
commit '2024-03-07T15:00:00+01:00' "$(printf 'Rad\033[2J')"
build
{ sed -n '1,/<id>tag/p' "$work/feed" | grep -v '<id>tag\|<updated>'
	sed -n '/<id>tag/,$p' "$work/feed"; } | grep '^<id>tag' >"$work/ids"
grep '^<id>tag' "$feed" | sed 1d | diff "$work/ids" -
ok "entries keep their ids when another comes" $?
grep -q '<title>Rad�\[2J</title>' "$feed"
ok "a control character is made visible" $?

i=0
while [ $i -lt 104 ]; do
	i=$((i + 1))
	echo "$i" >>"$site/content/kontakt.md"
	commit "2025-01-01T12:00:00+01:00" "nr $i"
done
build
[ "$(grep -c '^<p id' "$page")" = 100 ] && [ "$(grep -c '<entry>' "$feed")" = 100 ]
ok "at most a hundred are told" $?
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	printf -- '---\ntitle: N %s\n---\nx\n' "$i" >"$site/content/n$i.md"
done
commit "2025-01-02T12:00:00+01:00" many
build
grep -q '<a href="/n7/">N 7</a> + 2 many$' "$page"
ok "of a change that touched many pages ten are named" $?

cat >"$site/content/andringar.md" <<'PAGE'
---
title: Egna
---
Mina.
PAGE
build
grep -q Mina "$page" && [ ! -e "$feed" ] &&
	! grep -q Atom "$site/public/kontakt/index.html"
ok "a page of content/ at that address takes its place" $?
rm "$site/content/andringar.md" "$site/themes/tiny/templates/feed.mustache"
build && [ ! -e "$site/public/andringar" ]
ok "a theme may do without" $?

echo "1..$n"
