#!/bin/sh
# serve --watch: what is saved stands in the page at once, what is wrong with
# it too, and the browser is told; nothing of it is in a build.
set -u
. tests/cli/server.sh
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

status_of()
{
	curl -s -D "$dir/head" -o "$dir/page" -w '%{http_code}' "$@"
}

# Waits for another build than the one seen last, as the browser does.
build=0
news()
{
	now=$(curl -s -m 25 "$url/_watch?$build")
	[ -n "$now" ] && [ "$now" != "$build" ] || return 1
	build=$now
}

has()
{
	ok "$1" grep -qF -- "$2" "$dir/page"
}

content=$dir/site/content
mkdir "$dir/site"
cp -r content forms themes "$dir/site"
git init -q "$dir/site"
git -C "$dir/site" add content/index.md
commit()
{
	git -C "$dir/site" -c user.name=Prov -c user.email=prov@a.example \
		commit -qm "$1"
}
commit 'Start'
"$BLANKETT" keys init --no-passphrase --out "$dir/keys" > "$dir/made"

# ---- what it refuses -----------------------------------------------------------
"$BLANKETT" -C "$dir/site" serve --dev --drafts 2> "$dir/err"
is 'drafts without --watch' $? 2
"$BLANKETT" -C "$dir/site" serve --dev --watch --public x 2> "$dir/err"
is '--watch with a --public' $? 2
cp "$content/site.yaml" "$dir/site.yaml"
echo 'name: [' > "$content/site.yaml"
"$BLANKETT" -C "$dir/site" serve --dev --watch --keys "$dir/keys" \
	--data "$dir/data" --listen 127.0.0.1:0 > "$dir/out" 2> "$dir/err"
is 'a site of which nothing can be shown' $? 1
ok 'and why' grep -q 'content/site.yaml:' "$dir/err"
cp "$dir/site.yaml" "$content/site.yaml"

# ---- a start with faults ---------------------------------------------------------
printf -- '---\ntitel: Fel\n---\n' > "$content/fel.md"
echo '[bort](ingen.md)' >> "$content/roller.md"
start_server --watch
is 'a site with faults is served' "$(status_of "$url/")" 500
has 'with all of them in the page' '<code>content/fel.md:2</code>'
has 'and all means all' '<code>content/roller.md:'
news
rm "$content/fel.md"
cp content/roller.md "$content/roller.md"
ok 'mended' news
until [ "$(status_of "$url/roller/")" = 200 ]; do
	news || break
done
is 'it is there' "$(status_of "$url/roller/")" 200
stop_server
build=0

# ---- a page ----------------------------------------------------------------------
start_server --watch
ok 'nothing is built to public/' test ! -e "$dir/site/public"
is 'yet the page is there' "$(status_of "$url/roller/")" 200
has 'with the script' '<script src="/_watch.js"></script>'
ok 'which may run' grep -q "script-src 'self'" "$dir/head"
ok 'and is not kept by the browser' grep -qi '^cache-control: no-store' \
	"$dir/head"
first=$(sed -n 's/^Server-Timing: build;desc="\([0-9]*\)".*/\1/p' "$dir/head")
ok 'the page says which build it is of' test -n "$first"
is 'the script is there' "$(status_of "$url/_watch.js")" 200
ok 'as a script' grep -qi '^content-type: text/javascript' "$dir/head"
ok 'the browser is told the build' news
is 'which is that of the page' "$build" "$first"
status_of "$url/api/v1/queue?after=0" > /dev/null
ok 'what is no page may run nothing' sh -c \
	"! grep -q script-src '$dir/head'"

# ---- saving -----------------------------------------------------------------------
echo 'Ett nytt ord: xylofon.' >> "$content/roller.md"
ok 'a page that is written is built' news
is 'and served' "$(status_of "$url/roller/")" 200
has 'with what is new' xylofon
ok 'the log says how long it took' grep -q \
	'event=rebuilt port=.* ms=[0-9]' "$dir/log"
sed 's/xylofon/marimba/' "$content/roller.md" > "$content/.roller.md.new"
mv "$content/.roller.md.new" "$content/roller.md"
ok 'so is one that is put in its place' news
status_of "$url/roller/" > /dev/null
has 'with what is new' marimba
mkdir -p "$content/nytt/under"
printf -- '---\ntitle: Ny sida\n---\n\nHej.\n' > "$content/nytt/under/sida.md"
ok 'a new directory is seen' news
until [ "$(status_of "$url/nytt/under/sida/")" = 200 ]; do
	news || break
done
has 'with the page in it' '<h1>Ny sida</h1>'
rm -r "$content/nytt"
ok 'what is removed is seen' news
until [ "$(status_of "$url/nytt/under/sida/")" = 404 ]; do
	news || break
done
is 'and gone' "$(status_of "$url/nytt/under/sida/")" 404
curl -s "$url/sok/?q=marimba" > "$dir/page"
has 'the search finds what is new' 'href="/roller/"'
sed -i 's/^name: .*/name: Omega/' "$content/site.yaml"
ok 'site.yaml is seen' news
status_of "$url/" > /dev/null
has 'and stands on the page' '<span>Omega</span>'
echo '.ny {color: red}' >> "$dir/site/themes/standard/static/style.css"
ok 'so is the theme' news
status_of "$url/" > /dev/null
style=$(sed -n 's/.*href="\(\/assets\/style\.[^"]*\)".*/\1/p' "$dir/page")
status_of "$url$style" > /dev/null
has 'down to its style sheet' '.ny{color:red}'
sed -i 's/^title: .*/title: Tyck till/' "$dir/site/forms/synpunkt.md"
ok 'and a form' news
status_of "$url/e-tjanster/synpunkt/" > /dev/null
has 'with its title' '<h1>Tyck till</h1>'
is 'a form can be tried' "$(status_of -d _action=next -d meddelande=Hej \
	"$url/e-tjanster/synpunkt/")" 200
ok 'in a page without the script, which would lose it' sh -c \
	"! grep -q _watch.js '$dir/page'"

git -C "$dir/site" add content/roller.md
commit 'Bytte instrument'
ok 'a commit is seen' news
status_of "$url/roller/" > /dev/null
has "among the page's changes" 'Bytte instrument'

# ---- faults -------------------------------------------------------------------------
cp "$content/roller.md" "$dir/good"
echo '[bort](ingen<b>.md)' >> "$content/roller.md"
printf -- '---\ntitel: Fel\n---\n' > "$content/fel.md"
ok 'faults are news too' news
until [ "$(status_of "$url/roller/")" = 500 ] &&
	grep -q fel.md "$dir/page"; do
	news || break
done
has 'they stand in the page, with their place' \
	"<code>content/roller.md:$(wc -l < "$content/roller.md")</code>"
has 'and all at once' '<code>content/fel.md:2</code>'
has 'escaped' 'ingen&lt;b&gt;.md'
has 'in a page that loads itself again' '/_watch.js'
ok 'and may' grep -q "script-src 'self'" "$dir/head"
ok 'in the looks of the site' grep -q "href=\"$style\"" "$dir/page"
is 'other pages say so too' "$(status_of "$url/")" 500
is 'files go on' "$(status_of "$url$style")" 200
rm "$content/fel.md"
cp "$dir/good" "$content/roller.md"
ok 'mended' news
until [ "$(status_of "$url/roller/")" = 200 ]; do
	news || break
done
has 'the page is back' marimba
{
	printf -- '---\ntitle: M\ndescription: M\n---\n'
	yes '[bort](ingen.md)' | head -n 50000
} > "$dir/many.md"
mv "$dir/many.md" "$content/many.md"
ok 'more faults than anybody reads' news
until [ "$(status_of "$url/roller/")" = 500 ]; do
	news || break
done
has 'are shown from the first' '<code>content/many.md:5</code>'
has 'and the rest counted' 'and 49800 faults more'
rm "$content/many.md"
ok 'and mended' news
until [ "$(status_of "$url/roller/")" = 200 ]; do
	news || break
done
echo '{{#oavslutad}}' >> "$dir/site/themes/standard/templates/page.mustache"
ok 'a fault in the theme' news
until [ "$(status_of "$url/")" = 500 ]; do
	news || break
done
is 'is shown with what the theme was before' "$(status_of "$url/")" 500
has 'with its place' 'themes/standard/templates/page.mustache:'
cp themes/standard/templates/page.mustache \
	"$dir/site/themes/standard/templates/page.mustache"
ok 'and mended' news
until [ "$(status_of "$url/")" = 200 ]; do
	news || break
done
is 'too' "$(status_of "$url/")" 200

# ---- drafts -------------------------------------------------------------------------
printf -- '---\ntitle: Snart\ndraft: true\n---\n\nHej.\n' > "$content/snart.md"
ok 'a draft is seen' news
is 'and not shown' "$(status_of "$url/snart/")" 404
curl -s -m 25 "$url/_watch?$(curl -s "$url/_watch?0")" > "$dir/waited" &
waiter=$!
sleep 0.3
begun=$(date +%s)
stop_server
is 'SIGTERM ends it well' "$status" 0
wait "$waiter"
ok 'and who waits is not waited for' test $(($(date +%s) - begun)) -lt 10
start_server --watch --drafts
is 'with --drafts it is' "$(status_of "$url/snart/")" 200
has 'and marked' 'notice draft'
status_of "$url/roller/" > /dev/null
ok 'other pages are not' sh -c "! grep -q 'notice draft' '$dir/page'"
stop_server

# ---- nothing of it elsewhere ----------------------------------------------------------
"$BLANKETT" -C "$dir/site" build > "$dir/made" 2>&1
is 'a build' $? 0
ok 'has nothing of it' sh -c "! grep -rq '_watch' '$dir/site/public'"
start_server
is 'without --watch nobody can wait' "$(status_of "$url/_watch?1")" 404
is 'nor get the script' "$(status_of "$url/_watch.js")" 404
status_of "$url/" > /dev/null
ok 'nor does a script run' sh -c "! grep -q script-src '$dir/head'"
stop_server
plan
