#!/bin/sh
# weight: what a first visit to each shipped page costs on the wire: the page,
# its stylesheets and its pictures, packed by gzip, the weaker of the two.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
BLANKETT=${BLANKETT:-$top/build/release/blankett}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
MAX=15000

mkdir "$work/site"
cp -r "$top/content" "$top/forms" "$top/themes" "$work/site"
"$BLANKETT" -C "$work/site" build >/dev/null 2>&1
cd "$work/site/public" || exit 1

wire() { # file
	if [ -f "$1.gz" ]; then stat -c %s "$1.gz"; else stat -c %s "$1"; fi
}

n=0
find . -name '*.html' | sort >"$work/pages"
echo "1..$(wc -l <"$work/pages")"
while read -r page; do
	n=$((n + 1))
	bytes=$(wire "$page")
	for part in $(grep -oE '(<link rel="(stylesheet|icon)" href|<img[^>]* src)="[^"]*"' \
		"$page" | sed 's/.*"\([^"]*\)"$/\1/' | sort -u); do
		[ -f ".$part" ] || { bytes=none; break; }
		bytes=$((bytes + $(wire ".$part")))
	done
	if [ "$bytes" != none ] && [ "$bytes" -gt 3000 ] &&
		[ "$bytes" -le "$MAX" ]; then
		echo "ok $n - $page: $bytes bytes"
	else
		echo "not ok $n - $page: $bytes bytes, at most $MAX"
	fi
done <"$work/pages"
