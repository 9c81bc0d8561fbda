#!/bin/sh
# expiry: from its expire day a page is not shown, though public/ still has
# it; a page whose day has not come is not built.
set -u
. tests/cli/server.sh

day()
{
	TZ=Europe/Stockholm date -d "$1" +%F
}

status_of()
{
	curl -s -o "$dir/page" -w '%{http_code}' "$@"
}

# page NAME KEYS: a page with a drawing, shown on the start page's list.
page()
{
	printf -- '---\ntitle: Kampanj %s\n%b---\n\nOrdet xylofon.\n\n%s\n' \
		"$1" "$2" ':::steps
1. **Ett.** Så.
2. **Två.** Sen.
:::' > "$dir/site/content/$1.md"
}

# Midnight in Sweden must not fall between here and the end.
[ "$(day '2 minutes')" = "$(day now)" ] || sleep 150
mkdir "$dir/site"
cp -r content forms themes "$dir/site"
page over "expire: $(day now)\naliases: [/forr/, /forut]\n"
page soon "expire: $(day tomorrow)\n"
page later "publish: $(day tomorrow)\n"
"$BLANKETT" keys init --no-passphrase --out "$dir/keys" > "$dir/made"
"$BLANKETT" -C "$dir/site" build --date "$(day yesterday)" > "$dir/made" 2>&1
is 'the site is built as of yesterday' $? 0
ok 'with the page' test -f "$dir/site/public/over/index.html"
ok 'and its drawing' test -f "$dir/site/public/over/steg.svg"
ok 'without the one whose day has not come' \
	test ! -e "$dir/site/public/later"

start_server
is 'today it is gone' "$(status_of "$url/over/")" 410
ok 'in plain words' grep -q 'Sidan visas inte längre' "$dir/page"
ok 'that say where to go instead' grep -q 'href="/"' "$dir/page"
ok 'or to search' grep -q 'action="/sok/"' "$dir/page"
is 'HEAD says so too' "$(status_of -I "$url/over/")" 410
is 'also to who has it already' "$(status_of -H 'If-None-Match: *' \
	"$url/over/")" 410
is 'its drawing too' "$(status_of "$url/over/steg.svg")" 410
is 'and its alias' "$(status_of "$url/forr/")" 410
is 'however it is written' "$(status_of -L "$url/forut")" 410
is 'what expires tomorrow is there' "$(status_of "$url/soon/")" 200
is 'what comes tomorrow is not' "$(status_of "$url/later/")" 404
status_of "$url/sok/?q=xylofon" > "$dir/said"
is 'the search finds only what is shown' "$(grep -c 'href="/soon/"' \
	"$dir/page") $(grep -c 'href="/over/"' "$dir/page")" '1 0'
"$BLANKETT" -C "$dir/site" build > "$dir/made" 2>&1
ok 'the next build leaves it out' test ! -e "$dir/site/public/over"
kill -HUP "$server"
sleep 1
is 'and it stays gone' "$(status_of "$url/over/")" 410
stop_server
is 'SIGTERM ends it well' "$status" 0
plan
