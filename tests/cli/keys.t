#!/bin/sh
# keys: made once, never written over, tried in a drill, changed in order.
set -u
. "$(dirname "$0")/place.sh"
cd "$dir" || exit 1

run() # arguments: output to out, status to $s
{
	"$BLANKETT" "$@" >out 2>&1
	s=$?
}

refused() # status, words in the one line, arguments
{
	want=$1 words=$2
	shift 2
	run "$@"
	[ "$s" -eq "$want" ] && grep -qF -e "$words" out &&
		[ "$(grep -c '^blankett: ' out)" -eq 1 ]
}

mode() { stat -c %a "$1"; }

umask 022
run keys init --out k --no-passphrase
[ "$s" -eq 0 ] && grep -q 'development keys' out
ok $? "keys init makes keys, and says that they are development keys"
[ "$(mode k)" = 700 ] && [ "$(mode k/server.key)" = 600 ] &&
	[ "$(mode k/organisation.key)" = 600 ] &&
	[ "$(mode k/kundcenter.key)" = 600 ] &&
	[ "$(mode k/reserve.key)" = 600 ] && [ "$(mode k/collector.key)" = 600 ]
ok $? "the directory is 0700 and every key 0600"
grep -q '^recipient: reserve dev-reserve-1 ' k/keyset &&
	grep -q '^epoch: 1$' k/keyset
ok $? "the keyset names a reserve and calls the keys dev-"
before=$(cat k/*.key | cksum)
refused 2 'exists; keys are never written over' keys init --out k \
	--no-passphrase && [ "$before" = "$(cat k/*.key | cksum)" ]
ok $? "keys init never writes over a key"
mkdir part && chmod 700 part && : >part/keyset
refused 2 'part/keyset exists' keys init --out part --no-passphrase &&
	[ "$(ls part)" = keyset ]
ok $? "keys init writes nothing when one file is in its way"
mkdir wide && chmod 755 wide
refused 2 'others can look in here (mode 0755)' keys init --out wide \
	--no-passphrase && [ -z "$(ls wide)" ]
ok $? "keys init refuses a directory that others can look in"
refused 2 '--out DIR is needed' keys init
ok $? "keys init needs --out"
refused 2 'no such file' keys init --out x --no-passphrase --site nowhere &&
	[ ! -e x ]
ok $? "keys init writes nothing for a site that is none"

mkdir -p site/content
printf '# top\nname: Prov\norganisation-key: old # the pin\nlang: sv\n' \
	>site/content/site.yaml
run keys init --out sk --no-passphrase --site site
[ "$s" -eq 0 ] && cmp -s sk/keyset site/forms/keyset &&
	[ "$(sed "s|organisation-key: .* #|organisation-key: old #|" \
		site/content/site.yaml)" = '# top
name: Prov
organisation-key: old # the pin
lang: sv' ] && grep -qF "$(cat sk/organisation.pub)" site/content/site.yaml
ok $? "keys init --site writes the keyset and the pin, and nothing else"
refused 2 'forms/keyset exists' keys init --out other --no-passphrase \
	--site site && [ ! -e other ]
ok $? "a site that has a keyset keeps it"

cp site/content/site.yaml pinned
run keys publisher --out pub --no-passphrase --site site
[ "$s" -eq 0 ] && [ "$(mode pub)" = 700 ] &&
	[ "$(mode pub/publisher.key)" = 600 ] &&
	{ cat pinned; echo "publishing-key: $(cat pub/publisher.pub)"; } |
	cmp -s - site/content/site.yaml
ok $? "keys publisher writes a key and its pin, and nothing else"
refused 2 'pub/publisher.key exists; keys are never written over' \
	keys publisher --out pub --no-passphrase
ok $? "keys publisher never writes over a key"
refused 2 'others can look in here' keys publisher --out wide \
	--no-passphrase && [ -z "$(ls wide)" ]
ok $? "keys publisher refuses a directory that others can look in"
run keys show --key pub
[ "$s" -eq 0 ] && grep -q '^publisher.key  *publisher  *- ' out
ok $? "keys show lists a publisher's key alone"
run keys test --key pub
[ "$s" -eq 0 ] && [ "$(cat out)" = 'publisher                signs' ]
ok $? "keys test lets it sign"
cp sk/organisation.pub pub/publisher.pub
refused 1 '1 of 1 keys do not work' keys test --key pub
ok $? "keys test fails for one whose public half is another's"

run keys show --key k
[ "$s" -eq 0 ] && [ "$(grep -c '\.key ' out)" -eq 5 ] &&
	! grep -qF "$(sed -n 's/^secret: //p' k/server.key)" out &&
	! grep -qF "$(sed -n 's/^secret: //p' k/kundcenter.key)" out
ok $? "keys show lists every key and no secret"
run keys test --key k
[ "$s" -eq 0 ] && [ "$(grep -c 'opens the canary' out)" -eq 2 ] &&
	[ "$(grep -c ' signs$' out)" -eq 3 ]
ok $? "keys test opens a canary with both keys and signs with three"
mkdir -m 700 half && cp -p k/kundcenter.key k/collector.key k/keyset \
	k/organisation.pub half
run keys test --key half
[ "$s" -eq 0 ] && grep -q 'dev-reserve-1 *its key is not here' out &&
	grep -q 'dev-kundcenter-1 *opens the canary' out
ok $? "keys test names keys that are elsewhere, without failing"
cp -p sk/kundcenter.key half/kundcenter.key
run keys test --key half
[ "$s" -eq 0 ] && grep -q 'dev-kundcenter-1 *its key is not here' out
cp -p sk/collector.key half/collector.key
refused 1 '1 of 1 keys do not work' keys test --key half
ok $? "keys test fails for a key that is not in the keyset"
sed 's/epoch: 1/epoch: 2/' k/keyset >half/keyset
refused 1 'the signature does not hold' keys test --key half
ok $? "a keyset that was edited is refused"
cp -p sk/organisation.pub half/organisation.pub
refused 1 'not signed by the key it must be signed by' keys test --key half
ok $? "a keyset of another organisation is refused"
chmod 640 k/collector.key
refused 1 'others may read this key (mode 0640): chmod 600' keys test --key k
ok $? "a key that others may read is refused"
chmod 600 k/collector.key

old=$(sed -n 's/^public: //p' sk/kundcenter.key)
run keys rotate --key sk --site site
today=$(ls sk | sed -n 's/^kundcenter-\(.*\)\.key$/\1/p')
[ "$s" -eq 0 ] && grep -q '^epoch: 2$' site/forms/keyset &&
	cmp -s sk/keyset site/forms/keyset &&
	grep -qF "$old" "sk/kundcenter-$today.key" &&
	! grep -qF "$old" sk/keyset &&
	grep -qF "kundcenter dev-kundcenter-2 $(sed -n 's/^public: //p' \
		sk/kundcenter.key)" sk/keyset &&
	[ "$(grep -c '^recipient: ' sk/keyset)" -eq 2 ] &&
	[ "$(grep -c '^collector: ' sk/keyset)" -eq 1 ]
ok $? "keys rotate makes new keys, keeps the old, and the next epoch"
run keys test --key sk
ok $s "the new keys pass the drill"
run keys rotate --key sk --site site
[ "$s" -eq 0 ] && [ -e "sk/kundcenter-$today-2.key" ] &&
	grep -q '^epoch: 3$' site/forms/keyset &&
	[ "$(grep -c '^recipient: ' sk/keyset)" -eq 2 ]
ok $? "a second rotation on the same day keeps both old keys"
# As if a crash had come after the new keys and before the keyset.
cp site/forms/keyset sk/keyset.old
run keys rotate --key sk
mv sk/keyset.old sk/keyset
run keys rotate --key sk --site site
[ "$s" -eq 0 ] && [ "$(grep -c '^recipient: ' sk/keyset)" -eq 2 ] &&
	[ "$(grep -c '^collector: ' sk/keyset)" -eq 1 ] &&
	grep -q '^epoch: 4$' site/forms/keyset
ok $? "a rotation after a crash leaves no key behind in the keyset"
refused 1 'pins another organisation key' keys rotate --key k --site site
ok $? "keys rotate refuses a site that pins another organisation"
rm sk/organisation.key
refused 1 'organisation.key' keys rotate --key sk
ok $? "keys rotate needs the organisation key"

(umask 077 && echo 'sju sorters kakor' >pp && echo 'ett helt annat' >new &&
	echo kort >short && echo 'en tredje mening' >wrong)
refused 2 'shorter than' keys init --out w --passphrase-file short
ok $? "a short passphrase is refused"
refused 2 'not both' keys init --out w --passphrase-file pp --no-passphrase
ok $? "a passphrase and none at once is refused"
setsid "$BLANKETT" keys init --out w </dev/null >out 2>&1
[ $? -eq 2 ] && grep -q 'no terminal to ask on, use --passphrase-file' out &&
	[ ! -e w ]
ok $? "without terminal or file there is one clear line and no key"
run keys init --out w --passphrase-file pp
[ "$s" -eq 0 ] && [ "$(grep -l '^wrap: argon2id ' w/*.key | wc -l)" -eq 4 ] &&
	grep -q '^wrap: none$' w/server.key && ! grep -q dev- w/keyset
ok $? "a passphrase wraps every key but the server's"
refused 1 'wrong passphrase' keys test --key w --passphrase-file wrong
ok $? "a wrong passphrase is refused"
before=$(cat w/*.key | cksum)
refused 1 'wrong passphrase' keys passphrase --key w \
	--passphrase-file wrong --new-passphrase-file new &&
	[ "$before" = "$(cat w/*.key | cksum)" ]
ok $? "a wrong passphrase changes none"
run keys passphrase --key w --passphrase-file pp --new-passphrase-file new
[ "$s" -eq 0 ] && run keys test --key w --passphrase-file new &&
	[ "$s" -eq 0 ]
ok $? "a new passphrase opens what the old one did"
run keys publisher --out pw --passphrase-file pp
[ "$s" -eq 0 ] && grep -q '^wrap: argon2id ' pw/publisher.key &&
	run keys passphrase --key pw --passphrase-file pp \
		--new-passphrase-file new &&
	[ "$s" -eq 0 ] && run keys test --key pw --passphrase-file new &&
	[ "$s" -eq 0 ]
ok $? "so it does for a publisher's key"
echo "1..$n"
