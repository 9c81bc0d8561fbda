#!/usr/bin/perl
# kill: the server is killed 200 times (fewer where that takes longer than
# a minute and a quarter) while forms are being sent; every receipt that was
# shown is in the queue, once, and opens.
#
# Eight senders each repeat a submission until they have its receipt, as a
# person does who got no answer.  At the end kundcenter fetches everything.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);
use IO::Socket::INET;
use JSON::PP qw(decode_json);
use POSIX qw(:sys_wait_h _exit);
use Time::HiRes qw(sleep time);

my ($kills, $senders, $patience_s) = (200, 8, 75);
my $blankett = abs_path($ENV{BLANKETT} || 'build/release/blankett');
my $dir = tempdir(CLEANUP => 1);
my $parent = $$;
my ($server, $port, $n, @senders) = (0, 0, 0);

sub ok {
	my ($ok, $name) = @_;
	$n++;
	print $ok ? "ok $n - $name\n" : "not ok $n - $name\n";
	return $ok;
}

sub run {
	my $said = `@_ 2>&1`;
	$? == 0 or die "# @_: $said";
	return $said;
}

# The server on the port it had; returns when it has said where it listens.
sub start_server {
	pipe my $read, my $write or die;
	$server = fork // die;
	if (!$server) {
		open STDOUT, '>&', $write or _exit(1);
		open STDERR, '>>', "$dir/log" or _exit(1);
		exec $blankett, '-C', "$dir/site", 'serve', '--dev',
			'--listen', "127.0.0.1:$port", '--keys', "$dir/keys",
			'--data', "$dir/data" or _exit(1);
	}
	close $write;
	my $line = <$read> // die "# the server did not start:\n"
		. `tail -n 3 $dir/log`;
	($port) = $line =~ /:(\d+)/;
}

sub kill_server {
	kill KILL => $server;
	waitpid $server, 0;
	$server = 0;
}

# The answer to one POST, or nothing if the server was not there or died.
sub post {
	my ($body) = @_;
	my $s = IO::Socket::INET->new("127.0.0.1:$port") or return;
	print $s "POST /e-tjanster/synpunkt/ HTTP/1.1\r\nHost: a\r\n",
		"Content-Type: application/x-www-form-urlencoded\r\n",
		'Content-Length: ', length $body,
		"\r\nConnection: close\r\n\r\n", $body;
	local $/;
	return scalar <$s>;
}

# Sends until told to stop; a line for each receipt: its words, reference.
sub send_forms {
	my ($number) = @_;
	my $stop = 0;
	local $SIG{TERM} = sub { $stop = 1 };
	local $SIG{PIPE} = 'IGNORE';
	my @digits = split //, '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

	srand($number * 7919 + $$);
	open my $out, '>', "$dir/receipts.$number" or _exit(1);
	for (my $i = 0; !$stop; $i++) {
		my $token = join '', map { $digits[rand 32] } 1 .. 20;
		my $words = "sender $number case $i";
		my $body = "_action=send&_token=$token&meddelande="
			. $words =~ tr/ /+/r;
		my $answer;
		until ($stop) {
			$answer = post($body) // '';
			last if $answer =~ m{^HTTP/1.1 200 .*</html>}s;
			sleep 0.01;
		}
		last if $stop;
		my ($reference) = $answer =~ /(SYN-[0-9A-Z]{4}-[0-9A-Z]{4})/
			or die "# no receipt in $answer";
		print $out "$words\t$reference\n";
		$out->flush;
	}
	_exit(0);
}

END {
	if ($$ == $parent) {
		my $status = $?;
		kill TERM => @senders;
		kill_server() if $server;
		$? = $status;
	}
}

mkdir "$dir/site" or die;
run("cp -r content forms themes $dir/site");
run("$blankett keys init --no-passphrase --out $dir/keys");
run("$blankett -C $dir/site build");
start_server();
for my $number (1 .. $senders) {
	my $pid = fork // die;
	send_forms($number) if !$pid;
	push @senders, $pid;
}

my $begun = time;
my $killed = 0;
while ($killed < $kills && time - $begun < $patience_s) {
	sleep(0.01 + rand 0.12);
	kill_server();
	$killed++;
	start_server();
}
sleep 0.2;
kill TERM => @senders;
waitpid $_, 0 for splice @senders;
ok($killed >= 50, "killed $killed times");

my %shown;
for my $file (glob "$dir/receipts.*") {
	open my $in, '<', $file or die;
	while (<$in>) {
		chomp;
		my ($words, $reference) = split /\t/;
		$shown{$words} = $reference;
	}
}
my $shown = keys %shown;
ok($shown >= $killed, "$shown receipts were shown");

run("$blankett inbox pull --server http://127.0.0.1:$port --key $dir/keys "
	. "--store $dir/store");
my (%stored, $twice);
for my $line (split /\n/, run("$blankett inbox export --format jsonl "
		. "--store $dir/store --key $dir/keys")) {
	my $case = decode_json($line);
	my ($words) = map { $_->{value} }
		grep { $_->{id} eq 'meddelande' } @{ $case->{answers} };
	$twice = $words if $stored{$words};
	$stored{$words} = $case->{reference};
}
my @lost = grep { ($stored{$_} // '') ne $shown{$_} } sort keys %shown;
ok(!@lost, 'every receipt is in the queue and opens');
print "# lost: $_ $shown{$_}\n" for splice @lost, 0, 5;
ok(!$twice, 'nothing is there twice');
my $extra = keys(%stored) - $shown;
ok($extra <= $senders, "$extra cases stored whose receipt was never shown");
ok(run("$blankett inbox verify --store $dir/store --key $dir/keys"),
	'the log is whole');
print "1..$n\n";
