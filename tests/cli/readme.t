#!/bin/sh
# readme: every command in README.md does what it says, in its order, in a
# copy of the tree; what `make run` serves is written to, fetched and read.
root=$(pwd)
work=$(mktemp -d)
run=
server=
finish() {
	for p in $run $server; do kill "$p" 2>/dev/null; done
	wait 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT INT TERM
n=0
ok() {
	s=$?
	n=$((n + 1))
	[ "$s" -eq 0 ] && echo "ok $n - $1" || echo "not ok $n - $1"
	return "$s"
}
port() { perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(
	Listen => 1, LocalAddr => "127.0.0.1"); print $s->sockport'; }
answers() { # answers URL: within ten seconds
	for _ in $(seq 100); do
		curl -fs -o /dev/null "$1" && return 0
		sleep 0.1
	done
	return 1
}

# A copy with the times kept, so that what is built need not be built again.
git ls-files | while read -r f; do
	[ -f "$f" ] && echo "$f"
done | tar -cf - -T - | tar -xf - -C "$work"
ln -s "$root/build" "$work/build"
ln -s "$root/node_modules" "$work/node_modules" 2>/dev/null
cd "$work" || exit 1
git init -q . && git config user.name Prov &&
	git config user.email prov@example.se && git add -A &&
	git commit -qm 'a copy'
build=$(dirname "${BLANKETT:-$root/build/release/blankett}")
ln -sfn "$build" "$work/bin"
port=$(port)

# The README with this test's port and places.
sed -e "s/8080/$port/g" -e "s#/etc/blankett#$work/etc#g" \
	-e "s#/var/lib/blankett#$work/var#g" README.md >"$work/commands"
grep -q '^make run ' README.md && grep -q '^make check ' README.md
ok "the README names its two commands"

make watch PORT="$port" >"$work/watch.log" 2>&1 & run=$!
answers "http://127.0.0.1:$port/" && [ ! -e public/index.html ]
ok "make watch shows the site" || sed 's/^/# /' "$work/watch.log"
grep -q "Read:.*http://127.0.0.1:$port/" "$work/watch.log"
ok "make watch says where to read"
kill "$run"; wait "$run" 2>/dev/null

make run PORT="$port" >"$work/run.log" 2>&1 & run=$!
answers "http://127.0.0.1:$port/healthz"
ok "make run serves" || sed 's/^/# /' "$work/run.log"
grep -q "Read:.*http://127.0.0.1:$port/" "$work/run.log" &&
	grep -q 'inbox pull' "$work/run.log"
ok "make run says where to read, and how to fetch"
[ -z "$(find .blankett/dev/keys -name '*.key' -perm /077)" ] &&
	[ -z "$(git status --porcelain | grep -v -e bin -e commands -e run.log \
		-e watch.log)" ]
ok "the development keys are private and outside git"

token=$(curl -s "http://127.0.0.1:$port/e-tjanster/synpunkt/" \
	-d _action=next --data-urlencode 'meddelande=Tack för träffen!' |
	sed -n 's/.*name="_token" value="\([^"]*\)".*/\1/p' | head -n 1)
curl -s "http://127.0.0.1:$port/e-tjanster/synpunkt/" -d _action=send \
	-d "_token=$token" --data-urlencode 'meddelande=Tack för träffen!' |
	grep -q 'SYN-....-....'
ok "a synpunkt gets its receipt"

# What stands between ``` and ```, in order: commands, and files, whose path is
# named by the line before them.
mkdir -p "$work/files"
awk -v dir="$work/files" '
	/^```/ && on { on = 0; next }
	/^```sh/ { on = 1; to = ""; next }
	/^```/ {
		on = 1
		to = dir "/" ++n
		if (!match(name, /`[a-z]+\/[^` ]*`/)) {
			print "nothing names the file: " name
			next
		}
		print (name ~ /at the end of/ ? "append " : "write ") to, \
			substr(name, RSTART + 1, RLENGTH - 2)
		next
	}
	on && to { print >to; next }
	on && !/^make / { sub(/ *#.*/, ""); print "run " $0; next }
	NF { name = $0 }' commands >"$work/steps"

# Does public/FILE hold each of these?
shows() { # name, file, texts
	name=$1 file=public/$2
	shift 2
	lost=
	for text in "$@"; do
		grep -qF -- "$text" "$file" || lost="$lost
# $file lacks: $text"
	done
	[ -z "$lost" ]
	ok "$name" || echo "$lost"
}

# What the README says of the site after its first build and its second.
after_build() {
	builds=$((builds + 1))
	shows "the page is there" promenad/index.html '<h1>Gå ut och gå</h1>' \
		'Så träffas ni ute' '<a href="/kontaktperson/">ute</a>' \
		'Bestäm en plats' '234,50' 'bet=2010:800' 'Regnar det?' \
		'href="/lattlast/promenad/"'
	shows "its easy-read version is there" lattlast/promenad/index.html \
		'Det är gratis.' 'href="/promenad/"'
	shows "it stands in the menu" kontakt/index.html 'href="/promenad/"'
	shows "and in the search" sok/index.html 'href="/promenad/"'
	[ "$builds" -eq 2 ] || return 0
	shows "the form is there" e-tjanster/samtal/index.html \
		'<h1>Boka ett samtal</h1>' 'value="formiddag"' \
		'Skriv inget om andra personer.'
	shows "with its paper" e-tjanster/samtal/blankett/index.html \
		'Vilken tid passar bättre?'
	shows "and in the list of forms" e-tjanster/index.html \
		'href="/e-tjanster/samtal/"'
	shows "the theme's own colours come after the standard's" \
		promenad/index.html 'href="/assets/own.'
	grep -q '^@media screen{:root{--accent:#5b2a86}}' public/assets/own.*.css
	ok "and are those of its file"
	shows "the theme's own directive is drawn" promenad/index.html \
		'<blockquote>' 'tre regniga höstar' \
		'<figcaption>sagt av En kontaktperson</figcaption>'
	shows "and its own box, with its own word" promenad/index.html \
		'<p class="word">Obs! Kom ihåg</p>'
	shows "and its own footer" promenad/index.html \
		'<p>Lindviks kommun, 031-390 06 10</p>'
	sed -i 's/^:::citat/:::citatt/' content/promenad.md
	"$build/blankett" check >"$work/out" 2>&1
	grep -q '^content/promenad.md:.*(did you mean ":::citat"?)$' "$work/out"
	ok "a directive that nobody has declared is an error"
	sed -i 's/^:::citatt/:::citat/' content/promenad.md
}

run_line() { # command line
	case $1 in
	*\ serve\ *)
		kill "$run"; wait "$run" 2>/dev/null; run=
		mkdir -p "$work/etc/server"
		cp "$work/etc/keys/server.key" "$work/etc/server/"
		sh -c "exec $1" >"$work/out" 2>&1 & server=$!
		answers "http://127.0.0.1:$port/healthz"
		return ;;
	*keys\ init* | *keys\ publisher* | *--sign*)
		echo 'en lång mening att komma ihåg' >passphrase
		chmod 600 passphrase
		set -- "$1 --passphrase-file $work/passphrase" ;;
	esac
	sh -c "$1" >"$work/out" 2>&1 </dev/null
}

builds=0
while read -r what line; do
	from=${line%% *} to=${line#* }
	case $what in
	write)
		mkdir -p "$(dirname "$to")" && cp "$from" "$to"
		ok "a file: $to"
		continue ;;
	append)
		cat "$from" >>"$to"
		ok "more in $to"
		continue ;;
	run) ;;
	*)
		false
		ok "$what $line"
		continue ;;
	esac
	run_line "$line"
	ok "$(echo "$line" | cut -c1-60)" || sed 's/^/# /' "$work/out"
	case $line in
	*blankett\ build) after_build ;;
	*check\ --report*)
		grep -q 'LIX' "$work/out"
		ok "the report tells how pages read" ;;
	*check\ --json*)
		grep -q '^{"faults":\[\]' "$work/out"
		ok "the program's faults are none" ;;
	*blankett\ render*)
		grep -q '<figcaption>sagt av Bo</figcaption>' "$work/out"
		ok "the component is drawn" ;;
	*inbox\ list*)
		grep -q 'SYN-....-....' "$work/out"
		ok "the list shows what was sent" || sed 's/^/# /' "$work/out" ;;
	*inbox\ export*)
		grep -q 'Tack för träffen!' "$work/out"
		ok "the export holds the answer" ;;
	esac
done <"$work/steps"
[ "$(grep -c ^run "$work/steps")" -ge 8 ] && [ "$builds" -eq 2 ]
ok "the README has commands, and builds twice"
grep -rq 'Tack för tr' .blankett/dev/data "$work/run.log"
[ $? -eq 1 ]
ok "no answer lies readable in the data or the log"

# The map shows the tree.
missing=
for d in src/*/; do
	grep -q "^| \`$d\`" README.md || missing="$missing $d"
done
for f in $(grep -o 'src/[a-z/_]*\.[ch]' README.md); do
	[ -f "$f" ] || missing="$missing $f"
done
[ -z "$missing" ]
ok "the map shows every folder, and only files that are there" ||
	echo "# $missing"
echo "1..$n"
