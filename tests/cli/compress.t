#!/bin/sh
# compress: ready-made .br and .gz beside the text of a site.
set -u
. "$(dirname "$0")/tap.sh"

site=$work/site
page=$site/public/roller/index.html

build() { "$BLANKETT" -C "$site" build --date 2026-11-22 "$@" 2>/dev/null; }
# Makes what is there look old, and lists what has been written since.
age() { find "$site/public" -exec touch -d 2001-01-01 {} +; }
written() {
	(cd "$site/public" && find . -type f -newermt 2002-01-01 \
		! -name site.json | sort)
}
packed() { # directory
	(cd "$1" && find . -name '*.br' -o -name '*.gz' | sort)
}

cp -r "$top/tests/golden/site" "$work/site"
build >"$work/out"
packed "$site/public" >"$work/packed"
bad=0
while read -r f; do
	case $f in
	*.br) brotli -dc "$site/public/$f" ;;
	*) gzip -dc "$site/public/$f" ;;
	esac | cmp -s - "$site/public/${f%.*}" || bad=1
	[ "$(stat -c %s "$site/public/$f")" -lt \
		"$(stat -c %s "$site/public/${f%.*}")" ] || bad=1
done <"$work/packed"
[ -s "$work/packed" ] && [ $bad -eq 0 ]
ok "each is its file, and smaller" $?
find "$site/public" -size +1023c \( -name '*.html' -o -name '*.css' -o \
	-name '*.xml' \) | while read -r f; do
	[ -f "$f.br" ] && [ -f "$f.gz" ] || echo "$f"
done >"$work/lacking"
[ ! -s "$work/lacking" ]
ok "every page, sheet and feed has both" $?
! grep -qE '\.(png|jpg|pdf)\.|robots' "$work/packed"
ok "pictures and short files have none" $?
od -An -tx1 -N10 "$page.gz" | grep -q '^ 1f 8b 08 00 00 00 00 00 0. 03$'
ok "gzip's head tells neither time nor name" $?
build --jobs 1 --out "$work/one" >/dev/null
diff -r "$site/public" "$work/one" >/dev/null
ok "the same bytes every time" $?

age
build >/dev/null
[ -z "$(written)" ]
ok "a second build packs nothing" $?
printf '\nMer.\n' >>"$site/content/roller.md"
build >/dev/null
[ "$(written)" = "./roller/index.html
./roller/index.html.br
./roller/index.html.gz" ]
ok "what changed is packed, and nothing else" $?
# The order in which a changed page is replaced: first what is packed goes.
printf '\nMera.\n' >>"$site/content/roller.md"
strace -f -qq -o "$work/trace" -e trace=unlink,unlinkat,rename,renameat \
	"$BLANKETT" -C "$site" build --date 2026-11-22 >/dev/null 2>&1
sed -n 's/.*\(unlink\|rename\).*"\([^"]*roller\/index.html[^"]*\)".*/\1 \2/p' \
	"$work/trace" | grep -v '/en/\|lattlast' |
	sed "s|$site/public/||" >"$work/order"
printf '%s\n' 'unlink roller/index.html.br' 'unlink roller/index.html.gz' \
	'rename roller/index.html' 'rename roller/index.html.br' \
	'rename roller/index.html.gz' | diff - "$work/order" >"$work/diff"
status=$?
ok "a build broken off leaves no page beside another packed" $status
[ $status -eq 0 ] || sed 's/^/# /' "$work/diff"
age
rm "$page.br"
printf x >>"$page.gz"
build >/dev/null
[ "$(written)" = "./roller/index.html.br
./roller/index.html.gz" ]
ok "one that is gone or damaged is made again" $?
rm -rf "$work/one"
build --out "$work/one" >/dev/null
diff -r "$site/public" "$work/one" >/dev/null
ok "and all is as in a clean build" $?

rm "$site/content/roller.en.md"
sed -i 's/\[[^]]*\](roller.en.md[^)]*)/x/' "$site"/content/*.md
build >/dev/null
[ ! -e "$site/public/en/roller" ]
ok "those of a page that is gone are gone" $?
build --no-compress >"$work/out"
[ -z "$(packed "$site/public")" ] && grep -q ': 0 written' "$work/out"
ok "--no-compress leaves none" $?
build >/dev/null
[ -n "$(packed "$site/public")" ]
ok "and they come back without it" $?

echo "1..$n"
