#!/bin/sh
# disk: when the disk takes no more, a form is answered 503 with the phone
# number and without a receipt; pages go on, and what was stored is there.
set -u
. tests/cli/server.sh

build_site

# send NUMBER: a case of its own; status in $code, page in $dir/page.
send()
{
	token=$(printf '%020d' "$1")
	code=$(curl -s -o "$dir/page" -w '%{http_code}' -d _action=send \
		-d "_token=$token" --data-urlencode "meddelande=fall $1" \
		"$url/e-tjanster/synpunkt/")
}

# A file may not grow past 150 kB: for SQLite the disk is full.
start_limited()
{
	mkfifo "$dir/pipe"
	cat "$dir/pipe" > "$dir/log" &
	: > "$dir/out"
	(trap '' XFSZ
	ulimit -f 300
	exec "$BLANKETT" -C "$dir/site" serve --dev --listen 127.0.0.1:0 \
		--keys "$dir/keys" --data "$dir/data" > "$dir/out" \
		2> "$dir/pipe") &
	server=$!
	until [ -s "$dir/out" ]; do
		kill -0 "$server" || exit 1
		sleep 0.05
	done
	url=$(head -n 1 "$dir/out")
	url=${url%/}
}

start_limited
i=0 stored=0
while [ $i -lt 100 ]; do
	i=$((i + 1))
	send $i
	[ "$code" = 200 ] || break
	stored=$((stored + 1))
done
ok 'some cases fit' test "$stored" -gt 0
is 'then it is a 503' "$code" 503
ok 'that gives the phone number' grep -q 'tel:+46' "$dir/page"
ok 'and no receipt' sh -c "! grep -q 'SYN-' '$dir/page'"
is 'pages go on' "$(curl -s -o /dev/null -w '%{http_code}' "$url/")" 200
send $((i + 1))
is 'the next case is refused as well' "$code" 503
send 1
is 'an earlier receipt can be had again' "$code" 200
stop_server
is 'the server ends well' "$status" 0
start_server
send $i
is 'with room again, the case is taken' "$code" 200
"$BLANKETT" inbox pull --server "$url" --key "$dir/keys" \
	--store "$dir/store" > "$dir/said" 2>&1
is 'everything is fetched' $? 0
is 'and nothing was lost' "$("$BLANKETT" inbox export --format jsonl \
	--store "$dir/store" --key "$dir/keys" | wc -l)" $((stored + 1))
plan
