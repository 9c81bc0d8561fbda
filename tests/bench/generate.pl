#!/usr/bin/perl
# generate: the site generator against Hugo and against cmark alone.
#
#     perl generate.pl [full] BLANKETT
#
# Each table is one synthetic site (site.pl), made by each side in turn, so
# that what else the machine does hits all alike; the numbers are medians.  The
# two that are nearest to each other, blankett and cmark, have more turns of
# their own, and their ratio is the median of the turns' ratios.
# Fails if the sites that were made are not comparable.  "full" adds the
# growth from 100 to 50,000 pages.
use strict;
use warnings;
use FindBin;
use File::Temp qw(tempdir);
use File::Find;
use File::Path qw(remove_tree);

my $full = @ARGV && $ARGV[0] eq 'full' && shift @ARGV;
my ($blankett) = @ARGV;
defined $blankett or die "usage: generate.pl [full] BLANKETT\n";
my $here = $FindBin::Bin;
my $runs = 3;
my $short_runs = 9; # of what takes a fraction of a second
my $near_runs = 21;
my $date = '2026-11-22';
# On tmpfs where there is one: the disk is not what is measured.
my $work = tempdir('bench-XXXXXX', CLEANUP => 1,
	DIR => -w '/dev/shm' ? '/dev/shm' : ($ENV{TMPDIR} // '/tmp'));
my $cores = qx(nproc) + 0;
local $SIG{INT} = sub { exit 1 };
local $SIG{TERM} = sub { exit 1 };

sub run { system(@_) == 0 or die "bench: failed: @_\n" }
run('cc', '-std=c17', '-D_POSIX_C_SOURCE=200809L', '-O2', '-o', "$work/$_",
	"$here/$_.c", '-lcmark', '-lpthread') for qw(measure rawcmark);

# ---- measuring ------------------------------------------------------------

# Wall seconds, CPU seconds and MB of a command.
sub measure {
	my $pid = open(my $from, '-|') // die $!;
	if ($pid == 0) {
		open STDERR, '>&', \*STDOUT or die $!;
		open STDOUT, '>', '/dev/null' or die $!;
		exec "$work/measure", @_ or die $!;
	}
	my @lines = <$from>;
	close $from or die "bench: failed: @_\n", @lines;
	return split ' ', $lines[-1];
}

sub median { my @s = sort { $a <=> $b } @_; return $s[@s / 2] }

# Each contender is [name, what to do before, command...]; runs them in turn
# and gives what each turn took by name: [[walls], [cpus], [MBs]].
sub turns {
	my ($count, @contenders) = @_;
	my %all;
	for (1 .. $count) {
		for my $c (@contenders) {
			my ($name, $before, @command) = @$c;
			$before->();
			my @m = measure(@command);
			push @{ $all{$name}[$_] }, $m[$_] for 0 .. 2;
		}
	}
	return %all;
}

# The medians by name: [wall, cpu, MB].
sub medians {
	my %all = @_;
	return map { my $name = $_;
		$name => [ map { median(@$_) } @{ $all{$name} } ] } keys %all;
}

sub compare { return medians(turns($runs, @_)) }

sub row {
	my ($name, $m) = @_;
	printf "%-34s %8.3f %8.3f %8.1f\n", $name, @$m;
}

# How many times the second goes into the first, and what is asked for, in
# each column that has a goal.
sub ratios {
	my ($name, $theirs, $ours, @goal) = @_;
	my @r = map { defined $goal[$_] ? sprintf '%7.1fx', $theirs->[$_] /
		$ours->[$_] : ' ' x 8 } 0 .. $#goal;
	my @g = map { defined $goal[$_] ? sprintf '%7dx', $goal[$_]
		: ' ' x 8 } 0 .. $#goal;
	printf "%-34s %s\n", "  $name", "@r";
	printf "%-34s %s\n", '    goal: at least', "@g";
}

# ---- the sites ------------------------------------------------------------

sub slurp {
	my ($path) = @_;
	open my $in, '<:raw', $path or die "bench: $path: $!\n";
	local $/;
	return scalar <$in>;
}

sub spew {
	my ($path, $bytes) = @_;
	open my $out, '>:raw', $path or die "bench: $path: $!\n";
	print {$out} $bytes;
	close $out or die "bench: $path: $!\n";
}

sub pages_in {
	my ($dir) = @_;
	my %size;
	find({ no_chdir => 1, wanted => sub {
		$size{ substr $_, length($dir) + 1 } = -s $_
			if /index\.html$/ && -f } }, $dir);
	return %size;
}

sub make_site {
	my ($name, $pages, $commits, $theme) = @_;
	run('perl', "$here/site.pl", "$work/$name", $pages, $commits, $theme);
}

# Hugo packs nothing, so neither does this.
sub build { return ($blankett, '-C', "$work/site", 'build', '--no-compress',
	'--out', "$work/out", '--date', $date, @_) }

# Nothing of an earlier build, but what git said if asked for.
sub forget {
	my ($keep) = @_;
	remove_tree("$work/out");
	for my $f (glob "$work/site/.blankett/*") {
		remove_tree($f) unless $keep && $f =~ m{/(history|head)$};
	}
}

# Both made the same pages, about as large, with the same dates.
sub check_comparable {
	my %h = pages_in("$work/out-hugo");
	my %b = pages_in("$work/out");
	my ($hugo, $ours, $n) = (0, 0, 0);
	for my $page (sort keys %h) {
		exists $b{$page} or die "bench: only Hugo made $page\n";
		$hugo += $h{$page};
		$ours += $b{$page};
		next if $page !~ /sida-/ || $n++ % 37;
		my @dates = map { my $t = slurp("$work/$_/$page");
			$t =~ /Ändrad <time datetime="([^"]*)"/
				or die "bench: $_/$page has no date\n";
			$1 =~ s/&#43;/+/r } qw(out-hugo out);
		$dates[0] eq $dates[1] or die "bench: $page: Hugo dates it "
			. "$dates[0], blankett $dates[1]\n";
	}
	my $r = $ours / $hugo;
	die "bench: blankett's pages are $r of Hugo's bytes\n"
		if $r < 0.9 || $r > 1.1;
	printf "%d pages of %.1f kB from both, of Hugo's bytes %.0f %%, dates "
		. "the same\n", scalar keys %h, $ours / 1000 / keys %h,
		$r * 100;
}

# What cmark alone is to read, and to write with as many bytes as blankett.
sub write_list {
	my ($content, $out) = ("$work/site/content", "$work/out");
	open my $list, '>', "$work/list" or die $!;
	find({ no_chdir => 1, wanted => sub {
		return unless /\.md$/;
		my $to = substr $_, length($content) + 1;
		$to =~ s{(?:^|/)index\.md$|\.md$}{/index.html};
		$to =~ s{^/}{};
		print {$list} "$_\t$to\t", -s "$out/$to", "\n";
	} }, $content);
	close $list or die $!;
}

# ---- the tables -----------------------------------------------------------

sub against_others {
	my ($pages, $commits, @goal) = @_;
	make_site('site', $pages, $commits, "$here/../../themes/standard");
	make_site('hugo', $pages, $commits, 'hugo');
	measure(build());
	write_list();
	my @ours = ('ours', sub { forget(0) }, build());
	my @dated = ('dated', sub { forget(1) }, build());
	my %m = compare(
		['hugo', sub { remove_tree("$work/out-hugo") }, 'hugo',
			'--quiet', '-s', "$work/hugo", '-d', "$work/out-hugo"],
		\@ours);
	my %near = turns($pages > 1000 ? $short_runs : $near_runs, \@dated,
		['cmark', sub { remove_tree("$work/out-cmark") },
			"$work/rawcmark", "$work/list", "$work/out-cmark",
			$cores]);
	%m = (%m, medians(%near));
	my @ratios = map { $near{dated}[0][$_] / $near{cmark}[0][$_] }
		0 .. $#{ $near{dated}[0] };
	printf "\n%-34s %8s %8s %8s\n", commas($pages) . ' pages, '
		. commas($commits) . ' commits', 'wall s', 'CPU s', 'MB';
	row("Hugo", $m{hugo});
	row('blankett', $m{ours});
	row('blankett, git dates cached', $m{dated});
	row("cmark and write, $cores threads", $m{cmark});
	ratios('Hugo / blankett', $m{hugo}, $m{ours}, @{ $goal[0] });
	ratios('Hugo / blankett, cached', $m{hugo}, $m{dated}, @{ $goal[1] })
		if $goal[1];
	printf "%-34s %7.2fx\n%-34s %7.1fx\n", '  blankett, cached / cmark',
		median(@ratios), '    goal: at most', 1.6;
	check_comparable();
}

sub commas { my ($n) = @_; 1 while $n =~ s/^(\d+)(\d{3})/$1,$2/; return $n }

# One page is edited, then the site is built again.
sub edit {
	my ($pages, $goal) = @_;
	my $page = "$work/site/content/avsnitt-0/sida-0.md";
	my $was = slurp($page);
	my $n = 0;
	measure(build());
	my %m = medians(turns($short_runs, ['edit', sub {
		spew($page, $was . 'En rad till, nummer ' . $n++ . ".\n");
	}, build()]));
	row('one page changed', $m{edit});
	printf "%-34s %8.3f\n", '    goal: at most', $goal;
	rename "$work/out", "$work/out-edit" or die $!;
	forget(0);
	measure(build());
	run('diff', '-r', "$work/out-edit", "$work/out");
	print "byte-identical to a clean build\n";
	remove_tree("$work/out-edit");
	spew($page, $was);
}

sub clear { remove_tree("$work/site", "$work/hugo", "$work/out",
	"$work/out-hugo", "$work/out-cmark") }

sub growth {
	printf "\n%-34s %8s %8s %8s %8s\n", 'growth: clean build, 1,000 commits',
		'wall s', 'CPU s', 'MB', 'ms/page';
	for my $pages (100, 1000, 10000, 50000) {
		make_site('site', $pages, 1000, "$here/../../themes/standard");
		my %m = compare(['ours', sub { forget(0) }, build()]);
		printf "%-34s %8.3f %8.3f %8.1f %8.3f\n", commas($pages)
			. ' pages', @{ $m{ours} },
			1000 * $m{ours}[1] / $pages;
		clear();
	}
}

printf "Hugo %s; output on %s; medians of %d runs in turn, of the short "
	. "of $short_runs or $near_runs\n",
	qx(hugo version) =~ /v([0-9.]+)/, $work =~ m{^/dev/shm} ? 'tmpfs'
	: 'disk', $runs;
against_others(1000, 1000, [6, 8, 12]);
edit(1000, 0.06);
clear();
against_others(10000, 1000, [6, 8, 12]);
edit(10000, 0.2);
clear();
against_others(10000, 20000, [3], [8]);
clear();
growth() if $full;
