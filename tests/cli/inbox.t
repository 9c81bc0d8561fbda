#!/bin/sh
# inbox: what residents send comes to kundcenter, verified and sealed; it can
# be listed, shown, exported and acknowledged, and nothing wrong is accepted.
set -u
. tests/cli/server.sh

build_site
start_server
store=$dir/store
keys=$dir/keys

# inbox SUBCOMMAND...: output in $dir/page, faults in $dir/err, $status.
inbox()
{
	"$BLANKETT" inbox "$@" --store "$store" > "$dir/page" 2> "$dir/err"
	status=$?
}

has()
{
	ok "$1" grep -qF -- "$2" "$dir/page"
}

lacks()
{
	ok "$1" sh -c "! grep -qF -- '$2' '$dir/page'"
}

# refused NAME STATUS TEXT: the last inbox ended so, with one line.
refused()
{
	is "$1: exit status" "$status" "$2"
	is "$1: lines" "$(grep -c '^blankett: ' "$dir/err")" 1
	ok "$1: $3" grep -qF -- "$3" "$dir/err"
}

# fill_in FORM FIELD...: sends a form; its reference is in $reference.
fill_in()
{
	form=$url/e-tjanster/$1/
	shift
	for field; do
		shift
		set -- "$@" --data-urlencode "$field"
	done
	curl -s -o "$dir/form" "$@" -d _action=next "$form"
	curl -s -o "$dir/receipt" "$@" -d _action=send \
		-d "_token=$(hidden _token)" -d "_form=$(hidden _form)" "$form"
	reference=$(sed -n 's/.*<dd>\([A-Z]*-[0-9A-Z-]*\)<.*/\1/p' \
		"$dir/receipt" | head -n 1)
}

hidden()
{
	sed -n "s/^<input type=\"hidden\" name=\"$1\" value=\"\(.*\)\">\$/\1/p" \
		"$dir/form"
}

# ---- before anything -----------------------------------------------------------
inbox list
refused 'no store' 2 'there is no store here; blankett inbox pull makes one'
inbox pull --key "$keys"
refused 'no server' 2 '--server URL is needed the first time'
inbox pull --server "$url"
refused 'no key' 2 '--key DIR is needed'
inbox pull --server "$url/path" --key "$keys"
refused 'no address' 2 "is no server's address"
inbox pull --server http://127.0.0.1:1 --key "$keys"
refused 'no server there' 1 'http://127.0.0.1:1: '
is 'no other command has libcurl with it' \
	"$(ldd "$BLANKETT" | grep -c 'libcurl\|libldap')" 0
mkdir "$dir/empty"
: > "$dir/empty/libcurl.so.4"
LD_LIBRARY_PATH=$dir/empty
export LD_LIBRARY_PATH
inbox pull --server "$url" --key "$keys"
unset LD_LIBRARY_PATH
refused 'no libcurl' 1 "(in Debian's package libcurl4)"
inbox pull --server "$url" --key "$dir/site"
refused 'no keys there' 1 'organisation.pub'
inbox pull --server "$url/" --key "$keys"
is 'an empty queue is pulled' "$status" 0
has 'and says so' "0 nya, 0 avvisade; 0 i förrådet. Sedan: blankett inbox list"

# ---- two cases ------------------------------------------------------------------
fill_in synpunkt typ=klagomal 'meddelande==HYPERLINK("x"),
andra raden'
first=$reference
fill_in sidfel sida=/roller/ 'meddelande=Ett ord är fel'
second=$reference
ok 'both were received' test -n "$first" -a -n "$second"
inbox pull --key "$keys"
is 'they are pulled, from the server that is remembered' "$status" 0
has 'and counted by form' '2 nya (1 synpunkt, 1 sidfel), 0 avvisade; 2 i förrådet.'
inbox pull --key "$keys" --json
has 'for scripts too' '{"new":0,"forms":{},"refused":0,"not_valid":0,"damaged":0,"in_store":2}'
is 'the store is its owner'\''s' "$(stat -c %a "$store")" 700
is 'and all files in it' "$(find "$store" -type f ! -perm 600)" ''
ok 'and sealed' sh -c "! grep -rqa 'andra raden' '$store'"

# ---- reading ----------------------------------------------------------------------
inbox list
is 'a list has a line a case' "$(wc -l < "$dir/page")" 3
has 'with the reference' "$first"
ok 'the form and the status' grep -q "$second .* sidfel  *nytt" "$dir/page"
lacks 'and no answer' raden
inbox list --form sidfel --new --json
has 'also for scripts' "\"reference\":\"$second\""
lacks 'only what was asked for' "$first"
inbox show "$(printf %s "$first" | tr 'A-Z-' 'a-z ')" --key "$keys"
is 'a case is shown, however its reference is written' "$status" 0
has 'with its question' 'Vad vill du säga?'
has 'and its answer' '  andra raden'
inbox show "$first" --key "$keys" --json
has 'also for scripts' '"label":"Klagomål"'
inbox show SYN-0000-0000 --key "$keys"
refused 'no such case' 2 'SYN-0000-0000: no such case in the store'
inbox show SYN-7KQ4-M2XX --key "$keys"
refused 'a mistyped reference' 2 'is a letter or digit wrong?'

# ---- exports ----------------------------------------------------------------------
inbox export --format jsonl --key "$keys"
is 'JSON lines are one a case' "$(wc -l < "$dir/page")" 2
has 'in the words of the contract' "{\"reference\":\"$first\",\"form\":\"synpunkt\","
inbox export --format csv --form synpunkt --separator ';' --key "$keys"
ok 'CSV begins with a byte order mark' sh -c \
	"head -c 3 '$dir/page' | od -An -tx1 | grep -q 'ef bb bf'"
has 'has the questions' 'Vad vill du lämna?;Vad vill du säga?;'
has 'and runs nothing' "\"'=HYPERLINK(\"\"x\"\"),"
inbox export --format csv --key "$keys"
refused 'two tables in one' 2 'choose one with --form'
inbox export --format csv --separator x --key "$keys"
refused 'a strange separator' 2 '--separator is one of comma'
inbox export --format xml --key "$keys"
refused 'a strange format' 2 '--format is jsonl, csv or html'
inbox export --format html --out "$dir/html" --theme themes/standard --key "$keys"
is 'HTML is written to a directory' "$status" 0
ok 'readable by its owner' test "$(stat -c %a "$dir/html/cases.html")" = 600
ok 'with the answers' grep -qF 'andra raden' "$dir/html/cases.html"
inbox export --format jsonl --out "$dir/jsonl" --key "$keys" "$second"
is 'a case can be chosen' "$(wc -l < "$dir/jsonl/cases.jsonl")" 1
printf 'x\n' > "$dir/passphrase"
inbox export --format jsonl --key "$keys" --passphrase-file "$dir/passphrase"
is 'a passphrase that is not needed is not read' "$status" 0

# ---- done -------------------------------------------------------------------------
inbox done "$first" --key "$keys"
is 'a case is acknowledged' "$status" 0
has 'and that is said' '1 ärende är kvitterat'
inbox done "$first" --key "$keys"
is 'twice does no harm' "$status" 0
inbox list
ok 'the list knows' grep -q "$first .* klart " "$dir/page"
inbox list --new
lacks 'and can leave it out' "$first"
inbox pull --key "$keys"
inbox verify --key "$keys"
is 'the whole store verifies' "$status" 0
has 'and says what it saw' '2 kuvert går att öppna; 0 fel'
inbox stats
ok 'cases are counted' grep -Eq '^synpunkt  *1  *1$' "$dir/page"
inbox stats --json
has 'for scripts too' '"total":2,"done":1}'
inbox purge
has 'nothing is removed before its time' '0 borttagna; 1 klara som ska ligga kvar än'

# ---- a backup, and going back to it -----------------------------------------------
"$BLANKETT" backup "$dir/copy" --data "$dir/data" > "$dir/page" 2>&1
is 'a running queue is copied' $? 0
"$BLANKETT" backup "$dir/copy" --data "$dir/data" > "$dir/page" 2>&1
is 'never over a copy' $? 2
fill_in synpunkt 'meddelande=Efter kopian'
inbox pull --key "$keys"
stop_server
rm -r "$dir/data"
cp -r "$dir/copy" "$dir/data"
cp -r "$store" "$dir/before"
start_server
inbox pull --server "$url" --key "$keys"
refused 'an old copy' 1 'the log was rolled back: it has '
ok 'changes nothing here' diff -r "$store" "$dir/before"
fill_in synpunkt 'meddelande=En annan historia'
fill_in synpunkt 'meddelande=En annan historia'
fill_in synpunkt 'meddelande=En annan historia'
fill_in synpunkt 'meddelande=En annan historia'
inbox pull --server "$url" --key "$keys"
refused 'a fork' 1 'the log was forked or rewritten: entry '
ok 'changes nothing here' diff -r "$store" "$dir/before"
stop_server
rm -r "$dir/data"
start_server
inbox pull --server "$url" --key "$keys"
refused 'another queue' 1 'the queue was restored: its incarnation is '
inbox pull --server "$url" --key "$keys" --accept-restored
is 'is accepted when told so' "$status" 0
has 'and the cases are kept' '; 3 i förrådet.'

# ---- other people's keys ------------------------------------------------------------
"$BLANKETT" keys init --no-passphrase --out "$dir/others" > "$dir/made"
inbox pull --server "$url" --key "$dir/others"
is 'a stranger gets nothing' "$status" 1
ok 'and is told why' grep -qF 'answered 401: signed by no collector' "$dir/err"
cp "$dir/others/organisation.pub" "$dir/false.pub"
cp -r "$keys" "$dir/mixed" && cp "$dir/false.pub" "$dir/mixed/organisation.pub"
inbox pull --server "$url" --key "$dir/mixed"
refused 'a keyset that the pin does not hold for' 1 "the server's keyset"

# ---- damage at home -------------------------------------------------------------------
envelope=$(find "$store/envelopes" -type f | head -n 1)
printf 'x' | dd of="$envelope" bs=1 seek=400 conv=notrunc 2> "$dir/made"
inbox verify --key "$keys"
is 'a changed envelope is found' "$status" 1
ok 'and named' grep -qF "$(basename "$envelope" .blkt)" "$dir/err"
has 'and counted' '; 1 fel'
stop_server
is 'the server ends well' "$status" 0
ok 'no answer is in data or log' sh -c "! grep -raq 'andra raden' '$dir/data' '$dir/log'"
plan
