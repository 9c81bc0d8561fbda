#!/bin/sh
# install: what `make install` lays out, and that its systemd units let the
# program do its work and nothing else.
set -u
. tests/cli/server.sh

place=$dir/place
prefix=$place/usr
units=$prefix/lib/systemd/system
variant=$(basename "$(dirname "$BLANKETT")")

# ---- what there is -----------------------------------------------------------
make --no-print-directory install VARIANT="$variant" DESTDIR="$place" \
	PREFIX=/usr > "$dir/made" 2>&1
is 'make install' $? 0
for f in bin/blankett lib/systemd/system/blankett.service \
	lib/systemd/system/blankett-build.service \
	lib/systemd/system/blankett.timer lib/sysusers.d/blankett.conf \
	share/blankett/themes/standard/theme.yaml \
	share/doc/blankett/README.md share/doc/blankett/LICENSE; do
	ok "$f is there" test -s "$prefix/$f"
done
ok 'the program runs' "$prefix/bin/blankett" --help
is 'everything is below PREFIX' "$(find "$place" -type f | \
	grep -vc "^$prefix/")" 0
is 'and can be read by all' "$(find "$place" -type f ! -perm -444 | wc -l)" 0
is 'units name the program where it is' "$(grep -ho '^ExecStart=[^ ]*' \
	"$units"/*.service | sort -u)" ExecStart=/usr/bin/blankett

# ---- what systemd says ---------------------------------------------------------
# The units as they would be if this place were the root.
mkdir "$dir/units"
for u in "$units"/*; do
	sed "s#=/usr/bin/blankett#=$prefix/bin/blankett#" "$u" \
		> "$dir/units/${u##*/}"
done
if command -v systemd-analyze > /dev/null; then
	systemd-analyze verify --man=no "$dir"/units/* > "$dir/said" 2>&1
	is 'systemd takes the units' "$? $(cat "$dir/said")" '0 '
	for u in blankett.service blankett-build.service; do
		ok "$u is locked in" systemd-analyze security --offline=true \
			--threshold=15 "$dir/units/$u"
	done
	calendar=$(sed -n 's/^OnCalendar=//p' "$units/blankett.timer")
	TZ=Europe/Stockholm systemd-analyze calendar "$calendar" \
		> "$dir/next" 2>&1
	ok 'the timer goes soon after midnight in Sweden' \
		grep -q 'Next elapse: .* 00:0[0-9]:' "$dir/next"
else
	echo '# systemd-analyze is not there: the units are only read'
fi
for word in NoNewPrivileges=yes ProtectSystem=strict CapabilityBoundingSet= \
	MemoryDenyWriteExecute=yes User=blankett; do
	is "both services have $word" \
		"$(grep -lx "$word" "$units"/*.service | wc -l)" 2
done
ok 'a night missed is made up for' grep -qx 'Persistent=true' \
	"$units/blankett.timer"

# ---- what the program does -------------------------------------------------------
# Every system call that a build and a server make is one that the units let.
cat > "$dir/judge" << 'END'
use strict; use warnings;
my ($unit, $trace) = @ARGV;
my (%sets, $set, %let, %families, @wrong, %seen);
open my $list, '-|', 'systemd-analyze syscall-filter --no-pager' or die;
while (<$list>) {
	if (/^(@[\w-]+)/) { $set = $1 }
	elsif (/^    ([@\w][\w-]*)$/) { push @{ $sets{$set} }, $1 }
}
sub members { map { /^@/ ? members($_) : $_ } @{ $sets{$_[0]} || die $_[0] } }
open my $in, '<', $unit or die "$unit: $!";
while (<$in>) {
	if (/^SystemCallFilter=(~?)(.*)/) {
		my $take = $1 eq '';
		$let{$_} = $take for map { members($_) } split ' ', $2;
	}
	%families = map { $_ => 1 } split ' ', $1
		if /^RestrictAddressFamilies=(.*)/;
}
open $in, '<', $trace or die "$trace: $!";
while (<$in>) {
	my ($call) = /^\d+\s+(?:<\.\.\. )?(\w+)(?:\(| resumed)/ or next;
	$seen{$call}++;
	next if $call eq 'fchown' && $> == 0; # SQLite's, and only as root
	push @wrong, $call unless $let{$call};
	push @wrong, $_ if /^\d+\s+socket\((AF_\w+)/ && !$families{$1};
	push @wrong, $_ if /^\d+\s+(?:mmap|mprotect)\(.*PROT_WRITE\|PROT_EXEC/
		|| /^\d+\s+mprotect\(.*PROT_EXEC/;
}
my %once = map { $_ => 1 } @wrong;
print "not let: $_\n" for sort keys %once;
print scalar(keys %seen), " kinds of calls\n";
exit(@wrong || keys %seen < 20);
END

mkdir "$dir/site"
cp -r content forms themes "$dir/site"
"$BLANKETT" keys init --no-passphrase --out "$dir/keys" > "$dir/made"
# A sanitizer makes calls of its own.
if command -v systemd-analyze > /dev/null && [ "$variant" = release ] &&
	strace -o /dev/null true 2> /dev/null; then
	strace -f -qq -o "$dir/build.trace" "$BLANKETT" -C "$dir/site" build \
		> "$dir/made" 2>&1
	is 'a build' $? 0
	ok 'makes only calls that its unit lets' perl "$dir/judge" \
		"$units/blankett-build.service" "$dir/build.trace"
	"$BLANKETT" -C "$dir/site" build > "$dir/made" 2>&1
	real=$BLANKETT
	printf '#!/bin/sh\nexec strace -f -qq -I 2 -o %s %s "$@"\n' \
		"$dir/serve.trace" "$real" > "$dir/traced"
	chmod +x "$dir/traced"
	BLANKETT=$dir/traced
	start_server
	is 'a server' "$(curl -s -o /dev/null -w '%{http_code}' \
		-d _action=next -d meddelande=Hej \
		"$url/e-tjanster/synpunkt/")" 200
	is 'that answers' "$(curl -s "$url/healthz")" ok
	kill -HUP "$(pgrep -P "$server" -f serve)"
	sleep 1
	ok 'and is reloaded' grep -q 'event=reload port=' "$dir/log"
	kill -TERM "$(pgrep -P "$server" -f serve)"
	wait "$server"
	is 'and ended' $? 0
	server=
	ok 'makes only calls that its unit lets' perl "$dir/judge" \
		"$units/blankett.service" "$dir/serve.trace"
fi
plan
