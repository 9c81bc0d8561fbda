#!/bin/sh
# head: what git knows is right after whatever happens to HEAD or the work
# tree, and git is not even started when nothing did.
. "$(dirname "$0")/tap.sh"

site=$work/site
at=$site # where it is built
mkdir -p "$site/content" "$site/themes"
cp -R "$top/themes/standard" "$site/themes/standard"
cat >"$site/content/site.yaml" <<'Y'
name: Prov
organisation: Provkommun
base-url: https://example.se
lang: sv
theme: standard
phone: 031-390 06 00
email: prov@example.se
Y
page() # title, text
{
	printf -- '---\ntitle: %s\ndescription: Om %s.\n---\n\n%s\n' "$1" "$1" \
		"$2"
}
page Start Hej. >"$site/content/index.md"
page Roller Ett. >"$site/content/roller.md"

g()
{
	git -C "$at" -c user.name=A -c user.email=a@example.se "$@"
}
commit() # subject
{
	g add content themes && GIT_COMMITTER_DATE="2026-11-$day 12:00 +0100" \
		g commit -q -m "$1"
}
# A stamp as young as the build is not trusted: files are left to age.
build()
{
	sleep 0.1
	# A sanitizer cannot look for leaks under strace.
	ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=openat -o "$work/trace" "$BLANKETT" \
		-C "$at" build --no-compress --date 2026-11-22 \
		--out "$at.out" >"$work/said" 2>&1 || return 1
	rm -rf "$work/clean"
	# From nothing: without what any build has kept.
	mv "$at/.blankett" "$work/kept" &&
		"$BLANKETT" -C "$at" build --no-compress \
			--date 2026-11-22 --out "$work/clean" >"$work/said" 2>&1
	status=$?
	rm -rf "$at/.blankett"
	mv "$work/kept" "$at/.blankett"
	[ "$status" -eq 0 ]
}
started()
{
	grep 'libgit2' "$work/trace" | grep -vq ENOENT
}
# Is all that the build made what one from nothing makes?  With a text that
# is to be on the page.
right() # [text]
{
	build && diff -r "$at.out" "$work/clean" >"$work/said" &&
		grep -qF "${1:-}" "$at.out/roller/index.html"
}
of_commit() # commit
{
	grep -q "\"commit\":\"$(g rev-parse "$1")\"" "$at.out/site.json"
}

day=01
g init -q -b main && commit Första || exit 1
right 2026-11-01 && of_commit HEAD && started
ok 'the first build asks git' $?
right 2026-11-01 && of_commit HEAD && ! started
ok 'the next does not start it' $?

day=02
page Roller Två. >"$site/content/roller.md"
right 2026-11-01 && ! of_commit HEAD && started
ok 'a page that is changed is told from the commit' $?
page Roller Ett. >"$site/content/roller.md"
right && of_commit HEAD
ok 'and one that was changed back is not' $?
right && ! started
ok 'which is known then' $?
page Roller Två. >"$site/content/roller.md"
commit Andra && right 2026-11-02 && of_commit HEAD
ok 'a commit is seen' $?
right 2026-11-02 && ! started
ok 'and then known' $?

g branch gren HEAD~1 && g checkout -q gren && right 2026-11-01 &&
	of_commit gren
ok 'another branch is seen' $?
right && ! started && g checkout -q main && right 2026-11-02 && of_commit main
ok 'and the first again' $?
right && g checkout -q --detach HEAD~1 && right 2026-11-01 && of_commit gren
ok 'so is a commit without a branch' $?
g checkout -q main && right && g pack-refs --all && right 2026-11-02 &&
	right && ! started
ok 'references may be packed' $?
day=03
page Roller Tre. >"$site/content/roller.md"
commit Tredje && right 2026-11-03 && of_commit HEAD
ok 'and moved again' $?
g symbolic-ref refs/heads/lank refs/heads/gren && right &&
	g symbolic-ref HEAD refs/heads/lank && g reset -q --hard && right \
	2026-11-01 && of_commit gren && right && ! started
ok 'HEAD may lead to a reference that leads to another' $?
day=04
page Roller Fyra. >"$site/content/roller.md"
commit Fjärde && right 2026-11-04 && of_commit gren
ok 'which then moves' $?

g symbolic-ref -d refs/heads/lank; g symbolic-ref HEAD refs/heads/main
g reset -q --hard && right 2026-11-03 && right && ! started
ok 'all of it is known again' $?
git -C "$work" clone -q "$site" copy && cp -R "$site/.blankett" \
	"$work/copy/.blankett"
at=$work/copy day=05
page Roller Fem. >"$at/content/roller.md"
commit Femte && right 2026-11-05
ok 'what is known of one tree is not believed of its copy' $?

at=$site
g worktree add -q "$work/linked" main~1 --detach
at=$work/linked day=06
right 2026-11-02 && right && ! started
ok 'a linked tree is known too' $?
page Roller Sex. >"$at/content/roller.md"
commit Sjätte && right 2026-11-06
ok 'and its commits are seen' $?

mkdir "$work/up" && git -C "$work/up" init -q -b main && mkdir "$work/up/in"
at=$work/up/in day=07
cp -R "$site/content" "$site/themes" "$at" && commit Sjunde &&
	right 2026-11-07 && right && ! started
ok 'the site may lie in a directory of the tree' $?
day=08
g init -q -b main && commit Åttonde && right 2026-11-08
ok 'a repository that is made there is seen' $?

at=$site
right && cp "$site/.blankett/head" "$work/head" &&
	printf 'x' >>"$site/.blankett/head" && right 2026-11-03 && started
ok 'a file that somebody has changed counts as missing' $?
mv "$site/.git" "$work/gone" && build && ! grep -q 2026-11-03 \
	"$at.out/roller/index.html" && ! started
ok 'without a repository there are no dates' $?
mv "$work/gone" "$site/.git" && right 2026-11-03
ok 'and with it there are' $?

echo "1..$n"
