#!/bin/sh
# help: the command line says what it can do and what was wrong with a call.
blankett=${BLANKETT:-build/release/blankett}
n=0
ok() { # ok NAME: the last status decides
	s=$?
	n=$((n + 1))
	[ "$s" -eq 0 ] && echo "ok $n - $1" || echo "not ok $n - $1"
}
# fails STATUS TEXT ARGS...: that exit status, that one line on stderr.
fails() {
	want=$1 text=$2
	shift 2
	got=$("$blankett" "$@" 2>&1 >/dev/null)
	[ $? -eq "$want" ] && [ "$got" = "blankett: $text" ]
	s=$?
	[ $s -eq 0 ] || echo "# got: $got"
	return $s
}

"$blankett" --help | grep -q '^  build '
ok "--help lists the commands"
"$blankett" >/dev/null 2>&1
[ $? -eq 2 ]
ok "no command is a wrong call"
fails 2 'unknown command "biuld" (did you mean "build"?)' biuld
ok "a misspelt command is named with the nearest"
fails 2 'build: unknown option --ot (did you mean --out?)' build --ot x
ok "a misspelt option is named with the nearest"
fails 2 'build: --out is given twice' build --out x --out y
ok "a repeated option is refused"
fails 2 'build: --drafts takes no value' build --drafts=yes
ok "a flag takes no value"
fails 2 'build: --out needs DIR' build --out
ok "an option without its value is refused"
fails 2 'build: one argument too many: "x"' build x
ok "an argument too many is refused"

# Every command's help names each option that the command takes, because
# both come from one table; here: every command has a help.
bad=
for c in $("$blankett" --help | sed -n 's/^  \([a-z]*\)\( [a-z]*\)\{0,1\}  .*/\1\2/p' |
	tr ' ' '+'); do
	# shellcheck disable=SC2046
	"$blankett" $(echo "$c" | tr '+' ' ') --help | grep -q '^Usage: ' ||
		bad="$bad $c"
done
[ -z "$bad" ]
ok "every command has a help"
[ -z "$bad" ] || echo "# without:$bad"

"$blankett" --help | awk 'length > 80 { exit 1 }'
ok "the list fits 80 columns"
echo "1..$n"
