#!/bin/sh
# theme: a theme laid on the shipped one changes what it says, and no more.
set -u
. "$(dirname "$0")/tap.sh"
site=$work/site
own=$site/themes/egen

# A fresh copy of what is shipped, with an empty theme on top.
fresh() {
	rm -rf "$site"
	mkdir -p "$own/templates" "$own/static" "$own/text"
	cp -r "$top/content" "$top/forms" "$top/themes" "$site"
	echo 'notice: Obs!' >"$own/text/sv.yaml"
	sed -i '2a aliases: [/gammal/]' "$site/content/kontakt.md"
	sed -i 's/^theme:.*/theme: [egen, standard]/' "$site/content/site.yaml"
}

build() { "$BLANKETT" -C "$site" build --no-compress >"$work/out" 2>&1; }

fresh
build
ok "a theme of one word on the shipped one builds" $?
! grep -rq '/assets/own' "$site/public"
ok "without own.css there is no link to one" $?

printf ':root { --accent: #602 }\n' >"$own/static/own.css"
build
url=$(grep -o '/assets/own\.[0-9a-f]*\.css' "$site/public/index.html")
[ -n "$url" ] && grep -qF -- '--accent:#602' "$site/public$url"
ok "static/own.css is written under its fingerprint" $?
sum="sha256-$(openssl dgst -sha256 -binary "$site/public$url" | base64 -w0)"
lost=
for page in $(find "$site/public" -name '*.html'); do
	tr '\n' ' ' <"$page" | grep -qF "<link rel=\"stylesheet\" href=\"$url\" \
integrity=\"$sum\">" || lost="$lost
# $page"
done
[ -z "$lost" ]
ok "each page links it, with its hash" $? || echo "$lost"
tr '\n' ' ' <"$site/public/index.html" |
	grep -q 'href="/assets/style[^>]*> *<link[^>]*href="/assets/own'
ok "after the style sheet that it adds to" $?
grep -qF "$url" "$(find "$site/public" -name 'steg.svg' | head -n 1)"
ok "so do the large drawings" $?

echo '<footer class="bottom">Egen fot {{site.name}}</footer>' \
	>"$own/templates/footer.mustache"
build
grep -q 'Egen fot' "$site/public/index.html" &&
	grep -q 'Egen fot' "$site/public/e-tjanster/synpunkt/index.html" &&
	[ "$(grep -c '<footer' "$site/public/index.html")" -eq 1 ]
ok "the footer is a template of its own" $?

fresh
echo 'citat: sagt av' >>"$own/text/sv.yaml"
echo '{{title}}' >"$own/templates/foot.mustache"
"$BLANKETT" -C "$site" check >"$work/out" 2>&1
status=$?
diff - "$work/out" >"$work/diff" <<'END'
warning: themes/egen/templates/foot.mustache: nothing uses it (did you mean "footer"?)
warning: themes/egen/text/en.yaml: lacks "citat", which text/sv.yaml has; it is in Swedish on those pages
no faults, 2 warnings
END
[ $? -eq 0 ] && [ $status -eq 0 ]
ok "check tells what does nothing, and what lacks its English" $? ||
	sed 's/^/# /' "$work/diff"
echo 'citat: said by' >"$own/text/en.yaml"
rm "$own/templates/foot.mustache"
"$BLANKETT" -C "$site" check | grep -q '^no faults, 0 warnings$'
ok "and nothing when it is mended" $?
printf '<footer>\n<script src="/x.js"></script>\n</footer>\n' \
	>"$own/templates/footer.mustache"
printf 'a { color: red }\n@import "https://typsnitt.example/css";\n' \
	>"$own/static/own.css"
"$BLANKETT" -C "$site" check >"$work/out" 2>&1
status=$?
diff - "$work/out" >"$work/diff" <<'END'
warning: themes/egen/static/own.css:2: @import: browsers leave it out; style sheets are published under other names: put the rules in this file
warning: themes/egen/templates/footer.mustache:2: <script>: browsers leave it out; the security policy lets no script run, and pages work without
no faults, 2 warnings
END
[ $? -eq 0 ] && [ $status -eq 0 ]
ok "check tells what the security policy stops" $? ||
	sed 's/^/# /' "$work/diff"
rm "$own/templates/footer.mustache" "$own/static/own.css"
mkdir "$own/components"
echo '{{body}}' >"$own/components/tips.mustache"
printf ':::tips\nText.\n:::\n' >>"$site/content/kontakt.md"
"$BLANKETT" -C "$site" check >"$work/out" 2>&1
grep -qF 'unknown directive ":::tips"; themes/egen/components/tips.mustache would be one in components/directives/' \
	"$work/out"
ok "a directive a folder too high is told where it belongs" $?
echo "1..$n"
