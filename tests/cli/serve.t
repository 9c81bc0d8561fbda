#!/bin/sh
# serve: what it refuses to start with, what it answers, how it ends.
set -u
. tests/cli/server.sh

# refuses NAME STATUS TEXT OPTION...: serve ends at once, with one line.
refuses()
{
	name=$1 want=$2 text=$3
	shift 3
	"$BLANKETT" -C "$dir/site" serve "$@" \
		> "$dir/out" 2> "$dir/err"
	got=$?
	is "$name: exit status" "$got" "$want"
	is "$name: lines" "$(grep -vc 'level=warn\|level=info' "$dir/err")" 1
	ok "$name: $text" grep -qF "$text" "$dir/err"
}

status_of()
{
	curl -s -o "$dir/page" -w '%{http_code}' "$@"
}

# ---- starting --------------------------------------------------------------
mkdir "$dir/site"
refuses 'nothing built' 2 'run `blankett build` first' --keys "$dir/keys"
rmdir "$dir/site"
build_site
refuses 'no keyset' 2 'forms/keyset is not there' --keys "$dir/nokeys"
cp "$dir/keys/keyset" "$dir/site/forms/keyset"
refuses 'no pin' 1 'organisation-key' --keys "$dir/keys"
printf 'organisation-key: %s\n' "$(cat "$dir/keys/organisation.pub")" \
	>> "$dir/site/content/site.yaml"
refuses 'development keys' 2 'only serve --dev takes them' --keys "$dir/keys"
refuses 'no server key' 1 'server.key' --dev --keys "$dir/site"
refuses 'no development keys' 2 'keys init --no-passphrase --out' --dev
refuses 'not loopback' 2 'no loopback address' --listen=0.0.0.0:8240
refuses 'no port' 2 'HOST:PORT' --listen=127.0.0.1
sed 's/^epoch: 1/epoch: 2/' "$dir/keys/keyset" > "$dir/site/forms/keyset"
refuses 'a keyset changed by hand' 1 'forms/keyset' --keys "$dir/nokeys"
rm "$dir/site/forms/keyset"
style=$dir/site/themes/standard/static/style.css
echo 'p {color: red}' >> "$style"
refuses 'another theme' 2 'run `blankett build` again' --dev \
	--keys "$dir/keys" --data "$dir/data"
cp themes/standard/static/style.css "$style"

# A copy that has been broken off, in one way and another.
public=$dir/site/public
cp -rp "$public" "$dir/whole"
not_whole()
{
	refuses "$1" 1 "$public/$2" --dev \
		--keys "$dir/keys" --data "$dir/data"
	rm -r "$public"
	cp -rp "$dir/whole" "$public"
}
rm -r "$public/roller"
not_whole 'a page that is missing' \
	'roller/index.html: is missing, though site.json lists it'
mv "$public/assets" "$public/old"
not_whole 'assets that are missing' 'assets/'
head -c 2000 "$dir/whole/index.html" > "$public/index.html"
not_whole 'half a page' 'index.html: is not the file that site.json lists'
cp "$public/om/index.html" "$public/roller/index.html"
not_whole 'another page' 'roller/index.html: is not the file that site.json lists; copy the whole site'
for as in br gz; do
	cp "$public/om/index.html.$as" "$public/roller/index.html.$as"
	not_whole "another page, $as" \
		"roller/index.html.$as: is another file, packed"
	head -c 900 "$dir/whole/index.html.$as" > "$public/index.html.$as"
	not_whole "half a page, $as" "index.html.$as: is another file, packed"
done
head -c 2000 "$dir/whole/site.json" > "$public/site.json"
refuses 'half a list' 1 "$public/site.json: " --dev --keys "$dir/keys" \
	--data "$dir/data"
cp -p "$dir/whole/site.json" "$public"
cp "$dir/site/content/site.yaml" "$dir/site.yaml"
sed '/^organisation-key/d' "$dir/site.yaml" > "$dir/site/content/site.yaml"
(umask 077 && echo 'en lång mening att komma ihåg' > "$dir/passphrase")
"$BLANKETT" keys init --passphrase-file "$dir/passphrase" \
	--out "$dir/real" --site "$dir/site" > "$dir/made" 2>&1
printf -- '---\ntitle: Snart\ndraft: true\n---\n' \
	> "$dir/site/content/snart.md"
"$BLANKETT" -C "$dir/site" build --drafts > "$dir/made" 2>&1
refuses 'a build with drafts' 2 'has the draft content/snart.md' \
	--keys "$dir/real" --data "$dir/data" --listen=127.0.0.1:0
start_server
is 'which --dev shows' "$(status_of "$url/snart/")" 200
stop_server
rm "$dir/site/content/snart.md" "$dir/site/forms/keyset"
mv "$dir/site.yaml" "$dir/site/content/site.yaml"
"$BLANKETT" -C "$dir/site" build > "$dir/made" 2>&1
"$BLANKETT" serve --explain > "$dir/limits"
ok 'the limits are printed' grep -q '65536 bytes .*body of a request' \
	"$dir/limits"

# ---- what it answers ---------------------------------------------------------
start_server
is 'healthy' "$(curl -s "$url/healthz")" ok
curl -sD "$dir/head" -o "$dir/page" "$url/"
for header in "Content-Security-Policy: default-src 'none'; " \
	'X-Content-Type-Options: nosniff' 'Referrer-Policy: no-referrer' \
	'Permissions-Policy: ' 'Cross-Origin-Opener-Policy: same-origin' \
	'Cross-Origin-Resource-Policy: same-origin' 'X-Frame-Options: DENY' \
	'Date: ' 'ETag: "' 'Content-Type: text/html; charset=utf-8'; do
	ok "a page has $header" grep -qF "$header" "$dir/head"
done
# What no browser shows as a document has no use for most of them.
for file in "$public"/assets/style.*.css "$public"/assets/icon.*.svg; do
	kind=${file##*.}
	curl -sI "$url/assets/${file##*/}" > "$dir/head3"
	ok "$kind: is what it says" grep -q '^X-Content-Type-Options: nosniff' \
		"$dir/head3"
	ok "$kind: is for this site alone" grep -q \
		'^Cross-Origin-Resource-Policy: same-origin' "$dir/head3"
	ok "$kind: is kept, and not asked for again" sh -c "
		grep -q '^Cache-Control: .*immutable' '$dir/head3' &&
		! grep -q '^ETag' '$dir/head3'"
	is "$kind: headers of documents" "$(grep -cE \
		'^(Permissions-Policy|Cross-Origin-Opener|X-Frame)' \
		"$dir/head3")" 0
done
ok 'a picture runs nothing, who opens it by itself' grep -q \
	"^Content-Security-Policy: default-src 'none'; " "$dir/head3"
ok 'a page sets no cookie and names no server' \
	sh -c "! grep -qiE '^(set-cookie|server):' '$dir/head'"
ok 'nothing unsafe in the policy' sh -c "! grep -q unsafe '$dir/head'"
cmp -s "$dir/page" "$dir/site/public/index.html"
is 'the page is the built one' $? 0
etag=$(sed -n 's/^ETag: \(.*\)\r$/\1/p' "$dir/head")
is 'not modified' "$(status_of -H "If-None-Match: $etag" "$url/")" 304
is 'modified' "$(status_of -H 'If-None-Match: "x"' "$url/")" 200
for coding in br gzip; do
	unpack=$([ $coding = br ] && echo brotli || echo gzip)
	curl -s -H "Accept-Encoding: $coding" -D "$dir/head3" \
		-o "$dir/packed" "$url/"
	ok "a page is sent packed: $coding" \
		grep -q "^Content-Encoding: $coding" "$dir/head3"
	ok "$coding: a cache is told so" \
		grep -q '^Vary: Accept-Encoding' "$dir/head3"
	$unpack -dc < "$dir/packed" | cmp -s - "$dir/page"
	is "$coding: it is the page" $? 0
	tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/p' "$dir/head3")
	is "$coding: not modified" "$(status_of -H "If-None-Match: $tag" \
		-H "Accept-Encoding: $coding" "$url/")" 304
	is "$coding: its tag is no other's" "$(status_of \
		-H "If-None-Match: $tag" "$url/")" 200
	curl -sI -H "Accept-Encoding: $coding" "$url/" > "$dir/head4"
	is "$coding: HEAD says its length" \
		"$(grep -i '^content-length' "$dir/head4")" \
		"$(grep -i '^content-length' "$dir/head3")"
done
is 'what is packed has no address' "$(status_of "$url/index.html.br") $(
	status_of "$url/roller/index.html.gz")" '404 404'
curl -s -H 'Accept-Encoding: br, gzip' -D "$dir/head3" -o "$dir/packed" \
	-d _action=next "$url/e-tjanster/synpunkt/"
ok 'what holds an answer is not packed' \
	sh -c "! grep -qi '^content-encoding' '$dir/head3'"
curl -s -o "$dir/page" "$url/"
is 'HEAD is 200' "$(curl -s -I -o "$dir/head2" -w '%{http_code}' "$url/")" 200
is 'HEAD says the length' "$(grep -i '^content-length' "$dir/head2")" \
	"$(grep -i '^content-length' "$dir/head")"
is 'a missing slash is redirected' "$(curl -s -o /dev/null \
	-w '%{http_code} %{redirect_url}' "$url/roller")" "301 $url/roller/"
is 'an unknown path' "$(status_of "$url/nothing")" 404
ok 'is said in Swedish' grep -q 'Sidan finns inte' "$dir/page"
is 'an unknown English path' "$(status_of "$url/en/nothing")" 404
ok 'is said in English' grep -q '<html lang="en"' "$dir/page"
is 'no metrics in public' "$(status_of "$url/metrics")" 404
is 'security.txt' "$(status_of "$url/.well-known/security.txt"
	)$(grep -c '^Expires: 20..-..-..T..:..:..Z$' "$dir/page")" 2001
is 'no hidden file' "$(status_of "$url/.gitignore")" 404
is 'no way out' "$(status_of --path-as-is "$url/../forms/synpunkt.md")" 400
is 'nor in disguise' "$(status_of --path-as-is "$url/%2e%2e/forms")" 400
is 'an unsigned API call' "$(status_of "$url/api/v1/queue?after=0")" 401
for method in PUT DELETE PATCH OPTIONS PROPFIND TRACE BREW; do
	is "$method is not allowed" "$(status_of -X $method -D "$dir/head" \
		"$url/e-tjanster/synpunkt/")" 405
done
ok 'and Allow says what is' grep -q '^Allow: GET, HEAD, POST' "$dir/head"
is 'POST to a page' "$(status_of -d a=b "$url/roller/")" 405
is 'POST to nothing' "$(status_of -d a=b "$url/nothing")" 404
is 'GET where only POST goes' "$(status_of "$url/api/v1/ack")" 405

# ---- what it refuses ---------------------------------------------------------
form=$url/e-tjanster/synpunkt/
head -c 65000 /dev/zero | tr '\0' a > "$dir/large"
head -c 70000 /dev/zero | tr '\0' a > "$dir/larger"
is 'a body at the limit' "$(status_of --data-binary "@$dir/large" "$form")" 422
is 'a body over it' "$(status_of --data-binary "@$dir/larger" "$form")" 413
ok 'is said in Swedish' grep -q 'för stort' "$dir/page"
head -c 3000000 /dev/zero > "$dir/largest"
is 'far over it' "$(status_of --data-binary "@$dir/largest" "$form")" 413
is 'too many fields' "$(status_of -d "$(printf 'a=1&%.0s' $(seq 201))" \
	"$form")" 413
is 'not a form' "$(status_of -H 'Content-Type: application/json' -d '{}' \
	"$form")" 400
is 'chunked' "$(status_of -H 'Transfer-Encoding: chunked' -d a=b "$form")" 411

refused()
{
	raw "$2" > "$dir/answer"
	is "$1" "$(head -c 12 "$dir/answer" | tail -c 3)" "$3"
	is "$1: one answer" "$(grep -c '^HTTP/1.1 ' "$dir/answer")" 1
}
post='POST /e-tjanster/synpunkt/ HTTP/1.1\r\n'
refused 'no Host' 'GET / HTTP/1.1\r\n\r\n' 400
refused 'two Hosts' 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n' 400
refused 'two lengths' "${post}Host: a\r\nContent-Length: 3\r\n\
Content-Length: 30\r\n\r\na=bGET / HTTP/1.1\r\nHost: a\r\n\r\n" 400
refused 'length and coding' "${post}Host: a\r\nContent-Length: 3\r\n\
Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n" 400
refused 'a length with a sign' "${post}Host: a\r\nContent-Length: +3\r\n\r\na=b" 400
refused 'a folded line' 'GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n Z: z\r\n\r\n' 400
refused 'a space before the colon' 'GET / HTTP/1.1\r\nHost : a\r\n\r\n' 400
refused 'an encoded NUL' 'GET /index.html%00.txt HTTP/1.1\r\nHost: a\r\n\r\n' 400
refused 'a request smuggled in a body not read' "GET / HTTP/1.1\r\nHost: a\r\n\
Content-Length: 35\r\n\r\nGET /roller/ HTTP/1.1\r\nHost: a\r\n\r\n" 200
is 'a refusal has the strict headers' \
	"$(raw 'GET / HTTP/1.1\r\n\r\n' | grep -c '^Content-Security-Policy')" 1
raw 'GET /roller/ HTTP/1.1\r\nHost: a\r\n\r\nGET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n' \
	| grep -a '^HTTP/1.1' | tr -d '\r' > "$dir/answer"
is 'two requests on a connection' "$(tr '\n' , < "$dir/answer")" \
	'HTTP/1.1 200 OK,HTTP/1.1 404 Not Found,'

# ---- another of its kind, and the end ----------------------------------------
"$BLANKETT" -C "$dir/site" serve --dev --keys "$dir/keys" --data "$dir/data2" \
	--listen "${url#http://}" > "$dir/out2" 2> "$dir/err"
is 'a port that is taken' $? 1
is 'is said in one line' "$(grep -vc 'level=warn\|level=info' "$dir/err")" 1
ok 'that names it' grep -q "${url#http://} is taken" "$dir/err"
stop_server
is 'SIGTERM ends it well' "$status" 0
start_server --proxy
stop_server
is 'as does a second start' "$status" 0

# ---- limits for networks, behind a proxy --------------------------------------
start_server --proxy
for _ in 1 2 3 4 5 6 7 8 9 10; do
	last=$(status_of -H 'X-Real-IP: 192.0.2.77' -d code=x "$url/svar/")
done
is 'ten codes may be tried' "$last" 404
is 'the eleventh not' "$(status_of -D "$dir/head" \
	-H 'X-Real-IP: 192.0.2.77' -d code=x "$url/svar/")" 429
ok 'and it says when again' grep -q '^Retry-After: 60' "$dir/head"
is 'another network may' "$(status_of -H 'X-Real-IP: 192.0.2.78' -d code=x \
	"$url/svar/")" 404
ok 'no address is written anywhere' sh -c \
	"! grep -raE '192\.0\.2\.|127\.0\.0\.1|curl' '$dir/data' '$dir/log'"
kill -INT "$server"
wait "$server"
is 'SIGINT ends it well' $? 0
server=
plan
