#!/bin/sh
# forms: the shipped forms hold, and a broken one is named to the line.
set -u
. "$(dirname "$0")/place.sh"
here=$(cd "$(dirname "$0")/../.." && pwd)

# A site of one page and one form, the example of the form file's grammar.
site()
{
	rm -rf "$dir/site"
	mkdir -p "$dir/site/content" "$dir/site/forms" "$dir/site/themes"
	cp -R "$here/themes/standard" "$dir/site/themes/standard"
	cp "$here/content/site.yaml" "$dir/site/content/site.yaml"
	sed -i '/^footer:/,/^$/d; /^brochure:/,/^$/d; /^report-form:/d' "$dir/site/content/site.yaml"
	cat > "$dir/site/content/index.md" <<-'PAGE'
	---
	title: Start
	description: A page.
	---
	Text.
	PAGE
	cat > "$dir/site/forms/synpunkt.md" <<-'FORM'
	---
	title: Lämna en synpunkt
	description: Säg vad du tycker.
	to: kundcenter
	prefix: SYN
	pages: one
	answer-within: 10 working days
	retain: 90 days
	controller: Nämnden för individ och familj
	legal-basis: Uppgift av allmänt intresse (artikel 6.1 e)
	---
	Text before the first question.

	## Din synpunkt

	### typ: Vad vill du lämna?
	type: choice
	optional
	used-for: fördela ärendet till rätt person
	- berom: Beröm
	- fraga: En fråga

	### meddelande: Vad vill du säga?
	type: long-text
	max: 4000
	used-for: förstå och åtgärda

	### svar: Vill du ha svar?
	type: yes-no
	optional
	used-for: veta om vi ska svara

	### epost: Vilken e-postadress når vi dig på?
	type: email
	show-if: svar = ja
	used-for: skicka svaret

	Help text.
	FORM
}

check()
{
	"$BLANKETT" -C "$dir/site" check > "$dir/out" 2>&1
}

# The forms that come with the program.
mkdir "$dir/site"
cp -R "$here/content" "$here/forms" "$here/themes" "$dir/site/"
check
ok $? "content and forms as shipped have no fault"
for f in "$here"/forms/*.md; do
	awk '/^### /{ if (q && !u) bad = 1; q = 1; u = 0 }
		/^used-for: /{ u = 1 }
		END { exit bad || !u }' "$f"
	ok $? "every question of $(basename "$f") says what it is used for"
done
awk -F': ' '/^prefix: / && FILENAME !~ /\...\.md$/ && seen[$2]++ { bad = 1 }
	END { exit bad }' "$here"/forms/*.md
ok $? "no two forms share a prefix"
! grep -q '^type: personnummer' "$here"/forms/synpunkt*.md \
	"$here"/forms/sidfel.md
ok $? "neither synpunkt nor sidfel asks for a personnummer"
! awk '/^### /{ if (need) print FILENAME ": " id; id = $2; need = 1 }
	/^optional$/ || /^show-if: / || id == "meddelande:" { need = 0 }
	END { if (need) print FILENAME ": " id }' \
	"$here/forms/synpunkt.md" "$here/forms/sidfel.md" | grep .
ok $? "a message alone is enough for synpunkt and sidfel"

site
check
ok $? "the grammar's example has no fault"

# One edit each: the sed script, then the line that is expected.
while IFS='|' read -r edit message; do
	site
	sed -i "$edit" "$dir/site/forms/synpunkt.md"
	check
	status=$?
	grep -Fqx "forms/synpunkt.md:$message" "$dir/out" && [ $status -eq 1 ]
	ok $? "$message"
	"$BLANKETT" -C "$dir/site" build > "$dir/out" 2>&1
	[ $? -eq 1 ] && [ ! -e "$dir/site/public/index.html" ]
	ok $? "nothing is built of it"
done <<'TABLE'
1d|1: a form begins with front matter between two lines of ---
s/^title:/titel:/|2: unknown key "titel" (did you mean "title"?)
s/^prefix: .*/prefix: syn/|5: "prefix" is 2 to 4 capital letters A-Z, for example SYN
s/^pages: .*/pages: two/|6: "pages" is "one" or "steps"
s/^answer-within: .*/answer-within: 10 days/|7: "answer-within" is written "10 working days" (1 to 250)
s/^retain: .*/retain: 3 months/|8: "retain" is written "90 days" (1 to 3650)
/^prefix:/d|1: "prefix" is missing
s/^## Din/# Din/|14: "# " has no place in a form: its title stands in the front matter
s/^### typ: /### Typ: /|16: "Typ" is no id: a-z, 0-9 and "-", beginning with a letter, at most 40 bytes
s/^### typ: .*/### Vad vill du lämna?/|16: a question is written "### id: the question"
s/^type: choice/type: chioce/|17: unknown type "chioce" (did you mean "choice"?)
/^type: long-text/d|23: the question "meddelande" has no "type"
s/^max: 4000/max: many/|25: "max" is a whole number of characters, 1 to 10000
s/^max: 4000/maks: 4000/|25: unknown key "maks" (did you mean "max"?)
s/^- fraga: /- berom: /|21: the option "berom" is taken by line 20
/^- fraga/d|16: type "choice" needs at least 2 options: "- value: label"
s/^### svar/### typ/|28: the id "typ" is taken by line 16
s/^show-if: svar = ja/show-if: svra = ja/|35: unknown question "svra" (did you mean "svar"?)
s/^show-if: svar = ja/show-if: svar = kanske/|35: "svar" has no option "kanske"; it has ja, nej
s/^show-if: svar = ja/show-if: epost = ja/|35: "show-if" names its own question
s/^show-if: svar = ja/show-if: meddelande = ja/|35: "meddelande" is of type "long-text": a condition names a question with options
18s/.*/show-if: svar = ja/|18: "show-if" names "svar", which comes later
18s/.*/optional: yes/|18: "optional" stands alone, without ":"
TABLE

# A translation may differ in texts only.
site
sed 's/^max: 4000/max: 300/' "$dir/site/forms/synpunkt.md" \
	> "$dir/site/forms/synpunkt.en.md"
check
[ $? -eq 1 ] && grep -q '^forms/synpunkt.en.md:.*"max" of "meddelande" differs from forms/synpunkt.md:23' "$dir/out"
ok $? "a translation with another limit is named"

echo "1..$n"
