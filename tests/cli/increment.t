#!/usr/bin/perl
# increment: whatever is done to a site, the next build leaves what a build
# from nothing leaves, to the byte, or fails with the same line and leaves
# the old site whole.
#
# A site is changed at random, step by step.  INCREMENT_SEED repeats a run
# (it is printed), INCREMENT_STEPS makes it longer.
use strict;
use warnings;
use File::Path qw(make_path remove_tree);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use POSIX ();
use File::Basename qw(dirname);

my $top = abs_path(dirname(__FILE__) . '/../..');
my $blankett = abs_path($ENV{BLANKETT} || "$top/build/release/blankett");
my $steps = $ENV{INCREMENT_STEPS} || 80;
my $seed = $ENV{INCREMENT_SEED} || 20261122;
# In memory where there is room: many small files, and the disk is no matter.
my $work = tempdir(CLEANUP => 1, -w '/dev/shm' ? (DIR => '/dev/shm')
	: (TMPDIR => 1));
$ENV{GIT_CONFIG_GLOBAL} = '/dev/null';
$ENV{GIT_CONFIG_NOSYSTEM} = 1;
$ENV{TZ} = 'UTC';

# A generator of our own (Park and Miller), so that every machine agrees.
my $random;
sub pick { # 0 to n - 1
	my ($n) = @_;
	$random = $random * 48271 % 2147483647;
	return $random % $n;
}
sub one_of { return $_[pick(scalar @_)] }

# ---- the site ---------------------------------------------------------------

my $root;    # of the site
my %file;    # path => bytes, as on disk
my %gone;    # pages deleted, to be restored
my $day;     # days after 2026-11-01
my %option;  # of the build
my $clock;   # of commits
my $count;   # of things named so far

sub slurp {
	my ($path) = @_;
	open my $in, '<:raw', $path or return undef;
	local $/;
	return scalar <$in>;
}
sub spew {
	my ($path, $bytes) = @_;
	make_path(dirname($path));
	open my $out, '>:raw', $path or die "$path: $!";
	print {$out} $bytes;
	close $out or die "$path: $!";
}
sub put {
	my ($path, $bytes) = @_;
	$file{$path} = $bytes;
	spew("$root/$path", $bytes);
}
sub drop {
	my ($path) = @_;
	delete $file{$path};
	unlink "$root/$path" or die "$path: $!";
}

my @words = qw(plan stöd möte vardag beslut hjälp samtal fika bio vän);
my @heads = ('Först', 'Sedan', 'Så gör du', 'Till sist', 'Kontakt');
my @ids = qw(forst sedan sa-gor-du till-sist kontakt);

sub pages { return grep { m{^content/.*\.md$} } sort keys %file }
sub page { return one_of(pages()) }
# "a.md" of a page, as one in the same folder writes it.
sub link_to {
	my ($from) = @_;
	my @to = map { s{^content/}{/}r } grep { !/index|tillganglig/ } pages();
	my $to = @to ? one_of(@to) : '/kontakt.md';
	return '../' x ($from =~ tr{/}{} - 1) . substr $to, 1;
}

sub text_of_page {
	my ($path) = @_;
	my $text = '';
	for my $i (0 .. 1 + pick(4)) {
		$text .= "## $heads[$i]\n\n" . join(' ', map { one_of(@words) }
			1 .. 5 + pick(60)) . ".\n\n";
		$text .= 'Se [den](' . link_to($path) . (pick(2) ? ''
			: '#' . one_of(@ids[0, 0, 0, 1])) . ").\n\n"
			if pick(3) == 0;
		$text .= one_of(":::notice Obs\nEn ruta.\n:::\n\n",
			":::steps Gången\n1. **Fråga** – Du frågar.\n2. Svar\n:::\n\n",
			":::network\n- [own] Du: Fritid.\n- Familj\n:::\n\n",
			":::contact kundcenter\n:::\n\n", ":::law lss\n:::\n\n",
			":::form fraga\n:::\n\n", ":::rate omkostnad\n:::\n\n",
			":::figure karta.png En karta\n:::\n\n"
				=~ s{karta}{'../' x ($path =~ tr{/}{} - 1) . 'karta'}er,
			"Not[^n$i].\n\n[^n$i]: Text $i.\n\n") if pick(2);
	}
	return $text;
}
sub new_page {
	my ($path) = @_;
	my $front = "title: \u$words[pick(scalar @words)] " . ++$count . "\n";
	$front .= "description: Om $words[pick(scalar @words)].\n" if pick(4);
	$front .= 'weight: ' . pick(90) . "\n" if pick(3) == 0;
	$front .= "menu: true\n" if pick(6) == 0;
	$front .= "aliases: [/gammal-$count/]\n" if pick(6) == 0;
	$front .= "form: fraga\n" if pick(8) == 0;
	$front .= "reviewed: 2026-09-" . (10 + pick(20))
		. "\nreview-every: 2 months\n" if pick(6) == 0;
	$front .= "document:\n  type: Rutin\n  approved: 2026-01-02\n"
		. "  reviewed-by: [A, B]\n" if pick(6) == 0;
	$front .= "sources:\n  - Lagen\n  - \"[Den](" . link_to($path)
		. '#' . one_of(@ids[0, 0, 0, 1]) . ")\"\n" if pick(8) == 0;
	return "---\n$front---\n" . text_of_page($path);
}
sub date_text {
	my ($days) = @_;
	my @t = gmtime(1793491200 + 86400 * $days); # 2026-11-01
	return sprintf '%04d-%02d-%02d', $t[5] + 1900, $t[4] + 1, $t[3];
}
sub git {
	$clock += pick(3) * 3600;
	local $ENV{GIT_COMMITTER_DATE} = "$clock +0100";
	local $ENV{GIT_AUTHOR_DATE} = "$clock +0100";
	system('git', '-C', $root, '-c', 'user.name=T', '-c',
		'user.email=t@t.example', @_) == 0 or die "git @_";
}

# The size a picture tells in its first bytes.
sub picture {
	return "\x89PNG\r\n\x1a\n\0\0\0\rIHDR" . pack('NN', 1 + pick(900),
		1 + pick(900)) . "\x08\2\0\0\0" . chr(pick(256)) x 9;
}

sub make_site {
	my ($theme, $in_git) = @_;
	%file = %gone = %option = ();
	($day, $clock, $count) = (20, 1790000000, 0);
	remove_tree($root) if $root;
	$root = "$work/site";
	chdir "$top/tests/golden/site" or die;
	for my $path (split /\n/, `find . -type f -not -path './content/*'`) {
		put(substr($path, 2), slurp($path)
			=~ s{content/roller}{content/sida-1}gr);
	}
	put("content/$_", slurp("content/$_"))
		for qw(contacts.yaml law.yaml rates.yaml karta.png);
	put('content/site.yaml', slurp('content/site.yaml')
		=~ s/^theme: .*\n/theme: $theme\n/mr
		=~ s/^footer:\n(?:  .*\n)*/footer: [kontakt]\n/mr
		. "brochure: [kontakt, sida-1]\n");
	put('content/site.yaml', $file{'content/site.yaml'}
		=~ s/^brochure.*\n//mr) if $theme eq 'tiny';
	if ($theme ne 'tiny') {
		chdir $top or die;
		put($_, slurp($_)) for split /\n/,
			`find themes/standard -type f`;
	}
	chdir '/' or die;
	put('content/index.md', "---\ntitle: Start\n---\n\nHej.\n");
	put('content/index.en.md', "---\ntitle: Start\n---\n\nHello.\n");
	put("content/sida-$_.md", '') for 1 .. 18;
	put('content/kontakt.md', '');
	put("content/del/$_.md", '') for 'index', 'a' .. 'e';
	put("content/sida-$_.en.md", '') for 1 .. 3;
	put("content/sida-$_.lattlast.md", '') for 1 .. 2;
	put($_, new_page($_)) for grep { $file{$_} eq '' } pages();
	if ($in_git) {
		system('git', 'init', '-q', '-b', 'main', $root) == 0 or die;
		spew("$root/.gitignore", ".blankett/\npublic/\nother/\n");
		git('add', '-A');
		git('commit', '-qm', 'Början');
	}
}

# ---- what is done to it -------------------------------------------------------

# Changes a page by a function of its bytes; now and then so that size and
# time of change stay what they were.
sub edit {
	my ($path, $change) = @_;
	my $bytes = $change->($file{$path});
	my @st = stat "$root/$path";
	return 'nothing' if $bytes eq $file{$path};
	put($path, $bytes);
	utime $st[8], $st[9], "$root/$path" if pick(3) == 0;
	return $path;
}
sub front {
	my ($path, $key, $value) = @_;
	return edit($path, sub {
		my ($t) = @_;
		$t =~ s/^$key: .*\n//m;
		$t =~ s/\A---\n/---\n$key: $value\n/ if defined $value;
		return $t;
	});
}
sub a_page_but_the_start { return one_of(grep { !m{content/index} } pages()) }

# A file of the output, not one of a directory somebody else made.
sub an_output {
	my @all = split /\n/, `cd '$root/public' 2>/dev/null && find . -type f`;
	# There are few drawings, and they are made with another page.
	my @drawn = grep { /(steg|natverk)[^\/]*\.svg/ } @all;
	@all = @drawn if @drawn && pick(3) == 0;
	return @all ? "$root/public/" . one_of(sort @all) : undef;
}

my %step = (
	'a word of the text' => sub {
		my ($from, $to) = (one_of(@words), one_of(@words));
		return edit(page(), sub { $_[0] =~ s/ \Q$from\E([ .])/ $to$1/r });
	},
	'a letter of the text' => sub {
		my $c = one_of('a' .. 'z');
		return edit(page(), sub { $_[0] =~ s/.\.\n\z/$c.\n/r });
	},
	'another text' => sub {
		my $path = page();
		return edit($path, sub { my ($t) = @_;
			$t =~ s/\A(---\n.*?^---\n).*/$1 . text_of_page($path)/emsr });
	},
	'a heading' => sub {
		return edit(page(), sub { my ($t) = @_;
			my $new = one_of(@heads); $t =~ s/^## .*/## $new/mr });
	},
	'a title' => sub {
		return front(page(), 'title', "\u$words[pick(scalar @words)] " . ++$count);
	},
	'a weight' => sub { return front(page(), 'weight', pick(50)) },
	'menu' => sub { return front(page(), 'menu', one_of('true', undef)) },
	'an alias' => sub {
		return front(page(), 'aliases',
			one_of(undef, '[/alias-' . ++$count . '/]', '[/alias-x/]'));
	},
	'a draft' => sub {
		return front(a_page_but_the_start(), 'draft',
			one_of('true', undef, undef));
	},
	'an expiry' => sub {
		return front(a_page_but_the_start(), 'expire',
			one_of(undef, date_text($day + pick(7) - 2)));
	},
	'a day to publish' => sub {
		return front(a_page_but_the_start(), 'publish',
			one_of(undef, date_text($day + pick(5) - 2)));
	},
	'the day' => sub { $day += pick(9) - 3; return date_text($day) },
	'a new page' => sub {
		my $path = 'content/' . one_of('', 'del/', 'ny/') . 'n' . ++$count
			. one_of('', '', '.en', '.lattlast') . '.md';
		put($path, new_page($path));
		return $path;
	},
	'a page gone' => sub {
		my $path = a_page_but_the_start();
		$gone{$path} = $file{$path};
		drop($path);
		return $path;
	},
	'a page back' => sub {
		my $path = one_of((sort keys %gone), 'none');
		return 'none' if $path eq 'none';
		put($path, delete $gone{$path});
		return $path;
	},
	'another name' => sub {
		my $path = a_page_but_the_start();
		my $to = $path =~ s{[^/.]+(?=\.)}{'r' . ++$count}er;
		rename "$root/$path", "$root/$to" or die;
		$file{$to} = delete $file{$path};
		my ($old, $new) = map { m{([^/]+)$} } $path, $to;
		for my $p (pages()) {
			put($p, $file{$p} =~ s{\Q$old\E}{$new}gr)
				if $file{$p} =~ m{[(/]\Q$old\E};
		}
		return "$path to $to";
	},
	'two pages change places' => sub {
		my ($x, $y) = (a_page_but_the_start(), a_page_but_the_start());
		return 'one' if $x eq $y;
		rename "$root/$x", "$root/swap" or die;
		rename "$root/$y", "$root/$x" or die;
		rename "$root/swap", "$root/$y" or die;
		@file{$x, $y} = @file{$y, $x};
		return "$x and $y";
	},
	'the same bytes once more' => sub {
		my $path = one_of(sort keys %file);
		unlink "$root/$path" if pick(2);
		put($path, $file{$path});
		return $path;
	},
	'the theme' => sub {
		my $path = one_of(grep { m{^themes/.*(page|notice|layout|form)\.mustache} }
			sort keys %file);
		return edit($path, sub { $_[0] . '{{! ' . ++$count . ' }}' })
			if pick(2);
		return edit($path, sub { my ($t) = @_;
			$t =~ s/(<main[^>]*?)(?: data-n="\d+")?>/$1 data-n="$count">/r });
	},
	'words of the theme' => sub {
		return edit(one_of(grep { m{text/../?sv.yaml|text/sv.yaml} }
			sort keys %file), sub { my ($t) = @_;
			my $n = ++$count; $t =~ s/^(search_title: ).*/$1Sök $n/mr
				=~ s/^(services_title: ).*/$1Tjänster $n/mr });
	},
	'an asset' => sub {
		return edit(one_of(grep { m{static/.*\.css} } sort keys %file),
			sub { $_[0] . "/* " . ++$count . " */\n" });
	},
	'site.yaml' => sub {
		my $n = 10 + pick(40);
		return edit('content/site.yaml',
			sub { $_[0] =~ s/^phone: .*/phone: 031-390 06 $n/mr });
	},
	'contacts, laws or rates' => sub {
		my $n = ++$count;
		return edit(one_of('content/contacts.yaml', 'content/law.yaml',
			'content/rates.yaml'), sub { my ($t) = @_;
			$t =~ s/^(  note: ).*/$1Börja $n./mr
				=~ s/^(  title: ).*/$1Lagen $n/mr
				=~ s/^(    source: ).*/$1Beslut $n/mr });
	},
	'a form' => sub {
		return edit(one_of(grep { m{^forms/} } sort keys %file),
			sub { my ($t) = @_; my $n = ++$count;
				$t =~ s/^(title: .*?)(?: \d+)?\n/$1 $n\n/mr });
	},
	'a picture' => sub {
		return edit('content/karta.png', sub { picture() });
	},
	'another file' => sub {
		my $path = 'content/' . one_of('', 'del/') . one_of('a', 'b') . '.txt';
		return edit($path, sub { "fil " . ++$count . "\n" })
			if exists $file{$path} && pick(2);
		if (exists $file{$path}) { drop($path) }
		else { put($path, "fil\n") }
		return $path;
	},
	'a commit' => sub {
		return 'not in git' if !-e "$root/.git";
		git('add', '-A', one_of('.', 'content', page()));
		git('commit', '-qm', 'Ändring ' . ++$count, '--allow-empty');
		return 'committed';
	},
	'a commit undone' => sub {
		return 'not in git' if !-e "$root/.git" ||
			!`git -C '$root' rev-parse -q --verify HEAD~1`;
		git('reset', '-q', '--soft', 'HEAD~1');
		return 'undone';
	},
	'an output gone' => sub {
		my $path = an_output() or return 'none';
		unlink $path;
		return $path;
	},
	'an output harmed' => sub {
		my $path = an_output() or return 'none';
		my $bytes = slurp($path);
		my @st = stat $path;
		my $i = pick(length($bytes) || 1);
		substr($bytes, $i, 1) = pick(2) ? '#' : '';
		spew($path, $bytes);
		utime $st[8], $st[9], $path if pick(2);
		return $path;
	},
	# In the same step of the clock, if this is quick enough.
	'an output harmed as soon as it is written' => sub {
		my $path = edit(page(), sub { my $c = one_of('a' .. 'z');
			$_[0] =~ s/.\.\n\z/$c.\n/r });
		run_build("$root/public");
		my @new = sort { -M $a <=> -M $b } glob
			"'$root/public'/*/index.html '$root/public'/*/*/index.html";
		return 'none' if !@new;
		open my $out, '+<:raw', $new[0] or die;
		seek $out, 30, 0;
		print {$out} '#';
		close $out;
		return "$path, $new[0]";
	},
	'what is remembered harmed' => sub {
		my @all = grep { !/manifest/ } glob "$root/.blankett/*";
		my $path = @all ? one_of(@all) : return 'none';
		my $bytes = slurp($path);
		my $i = pick(length($bytes) || 1);
		my $how = pick(4);
		return $path if $how == 0 && unlink $path;
		substr($bytes, $i, 1) = chr pick(256) if $how == 1;
		substr($bytes, $i) = '' if $how == 2;
		$bytes .= 'x' if $how == 3;
		spew($path, $bytes);
		return "$path ($how)";
	},
	'a fault' => sub {
		my $path = page();
		return edit($path, sub { $_[0] . one_of(":::nonsens\n:::\n",
			"[bort](finns-inte.md)\n", "<b>rå</b>\n", "# Rubrik\n",
			"[dit](" . link_to($path) . "#nej)\n", "\xff\n") });
	},
	'a fault in the front matter' => sub {
		return front(page(), one_of('titel', 'weight'), 'fel');
	},
	'options' => sub {
		my $name = one_of('--drafts', '--no-compress', '--base-url',
			'--jobs');
		$option{$name} = exists $option{$name} ? (delete $option{$name})[1]
			: $name eq '--base-url' ? 'https://annan.example'
			: $name eq '--jobs' ? 1 + pick(4) : '';
		delete $option{$name} if !defined $option{$name};
		return $name;
	},
	'a build of the commit' => sub {
		return 'not in git' if !-e "$root/.git";
		run_build("$root/public", '--rev', 'HEAD');
		return 'HEAD';
	},
	'a build elsewhere' => sub {
		run_build("$root/other");
		remove_tree("$root/other") if pick(2);
		return 'other';
	},
	'a build from nothing in place' => sub {
		run_build("$root/public", '--clean');
		return '--clean';
	},
	'nothing' => sub { return 'nothing' },
);
# More often than once in as many steps as there are.
my @names = ((sort keys %step), ('a word of the text', 'a letter of the text',
	'a heading', 'another text', 'a commit', 'an output harmed',
	'an output harmed as soon as it is written') x 3);

# ---- the comparison --------------------------------------------------------------

sub run_build {
	my ($out, @more) = @_;
	my @options = map { $option{$_} eq '' ? $_ : ($_, $option{$_}) }
		sort keys %option;
	my $pid = fork // die;
	if ($pid == 0) {
		open STDOUT, '>', '/dev/null';
		open STDERR, '>', "$work/err";
		exec($blankett, '-C', $root, 'build', '--out', $out, '--date',
			date_text($day), @options, @more) or POSIX::_exit(127);
	}
	waitpid $pid, 0;
	print STDERR slurp("$work/err") if $ENV{INCREMENT_LOUD};
	# What is said of pages without dates is the same on both sides.
	return ($?, slurp("$work/err"));
}
# Every file below a directory by name.
sub tree {
	my ($dir) = @_;
	my %tree;
	for my $path (split /\0/, `find '$dir' -type f -print0 2>/dev/null`) {
		$tree{substr $path, length $dir} = slurp($path);
	}
	return \%tree;
}
sub difference {
	my ($x, $y) = @_;
	for my $path (sort keys %{ { %$x, %$y } }) {
		return "$path is only in the clean build" if !exists $x->{$path};
		return "$path is not in the clean build" if !exists $y->{$path};
		return "$path differs" if $x->{$path} ne $y->{$path};
	}
	return '';
}

# Builds in place and from nothing, remembering nothing; '' if they agree.
sub compare {
	my ($before) = @_;
	my ($status, $line) = run_build("$root/public");
	rename "$root/.blankett", "$root/.away";
	remove_tree("$work/clean");
	my ($clean_status, $clean_line) = run_build("$work/clean");
	remove_tree("$root/.blankett");
	rename "$root/.away", "$root/.blankett";
	return "one fails and the other does not: $line$clean_line"
		if $status != $clean_status;
	return "lines differ:\n$line$clean_line" if $line ne $clean_line;
	my $is = tree("$root/public");
	# Links there are followed: what matters is what a reader gets.
	return ($status, difference($is, tree("$work/clean"))) if !$status;
	return ($status, difference($is, $before) && 'a failed build has touched '
		. 'the old site: ' . difference($is, $before));
}

sub walk {
	my ($theme, $in_git, $options) = @_;
	my @log;
	my $saved;
	my ($built, $failed, $broken) = (0, 0, 0);

	make_site($theme, $in_git);
	%option = %$options;
	for my $n (0 .. $steps) {
		my %was = %file;
		my ($name, $what) = ('the first build', '');
		if ($n) {
			for (0 .. pick(3) == 0) {
				$name = one_of(@names);
				$what = $step{$name}->();
				push @log, "$n: $name: $what";
			}
		}
		my ($status, $fault) = compare(tree("$root/public"));
		if ($status !~ /^\d+$/ || $fault) {
			$fault = $status if $status !~ /^\d+$/;
			return (0, "$fault\n", @log[($#log > 12 ? $#log - 12 : 0)
				.. $#log]);
		}
		$status ? $failed++ : $built++;
		$saved = { %file } if !$status;
		$broken = $status ? $broken + 1 : 0;
		# Somebody mends it, sooner or later.
		if ($broken && $saved && ($broken > 2 || pick(2))) {
			for my $path (sort keys %{ { %file, %$saved } }) {
				if (!exists $saved->{$path}) { drop($path) }
				elsif (!exists $file{$path} ||
					$file{$path} ne $saved->{$path}) {
					put($path, $saved->{$path});
				}
			}
			push @log, "$n: mended";
			$broken = 0;
		}
	}
	return (1, "$built built, $failed failed alike");
}

my @walks = (
	['a site in git, in the small theme', 'tiny', 1, {}],
	['a site in git, in the whole theme', 'standard', 1,
		{ '--no-compress' => '' }],
	['a site outside git', 'tiny', 0, {}],
);
print '1..', scalar @walks, "\n";
my $n = 0;
for my $walk (@walks) {
	my ($name, @rest) = @$walk;
	$random = $seed + $n++;
	my ($ok, @told) = walk(@rest);
	print $ok ? '' : 'not ', "ok $n - $name: every build is what a clean one is\n";
	print map { "# $_\n" } map { split /\n/ } @told;
	print "# INCREMENT_SEED=$seed\n" if !$ok;
}
