#!/bin/sh
# search: the server finds pages and forms, and a built page does without it.
set -u
. "$(dirname "$0")/tap.sh"

pid=
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$work"' EXIT

site=$work/site
mkdir "$site"
cp -R "$top/content" "$top/forms" "$top/themes" "$site"
"$BLANKETT" -C "$site" keys init --no-passphrase --out "$site/keys" \
	>/dev/null 2>&1
"$BLANKETT" -C "$site" build >/dev/null 2>&1
ok "the site is built" $?

# ---- without a server ------------------------------------------------------

listed=0
for page in ansok e-tjanster/ansokan om lattlast/ansok; do
	grep -q "<a href=\"/$page/\">" "$site/public/sok/index.html" ||
		listed=1
done
ok "the built page lists pages, forms and easy-read pages" $listed
grep -q '<a href="/en/kontaktperson/">' "$site/public/en/sok/index.html"
ok "and the English one the English pages" $?
! grep -q 'noindex' "$site/public/sok/index.html" &&
	! grep -q '/sok/' "$site/public/robots.txt"
ok "a list of all there is is for search engines too" $?
fields=0
for page in index.html lattlast/index.html 404.html sok/index.html; do
	grep -q '<form action="/sok/" role="search"' "$site/public/$page" ||
		fields=1
done
ok "there is a field on the start page and where a page is missing" $fields
grep -q '<a href="/sok/">' "$site/public/ansok/index.html" &&
	grep -q '<a href="/en/sok/">' "$site/public/en/kontaktperson/index.html"
ok "every page leads to the search" $?
grep -q '<a href="/en/sok/" hreflang="en">English</a>' \
	"$site/public/sok/index.html" &&
	grep -q 'href="/sok/" hreflang="sv">Svenska' \
		"$site/public/en/sok/index.html"
ok "the search pages lead to each other" $?

# ---- with one --------------------------------------------------------------

"$BLANKETT" -C "$site" serve --dev --listen 127.0.0.1:0 --keys "$site/keys" \
	--data "$site/data" >"$work/out" 2>"$work/log" &
pid=$!
i=0
while [ ! -s "$work/out" ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
base=$(sed -n 's|/$||p' "$work/out")

ask() { # path, data...
	path=$1
	shift
	curl -s -m 10 -G -D "$work/head" -o "$work/page" "$@" "$base$path"
}

finds() { # name, words, pattern
	ask /sok/ --data-urlencode "q=$2"
	grep -q "$3" "$work/page" && grep -q '^HTTP/1.1 200' "$work/head"
	ok "$1" $?
}

finds "a form comes first, its words marked" "ansök kontaktperson" \
	'<li><span class="tag">Blankett</span> <a href="/e-tjanster/ansokan/"><mark>Ansök</mark> om <mark>kontaktperson</mark></a>'
sed -n '/<ol class="children">/,/<\/ol>/p' "$work/page" | sed -n 2p |
	grep -q '/e-tjanster/ansokan/'
ok "at the top of the list" $?
grep -qi '^Cache-Control: no-store' "$work/head" &&
	grep -qi '^X-Robots-Tag: noindex' "$work/head" &&
	grep -q 'name="robots" content="noindex"' "$work/page"
ok "an answer is neither kept nor indexed" $?
grep -q 'name="q" [^>]*value="ansök kontaktperson"' "$work/page"
ok "the field holds what was asked" $?
for number in 0313900610 031-3900610 "+46 31 390 06 10"; do
	finds "a telephone number is found as $number" "$number" \
		'<mark>031-390.06.10</mark>'
done
finds "an inflected word finds its stem" "ansökte" 'href="/ansok/"'
finds "a word finds compounds it begins" "kontaktpers" \
	'href="/kontaktperson/"'
finds "and those it ends" "handläggare" '<mark>Biståndshandläggaren</mark>'
finds "a slip is put right" "kontaktpresson" \
	'Vi visar i stället <b>kontaktperson</b>'
finds "also one without rings and dots" "missforhallande" \
	'Vi visar i stället <b>missförhållande</b>'
finds "a slip beside a right word is asked about" "ansök kontaktpresson" \
	'Menade du <a href="/sok/?q=ans%C3%B6k%20kontaktperson">'
finds "nothing is said politely" "qqqqqq" '<h2>Vi hittade inget</h2>'
finds "markup in a query is text" '<b>"x"&' \
	'value="&lt;b&gt;&quot;x&quot;&amp;"'
ask /en/sok/ --data-urlencode "q=applications contact person"
grep -q '<html lang="en"' "$work/page" &&
	grep -q 'href="/en/' "$work/page" &&
	! sed -n '/<ol class="children">/,/<\/ol>/p' "$work/page" |
		grep -q 'href="/[^e]'
ok "English finds English pages" $?

for bad in 'q=%ff%fe' 'q=%' 'q=%00' 'q=' 'x=y' '&&==&' 'q=a&q=b' ''; do
	curl -s -m 10 -o "$work/page" -w '%{http_code}' "$base/sok/?$bad" \
		>"$work/code"
	[ "$(cat "$work/code")" = 200 ] && grep -q '</html>' "$work/page"
	ok "an odd query gets a page: $bad" $?
done
long=$(printf 'kontakt%%20%.0s' $(seq 300))
[ "$(curl -s -m 10 -o "$work/page" -w '%{http_code}' \
	"$base/sok/?q=$long")" = 200 ] && [ "$(wc -c <"$work/page")" -lt 30000 ]
ok "a long query is cut" $?
[ "$(curl -s -m 10 -o /dev/null -w '%{http_code}' -d q=x \
	"$base/sok/")" = 405 ]
ok "a query is not posted" $?
curl -s -m 10 "$base/sok/" | cmp -s - "$site/public/sok/index.html"
ok "without a query the built page answers" $?
curl -s -m 10 "$base/finns-inte" | grep -q '<form action="/sok/" role="search"'
ok "what is missing can be searched for" $?

kill "$pid"
wait "$pid"
pid=
! grep -Eiq 'kontaktp|qqqq|missf|ans' "$work/log"
ok "nothing of a query is logged" $?

echo "1..$n"
