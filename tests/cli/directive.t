#!/bin/sh
# directive: what a theme declares is a directive like any other.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
BLANKETT=${BLANKETT:-$top/build/release/blankett}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
site=$work/site
own=$site/themes/egen/components/directives
n=0

ok() { # name, status
	n=$((n + 1))
	if [ "$2" -eq 0 ]; then echo "ok $n - $1"; else echo "not ok $n - $1"; fi
}

page() { # text of content/x.md
	{ printf -- '---\ntitle: X\ndescription: X\n---\n'; cat; } \
		>"$site/content/x.md"
}

# build's message, or nothing.
build() {
	"$BLANKETT" -C "$site" build --date 2026-02-01 >/dev/null 2>"$work/err"
	status=$?
	sed -n 's/^blankett: //p' "$work/err" | grep -v '^not in git'
	return $status
}

# The part of the page between <figure> and </figure> is standard input.
shows() { # name
	cat >"$work/want"
	sed -n '/<figure/,/<\/figure>/p' "$site/public/x/index.html" |
		diff "$work/want" - >"$work/diff"
	status=$?
	ok "$1" $status
	[ $status -eq 0 ] || sed 's/^/# /' "$work/diff"
}

says() { # name, message
	build >"$work/message"
	[ $? -eq 1 ] && [ "$(cat "$work/message")" = "$2" ]
	status=$?
	ok "$1" $status
	[ $status -eq 0 ] || sed 's/^/# /' "$work/message"
}

cp -r "$top/tests/golden/site" "$site"
sed -i 's/^theme:.*/theme: [egen, tiny]/' "$site/content/site.yaml"
mkdir -p "$own"
cat >"$own/citat.mustache" <<'END'
<figure lang="{{lang}}">
{{body}}
{{#title}}
<figcaption>{{title}}: {{#arguments}}[{{.}}]{{/arguments}} {{words.footnote}}</figcaption>
{{/title}}
</figure>
END

page <<'END'
:::citat Anna & Bo  Ek
Hej **du** "där".

:::notice
Inuti.
:::
:::
END
build
ok "a theme's own directive is built" $?
shows 'it gets title, arguments, body, words and lang' <<'END'
<figure lang="sv">
<p>Hej <strong>du</strong> ”där”.</p>
<div class="notice">
<p>Inuti.</p>
</div>
<figcaption>Anna &amp; Bo  Ek: [Anna][&amp;][Bo][Ek] Fotnot</figcaption>
</figure>
END

page <<'END'
:::citat
:::
END
build
ok "without text or anything after its name" $?
shows 'title and body are null' <<'END'
<figure lang="sv">

</figure>
END

page <<'END'
:::notice
:::citat Inuti
x
:::
:::

    :::citat kod

END
build
ok "it stands inside another" $?
grep -q '<code>:::citat kod' "$site/public/x/index.html" &&
	grep -q '<figcaption>Inuti: ' "$site/public/x/index.html"
ok "and in code it is code" $?

page <<'END'
:::citatt Anna
x
:::
END
says 'a slip is a fault with a suggestion' \
	'content/x.md:5: unknown directive ":::citatt" (did you mean ":::citat"?)'
page <<'END'
:::citat/../notice x
:::
END
says 'a path is no name' \
	'content/x.md:5: unknown directive ":::citat/../notice"'
page <<'END'
:::citat x
END
says 'it has to be closed' \
	'content/x.md:5: ":::citat" is not closed by a line ":::"'
page <<'END'
:::citat x
<b>x</b>
:::
END
says 'its text is checked with its line' "content/x.md:6: raw HTML is not \
allowed (a \"<\" that is meant as text is written \"\\<\")"

page <<'END'
:::citat x
y
:::
END
printf '%s\n' '{{titel}}' >"$own/citat.mustache"
says 'a name that is not there is a fault of the theme' \
	"themes/egen/components/directives/citat.mustache:1: there is no \
\"titel\" in the data"
echo '{{body}}' >"$own/citat.mustache"
echo '{{body}}' >"$own/qr.mustache"
says 'a directive of the program cannot be declared' \
	"themes/egen/components/directives/qr.mustache: there is a directive \
\":::qr\" already; its look is components/qr.mustache"
rm "$own/qr.mustache"
echo '{{body}}' >"$own/Citat.mustache"
says 'its name is plain' "themes/egen/components/directives/Citat.mustache: \
a directive's name has only a-z, 0-9 and \"-\""
rm "$own/Citat.mustache"

# One in the layer below, one above it with the same name.
mkdir -p "$site/themes/tiny/components/directives"
echo '<p>under {{body}}' >"$site/themes/tiny/components/directives/citat.mustache"
echo '<p>own' >"$site/themes/tiny/components/directives/annan.mustache"
echo '<p>over {{body}}' >"$own/citat.mustache"
page <<'END'
:::citat
y
:::

:::annan
:::
END
build && grep -q '<p>over <p>y' "$site/public/x/index.html" &&
	grep -q '<p>own' "$site/public/x/index.html"
ok 'each layer may declare some, the first goes before the others' $?

page <<'END'
:::web
## Här

:::notice
Text.
:::
:::
END
build && grep -q '<h2 id="har">Här</h2>' "$site/public/x/index.html" &&
	grep -A 1 '<div class="notice">' "$site/public/x/index.html" |
	grep -q '<p>Text\.</p>'
ok 'what the booklet leaves out is on the page as it stands' $?
page <<'END'
:::web nu
x
:::
END
says 'it takes no title' 'content/x.md:5: web: must stand alone on its line'
page <<'END'
:::web
:::
END
says 'and has something to leave out' \
	'content/x.md:5: web: has nothing between its lines'
echo x >"$own/web.mustache"
says 'its look is no matter of themes' \
	'themes/egen/components/directives/web.mustache: there is a directive '\
'":::web" already'
rm "$own/web.mustache"
echo "1..$n"
