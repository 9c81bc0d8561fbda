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
new form a/b
[ $? -eq 2 ] && [ ! -e "$site/forms/a" ]
ok "a form stands in no folder" $?

echo "1..$n"
