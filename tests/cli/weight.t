#!/bin/sh
# weight: what a first visit to each shipped page costs on the wire, in bytes of
# heads and bodies: the page and all that it loads, as serve sends it to a
# browser that takes Brotli, which all do over TLS.
set -u
. tests/cli/server.sh
MAX=15000

# With a history: its pages bear dates and tell of their changes.
build_site
git init -q "$dir/site"
git -C "$dir/site" add content forms themes
git -C "$dir/site" -c user.name=Prov -c user.email=prov@a.example \
	commit -qm 'Alla sidor'
# An address as long as they get on a free port: it stands in codes to scan.
"$BLANKETT" -C "$dir/site" build --base-url http://127.0.0.1:18100 \
	> "$dir/made" 2>&1
start_server

# sent PATH...: a line for each, its bytes or "none".
sent()
{
	for path; do
		curl -s -o "$dir/page" -H 'Accept-Encoding: gzip, deflate, br' \
			-w '%{http_code} %{size_header} %{size_download}\n' \
			"$url$path"
	done | awk '{ print $1 == 200 || $1 == 404 ? $2 + $3 : "none" }'
}

# parts FILE: the addresses of what a page loads by itself.
parts()
{
	grep -oE '<(link|img|script|source|iframe|object|embed|video)( [^>]*)?>' \
		"$1" | grep -vE 'rel="alternate"|type="application/ld' |
		sed -E 's/.* (href|src|srcset|data)="([^"]*)".*/\2/' | sort -u
}

# weigh PATH FILE: a test of one page, which lies unpacked in a file.
weigh()
{
	bytes=$(sent "$1" $(parts "$2") | awk '
		$1 == "none" { lost = 1 }
		{ sum += $1 }
		END { print lost ? "none" : sum }')
	ok "$1: $bytes bytes, at most $MAX" test "${bytes#none}" -gt 2000 -a \
		"${bytes#none}" -le $MAX
}

find "$dir/site/public" -name '*.html' | sort > "$dir/pages"
for path in /broschyr/ /en/kontaktperson/ /lattlast/kontaktperson/ \
	/e-tjanster/ansokan/ /e-tjanster/ansokan/blankett/; do
	ok "among the pages is $path" grep -qx "$dir/site/public$path"index.html \
		"$dir/pages"
done
while read -r file; do
	path=${file#"$dir/site/public"}
	weigh "${path%index.html}" "$file"
done < "$dir/pages"
# Made while serving, and never packed.
for path in '/sok/?q=kontaktperson' '/en/sok/?q=contact+person' /finns-inte/; do
	curl -s -o "$dir/whole" "$url$path"
	weigh "$path" "$dir/whole"
done

# That the scales weigh: all that a page loads, and heads.
sent /kontakt/ > "$dir/bare"
weigh_bytes=$(sent /kontakt/ $(parts "$dir/site/public/kontakt/index.html") |
	awk '{ sum += $1 } END { print sum, NR }')
is 'a page loads a style sheet and an icon' "${weigh_bytes#* }" 3
ok 'and its own head is counted' test "$(cat "$dir/bare")" -gt \
	"$(($(wc -c < "$dir/site/public/kontakt/index.html.br") + 500))"
ok 'style sheets load nothing more' sh -c \
	"! grep -lE 'url\(|@import' '$dir/site/public/assets/'*.css"
stop_server
plan
