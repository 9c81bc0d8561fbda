#!/bin/sh
# new: what is begun can be built as it is, and nothing is written over.
set -u
. "$(dirname "$0")/tap.sh"

site=$work

new() { "$BLANKETT" -C "$site" new "$@" >"$site/out" 2>"$site/err"; }

mkdir "$site/content" "$site/themes"
cp -r "$top/themes/standard" "$site/themes/"
printf 'name: N\norganisation: O\n' >"$site/content/site.yaml"

for name in index kontakt; do
	printf -- '---\ntitle: T\n---\n' >"$site/content/$name.md"
done
new page rutin/begaran-om-stod &&
	[ "$(cat "$site/out")" = "$site/content/rutin/begaran-om-stod.md" ]
ok "a page is begun and its file named" $?
grep -q '^title: Begaran om stod$' "$site/content/rutin/begaran-om-stod.md" &&
	grep -q "^reviewed: $(date +%Y)-" \
	"$site/content/rutin/begaran-om-stod.md"
ok "with a title and a day of its own" $?
new form fraga && [ "$(cat "$site/out")" = "$site/forms/fraga.md" ]
ok "a form is begun" $?
"$BLANKETT" -C "$site" check --drafts >"$site/out" 2>&1
status=$?
ok "what was begun has no fault" $status
[ $status -eq 0 ] || sed 's/^/# /' "$site/out"


# Everything that is begun, as somebody would.
new page resor.md --title 'Resor: till "träffar"' &&
	grep -qF 'title: "Resor: till \"träffar\""' "$site/content/resor.md" &&
	grep -q 'draft: true' "$site/err"
ok "a page is begun with a title of its own, and its draft told of" $?
new page resor.lattlast && new page resor.en.md &&
	grep -qF 'title: "Resor: till \"träffar\""' \
		"$site/content/resor.lattlast.md" &&
	grep -q 'En rad, en tanke' "$site/content/resor.lattlast.md" &&
	grep -q 'Short paragraphs' "$site/content/resor.en.md"
ok "its versions begin with that title, and a text of their own" $?
grep -q '^prefix: FRA$' "$site/forms/fraga.md"
ok "a form has a prefix of its own name" $?
new form beratta && grep -q ':::form beratta' "$site/err"
ok "where a form is listed is told" $?
sed -i 's/^title: .*/title: Berätta/' "$site/forms/beratta.md"
new form beratta.en && grep -q 'translate' "$site/err" &&
	cmp -s "$site/forms/beratta.md" "$site/forms/beratta.en.md"
ok "a form in English begins as the Swedish one" $?
new form ingen.en
[ $? -eq 1 ] && grep -q 'forms/ingen.md' "$site/err"
ok "and needs one" $?
"$BLANKETT" -C "$site" check --drafts >"$site/out" 2>&1
status=$?
ok "none of that has a fault" $status
[ $status -eq 0 ] || sed 's/^/# /' "$site/out"
# What it began with is published by nobody.
left() { # words: what check and build say of examples
	"$BLANKETT" -C "$site" check >"$site/out" 2>&1
	grep '✎' "$site/out"
	"$BLANKETT" -C "$site" build --out "$site/public" 2>&1 |
		sed -n 's/^blankett: \(.*✎.*\)/build: \1/p'
}
[ "$(left | sed 's/[0-9]* ex/N ex/')" = "\
warning: forms/beratta.en.md:4: N examples are left (\"✎\") to write before the form is opened
warning: forms/beratta.md:4: N examples are left (\"✎\") to write before the form is opened
warning: forms/fraga.md:4: N examples are left (\"✎\") to write before the form is opened" ]
ok "an example in a closed form is warned of" $?
for page in resor resor.lattlast resor.en; do
	file=content/$page.md
	sed -i '/^draft: true/d' "$site/$file"
	left >"$work/left"
	grep -n '✎' "$site/$file" | sed 's/:.*//' | while read -r line; do
		echo "$file:$line: an example is left here: write your own" \
			'text, and take "✎" away'
	done >"$work/want"
	grep -q "$file:[45]:" "$work/want" &&
		grep "^$file" "$work/left" | cmp -s "$work/want" - &&
		[ "$(grep '^build: ' "$work/left")" = "build: $(sed -n 1p "$work/want")" ]
	ok "on a page that is no draft ($page) each is a fault" $?
	sed -i 's/✎ //' "$site/$file"
done
sed -i '/^publish:/d; 2i publish: 2999-01-01' "$site/content/resor.md"
echo 'Mer. ✎' >>"$site/content/resor.md"
left | grep -q '^content/resor.md:[0-9]*: an example'
ok "also on one whose day has not come" $?
sed -i '/✎/d; /^publish:/d' "$site/content/resor.md"
sed -i '/^open: false/d' "$site/forms/beratta.md"
left >"$work/left"
[ "$(grep -c '^forms/beratta.md:' "$work/left")" -eq \
	"$(grep -c '✎' "$site/forms/beratta.md")" ] &&
	grep -q '^build: forms/beratta.md:4: an example' "$work/left"
ok "in an open form each is a fault" $?
for form in beratta beratta.en; do
	sed -i 's/✎ //; /^open: false/d' "$site/forms/$form.md"
done
"$BLANKETT" -C "$site" build --out "$site/public" >"$site/out" 2>&1
ok "and none is once they are written" $?
new page 'Resor till träffar'
[ $? -eq 2 ] && grep -qF 'blankett new page resor-till-traffar --title "Resor till träffar"' \
	"$site/err"
ok "a title where a name should be is told the name" $?
new page x --title '
'
[ $? -eq 2 ]
ok "a title is one line" $?
(cd "$site" && "$BLANKETT" new page nu 2>/dev/null) >"$site/out"
[ "$(cat "$site/out")" = content/nu.md ]
ok "from the site itself the name is short" $?

echo mine >"$site/content/index.md"
new page index
[ $? -eq 2 ] && [ "$(cat "$site/content/index.md")" = mine ] &&
	[ "$(cat "$site/err")" = "blankett: $site/content/index.md: is there \
already; it is left as it is" ]
ok "a file that is there is left as it is" $?
new pge x
[ $? -eq 2 ] && [ "$(cat "$site/err")" = \
	'blankett: new: there is no "pge" to begin (did you mean "page"?)' ]
ok "an unknown kind is refused" $?
for name in ../x /x x/ .x 'Så' 'a b' a//b ''; do
	new page "$name"
	[ $? -eq 2 ]
	ok "the name \"$name\" is refused" $?
done
new page a.fr
[ $? -eq 2 ] && [ ! -e "$site/content/a.fr.md" ] && [ "$(cat "$site/err")" = \
	'blankett: new: "fr" is no version of a page; there are sv, en, lattlast' ]
ok "nor is a version begun that there is none of" $?
new form a.lattlast
[ $? -eq 2 ] && [ ! -e "$site/forms/a.lattlast.md" ]
ok "nor one of a form" $?
new form a_b
[ $? -eq 2 ] && [ ! -e "$site/forms/a_b.md" ]
ok "nor a form whose id would be refused" $?
new form a/b
[ $? -eq 2 ] && [ ! -e "$site/forms/a" ]
ok "a form stands in no folder" $?

echo "1..$n"
