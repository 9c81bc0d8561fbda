#!/bin/sh
# reload: SIGHUP takes a new site under running requests: none fails, none is
# of two sites, nothing sent is lost; what cannot be read is not taken.
set -u
. tests/cli/server.sh
# A sanitizer keeps what has been freed, unless it is told how much.
ASAN_OPTIONS=quarantine_size_mb=1
export ASAN_OPTIONS

# build_as NAME: the site under another name, which stands on every page, and
# with another style sheet.
build_as()
{
	sed "s/^name: .*/name: $1/" content/site.yaml \
		> "$dir/site/content/site.yaml"
	echo ".$1 {color: red}" >> "$dir/site/themes/standard/static/style.css"
	"$BLANKETT" -C "$dir/site" build > "$dir/made" 2>&1 || {
		cat "$dir/made" >&2
		exit 1
	}
}

# logged TEXT: waits until the log has a line with it since the last ask.
seen=0
logged()
{
	tries=0
	until tail -n "+$((seen + 1))" "$dir/log" | grep -q "$1"; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || return 1
		sleep 0.05
	done
	seen=$(wc -l < "$dir/log")
}

reload()
{
	kill -HUP "$server"
	logged "$1"
}

title()
{
	curl -s "$url$1" | grep -c "<span>$2</span>"
}

build_site
build_as Alfa
start_server
logged 'event=start .*ms='

# ---- a new site ----------------------------------------------------------------
is 'the site as it was' "$(title / Alfa)" 1
build_as Beta
is 'is served until it is told' "$(title / Alfa)" 1
ok 'SIGHUP reads it again' reload 'event=reload port=.* files='
is 'then the new one is served' "$(title / Beta)" 1
is 'in pages made while serving too' "$(curl -s -d _action=next \
	-d meddelande=Hej "$url/e-tjanster/synpunkt/" | grep -c '<span>Beta<')" 1
is 'and in refusals' "$(curl -s "$url/nothing" | grep -c '<span>Beta<')" 1
for f in synpunkt.md synpunkt.en.md; do
	sed 's/meddelande:/budskap:/' "forms/$f" > "$dir/site/forms/$f"
done
build_as Beta
ok 'a form is read again' reload 'event=reload port='
is 'and answered as it is now' "$(curl -s -d _action=next -d meddelande=Hej \
	"$url/e-tjanster/synpunkt/" -o /dev/null -w '%{http_code}')" 422
cp forms/synpunkt*.md "$dir/site/forms"
build_as Beta
ok 'and again' reload 'event=reload port='

# ---- a request on its way ------------------------------------------------------
# Half of a post, then the new site, then the other half.
build_as Gamma
cat > "$dir/slow" <<'END'
use strict; use warnings; use IO::Socket::INET;
my ($url, $go) = @ARGV;
my ($port) = $url =~ /:(\d+)$/;
my $body = '_action=next&meddelande=' . 'a' x 400;
my $s = IO::Socket::INET->new("127.0.0.1:$port") or die;
print $s "POST /e-tjanster/synpunkt/ HTTP/1.1\r\nHost: a\r\n",
	"Connection: close\r\nContent-Length: ", length $body, "\r\n",
	"Content-Type: application/x-www-form-urlencoded\r\n\r\n",
	substr $body, 0, 100;
$s->flush;
for (1 .. 200) { last if -e $go; select undef, undef, undef, 0.05 }
print $s substr $body, 100;
print while <$s>;
END
perl "$dir/slow" "$url" "$dir/go" > "$dir/slow.page" &
slow=$!
sleep 0.5
ok 'a reload waits for no request' reload 'event=reload port='
is 'the next is answered from the new site' "$(title / Gamma)" 1
: > "$dir/go"
wait "$slow"
is 'one begun before from the old' "$(grep -c '<span>Beta<' "$dir/slow.page")" 1
build_as Beta
ok 'and again' reload 'event=reload port='

# ---- keys ----------------------------------------------------------------------
cp -r "$dir/keys" "$dir/old"
"$BLANKETT" keys rotate --key "$dir/keys" > "$dir/said" 2>&1
is 'keys are changed' $? 0
ok 'a newer keyset is taken' reload 'event=reload port='
cp "$dir/keys/keyset" "$dir/new-keyset"
cp "$dir/old/keyset" "$dir/keys/keyset"
ok 'an older one is not' reload 'event=reload done=no .*older'
cp "$dir/new-keyset" "$dir/keys/keyset"

# ---- a site that is not all there ------------------------------------------------
# In the order in which a copy comes, page by page.
cp -rp "$dir/site/public" "$dir/beta"
build_as Delta
mv "$dir/site/public" "$dir/delta"
cp -rp "$dir/beta" "$dir/site/public"
(cd "$dir/delta" && find . -type f | LC_ALL=C sort) > "$dir/all"
half=$(($(wc -l < "$dir/all") / 2))
copy()
{
	tar -C "$dir/delta" -cf - -T - | tar -C "$dir/site/public" -xf -
}
head -n "$half" "$dir/all" | copy
ok 'half a copy is not taken, and a file is named' reload \
	'event=reload done=no fault=".*/public/.*: is '
is 'the old site goes on' "$(title / Beta)$(title /roller/ Beta)" 11
copy < "$dir/all"
ok 'the whole is' reload 'event=reload port='
is 'and served' "$(title / Delta)$(title /roller/ Delta)" 11

# A build that is stopped when its first page has been written.
sed 's/^name: .*/name: Beta/' content/site.yaml > "$dir/site/content/site.yaml"
builder=$(perl -e '
	my ($first, @build) = @ARGV;
	my $was = (stat $first)[1];
	my $pid = fork // die;
	if (!$pid) {
		open STDOUT, ">", "/dev/null";
		open STDERR, ">", "/dev/null";
		exec @build;
	}
	for (1 .. 1e7) { last if ((stat $first)[1] // $was) != $was }
	kill STOP => $pid;
	print $pid;' "$dir/site/public/404.html" "$BLANKETT" -C "$dir/site" build)
ok 'in the middle of a build nothing is taken' reload \
	'event=reload done=no fault=".*/public/.*: is '
is 'the old site goes on' "$(title / Delta)$(title /roller/ Delta)" 11
kill -CONT "$builder"
for i in $(seq 200); do
	kill -0 "$builder" 2> /dev/null || break
	sleep 0.05
done
ok 'at its end the new site is' reload 'event=reload port='
is 'all of it' "$(title / Beta)$(title /roller/ Beta)" 11

# ---- what is wrong -------------------------------------------------------------
build_as Gamma
printf -- '---\ntitel: Fel\n---\n' > "$dir/site/content/fel.md"
ok 'a fault is said in one line' reload \
	'event=reload done=no fault="content/fel.md:2: unknown key \\"titel\\" '
is 'and the old site goes on' "$(title / Beta)" 1
is 'and its forms' "$(curl -s -d _action=next -d meddelande=Hej \
	"$url/e-tjanster/synpunkt/" -o /dev/null -w '%{http_code}')" 200
rm "$dir/site/content/fel.md"
mv "$dir/site/public" "$dir/site/gone"
ok 'so with a site that is gone' reload 'event=reload done=no .*public'
mv "$dir/site/gone" "$dir/site/public"
ok 'mended, it is taken' reload 'event=reload port='
is 'as it is now' "$(title / Gamma)" 1

# ---- under load ------------------------------------------------------------------
# Four clients read and send until the file "stop" is there; each prints what
# went wrong, and how often it got what.
cat > "$dir/client" <<'END'
use strict; use warnings; use HTTP::Tiny;
my ($url, $stop) = @ARGV;
my $http = HTTP::Tiny->new(timeout => 20);
my %n = map { $_ => 0 } qw(page sent);
sub get {
	my ($what, $r) = @_;
	$r->{status} == 200 or print "failed $what $r->{status}\n";
	my %names = map { $_ => 1 } $r->{content} =~ /<span>(Alfa|Beta|Gamma)</g;
	print "mixed $what @{[keys %names]}\n" if keys %names > 1;
	print "nameless $what\n" if !keys %names;
	return $r->{content};
}
until (-e $stop or $n{page} >= 4000) {
	for my $path ('/', '/roller/', '/bli-kontaktperson/') {
		my $page = get($path, $http->get("$url$path"));
		my ($style) = $page =~ m{href="(/assets/style\.[^"]+)"};
		my $r = $http->get("$url$style");
		$r->{status} == 200 or print "failed $style $r->{status}\n";
		$n{page}++;
	}
	my $form = "$url/e-tjanster/synpunkt/";
	my $page = get('check', $http->post_form($form,
		[_action => 'next', meddelande => 'Hej']));
	my ($token) = $page =~ /name="_token" value="([^"]+)"/;
	my ($version) = $page =~ /name="_form" value="([^"]+)"/;
	$page = get('send', $http->post_form($form, [_action => 'send',
		meddelande => 'Hej', _token => $token, _form => $version]));
	$page =~ /SYN-....-..../ ? $n{sent}++ : print "no receipt\n";
}
print "pages $n{page}\nsent $n{sent}\n";
END
clients=
for i in 1 2 3 4; do
	perl "$dir/client" "$url" "$dir/stop" > "$dir/client.$i" 2>&1 &
	clients="$clients $!"
done
for name in Alfa Beta Gamma Alfa Beta Gamma Alfa Beta; do
	build_as "$name"
	reload 'event=reload port=' || echo "# not reloaded"
done
: > "$dir/stop"
for c in $clients; do
	wait "$c"
done
cat "$dir"/client.? | grep -v '^pages\|^sent' | head -n 20 > "$dir/wrong"
ok 'no response fails, none is mixed' test ! -s "$dir/wrong"
sed 's/^/# /' "$dir/wrong"
pages=$(cat "$dir"/client.? | awk '/^pages/ { n += $2 } END { print n }')
sent=$(cat "$dir"/client.? | awk '/^sent/ { n += $2 } END { print n }')
echo "# $pages pages and $sent submissions in eight reloads"
ok 'much was read and sent' test "$pages" -ge 40 -a "$sent" -ge 10
"$BLANKETT" inbox pull --server "$url" --key "$dir/keys" --store "$dir/store" \
	> "$dir/said" 2>&1
is 'all of it is fetched' $? 0
is 'and nothing sent is lost' "$("$BLANKETT" inbox list --store "$dir/store" \
	--key "$dir/keys" 2> /dev/null | grep -c 'SYN-....-....')" "$sent"

# ---- what is no longer used goes away ---------------------------------------------
# Enough to tell a site that is kept from one that is given back.
mkdir "$dir/site/public/film"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
	head -c 2000000 /dev/zero > "$dir/site/public/film/$i.mp4"
done
reload 'event=reload port=' || echo "# not reloaded"
fds=$(ls "/proc/$server/fd" | wc -l)
rss=$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status")
for i in 1 2 3 4 5 6 7 8 9 10; do
	reload 'event=reload port=' || echo "# not reloaded"
done
is 'no file is left open' "$(ls "/proc/$server/fd" | wc -l)" "$fds"
ok 'nor does memory grow with every reload' test \
	"$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status")" \
	-le $((rss + 20000))
stop_server
is 'SIGTERM ends it well' "$status" 0

# ---- while it waits ------------------------------------------------------------
# Once an hour what kundcenter has had for long enough is removed, also from a
# server that is told to reload more often than that.
printf '#!/bin/sh\nexec strace -D -qq -e trace=poll -o "%s" "%s" "$@"\n' \
	"$dir/trace" "$BLANKETT" > "$dir/traced"
chmod +x "$dir/traced"
BLANKETT=$dir/traced start_server
logged 'event=start .*ms='
sleep 1
ok 'it reloads' reload 'event=reload port=.* files='
stop_server
waits=$(sed -n 's/^poll(.*, 2, \([0-9]*\)).*/\1/p' "$dir/trace" | tail -n 1)
ok "a reload does not put that off (ms left: $waits)" [ "$waits" -le 3599000 ]
plan
