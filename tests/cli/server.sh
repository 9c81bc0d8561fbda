# server: what the tests that need a running server share; read by `.`.
#
# A copy of the project's content, forms and theme is built in $dir/site with
# development keys in $dir/keys.  Everything ends and goes away with the test.

BLANKETT=${BLANKETT:-build/release/blankett}
case $BLANKETT in /*) ;; *) BLANKETT=$PWD/$BLANKETT ;; esac
dir=$(mktemp -d) || exit 1
server=
n=0

trap 'stop_server; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

# ok NAME COMMAND...: a test that passes if the command does.
ok()
{
	name=$1
	shift
	n=$((n + 1))
	if "$@" > "$dir/said" 2>&1; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		sed 's/^/# /' "$dir/said" | head -n 40
	fi
}

# is NAME GOT WANT
is()
{
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '# got:  %s\n# want: %s\n' "$2" "$3"
	fi
}

plan()
{
	echo "1..$n"
}

build_site()
{
	mkdir "$dir/site" &&
	cp -r content forms themes "$dir/site" &&
	"$BLANKETT" keys init --no-passphrase --out "$dir/keys" > "$dir/made" &&
	"$BLANKETT" -C "$dir/site" build > "$dir/made" 2>&1 || {
		cat "$dir/made" >&2
		exit 1
	}
}

# start_server OPTION...: sets $server and $url.
start_server()
{
	: > "$dir/out"
	"$BLANKETT" -C "$dir/site" serve --dev --listen 127.0.0.1:0 \
		--keys "$dir/keys" --data "$dir/data" "$@" \
		> "$dir/out" 2>> "$dir/log" &
	server=$!
	tries=0
	until [ -s "$dir/out" ]; do
		tries=$((tries + 1))
		if [ $tries -gt 200 ] || ! kill -0 "$server" 2> /dev/null; then
			cat "$dir/log" >&2
			exit 1
		fi
		sleep 0.05
	done
	url=$(head -n 1 "$dir/out")
	url=${url%/}
}

# Sets $status to the server's exit status.
stop_server()
{
	status=
	if [ -n "$server" ]; then
		kill -TERM "$server" 2> /dev/null
		wait "$server"
		status=$?
	fi
	server=
}

# raw BYTES: sends them (printf escapes) and prints what comes back.
raw()
{
	printf '%b' "$1" | perl -MIO::Socket::INET -e '
		my ($port) = $ARGV[0] =~ /:(\d+)$/;
		my $s = IO::Socket::INET->new("127.0.0.1:$port") or die;
		binmode STDIN; local $/; $SIG{PIPE} = "IGNORE";
		syswrite $s, scalar <STDIN>;
		my $all = "";
		vec(my $r = "", fileno $s, 1) = 1;
		while (select(my $t = $r, undef, undef, 3) > 0) {
			sysread($s, my $got, 65536) or last;
			$all .= $got;
		}
		print $all;' "$url"
}

# in_memory PID MARKER: how often the marker stands in writable memory.
in_memory()
{
	perl -e '
		my ($pid, $marker) = @ARGV;
		my $found = 0;
		open my $maps, "<", "/proc/$pid/maps" or die "maps: $!";
		open my $mem, "<:raw", "/proc/$pid/mem" or die "mem: $!";
		while (<$maps>) {
			my ($from, $to) = /^(\w+)-(\w+) rw/ or next;
			($from, $to) = (hex $from, hex $to);
			next if $to - $from > 1 << 28; # shadow of a sanitizer
			sysseek $mem, $from, 0 or next;
			sysread($mem, my $bytes, $to - $from) or next;
			$found += () = $bytes =~ /\Q$marker/g;
		}
		print $found;' "$1" "$2"
}
