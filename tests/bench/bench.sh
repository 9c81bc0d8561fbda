#!/bin/sh
# bench: what the README claims of speed, as ratios measured in one run.
#
# Each comparison runs side by side on this machine: against cmark alone,
# against nginx, and against the same server without a durable queue.
set -eu
cd "$(dirname "$0")/../.."
blankett=$PWD/build/release/blankett
# On tmpfs where there is one: the disk is not what is measured, save where
# the queue syncs.
shm=/dev/shm
[ -w "$shm" ] || shm=${TMPDIR:-/tmp}
work=$(mktemp -d "$shm/bench-XXXXXX")
disk=$(mktemp -d)
pids=
finish() {
	for p in $pids; do kill "$p" 2>/dev/null || true; done
	wait 2>/dev/null || true
	rm -rf "$work" "$disk"
}
trap finish EXIT INT TERM

port() { perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(
	Listen => 1, LocalAddr => "127.0.0.1"); print $s->sockport'; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
now() { perl -MTime::HiRes=time -e 'printf "%.4f\n", time'; }
rss() { awk '/VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }
wait_for() {
	for _ in $(seq 200); do
		curl -fs -o /dev/null "$1" && return
		perl -e 'select undef, undef, undef, 0.01'
	done
	echo "bench: $1 does not answer" >&2
	cat "$work"/*.log >&2
	exit 1
}

echo "machine: $(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' \
	/proc/cpuinfo), Linux $(uname -r)"

# ---- build: against raw cmark --------------------------------------------
cc -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -o "$work/rawcmark" \
	tests/bench/rawcmark.c -lcmark -lpthread
perl tests/bench/site.pl "$work/site" 1000 1000 themes/standard
find "$work/site/content" -name '*.md' >"$work/list"
for _ in 1 2 3 4 5; do
	"$work/rawcmark" "$work/list"
done | median >"$work/raw"
for _ in 1 2 3 4 5; do
	rm -rf "$work/out" "$work/site/.blankett"
	a=$(now)
	"$blankett" -C "$work/site" build --no-compress --out "$work/out" \
		--date 2026-11-22 \
		>/dev/null
	b=$(now)
	perl -e "printf '%.4f', $b - $a"; echo
done | median >"$work/build"
raw=$(cat "$work/raw") built=$(cat "$work/build")
echo "build, 1,000 pages and commits: $built s; cmark alone, one thread:" \
	"$raw s; ratio $(ratio "$built" "$raw") (goal: at most 3)"

# ---- serve: against nginx ------------------------------------------------
"$blankett" keys init --no-passphrase --out "$work/keys" >/dev/null
"$blankett" build --out "$work/public" >/dev/null
perl -e 'print "<!doctype html><title>x</title><p>", "x" x 10400' \
	>"$work/public/bench.html"
nginx_port=$(port)
mkdir "$work/nginx"
cat >"$work/nginx.conf" <<CONF
worker_processes 2;
pid $work/nginx/pid;
error_log $work/nginx/error.log;
events { worker_connections 1024; }
http {
	access_log off;
	sendfile on;
	tcp_nodelay on;
	open_file_cache max=100;
	keepalive_requests 1000000;
	types { text/html html; }
	client_body_temp_path $work/nginx/a;
	proxy_temp_path $work/nginx/b;
	fastcgi_temp_path $work/nginx/c;
	uwsgi_temp_path $work/nginx/d;
	scgi_temp_path $work/nginx/e;
	server { listen 127.0.0.1:$nginx_port; root $work/public; }
}
CONF
chmod a+x "$work"
chmod -R a+rX "$work/public"
nginx -c "$work/nginx.conf" -g 'daemon off;' & pids="$pids $!"

# start NAME BINARY: serves and sets $port and $pid.
start() {
	port=$(port)
	a=$(now)
	"$2" serve --dev --listen "127.0.0.1:$port" --keys "$work/keys" \
		--data "$disk/data-$1" --public "$work/public" \
		2>"$work/$1.log" >/dev/null & pid=$!
	pids="$pids $pid"
	wait_for "http://127.0.0.1:$port/healthz"
	b=$(now)
}
start served "$blankett"
echo "start until /healthz answers: $(perl -e "printf '%.0f', ($b - $a) * 1000") ms" \
	"(goal: under 100)"
wait_for "http://127.0.0.1:$nginx_port/bench.html"

rate() { wrk -t2 -c"$1" -d3s ${3:+-s "$3"} "$2" |
	awk '/Requests\/sec/ { r = $2 } /Non-2xx/ { bad = 1 }
	END { print bad ? "0.001" : r }'; }
for _ in 1 2 3; do
	rate 64 "http://127.0.0.1:$nginx_port/bench.html" >>"$work/nginx.rate"
	rate 64 "http://127.0.0.1:$port/bench.html" >>"$work/page.rate"
done
n=$(median <"$work/nginx.rate") p=$(median <"$work/page.rate")
echo "10 kB page, 64 connections: $p/s; nginx $n/s; ratio $(ratio "$p" "$n")" \
	"(goal: at least 0.6)"

# ---- write: from a saved file to its page ---------------------------------
mkdir "$work/writing"
cp -r .git content forms themes "$work/writing"
"$blankett" -C "$work/writing" serve --watch --dev --keys "$work/keys" \
	--data "$disk/data-watch" --listen "127.0.0.1:$(port)" \
	2>"$work/watch.log" >"$work/watch.out" & pids="$pids $!"
until [ -s "$work/watch.out" ]; do sleep 0.1; done
for i in $(seq 20); do
	echo "Rad $i." >>"$work/writing/content/roller.md"
	sleep 0.3
done
shown=$(sed -n 's/.*event=rebuilt.* ms=//p' "$work/watch.log" | median)
echo "saved until its page is ready, this site, serve --watch: $shown ms" \
	"(goal: under 100)"

# ---- submit: against the same server without a queue ---------------------
with_port=$port with_pid=$pid
cc -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -Isrc -c -o "$work/nullqueue.o" \
	tests/bench/nullqueue.c
cp build/release/libblankett.a "$work/lib.a"
ar t "$work/lib.a" | grep ^sqlite | xargs ar d "$work/lib.a"
# shellcheck disable=SC2046
cc -pie -o "$work/noqueue" build/release/src/main.o "$work/nullqueue.o" \
	"$work/lib.a" $(make -s print-libs)
start noqueue "$work/noqueue"
for _ in 1 2 3; do
	rate 32 "http://127.0.0.1:$port/" tests/bench/submit.lua >>"$work/without"
	rate 32 "http://127.0.0.1:$with_port/" tests/bench/submit.lua >>"$work/with"
done
w=$(median <"$work/with") o=$(median <"$work/without")
echo "durable submissions, 32 connections: $w/s; without a queue $o/s;" \
	"ratio $(ratio "$w" "$o") (goal: at least 0.5)"
echo "memory of the server after all that: $(rss "$with_pid") MB (goal: under 40)"
