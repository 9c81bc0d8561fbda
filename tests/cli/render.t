#!/bin/sh
# render: a template from the command line, with partials beside it.
set -u

. "$(dirname "$0")/place.sh"

# render STATUS NAME ARGUMENT...: runs in the directory, compares all that
# is printed with the file "want".
render()
{
	status=$1 name=$2
	shift 2
	n=$((n + 1))
	(cd "$dir" && "$BLANKETT" render "$@") > "$dir/got" 2>&1
	got=$?
	if [ "$got" -eq "$status" ] && cmp -s "$dir/want" "$dir/got"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit status $got"
		sed 's/^/# /' "$dir/got"
	fi
}

mkdir -p "$dir/t/parts"
printf '%s\n' '<h1>{{title}}</h1>' '<ul>' '  {{>parts/items}}' '</ul>' \
	> "$dir/t/list.mustache"
printf '%s\n' '{{#items}}' '<li>{{.}}</li>' '{{/items}}' \
	> "$dir/t/parts/items.mustache"
printf '%s\n' '{{<list}}{{/list}}{{>gone}}{{>../secret}}' \
	> "$dir/t/outside.mustache"
echo 'secret' > "$dir/secret.mustache"
echo '{{#open}}' > "$dir/t/broken.mustache"
echo 'a{{>broken}}b' > "$dir/t/uses-broken.mustache"
echo '[{{>gone}}{{name}}]' > "$dir/t/lacking.mustache"
echo '{"title":"A & B","items":["ett","två"]}' > "$dir/data.json"

printf '%s\n' '<h1>A &amp; B</h1>' '<ul>' '  <li>ett</li>' '  <li>två</li>' \
	'</ul>' > "$dir/want"
render 0 'data and partials are filled in' --data data.json t/list.mustache
render 0 'strictly too' --strict --data=data.json t/list.mustache
render 0 'data comes from standard input' --data - t/list.mustache \
	< "$dir/data.json"
cp "$dir/t/list.mustache" "$dir/t/parts/items.mustache" "$dir"
mkdir "$dir/parts" && mv "$dir/items.mustache" "$dir/parts"
render 0 'a template in this directory finds its partials' \
	--data data.json list.mustache

echo '[]' > "$dir/want"
render 0 'what is missing renders as nothing' t/lacking.mustache
echo 'blankett: t/lacking.mustache:1: there is no template "gone"' \
	> "$dir/want"
render 1 'with --strict it is a fault' --strict t/lacking.mustache

echo 'blankett: t/../secret.mustache: leads out of its directory' \
	> "$dir/want"
render 1 'a partial stands below its template' t/outside.mustache
echo 'blankett: t/broken.mustache:1: {{#open}} is never closed' \
	> "$dir/want"
render 1 'a broken template is named' t/broken.mustache
render 1 'a broken partial is named' t/uses-broken.mustache
echo 'blankett: render: needs TEMPLATE' > "$dir/want"
render 2 'a template is needed'
echo 'blankett: render: one argument too many: "b"' > "$dir/want"
render 2 'one is enough' a b

n=$((n + 1))
if (cd "$dir" && echo '{' | "$BLANKETT" render --data - t/list.mustache) \
	> "$dir/got" 2>&1; then
	echo "not ok $n - broken data is a fault"
elif grep -q '^blankett: standard input' "$dir/got" &&
	[ "$(wc -l < "$dir/got")" -eq 1 ]; then
	echo "ok $n - broken data is a fault"
else
	echo "not ok $n - broken data is a fault"
	sed 's/^/# /' "$dir/got"
fi

echo "1..$n"
