#!/bin/sh
# proof: site.json says what was built, and a live site is held to a commit.
. tests/cli/server.sh
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
site=$dir/site

commit() { # message: prints its id
	git -C "$site" add -A &&
		git -C "$site" -c user.name=Prov -c user.email=prov@a.example \
			commit -qm "$1" >&2 && git -C "$site" rev-parse HEAD
}
build() { "$BLANKETT" -C "$site" build "$@" >"$dir/built" 2>&1; }
# A server that sends whatever lies in public/, as blankett would not, and
# the packed file beside it to whom asks for one.
start_forger() {
	: >"$dir/out"
	perl -MIO::Socket::INET -e '
		my $l = IO::Socket::INET->new(Listen => 99,
			LocalAddr => "127.0.0.1") or die;
		$| = 1;
		$SIG{PIPE} = "IGNORE";
		$SIG{TERM} = sub { exit };
		print "http://127.0.0.1:", $l->sockport, "\n";
		while (my $s = $l->accept) {
			my ($path) = <$s> =~ m{^GET /(\S*)};
			my $head = "";
			$head .= $_ while ($_ = <$s> // "") =~ /[^\r\n]/;
			$path =~ s/%(..)/chr hex $1/ge;
			$path =~ s{(^|/)$}{$1index.html};
			my ($as) = $head =~ /^accept-encoding: *(br|gzip)/mi;
			my $packed = "$path." . ($as // "") =~ s/ip//r;
			undef $as unless $as && -e "$ARGV[0]/$packed";
			$path = $packed if $as;
			my $is = open my $f, "<:raw", "$ARGV[0]/$path";
			my $bytes = $is ? join "", <$f> : "";
			print $s "HTTP/1.1 ", $is ? "200 OK" : "404 Not Found",
				$as ? "\r\nContent-Encoding: $as" : "",
				"\r\nConnection: close\r\nContent-Length: ",
				length $bytes, "\r\n\r\n", $bytes;
		}' "$site/public" >"$dir/out" &
	server=$!
	until [ -s "$dir/out" ]; do sleep 0.05; done
	url=$(cat "$dir/out")
}
# Serves what lies in public/ now, and holds it to a revision.
by=start_server
verify() { # rev, options...
	rev=$1
	shift
	stop_server
	$by
	"$BLANKETT" -C "$site" verify "$url" --rev "$rev" "$@"
}
# A verification that fails, and these are all its lines.
differs() { # rev, lines
	verify "$1" >"$dir/out.1" 2>"$dir/out.2"
	got=$?
	cat "$dir/out.1" "$dir/out.2"
	[ $got -eq 1 ] && printf '%s\n' "$2" | cmp - "$dir/out.1"
}
# One that is refused with this one line, its address apart.
refuses() { # rev, line, options...
	rev=$1 line=$2
	shift 2
	verify "$rev" "$@" >"$dir/out.1" 2>"$dir/out.2"
	got=$?
	cat "$dir/out.1" "$dir/out.2"
	[ $got -eq 1 ] && [ ! -s "$dir/out.1" ] &&
		[ "$(sed "s|$url|URL|g" "$dir/out.2")" = "blankett: $line" ]
}
# build --sign that is refused with this line, and writes nothing.
signs_not() { # line, options...
	line=$1
	shift
	before=$(cd "$site/public" && find . -type f | sort | xargs cat | cksum)
	! build --sign "$dir/pub/publisher.key" "$@" && cat "$dir/built" &&
		[ "$(cat "$dir/built")" = "blankett: $line" ] &&
		[ "$before" = "$(cd "$site/public" && find . -type f | sort |
			xargs cat | cksum)" ]
}
# Puts back what lay in public/ when it was kept.
keep() { rm -rf "$dir/kept" && cp -rp "$site/public" "$dir/kept"; }
restore() { rm -rf "$site/public" && cp -rp "$dir/kept" "$site/public"; }

build_site
rm -rf "$site/public" "$site/.blankett"
printf 'public/\n.blankett/\n' >"$site/.gitignore"
cat >"$site/content/kort.md" <<PAGE
---
title: Kort
description: En sida som går ut.
expire: 2026-02-01
aliases: /gammäl/
---
En sida.

:::rate belopp
:::
PAGE
cat >>"$site/content/rates.yaml" <<RATES
belopp:
  - {from: 2020-01-01, amount: 10, unit: kr, source: Beslut}
RATES
sed -i '/^publishing-key:/d' "$site/content/site.yaml"

# ---- what site.json says -----------------------------------------------------

build
said=$site/public/site.json
grep -q '"commit":null,.*"uncommitted":"no-history","version":1}$' "$said"
is 'outside git it names no commit' $? 0
git init -q "$site"
first=$(commit ett)
build
grep -q "\"commit\":\"$first\"" "$said" && ! grep -q uncommitted "$said"
is 'it names the commit that all was read from' $? 0
perl -MJSON::PP -0777 -ne '
	my $j = JSON::PP->new->utf8->canonical;
	my $site = $j->decode($_);
	exit($j->encode($site) ne $_);' "$said"
is 'it is canonical JSON' $? 0
perl -MJSON::PP -0777 -ne '
	print "$_->{hash}  $_->{path}\n" for @{decode_json($_)->{files}};' \
	"$said" | LC_ALL=C sort -k 2 >"$dir/listed"
(cd "$site/public" && find . -type f ! -name '*.br' ! -name '*.gz' \
	! -name site.json | sed 's|^\./||' | LC_ALL=C sort |
	xargs b2sum -l 256) >"$dir/made"
ok 'every file stands in it with its hash' cmp "$dir/listed" "$dir/made"
perl -MJSON::PP -0777 -ne '
	my %f = map { $_->{path} => $_ } @{decode_json($_)->{files}};
	my $p = $f{"404.html"};
	print join " ", grep { defined } map { $p->{$_} }
		qw(source commit expire);' "$said" >"$dir/got"
is 'what is made of many files has no source' "$(cat "$dir/got")" ''
last=$(git -C "$site" log -1 --format=%H -- themes/standard/static/style.css)
grep -q "{\"commit\":\"$last\",\"hash\":\"[0-9a-f]*\",\"path\":\"assets/style\.[0-9a-f]*\.css\",\"source\":\"themes/standard/static/style.css\"}" "$said"
is 'an asset has its source and commit' $? 0
cp "$said" "$dir/before"
build --jobs 1
ok 'it has the same bytes every time' cmp "$said" "$dir/before"
build --date 2026-01-31
grep -q "\"commit\":\"$first\",\"expire\":\"2026-02-01\",\"hash\":\"[0-9a-f]*\",\"path\":\"kort/index.html\",\"source\":\"content/kort.md\"" "$said" &&
	grep -q '"expire":"2026-02-01","hash":"[0-9a-f]*","path":"gammäl/' "$said"
is 'a page that expires says when, and so do its aliases' $? 0
ok 'its address is in no sitemap and no robots.txt' \
	sh -c "! grep -q site.json '$site/public/sitemap.xml' \
		'$site/public/robots.txt'"

echo >>"$site/content/kontakt.md"
build
grep -q '"commit":null,.*"uncommitted":"changed"' "$said" &&
	! grep -q '"commit":"' "$said"
is 'a changed file, and it names no commit' $? 0
git -C "$site" checkout -q .
printf '*.png\n' >>"$site/.git/info/exclude"
cp content/bild/*.png "$site/content/ny.png" 2>/dev/null ||
	printf 'x' >"$site/content/ny.png"
build
grep -q '"uncommitted":"changed"' "$said"
is 'so it is for a new file that git ignores' $? 0
rm "$site/content/ny.png"
touch "$site/content/.kontakt.md.swp" "$site/forms/keyset~" "$site/other"
build
grep -q "\"commit\":\"$first\"" "$said"
is 'what no build reads may lie about' $? 0
build --rev "$first"
ok 'a build of the commit says the same' cmp "$said" "$dir/before"
sed -i 's/^aliases:.*/aliases: \/site.json\//' "$site/content/kort.md"
! build --date 2026-01-31 && grep -q '^blankett: content/kort.md: would be written to "site.json/index.html", where the build itself is to be$' "$dir/built"
is 'nobody else is called site.json' $? 0
git -C "$site" checkout -q .
cat >"$site/content/hemlig.md" <<PAGE
---
title: Utkast
description: Inte än.
draft: true
---
PAGE
second=$(commit utkast)
build --drafts
[ -e "$site/public/hemlig/index.html" ] &&
	grep -q '"files":\[\],.*"uncommitted":"drafts"' "$said"
is 'with drafts it lists nothing' $? 0
build
! grep -q hemlig "$said"
is 'and without them no draft' $? 0

# ---- a live site against a commit --------------------------------------------

unpinned='no publishing key is pinned: only what is served was compared'
files=$(grep -o '"path"' "$said" | wc -l)
ok 'a site that is the commit is' verify HEAD
day=$(sed -n 's/.* as of \([0-9-]*\): .*/\1/p' "$dir/said")
is 'which is told, and what it does not prove' "$(cat "$dir/said")" \
	"$unpinned
$url is commit $second as of $day: $files files are equal"
ok 'by any name of the commit' verify "$(git -C "$site" rev-parse --short \
	"$second")"
verify HEAD --json >"$dir/got"
is 'and as JSON' "$(cat "$dir/got")" "{\"url\":\"$url\",\"commit\":\"$second\"\
,\"date\":\"$day\",\"signed_by\":null,\"files\":$files,\"gone\":0,\"at_intake\":0,\
\"differences\":[]}"
keep

ok 'another commit is named' differs "$first" \
	"site.json names commit $second, not $first
$unpinned"
printf '\n' >>"$site/content/site.yaml"
build
ok 'so is a site of no commit' differs HEAD \
	"site.json names no commit: the site was built of files that were not \
committed
$unpinned"
git -C "$site" checkout -q .
restore

by=start_forger
sed -i 's/<title>/<titel>/' "$site/public/kontakt/index.html"
rm -f "$site"/public/kontakt/index.html.*
ok 'a changed byte is' differs HEAD "changed: kontakt/index.html
$unpinned"
printf '\n' >>"$site/public/robots.txt"
rm -r "$site/public/om"
ok 'so are one at the end and a page that is gone' differs HEAD \
	"changed: kontakt/index.html
missing on the live site: om/index.html (answered 404)
changed: robots.txt
$unpinned"
verify HEAD --json >"$dir/got" 2>/dev/null
status=$?
sed 's/.*"differences"://' "$dir/got" >"$dir/differences"
is 'each in JSON too' "$status $(cat "$dir/differences")" '1 [{"path":"kontakt/index.html","what":"changed","status":null},{"path":"om/index.html","what":"missing on the live site","status":404},{"path":"robots.txt","what":"changed","status":null}]}'
restore
for suffix in br gz; do
	cp "$site/public/om/index.html.$suffix" \
		"$site/public/kontakt/index.html.$suffix"
	ok "a .$suffix of another page is what browsers would show" \
		differs HEAD "changed where it is sent packed: \
kontakt/index.html
$unpinned"
	echo x >"$site/public/kontakt/index.html.$suffix"
	ok "so is a damaged .$suffix" differs HEAD "changed where it is sent \
packed: kontakt/index.html
$unpinned"
	restore
done

# relist PERL: changes the list in site.json as a forger would, canonically.
relist() {
	perl -MJSON::PP -0777 -e '
		my ($file, $code) = @ARGV;
		my $json = JSON::PP->new->utf8->canonical;
		open my $in, "<", $file or die;
		my $j = $json->decode(scalar <$in>);
		my $f = $j->{files};
		eval $code;
		die $@ if $@;
		$j->{files} = [sort { $a->{path} cmp $b->{path} } @$f];
		open my $out, ">", $file or die;
		print $out $json->encode($j);' "$said" "$1"
}
mkdir "$site/public/falsk"
echo '<title>Falsk</title>' >"$site/public/falsk/index.html"
relist 'push @$f, {path => "falsk/index.html", hash => "00" x 32};'
ok 'a page that was added to the list is no page of the commit' \
	differs HEAD "not in the commit: falsk/index.html
$unpinned"
restore
sed -i 's/<title>/<titel>/' "$site/public/kontakt/index.html"
rm -f "$site"/public/kontakt/index.html.*
relist '$_->{hash} = "00" x 32 for grep { $_->{path} =~ m{^kontakt/} } @$f'
ok 'a list that was changed with the page helps nobody' \
	differs HEAD "changed: kontakt/index.html
$unpinned"
restore
relist '$f = [grep { $_->{path} !~ m{^kontakt/} } @$f];'
ok 'nor one that leaves a page out' differs HEAD \
	"not in site.json as the commit has it: kontakt/index.html
$unpinned"
restore
relist '$j->{date} = "2999-12-31"'
ok 'a day to come is refused' refuses HEAD \
	'URL/site.json: the site was built as of 2999-12-31, a day to come'
relist '$j->{date} = "2019-12-31"'
verify HEAD >"$dir/got" 2>&1
ok 'a day on which the commit does not build is named' grep -q \
	'^blankett: as of 2019-12-31, which site.json states: content/' \
	"$dir/got"
restore
build --base-url https://annan.example
ok 'so is the address of another site' differs HEAD \
	"the site was built for https://annan.example; the commit's site.yaml has \
http://127.0.0.1:8080
$unpinned"
restore

# A page may be gone from the day it expires, and not before.
build --date 2026-01-31
by=start_server
ok 'a page that has expired may be gone' verify HEAD
by=start_forger
is 'which is told' "$(cat "$dir/said")" \
	"gone, as it has expired: gammäl/index.html (answered 410)
gone, as it has expired: kort/index.html (answered 410)
$unpinned
$url is commit $second as of 2026-01-31: $files files are equal, 2 expired"
sed -i 's/^expire: .*/expire: 2999-01-01/' "$site/content/kort.md"
commit länge >"$dir/id"
build
rm -r "$site/public/kort"
ok 'one that has not must be there' differs HEAD \
	"missing on the live site: kort/index.html (answered 404)
$unpinned"

# ---- what a hostile server says ----------------------------------------------

head='{"base_url":"","commit":null,"date":"2026-11-22","files":['
tail='],"generator":"g","uncommitted":"changed","version":1}'
h=$(printf '00%.0s' $(seq 32))
shape() { # name, line, site.json
	printf '%s' "$3" >"$said"
	ok "$1" refuses HEAD "URL/site.json$2"
}
shape 'nothing' ': does not begin as a site.json' ''
shape 'a page' ': does not begin as a site.json' '<!DOCTYPE html>'
shape 'deep nesting' ': does not begin as a site.json' \
	"$(printf '[%.0s' $(seq 20000))"
shape 'a deep list' ': file 1 of its list is not in its form' \
	"$head$(printf '{"a":%.0s' $(seq 9000))"
perl -e 'print $ARGV[0], "{" x 200001' "$head" >"$said"
ok 'too long a list' refuses HEAD \
	'URL/site.json: lists more than 200000 files'
shape 'an unknown key' ': does not begin as a site.json' '{"a":1}'
shape 'an unknown key of a file' ': file 1 of its list is not in its form' \
	"$head{\"a\":1}$tail"
shape 'a path upwards' ': file 1 of its list is not in its form' \
	"$head{\"hash\":\"$h\",\"path\":\"../a\"}$tail"
shape 'a path with a query' ': file 1 of its list is not in its form' \
	"$head{\"hash\":\"$h\",\"path\":\"a?b\"}$tail"
shape 'white space' ': does not begin as a site.json' " $head$tail"
shape 'drafts' ': the site was built with drafts, so it is of no commit' \
	"${head}],\"generator\":\"g\",\"uncommitted\":\"drafts\",\"version\":1}"
rm "$said"
ok 'no site.json' refuses HEAD \
	'URL/site.json: answered 404, so the site does not say what it is'

# Servers that blankett is not: one never ends, one leads elsewhere.
rude() { # name, line, what it answers in Perl
	stop_server
	: >"$dir/out"
	perl -MIO::Socket::INET -e '
		my $l = IO::Socket::INET->new(Listen => 9,
			LocalAddr => "127.0.0.1") or die;
		$| = 1;
		print "http://127.0.0.1:", $l->sockport, "\n";
		$SIG{PIPE} = "IGNORE";
		while (my $s = $l->accept) {
			sysread $s, my $request, 9999;
			eval $ARGV[0];
		}' "$3" >"$dir/out" &
	server=$!
	until [ -s "$dir/out" ]; do sleep 0.05; done
	url=$(cat "$dir/out")
	"$BLANKETT" -C "$site" verify "$url" --rev HEAD >"$dir/out.2" 2>&1
	is "$1" "$? $(sed "s|$url|URL|g" "$dir/out.2")" "1 blankett: $2"
}
rude 'a site.json without end' \
	'URL/site.json: is larger than 33554432 bytes' \
	'print $s "HTTP/1.1 200 OK\r\n\r\n"; 1 while print $s "x" x 1e6'
rude 'one that leads elsewhere' \
	'URL/site.json: leads to http://127.0.0.1:1/, which is not followed (answered 302); give the address that answers itself' \
	'print $s "HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"'
rude 'one that says nothing' 'URL: Empty reply from server' ''
stop_server

# ---- signed ------------------------------------------------------------------

"$BLANKETT" keys publisher --out "$dir/pub" --no-passphrase --site "$site" \
	>/dev/null
"$BLANKETT" keys publisher --out "$dir/other" --no-passphrase >/dev/null
git -C "$site" diff --stat | tail -n 1 | grep -q ' 1 insertion(+)$'
is 'keys publisher adds one line to site.yaml' $? 0
ok 'what is not committed is not signed' signs_not \
	'content/site.yaml: is not as the last commit has it, so there is no commit to sign for; commit it, or build --rev HEAD'
third=$(commit nyckel)
ok 'nor drafts' signs_not \
	'a build with --drafts is not signed: it is of no commit' --drafts
! build --sign "$dir/other/publisher.key" && grep -q '^blankett: content/site.yaml: publishing-key is another key than the one to sign with$' "$dir/built"
is 'nor by another key than the pinned one' $? 0
! build --sign "$dir/keys/server.key" &&
	grep -q 'the key of role "server", not "publisher"' "$dir/built"
is 'nor by a key that is for something else' $? 0
build --sign "$dir/pub/publisher.key"
cp "$site/public/site.note" "$dir/note"
ok 'what is signed is verified' verify HEAD
id=$("$BLANKETT" keys show --key "$dir/pub" |
	awk '/^publisher/ { print $4 }')
grep -q "^signed by the publishing key $id$" "$dir/said"
is 'and by whom is told' $? 0
"$BLANKETT" -C "$site" build --sign "$dir/pub/publisher.key" >"$dir/built" 2>&1
ok 'the signature has the same bytes every time' cmp "$dir/note" \
	"$site/public/site.note"
keep
relist '$f->[0]{hash} = "00" x 32'
ok 'a forged site.json is not' refuses HEAD \
	'URL/site.note: is signed, but for another site.json'
restore
sed -i 's/^date: ./date: 1/' "$site/public/site.note"
ok 'nor is a forged note' refuses HEAD \
	"URL/site.note: the signature does not hold: changed or forged (the key \
is $id, of content/site.yaml)"
restore
rm "$site/public/site.note"
ok 'nor is a site without' refuses HEAD \
	'URL/site.note: answered 404, so nobody has signed the site, though a publishing key is pinned'
restore
ok 'nor one signed by another key' refuses HEAD \
	"URL/site.note: not signed by the key it must be signed by (the key is \
$("$BLANKETT" keys show --key "$dir/other" | awk '/^publisher/ { print $4 }'), \
of $dir/other/publisher.pub)" \
	--publisher "$dir/other/publisher.pub"
cp "$dir/note" "$site/public/site.note"
printf '\nMer.\n' >>"$site/content/kontakt.md"
commit mer >"$dir/id"
build
cp "$dir/note" "$site/public/site.note"
ok 'nor one with the signature of an earlier build' refuses HEAD \
	'URL/site.note: is signed, but for another site.json'
restore
git -C "$site" reset -q --hard "$third"
sed -i 's/<title>/<titel>/' "$site/public/kontakt/index.html"
rm -f "$site"/public/kontakt/index.html.*
verify HEAD >"$dir/got" 2>&1
ok 'a signature does not help a changed page' grep -q \
	'^changed: kontakt/index.html$' "$dir/got"
restore
build --sign "$dir/pub/publisher.key"
build
[ ! -e "$site/public/site.note" ]
is 'a build that is not signed removes the signature' $? 0
is 'and says what that means' "$(grep ^blankett: "$dir/built")" \
	'blankett: not signed, though site.yaml pins a publishing-key: `verify` will not have it'
umask 077
echo 'en lång mening att komma ihåg' >"$dir/passphrase"
"$BLANKETT" keys passphrase --key "$dir/pub" \
	--new-passphrase-file "$dir/passphrase" >/dev/null
build --sign "$dir/pub/publisher.key" --passphrase-file "$dir/passphrase"
ok 'a key with a passphrase signs the same' cmp "$dir/note" \
	"$site/public/site.note"
stop_server

# ---- wrong calls -------------------------------------------------------------

usage() { # name, line, arguments
	name=$1 line=$2
	shift 2
	"$BLANKETT" -C "$site" verify "$@" >"$dir/out.1" 2>"$dir/out.2"
	is "$name" "$? $(cat "$dir/out.2")" "2 blankett: $line"
}
usage 'which commit must be said' \
	'verify: --rev REV is needed: which commit is the site to be?' "$url"
usage 'a keyset is for receipts' 'verify: --keyset is not for a live site' \
	"$url" --rev HEAD --keyset x
usage 'a commit is for sites' 'verify: --rev is not for a receipt' x.html \
	--rev HEAD
usage 'a path is no site' \
	"$url/a/: is no server's address; it looks like https://host" \
	"$url/a/" --rev HEAD
"$BLANKETT" -C "$site" verify http://127.0.0.1:1 --rev HEAD 2>&1 |
	grep -q '^blankett: http://127.0.0.1:1: '
is 'a server that is not there is named' $? 0
plan
