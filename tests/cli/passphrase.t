#!/usr/bin/perl
# passphrase: asked for on a terminal, unseen, and the terminal is put back.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);
use IPC::Open2;

my $blankett = abs_path($ENV{BLANKETT} || 'build/release/blankett');
my $dir = tempdir(CLEANUP => 1);
my $n = 0;

sub ok {
	my ($ok, $name, $said) = @_;
	$n++;
	print $ok ? "ok $n - $name\n" : "not ok $n - $name\n";
	print map { "# $_\n" } split /\r?\n/, $said if !$ok && defined $said;
}

# Runs a command on a terminal of its own.  Each answer is a prompt to wait
# for and what to type then; gives the exit status and all that was shown.
sub on_terminal {
	my ($command, @answers) = @_;
	my $shown = '';
	my $pid = open2(my $out, my $in, 'script', '-qefc',
		"$command; echo status \$?; stty -a | grep -q -e ' echo ' && "
		. 'echo echoes', '/dev/null');
	my $read = sub {
		my $got = sysread $out, my $bytes, 4096;
		$shown .= $bytes if $got;
		return $got;
	};
	local $SIG{ALRM} = sub { kill KILL => $pid; die "# too slow: $shown\n" };
	local $SIG{PIPE} = 'IGNORE';

	alarm 60;
	while (my ($prompt, $keys) = splice @answers, 0, 2) {
		my $before = length $shown;
		while (index($shown, $prompt, $before) < 0) {
			last if !$read->();
		}
		syswrite $in, $keys;
	}
	1 while $read->();
	alarm 0;
	waitpid $pid, 0;
	my ($status) = $shown =~ /status (\d+)/;
	return ($status, $shown);
}

my $words = 'häst batteri klammer';
my $init = "$blankett keys init --out $dir/keys";
my ($new, $again) = ('New passphrase for', 'Once more, for');

my ($status, $shown) = on_terminal($init, $new, "$words\r", $again,
	"annat batteri klammer\r");
ok($status == 2 && $shown =~ /the two passphrases differ/,
	'two different ones are refused', $shown);
($status, $shown) = on_terminal($init, $new, "kort\r", $again, "kort\r");
ok($status == 2 && $shown =~ /shorter than 12 bytes/,
	'a short one is refused', $shown);
($status, $shown) = on_terminal($init, $new, "\003");
ok($status == 2 && $shown =~ /no passphrase was given/,
	'Ctrl-C gives up', $shown);
ok($shown =~ /echoes/, 'and the terminal echoes again', $shown);
ok(!-e "$dir/keys/kundcenter.key", 'nothing is written then');
($status, $shown) = on_terminal($init, $new, "fel\025$words\x7f\x7fer\r",
	$again, "$words\r");
ok($status == 0, 'Ctrl-U and backspace mend what was typed', $shown);
ok($shown !~ /batteri/, 'what is typed is not shown', $shown);

($status, $shown) = on_terminal("$blankett keys init --out $dir/long", $new,
	'x' x 1100 . "\025$words\r", $again, "$words\r");
ok($status == 0, 'Ctrl-U also forgets that it was too long', $shown);

my $list = "$blankett open $dir/none --key $dir/keys";
($status, $shown) = on_terminal($list, 'Passphrase for', "$words\r");
ok($status == 1 && $shown =~ /none: cannot read/, 'it opens the keys', $shown);
($status, $shown) = on_terminal($list, 'Passphrase for', "inte den frasen\r");
ok($status == 1 && $shown !~ /cannot read/, 'another does not', $shown);

# setsid: without a terminal to ask on.
$shown = `setsid $list </dev/null 2>&1`;
ok($? >> 8 == 2 && $shown =~ /no terminal to ask on, use --passphrase-file/,
	'without a terminal a file is asked for', $shown);
open my $file, '>', "$dir/pass" or die;
print $file "$words\nmore\n";
close $file;
chmod 0644, "$dir/pass";
$shown = `$list --passphrase-file $dir/pass 2>&1`;
ok($shown =~ /others can read the passphrase; chmod 600 it/,
	'a file that others can read is refused', $shown);
chmod 0600, "$dir/pass";
$shown = `$list --passphrase-file $dir/pass 2>&1`;
ok($shown =~ /none: cannot read/, 'its first line is the passphrase', $shown);
print "1..$n\n";
