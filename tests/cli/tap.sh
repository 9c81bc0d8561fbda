# tap: what the tests of commands share; read by `.`.
#
# $top is the project, $work an empty directory that goes away with the test.

top=$(cd "$(dirname "$0")/../.." && pwd)
BLANKETT=${BLANKETT:-$top/build/release/blankett}
case $BLANKETT in /*) ;; *) BLANKETT=$PWD/$BLANKETT ;; esac
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
# The person's own settings of git are no part of a test.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
n=0

# ok NAME STATUS
ok()
{
	n=$((n + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
	fi
}
