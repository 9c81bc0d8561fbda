# place: what tests share that need no server and no site; read by `.`.
#
# $dir is an empty directory that goes away with the test; what is tried
# leaves its output in $dir/out.

BLANKETT=${BLANKETT:-build/release/blankett}
case $BLANKETT in /*) ;; *) BLANKETT=$PWD/$BLANKETT ;; esac
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
n=0

ok() # status, name
{
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		sed 's/^/# /' "$dir/out"
	fi
}
