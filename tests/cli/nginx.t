#!/bin/sh
# nginx: pages of information on a web server of their own, forms elsewhere.
set -u
. tests/cli/server.sh
nginx=
trap '[ -z "$nginx" ] || kill "$nginx"; stop_server; rm -rf "$dir"' EXIT
PATH=$PATH:/usr/sbin
intake=https://blanketter.lindvik.example
conf=$dir/site/.blankett/nginx-headers.conf
public=$dir/site/public

mkdir "$dir/site"
cp -r content forms themes "$dir/site"
build() { "$BLANKETT" -C "$dir/site" build "$@"; }

build > "$dir/out"
ok 'without intake-url nothing is written for nginx' \
	sh -c "[ ! -e '$conf' ] && ! grep -q nginx '$dir/out'"
echo "intake-url: $intake/" >> "$dir/site/content/site.yaml"
build > "$dir/out"
is 'build says what to include' "$(tail -n 1 "$dir/out")" \
	"for nginx: include $conf"

# ---- where pages lead ------------------------------------------------------
# Pages that stand at the intake themselves: forms, on paper too, their list,
# and replies.
theirs='/(e-tjanster(/.+)?|svar)/index.html$'
leads() { # PATTERN FILE...
	pattern=$1
	shift
	grep -ohE "(<a href|action)=\"$pattern\"" "$@" | sort -u
}
find "$public" -name '*.html' | grep -vE "$theirs" > "$dir/pages"
is 'no page of information leads to a form here' \
	"$(leads '(/en)?/(e-tjanster|svar)/[^"]*' $(cat "$dir/pages"))" ''
n_links=$(leads "$intake/[^\"]*" $(cat "$dir/pages") | wc -l)
ok 'they lead to the intake' [ "$n_links" -gt 10 ]
is 'the form for errors is among them' \
	"$(leads "$intake/e-tjanster/sidfel/" "$public/roller/index.html" |
	tail -n 1)" "action=\"$intake/e-tjanster/sidfel/\""
ok 'and may be sent there by the policy, and nowhere else' grep -q \
	"form-action $intake; " "$public/roller/index.html"
ok 'a form is sent to where it stands' grep -q \
	'action="/e-tjanster/synpunkt/"' "$public/e-tjanster/synpunkt/index.html"
is 'the sitemap names what is here' \
	"$(grep -c 'e-tjanster\|svar/' "$public/sitemap.xml")" 0
ok 'codes on paper lead to the intake' grep -q \
	"href=\"$intake/e-tjanster/synpunkt/\"" "$public/broschyr/index.html"
build --intake-url '' --out "$dir/own" > /dev/null
ok 'a trial is built without it' \
	sh -c "! grep -rq '$intake' '$dir/own'"
for url in 'https://a b' 'https://a;b' 'https://a"b' 'https://a/b' 'ftp://a' \
	'https://' "https://a'b" 'https://$a'; do
	build --intake-url "$url" > "$dir/out" 2>&1
	is "refused: $url" "$?" 2
done

# ---- a real nginx ------------------------------------------------------------
port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1,
	LocalAddr => "127.0.0.1")->sockport')
mkdir "$dir/nginx"
cat > "$dir/nginx.conf" <<CONF
daemon off;
pid $dir/nginx/pid;
error_log $dir/nginx/error.log;
events {}
http {
	include /etc/nginx/mime.types;
	access_log off;
	client_body_temp_path $dir/nginx/body;
	proxy_temp_path $dir/nginx/proxy;
	fastcgi_temp_path $dir/nginx/fastcgi;
	uwsgi_temp_path $dir/nginx/uwsgi;
	scgi_temp_path $dir/nginx/scgi;
	server {
		listen 127.0.0.1:$port;
		root $public;
		include $conf;
	}
}
CONF
[ "$(id -u)" != 0 ] || sed -i '1i user root;' "$dir/nginx.conf"
ok 'nginx takes the file' nginx -t -c "$dir/nginx.conf" -e "$dir/nginx/error.log"
nginx -c "$dir/nginx.conf" -e "$dir/nginx/error.log" & nginx=$!
tries=0
until curl -s -o /dev/null "http://127.0.0.1:$port/"; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || { cat "$dir/nginx/error.log"; exit 1; }
	sleep 0.05
done
url=http://127.0.0.1:$port
# got PATH OPTION...: the status; the head in $dir/head, the page in $dir/page.
got() {
	where=$1
	shift
	curl -s -D "$dir/head" -o "$dir/page" -w '%{http_code}' "$@" \
		"$url$where"
}
header() { sed -n "s/^$1: \(.*\)\r\$/\1/p" "$dir/head"; }

# What serve says of the same page is said here, but for where forms go.
build_keys() {
	"$BLANKETT" keys init --no-passphrase --out "$dir/keys" > /dev/null
}
build_keys
nginx_url=$url
start_server
serve_url=$url
url=$nginx_url
curl -s -D "$dir/serve" -o "$dir/serve-page" "$serve_url/roller/"
is 'a page is there' "$(got /roller/)" 200
cmp -s "$dir/page" "$dir/serve-page"
is 'and the same as from serve' $? 0
for name in X-Content-Type-Options Referrer-Policy Permissions-Policy \
	Cross-Origin-Opener-Policy Cross-Origin-Resource-Policy \
	X-Frame-Options Cache-Control Content-Type; do
	want=$(sed -n "s/^$name: \(.*\)\r\$/\1/p" "$dir/serve")
	is "$name is serve's" "$(header $name)" "$want"
	ok "$name is there" [ -n "$want" ]
done
want=$(sed -n "s/^Content-Security-Policy: \(.*\)\r\$/\1/p" "$dir/serve")
is 'the policy is serve'"'"'s and lets forms go to the intake' \
	"$(header Content-Security-Policy)" "$(echo "$want" |
	sed "s|form-action 'self'|& $intake|")"
ok 'which is more than serve says' [ "$want" != \
	"$(header Content-Security-Policy)" ]

is 'a page is sent packed' "$(got /roller/ -H 'Accept-Encoding: gzip')" 200
is 'by gzip' "$(header Content-Encoding)" gzip
is 'and a cache is told' "$(header Vary)" Accept-Encoding
cmp -s "$dir/page" "$public/roller/index.html.gz"
is 'as it lies there' $? 0
css=$(cd "$public" && echo assets/style.*.css)
is 'a stylesheet is there' "$(got "/$css")" 200
is 'and may be kept' "$(header Cache-Control)" \
	'max-age=31536000, immutable'
got "/$(cd "$public" && echo assets/icon.*.svg)" > "$dir/status"
ok 'a picture is there' grep -q 200 "$dir/status"
is 'and may be kept too' "$(header Cache-Control)" \
	'max-age=31536000, immutable'
# Of what is no page, as much as serve says and no more.
strict() { # FILE: the names of its strict headers, in order
	grep -oiE '^(Content-Security|X-|Referrer|Permissions|Cross-)[^:]*' "$1" |
		sort | tr '\n' ' '
}
for file in "$css" "$(cd "$public" && echo assets/icon.*.svg)"; do
	curl -s -D "$dir/serve" -o "$dir/serve-page" "$serve_url/$file"
	got "/$file" > "$dir/status"
	cmp -s "$dir/page" "$dir/serve-page"
	is "${file##*.}: the same file" $? 0
	is "${file##*.}: with the same headers" "$(strict "$dir/head")" \
		"$(strict "$dir/serve")"
	ok "${file##*.}: of what type it is" \
		grep -q '^X-Content-Type-Options: nosniff' "$dir/head"
done
ok 'a picture has the policy' grep -q '^Content-Security-Policy: default' \
	"$dir/head"
is 'what is packed has no address' \
	"$(got /roller/index.html.gz) $(got "/$css.gz")" '404 404'
is 'an unknown page' "$(got /finns-inte/)" 404
cmp -s "$dir/page" "$public/404.html"
is 'is said by our own' $? 0
ok 'with the headers' [ -n "$(header Content-Security-Policy)" ]
got /assets/finns-inte.css > /dev/null
is 'what is not there is not kept' "$(header Cache-Control)" \
	'max-age=60, must-revalidate'
is 'who comes for a form is sent on' \
	"$(got '/en/e-tjanster/synpunkt/?a=b' -d x=y) $(header Location)" \
	"307 $intake/en/e-tjanster/synpunkt/?a=b"
is 'and who comes for a reply' "$(got /svar/) $(header Location)" \
	"307 $intake/svar/"
is 'nobody else' "$(got /svarstider/)" 404

# ---- pages made at the intake --------------------------------------------------
curl -s -o "$dir/page" -d _action=next "$serve_url/e-tjanster/synpunkt/"
ok 'a page made while serving stays at the intake' \
	grep -q 'action="/e-tjanster/synpunkt/"' "$dir/page"
is 'also in its menu' "$(leads "$intake/[^\"]*" "$dir/page")" ''
stop_server

# ---- held to a commit --------------------------------------------------------
printf 'public/\n.blankett/\n' > "$dir/site/.gitignore"
git init -q "$dir/site"
git -C "$dir/site" add -A
git -C "$dir/site" -c user.name=Prov -c user.email=prov@a.example commit -qm x
build > "$dir/out"
ok 'what nginx sends is the commit, and forms lead to the intake' \
	"$BLANKETT" -C "$dir/site" verify "$nginx_url" --rev HEAD
grep -q "files are equal, [1-9][0-9]* at $intake\$" "$dir/said"
is 'which is told' $? 0
sed -i "s|$intake|https://falsk.example|" "$conf"
sed -i "s|307 $intake|307 https://falsk.example|" "$conf"
# The worker of before answers too until it has gone.
before=$(pgrep -P "$nginx")
kill -HUP "$nginx"
tries=0
while kill -0 $before 2> /dev/null && [ $tries -lt 200 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
"$BLANKETT" -C "$dir/site" verify "$nginx_url" --rev HEAD > "$dir/out" 2>&1
is 'one that leads elsewhere is found' "$?" 1
ok 'and every form is named' grep -q '^leads to another address: e-tjanster/synpunkt/index.html (answered 307)$' "$dir/out"
build --intake-url https://falsk.example > "$dir/out"
"$BLANKETT" -C "$dir/site" verify "$nginx_url" --rev HEAD > "$dir/out" 2>&1
is 'so is a site that was built for it' "$?" 1
ok 'by what it says' grep -q '^its forms are received at https://falsk.example; the commit.s site.yaml has ' "$dir/out"
kill "$nginx"
wait "$nginx" 2> /dev/null
nginx=
plan
