#!/bin/sh
# journey: a form from the first POST to the reply code, as a browser without
# scripts sends it; afterwards no answer is left outside the envelopes.
set -u
. tests/cli/server.sh

build_site
start_server
form=$url/e-tjanster/synpunkt/
# Only what is sent may hold it, so it is not in this file in one piece.
marker=$(printf 'MARK%sOR%s' "$$" "$(date +%s)")
text="Tack för $marker & hej <b>"

# post ARGUMENT...: status in $code, page in $dir/page, head in $dir/head.
post()
{
	code=$(curl -s -D "$dir/head" -o "$dir/page" -w '%{http_code}' "$@")
}

# hidden NAME: the value of a hidden input of the page.
hidden()
{
	sed -n "s/^<input type=\"hidden\" name=\"$1\" value=\"\(.*\)\">\$/\1/p" \
		"$dir/page"
}

has()
{
	ok "$1" grep -qF -- "$2" "$dir/page"
}

lacks()
{
	ok "$1" sh -c "! grep -qF -- '$2' '$dir/page'"
}

# ---- a page reports on itself ------------------------------------------------
post "$url/roller/"
has 'a page has a button to report what is wrong on it' \
	'<input type="hidden" name="sida" value="/roller/">'
post -d _action=change -d sida=/roller/ "$url/e-tjanster/sidfel/"
is 'it opens the form' "$code" 200
has 'with the address filled in' 'name="sida" class="full" autocomplete="off" aria-describedby="sida-hint" value="/roller/"'
lacks 'and without scolding for what is not yet written' 'class="error"'

# ---- faults -------------------------------------------------------------------
post -d _action=next -d meddelande= -d svar=epost -d epost=fel "$form"
is 'faults are 422' "$code" 422
has 'with a title that says so' '<title>Fel:'
has 'and a summary' 'role="alert"'
has 'that links to the question' 'href="#meddelande"'
has 'and keeps the answers' 'value="fel"'
ok 'Back works' grep -q '^Cache-Control: private, no-cache' "$dir/head"

# ---- check answers ------------------------------------------------------------
post -F _action=next -F "meddelande=$text" "$form"
is 'a valid form is shown for checking' "$code" 200
has 'with its title' 'Granska dina svar'
has 'and the answer, escaped' "för $marker &amp; hej &lt;b&gt;"
lacks 'never as markup' 'hej <b>'
token=$(hidden _token)
version=$(hidden _form)
is 'and a token of 20 digits' "$(printf %s "$token" | tr -d - | wc -c)" 20
ok 'Back works' grep -q '^Cache-Control: private, no-cache' "$dir/head"

# ---- change -------------------------------------------------------------------
post -d _change=meddelande --data-urlencode "meddelande=$text" \
	-d "_token=$token" -d "_form=$version" "$form"
is 'change shows the form' "$code" 200
has 'with the answer' "$marker"
is 'and the token' "$(hidden _token)" "$token"
lacks 'without faults' 'role="alert"'

# ---- send ---------------------------------------------------------------------
send()
{
	post -d _action=send --data-urlencode "meddelande=$1" \
		-d "_token=$token" -d "_form=$version" "$form"
}
post -d _action=send --data-urlencode "meddelande=$text" \
	-d "_token=$token" -d _form=0123 "$form"
has 'an older version of the form is checked again' 'Granska dina svar'
send "$text"
is 'send is 200' "$code" 200
has 'with a receipt' 'Vi har tagit emot det du skickade'
reference=$(sed -n 's/.*<dd>\(SYN-[0-9A-Z-]*\)<.*/\1/p' "$dir/page" | head -n 1)
is 'and a reference' "$(printf %s "$reference" | wc -c)" 13
has 'and the reply code' "$token"
ok 'which no cache keeps' grep -q '^Cache-Control: no-store' "$dir/head"
cp "$dir/page" "$dir/first"
send "$text"
cmp -s "$dir/page" "$dir/first"
is 'sent twice, it is the same receipt' $? 0
send "$text igen"
is 'other answers are a conflict' "$code" 409
has 'that names the first' "$reference"
is 'without the token' "$(hidden _token)" ''
post -d _action=new --data-urlencode "meddelande=$text igen" "$form"
has 'and can become a case of its own' 'Granska dina svar'
ok 'with another token' test "$(hidden _token)" != "$token"

# ---- save ---------------------------------------------------------------------
save()
{
	post -d "_action=$1" --data-urlencode "meddelande=$text" \
		-d "_token=$token" -d "_form=$version" "$form"
}
save save-receipt
ok 'the receipt is a file' grep -q \
	"^Content-Disposition: attachment; filename=\"kvitto-$reference.html\"" \
	"$dir/head"
has 'with the reference' "$reference"
lacks 'and no answer' "$marker"
cp "$dir/page" "$dir/receipt.html"
ok 'which verifies' "$BLANKETT" verify "$dir/receipt.html" \
	--keyset "$dir/keys/keyset" \
	--organisation "$dir/keys/organisation.pub"
save save-copy
ok 'the copy is a file' grep -q \
	'^Content-Disposition: attachment; filename="kopia-synpunkt.html"' \
	"$dir/head"
has 'with the answers' "$marker"

# ---- follow -------------------------------------------------------------------
post -d "code=$(printf %s "$token" | tr 'A-Z-' 'a-z ')" "$url/svar/"
is 'the code shows the case' "$code" 200
has 'that it has been received' 'Vi har tagit emot'
ok 'which no cache keeps' grep -q '^Cache-Control: no-store' "$dir/head"
post -d code=7KQ4-M2XD-9FHT-0PWC-3ZRN "$url/svar/"
is 'another code is 404' "$code" 404
has 'and says what to do' 'Jämför med kvittot'
is 'the empty box' "$(curl -s -o "$dir/page" -w '%{http_code}' "$url/svar/")" 200

# ---- in English ---------------------------------------------------------------
post -d _action=next --data-urlencode "meddelande=$text" \
	"$url/en/e-tjanster/synpunkt/"
has 'the English form speaks English' '<html lang="en"'

# ---- nothing is left ----------------------------------------------------------
is 'no cookie was ever set' "$(grep -ci '^set-cookie' "$dir/head")" 0
is 'no answer in memory' "$(in_memory "$server" "$marker")" 0
is 'no code in memory' "$(in_memory "$server" "$token")" 0
stop_server
is 'the server ends well' "$status" 0
ok 'no answer in data or log' sh -c \
	"! grep -ra '$marker' '$dir/data' '$dir/log' '$dir/out' '$dir/site'"
ok 'no code in data or log' sh -c \
	"! grep -ra '$token' '$dir/data' '$dir/log' '$dir/out'"
ok 'the log says that something came in' grep -q \
	'event=submission form=synpunkt' "$dir/log"
plan
