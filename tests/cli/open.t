#!/bin/sh
# open, verify: an envelope file and a saved receipt, as others made them.
# Both come from the vectors, so that they do not depend on today's sealer.
set -u
. "$(dirname "$0")/place.sh"
vectors=$(cd "$(dirname "$0")/../.." && pwd)/tests/unit/seal/vectors/v1.json
cd "$dir" || exit 1

refused() # status, words in the one line, arguments
{
	want=$1 words=$2
	shift 2
	"$BLANKETT" "$@" >out 2>&1
	[ $? -eq "$want" ] && grep -qF -e "$words" out &&
		[ "$(grep -c '^blankett: ' out)" -eq 1 ]
}

unhex() { perl -ne 'chomp; print pack "H*", $_'; }

# vector NAME KEY: the hexadecimal value of KEY in the envelope NAME.
vector()
{
	awk -v name="\"name\": \"$1\"" -v key="\"$2\"" '
		index($0, name) { on = 1 }
		on && index($0, key) { split($0, part, "\""); print part[4]
			exit }' "$vectors"
}

# note SECTION: the signed note there.
note()
{
	perl -0ne '/"'"$1"'": \[.*?"note": "(.*?)"\n/s and print $1' "$vectors" |
		perl -pe 's/\\n/\n/g'
}

mkdir -m 700 k empty
(umask 077 && cat >k/kundcenter.key <<EOF
blankett recipient key v1
role: kundcenter
public: $(echo d89e3bad79437dbed9f843418304f460ff05c7fe81fe4a9577a804cb9367ff66 |
	unhex | base64 -w 0)
wrap: none
secret: $(echo 101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f |
	unhex | base64 -w 0)
EOF
)
vector 'a synpunkt' envelope | unhex >case.env
vector 'everything once' envelope | unhex >browser.env

"$BLANKETT" open case.env --key k >out 2>&1
[ $? -eq 0 ] && [ "$(wc -l <out)" -eq 1 ] &&
	grep -q '^{"reference":"SYN-KG4M-D2FK","form":"synpunkt",' out &&
	grep -q '"mode":0,"valid":true,"answers":\[{"id":"meddelande",' out &&
	grep -q '"files":\[\],"earlier":null}$' out
ok $? "open prints the submission as one line of JSON"
grep -qF 'Hej\u202e\u009b2J\n\u001b[2J' out &&
	! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" out &&
	! LC_ALL=C grep -q "$(printf '\342\200\256')" out
ok $? "characters that would be obeyed are shown as escapes"
"$BLANKETT" open browser.env --key k >out 2>&1
[ $? -eq 0 ] && grep -q '"mode":1,"valid":false,' out &&
	grep -q '"name":"intyg.pdf","type":"application/pdf","bytes":100' out &&
	grep -q '"earlier":"SYN-7KQ4-M2XD"' out
ok $? "what does not agree with its envelope is marked as not valid"

refused 2 'needs FILE' open --key k
ok $? "open needs a file"
refused 2 '--key DIR is needed' open case.env
ok $? "open needs a directory of keys"
refused 1 'no key here that opens envelopes' open case.env --key empty
ok $? "a directory without keys is refused"
refused 1 'no.env: cannot read' open no.env --key k
ok $? "a missing file is named"
echo hej >text.env
refused 1 'text.env: envelope: this is none' open text.env --key k
ok $? "what is no envelope is refused"
head -c 4000 case.env >cut.env
refused 1 'cut.env: envelope: no body has this length' open cut.env --key k
ok $? "an envelope cut short is refused"
perl -pe 'BEGIN { binmode STDIN; binmode STDOUT; undef $/ }
	substr($_, 1000, 1) ^= "\1"' <case.env >bent.env
refused 1 'bent.env: envelope: its body is damaged or forged' \
	open bent.env --key k && ! grep -q reference out
ok $? "an envelope with one bit changed is refused, and nothing printed"
"$BLANKETT" keys init --out other --no-passphrase >/dev/null
refused 1 'not sealed to any key here' open case.env --key other
ok $? "another's key opens nothing"

# A receipt as the template writes it.
sed -n 's/^ *"organisation_public": "\(.*\)",$/\1/p' "$vectors" | unhex | base64 -w 0 >organisation.pub
note keyset >keyset
{
	printf '<!doctype html>\n<pre id="note">'
	note note
	printf '</pre>\n'
} >kvitto.html
"$BLANKETT" verify kvitto.html --keyset keyset --organisation \
	organisation.pub >out 2>&1
[ $? -eq 0 ] && grep -q '^Kvittot är äkta' out &&
	grep -q 'Ärendenummer *SYN-0000-0000$' out &&
	grep -q 'Mottaget *22 november 2026 kl. 14.05$' out &&
	grep -q 'Signerat med nyckeln *server-1$' out
ok $? "verify says in Swedish what a receipt proves"
"$BLANKETT" verify kvitto.html --keyset keyset --organisation \
	organisation.pub --lang en >out 2>&1
[ $? -eq 0 ] && grep -q '^The receipt is genuine' out &&
	grep -q 'Received *22 November 2026 at 14:05$' out
ok $? "and in English"
mkdir -p site/content site/forms && cp keyset site/forms/keyset &&
	echo "organisation-key: $(cat organisation.pub)" \
		>site/content/site.yaml
"$BLANKETT" -C site verify kvitto.html >out 2>&1
ok $? "in a site its keyset and its pin are used"
sed 's/$/\r/' kvitto.html >crlf.html
"$BLANKETT" -C site verify crlf.html >out 2>&1
ok $? "line ends that a mail program changed do no harm"
sed 's/SYN-0000-0000/SYN-0000-0001/' kvitto.html >changed.html
refused 1 'the signature does not hold' -C site verify changed.html &&
	grep -q '^Kvittot håller inte' out
ok $? "a changed receipt does not hold"
sed 's/14:05/14:06/' kvitto.html >changed.html
refused 1 'the signature does not hold' -C site verify changed.html
ok $? "nor with another time"
cat kvitto.html kvitto.html >two.html
refused 1 'not a saved receipt' -C site verify two.html
ok $? "a file with two notes is refused"
sed 's/synpunkt/syn\&sup;unkt/' kvitto.html >entity.html
refused 1 'not a saved receipt' -C site verify entity.html
ok $? "an escape that we never write is refused"
refused 1 'not a saved receipt' -C site verify case.env
ok $? "what is no receipt is refused"
refused 2 'whom to trust is not known' verify kvitto.html --keyset keyset
ok $? "without a pin nothing is trusted"
refused 1 'not signed by the key it must be signed by' verify kvitto.html \
	--keyset keyset --organisation other/organisation.pub
ok $? "a keyset of another organisation is refused"
refused 2 '--lang is sv or en' -C site verify kvitto.html --lang fi
ok $? "a language it has not is refused"
echo "1..$n"
