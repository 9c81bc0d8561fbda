#!/usr/bin/env perl
# hostile: whatever lies in a site's directory, build and check answer soon,
# with one plain line that names the file, and a fault leaves nothing written.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Find;
use File::Path qw(make_path remove_tree);
use File::Temp qw(tempdir);
use POSIX qw(mkfifo WNOHANG);
use Time::HiRes qw(sleep time);

my $top = abs_path(dirname($0) . '/../..');
my $program = $ENV{BLANKETT} || "$top/build/release/blankett";
my $work = tempdir(CLEANUP => 1);
my $site = "$work/site";
my $outside = "$work/outside";
my $seconds_max = 30;    # with sanitizers on a busy machine
my $n = 0;

chmod 0755, $work;

sub ok($$@) {
	my ($good, $name, @why) = @_;

	$n++;
	$name =~ s/[^\x20-\x7E]/?/g;
	print $good ? "ok $n - $name\n" : "not ok $n - $name\n";
	print map { "# $_\n" } split /\n/, join "\n", @why unless $good;
}

my %files;    # of the site as it is when nothing is wrong with it

find({ no_chdir => 1, wanted => sub {
	$files{substr $_, length "$top/tests/golden/site/"} = get($_)
		if -f $_ } }, "$top/tests/golden/site");

sub fresh {
	remove_tree($site, $outside);
	make_path($outside);
	put($_, $files{$_}) for sort keys %files;
}

sub put {
	my ($path, $bytes) = @_;

	make_path(dirname("$site/$path"));
	open my $f, '>:raw', "$site/$path" or die "$path: $!";
	print $f $bytes;
	close $f or die;
}

sub get {
	my ($path) = @_;

	open my $f, '<:raw', $path or return '';
	local $/;
	return scalar <$f>;
}

# A page of its own with this text.
sub page {
	my ($text) = @_;

	put('content/x.md', "---\ntitle: X\ndescription: X\n---\n$text");
}

# Runs the program; its status, 128 and the signal's number if one ended it,
# 'late' if it did not come to an end.
sub run {
	my ($as, @arguments) = @_;
	my $began = time;
	my $pid = fork // die;

	if ($pid == 0) {
		open STDIN, '<', '/dev/null';
		open STDOUT, '>', "$work/out";
		open STDERR, '>', "$work/err";
		if ($as) {
			$( = $) = "$as $as";
			$< = $> = $as;
		}
		exec $program, @arguments or POSIX::_exit(127);
	}
	while (waitpid($pid, WNOHANG) == 0) {
		if (time - $began > $seconds_max) {
			kill 'KILL', $pid;
			waitpid $pid, 0;
			return 'late';
		}
		sleep 0.005;
	}
	return $? & 127 ? 128 + ($? & 127) : $? >> 8;
}

# Everything under the site and outside it: names and what they are.
sub tree {
	my @found;
	my @todo = ($site, $outside);

	while (defined(my $path = shift @todo)) {
		my @is = (lstat $path)[2, 7, 9];
		my $dir = -d _ && !-l _;

		push @found, $dir ? $path : "$path @is";
		next unless $dir;
		opendir my $d, $path or next;
		push @todo, map { "$path/$_" } grep { !/^\.\.?\z/ } readdir $d;
	}
	return join "\n", sort @found;
}

# The message is one line that no terminal obeys.
sub is_plain {
	my ($text) = @_;

	return $text =~ /\Ablankett: [^\x00-\x1F\x7F]+\n\z/ &&
		utf8::decode(my $copy = $text);
}

# build and check both refuse, name what is wrong, and write nothing.
sub refused {
	my ($name, $prepare, $message, $as) = @_;

	fresh();
	$prepare->();
	for my $command ('build', 'check') {
		my $before = tree();
		my $status = run($as, '-C', $site, $command, '--date',
			'2026-02-01');
		my $err = get("$work/err");
		my $all = $command eq 'check' ? get("$work/out") . $err : $err;
		my @why;

		push @why, "status $status" unless $status eq 1 || $status eq 2;
		push @why, 'not one plain line' unless is_plain($err);
		push @why, "does not say $message" unless $all =~ $message;
		push @why, 'wrote something' if tree() ne $before;
		ok(!@why, "$command: $name", @why, substr($all, 0, 500));
	}
}

# Odd, but nothing is wrong with it.
sub taken {
	my ($name, $prepare, $file, $holds) = @_;

	fresh();
	$prepare->();
	for my $command ('check', 'build') {
		my $status = run(0, '-C', $site, $command, '--date',
			'2026-02-01');
		ok($status eq 0, "$command: $name", "status $status",
			substr(get("$work/err"), 0, 500));
	}
	ok(get("$site/public/$file") =~ $holds, "$name: is in $file") if $file;
}

# ---- deep and endless -----------------------------------------------------

taken('10,000 quotes in each other', sub { page('> ' x 10000 . "x\n") },
	'x/index.html', qr/<blockquote>/);
taken('5,000 lists in each other', sub { page('- ' x 5000 . "x\n") });
taken('lists that go in and in', sub {
	page(join '', map { '  ' x $_ . "- a\n" } 0 .. 500) });
taken('10,000 times emphasis', sub {
	page('*a **a ' x 10000 . 'b' . ' a** a*' x 10000 . "\n") });
taken('20,000 brackets', sub { page('[' x 20000 . 'a' . ']' x 20000) });
taken('5,000 links in each other', sub {
	page('[a ' x 5000 . 'b' . '](kontakt.md)' x 5000) });
taken('5,000 pictures in each other', sub {
	page('![a ' x 5000 . 'b' . '](karta.png)' x 5000) });
taken('every number of backticks', sub {
	page(join '', map { '`' x $_ . 'a' } 1 .. 1500) });
taken('20,000 directives after each other', sub {
	page(":::notice\nx\n:::\n" x 20000) });
refused('directives in each other', sub {
	page(":::notice\n" x 10000 . "x\n" . ":::\n" x 10000) },
	qr{content/x\.md:13: directives nested more than 8 deep});
refused('100,000 directives left open', sub { page(":::notice\n" x 100000) },
	qr{content/x\.md:5: ":::notice" is not closed});
refused('deep front matter', sub {
	put('content/x.md', "---\ntitle: " . '[' x 10000 . ']' x 10000 .
		"\n---\n") }, qr{content/x\.md:2: nested too deeply});
refused('deep maps never closed', sub {
	put('content/x.md', "---\ntitle: " . '{a: ' x 20000 . "\n---\n") },
	qr{content/x\.md:2: nested too deeply});
refused('a deep site.yaml', sub {
	put('content/site.yaml', 'name: ' . '[' x 100000) },
	qr{content/site\.yaml:1: nested too deeply});
refused('aliases that multiply', sub { put('content/site.yaml',
	"a: &a [x, x]\nb: &b [*a, *a]\nname: *b\n") },
	qr{content/site\.yaml:1: anchors are not used});
refused('deep words of the theme', sub {
	put('themes/tiny/text/sv.yaml', 'a: ' . '[' x 100000) },
	qr{themes/tiny/text/sv\.yaml:1: nested too deeply});
refused('100,000 keys', sub { put('content/x.md', "---\ntitle: X\n" .
	join('', map { "k$_: x\n" } 1 .. 100000) . "---\n") },
	qr{content/x\.md:\d+: too many keys});

sub template {
	put("themes/tiny/templates/$_[0].mustache", $_[1]);
}

my $page_template = qr{themes/tiny/templates/page\.mustache};

refused('deep sections', sub {
	template('page', '{{#page}}' x 10000 . '{{/page}}' x 10000) },
	qr{$page_template:1: sections nest too deep});
refused('sections left open', sub { template('page', '{{#page}}' x 50) },
	qr{$page_template:1: });
refused('sections closed too often', sub {
	template('page', '{{/page}}' x 20000) }, qr{$page_template:1: });
refused('a template that includes itself', sub {
	template('page', '{{>page}}{{>page}}') },
	qr{$page_template: templates nest deeper .*includes? itself});
refused('two that include each other', sub {
	template('page', '{{>b}}');
	template('b', 'x{{>page}}y{{>page}}') },
	qr{templates nest deeper .*includes? itself});
refused('a template that is its own parent', sub {
	template('page', '{{<page}}{{$a}}x{{/a}}{{/page}}') },
	qr{templates nest deeper});
refused('two that are each other\'s parent', sub {
	template('page', '{{<b}}{{$a}}x{{/a}}{{/b}}');
	template('b', '{{<page}}{{$a}}x{{/a}}{{/page}}') },
	qr{templates nest deeper});
refused('a block that holds its own parent', sub {
	template('page', '{{<b}}{{$a}}{{>page}}{{/a}}{{/b}}');
	template('b', '{{$a}}x{{/a}}') }, qr{templates nest deeper});
refused('templates that double and double', sub {
	template("t$_", '{{>t' . ($_ + 1) . '}}{{>t' . ($_ + 1) . '}}') for 0 .. 40;
	template('t41', 'x');
	template('page', '{{>t0}}') }, qr{rendering does not come to an end});
refused('a name that only the data knows', sub {
	template('page', '{{>*page.title}}') }, qr{$page_template:1: });
refused('a component that includes itself', sub {
	put('themes/tiny/components/notice.mustache',
		"{{>components/notice}}\n") },
	qr{themes/tiny/components/notice\.mustache: templates nest deeper});

# ---- large ----------------------------------------------------------------

refused('a page of more than 4 MB', sub { page('x ' x (3 << 20)) },
	qr{content/x\.md: is larger than 4194304 bytes});
refused('a million headings', sub {
	page(join '', map { "# $_\n" } 1 .. 1000000) },
	qr{content/x\.md: is larger than});
refused('more headings than anybody reads', sub {
	page("## r\n" x 200000) }, qr{content/x\.md:\d+: too many headings});
taken('a line of 4 MB', sub { page('ab ' x 1390000) });
taken('a word of 4 MB', sub { page('a' x 4180000) });
taken('a line of links left open', sub { page('[a](' x 250000) });
taken('links left open, and closed far away', sub {
	page('a)[b.md] ' x 100000) });
taken('backticks, each time one more', sub {
	page(join ' ', map { '`' x $_ } 1 .. 1400) });
taken('20,000 links with a blank in them', sub {
	page("[a](b.md#c d)\n" x 20000) });
refused('100,000 links to nothing', sub {
	page(join '', map { "[a](b$_.md)\n" } 1 .. 100000) },
	qr{content/x\.md:5: link to "b1\.md"});
refused('a table of 10,000 columns', sub {
	page('|' . 'a|' x 10000 . "\n|" . '-|' x 10000 . "\n" .
		('|' . 'b|' x 10000 . "\n") x 3) },
	qr{content/x\.md:\d+: a table of more than 32 columns});
refused('a table without end', sub {
	page("|a|b|\n|-|-|\n" . "|c|d|\n" x 200000) },
	qr{content/x\.md:\d+: a table of more than});
refused('20,000 footnotes', sub {
	page(join('', map { "a[^n$_]\n" } 1 .. 20000) . "\n" .
		join('', map { "[^n$_]: x\n\n" } 1 .. 20000)) },
	qr{content/x\.md:\d+: too many footnotes});
refused('footnotes that refer to each other', sub {
	page("a[^n]\n\n[^n]: x[^m]\n\n[^m]: [^n]\n") },
	qr{content/x\.md:\d+: a footnote does not refer to footnotes});
refused('an address that is repeated and repeated', sub {
	page('[a]: /' . 'x' x 100000 . "\n\n" . '[a] ' x 100000) },
	qr{content/x\.md:7: link to "/xx});
refused('a title of 3 MB', sub {
	put('content/x.md', "---\ntitle: " . 'a' x (3 << 20) . "\n---\n") },
	qr{content/x\.md:2: "title" must be at most 2000 bytes long});
refused('100,000 aliases', sub {
	put('content/x.md', "---\ntitle: X\naliases:\n" .
		join('', map { "  - /a$_\n" } 1 .. 100000) . "---\n") },
	qr{content/x\.md:3: "aliases" must be at most 1000 lines});
refused('a template of more than 256 kB', sub { template('page',
	'x' x 300000) }, qr{$page_template: is larger than});

# ---- bytes that are no text ------------------------------------------------

for my $case (
	['content/x.md', "---\ntitle: X\n---\nok\n%s\n", 5],
	['content/x.md', "---\ntitle: %s\n---\n", 2],
	['forms/fraga.md', "---\ntitle: X\nto: a\nprefix: ABC\n---\n%s\n", 6],
	['content/site.yaml', "name: %s\n", 0],
	['content/contacts.yaml', "a: %s\n", 0],
	['content/law.yaml', "a: %s\n", 0],
	['content/rates.yaml', "a: %s\n", 0],
	['themes/tiny/text/sv.yaml', "a: %s\n", 0],
	['themes/tiny/text/en.yaml', "a: %s\n", 0],
) {
	my ($file, $text, $line) = @$case;
	my $where = $line ? qr{\Q$file\E:$line: } : qr{\Q$file\E:};

	refused("$file is not UTF-8", sub {
		put($file, sprintf $text, "a\xFF\xFEb") },
		qr{$where ?is not UTF-8});
	refused("$file holds $_->[0]", sub {
		put($file, sprintf $text, $_->[1]) }, $where)
		for ['NUL', "a\0b"], ['an escape', "a\e[31mb"],
		['an override', "a\xE2\x80\xAEb"];
}
refused('a template is not UTF-8', sub { template('page', "\xFF") },
	qr{$page_template: is not UTF-8});
refused('escapes written in YAML', sub {
	put('content/x.md', "---\ntitle: \"a\\e[31mb\"\n---\n") },
	qr{content/x\.md:2: holds the invisible character U\+001B});
refused('UTF-16', sub { put('content/x.md', "\xFF\xFE-\0-\0-\0") },
	qr{content/x\.md:1: is not UTF-8});
refused('lines that end as they did in 1984', sub {
	put('content/x.md', "---\rtitle: X\r---\r") },
	qr{content/x\.md:1: holds the invisible character U\+000D});
for my $file ('content/x.md', 'forms/fraga.md', 'content/site.yaml') {
	refused("$file is empty", sub { put($file, '') }, qr{\Q$file\E:1: });
}
taken('a page with a byte order mark and CRLF', sub {
	put('content/x.md', "\xEF\xBB\xBF---\r\ntitle: X\r\n---\r\n" .
		":::notice Hej\r\ntext\r\n:::\r\n\r\n|a|b|\r\n|-|-|\r\n" .
		"|c|d|\r\n") }, 'x/index.html', qr{<td>d</td>});
taken('a site.yaml with a byte order mark and CRLF', sub {
	my $yaml = get("$site/content/site.yaml");

	$yaml =~ s/\n/\r\n/g;
	put('content/site.yaml', "\xEF\xBB\xBF$yaml") });
taken('templates with byte order marks', sub {
	for my $name ('page', 'layout') {
		template($name, "\xEF\xBB\xBF" .
			get("$site/themes/tiny/templates/$name.mustache"));
	} }, 'kontakt/index.html', qr/\A<!doctype/i);
taken('an empty picture', sub { put('content/karta.png', '') });

# ---- what is no file of ours ------------------------------------------------

sub link_to {
	my ($to, $path) = @_;

	unlink "$site/$path";
	symlink $to, "$site/$path" or die "$path: $!";
}

# Moved out of the tree, with a link left in its place.
sub moved {
	my ($path) = @_;

	rename "$site/$path", "$outside/moved" or die;
	symlink "$outside/moved", "$site/$path" or die;
}

my $link = qr{: is a symbolic link};

refused('a link to a file elsewhere', sub {
	link_to('/etc/passwd', 'content/x.md') }, qr{content/x\.md$link});
refused('a link to a directory elsewhere', sub {
	link_to('/etc', 'content/etc') }, qr{content/etc$link});
refused('a link to itself', sub { link_to('x.md', 'content/x.md') },
	qr{content/x\.md$link});
refused('a circle of links', sub { link_to('.', 'content/loop') },
	qr{content/loop$link});
refused('a link to nothing', sub { link_to('nothing', 'content/x.png') },
	qr{content/x\.png$link});
refused('a form that is a link', sub {
	link_to('/etc/passwd', 'forms/x.md') }, qr{forms/x\.md$link});
refused("$_ that is a link", sub { moved($_) }, qr{\Q$_\E$link})
	for 'content', 'forms', 'themes', 'themes/tiny', 'content/rutin',
	'content/site.yaml', 'content/law.yaml', 'content/rates.yaml',
	'themes/tiny/theme.yaml', 'themes/tiny/templates';
refused('a theme elsewhere', sub {
	put('content/site.yaml', "name: A\norganisation: B\n" .
		"theme: ../../../etc\n") }, qr{content/site\.yaml:3: "theme"});

my $no_file = qr{: is not a file};

for my $file ('content/x.md', 'content/x.png', 'forms/x.md',
	'content/site.yaml', 'content/law.yaml',
	'themes/tiny/templates/x.mustache', 'themes/tiny/static/x.css') {
	refused("$file is a pipe", sub {
		unlink "$site/$file";
		mkfifo("$site/$file", 0644) or die }, qr{\Q$file\E$no_file});
}
refused('a pipe of no kind', sub { mkfifo("$site/content/x", 0644) or die },
	qr{content/x: files of this kind are not published});
if ($> == 0) {
	refused('a device', sub {
		system('mknod', "$site/content/x.md", 'c', '1', '5') == 0 or
			die }, qr{content/x\.md$no_file});
}
refused('a site.yaml that is a directory', sub {
	unlink "$site/content/site.yaml";
	mkdir "$site/content/site.yaml" }, qr{content/site\.yaml$no_file});
taken('an empty directory named as a page', sub {
	mkdir "$site/content/x.md" });
refused('a page in a directory named as a page', sub {
	put('content/x.md/a.md', "---\ntitle: A\n---\n") },
	qr{content/x\.md/a\.md: a page's file name has only});
refused('an unreadable page', sub {
	page("x\n");
	chmod 0, "$site/content/x.md" },
	qr{content/x\.md: cannot read: Permission denied},
	$> == 0 ? 65534 : 0);
refused('an unreadable directory', sub {
	mkdir "$site/content/x";
	chmod 0, "$site/content/x" },
	qr{content/x: cannot read the directory: Permission denied},
	$> == 0 ? 65534 : 0);
refused('a theme too deep to list', sub {
	put('themes/tiny/components/' . 'a/' x 60 . 'x.mustache', 'x') },
	qr{themes/tiny/.*: nested too deeply});
refused('folders too deep to list', sub {
	put('content/' . 'a/' x 60 . 'x.md', "---\ntitle: X\n---\n") },
	qr{content/a.*: nested too deeply});

# ---- names -----------------------------------------------------------------

# Each byte that a name can hold but "/" and the dot of a hidden file: those
# that are plain make an address, each of the others is a fault.
for my $case (
	['content/%s.md', qr/[a-z0-9_-]/, "---\ntitle: X\ndescription: X\n---\n"],
	['content/%s.png', qr/[A-Za-z0-9._-]/, ''],
	['forms/a%s.md', qr/[a-z0-9-]/,
		$files{'forms/fraga.md'} =~ s/^prefix: \K.*/QZ0/mr],
) {
	my ($file, $plain, $bytes) = @$case;
	my @names = map { sprintf $file, 'x' . chr($_) . 'y' }
		grep { chr ne '/' } 1 .. 255;
	my @refused = grep { /x(.)y/s; $1 !~ $plain } @names;
	my ($found, %found);

	fresh();
	put($_, $bytes) for $file =~ /forms/ ? @refused : @names;
	run(0, '-C', $site, 'check', '--date', '2026-02-01');
	$found = get("$work/out");
	$found{$_}++ for $found =~
		m{^((?:content|forms)/a?x.*?y\.\w+): (?!has no)}mg;
	ok(keys %found == @refused, "check: names like $file with each byte",
		keys(%found) . ' of ' . @refused);
	ok($found !~ /[^\x20-\x7E\n\xA0-\xFF]|\xC2[\x80-\x9F]/ &&
		utf8::decode(my $copy = $found),
		"check: no byte of $file reaches the terminal");
	ok($found =~ /x\\x1By/ && $found =~ /x\\ny/ && $found =~ /x\\xFFy/,
		'check: it is shown instead', $found);
}
for my $byte (1, 10, 27, 32, 34, 39, 42, 59, 65, 92, 127, 155, 255) {
	refused("a file of a theme named with byte $byte", sub {
		put('themes/tiny/static/x' . chr($byte) . 'y.css', 'x') },
		qr{themes/tiny/static/x.*y\.css: the name of an asset is});
}
refused('a name that draws on the terminal', sub {
	put("content/a\e]0;b\a\n\xC2\x9B31m\xE2\x80\xAEc.md", 'x') },
	qr{content/a\\x1B\]0;b\\x07\\n\\u009B31m\\u202Ec\.md: });
refused('a name that is no UTF-8', sub { put("content/a\xFF.md", 'x') },
	qr{content/a\\xFF\.md: });
refused('a name of 252 letters', sub {
	put('content/' . 'a' x 252 . '.md', "---\ntitle: X\n---\n") },
	qr{content/aaa.*: its name is empty or longer than 200 bytes});
refused('names that differ only by case', sub {
	put("content/$_.md", "---\ntitle: X\n---\n") for 'x', 'X' },
	qr{content/X\.md: a page's file name has only});
taken('a name that looks like an option', sub {
	put('content/-rf.md', "---\ntitle: X\n---\nHej\n") },
	'-rf/index.html', qr/Hej/);
refused('an alias out of the site', sub {
	put('content/x.md', "---\ntitle: X\naliases: [/../../x/]\n---\n") },
	qr{content/x\.md:3: alias "/\.\./\.\./x/" must be});
for my $to (['../../../../etc/passwd', 'there is no such file'],
	['/../../etc/passwd', 'there is no such address'],
	['file:///etc/passwd', 'a link may not lead to'],
	['javascript:alert(1)', 'a link may not lead to'],
	['//example.se/', 'write the whole address'],
	['%2e%2e/%2e%2e/site.yaml', 'there is no such file']) {
	refused("a link to $to->[0]", sub { page("[a]($to->[0])\n") },
		qr{content/x\.md:5: .*$to->[1]});
}
refused('a picture that is a file of the machine', sub {
	page(":::figure ../../../../etc/passwd En bild\n:::\n") },
	qr{content/x\.md:5: .*is no picture});
refused('a picture from outside', sub {
	page(":::figure ../../../../etc/passwd.png En bild\n:::\n") },
	qr{content/x\.md:5: .*there is no such file});
refused('a QR code that runs something', sub {
	page(":::qr javascript:alert(1)\n:::\n") },
	qr{content/x\.md:5: qr: must be followed by a path});
refused('a QR code of too much', sub {
	page(':::qr https://example.se/' . 'x' x 5000 . "\n:::\n") },
	qr{content/x\.md:5: qr: an address as long as this});
refused('steps without end', sub { page(":::steps\n" .
	join('', map { "$_. a\n" } 1 .. 3000) . ":::\n") },
	qr{content/x\.md:106: more than 100 items});
refused('an alias on what the build makes', sub {
	put('content/x.md', "---\ntitle: X\naliases: [/sitemap.xml]\n---\n") },
	qr{content/x\.md:3: alias "/sitemap\.xml" is the address of});

# ---- where it is written ----------------------------------------------------

# A first build, then something planted in public/: the next build refuses
# and what lies outside is as it was.
sub planted {
	my ($name, $plant, $message) = @_;

	fresh();
	put('content/bort.md', "---\ntitle: B\n---\n");
	run(0, '-C', $site, 'build', '--out', "$site/public");
	unlink "$site/content/bort.md";
	open my $f, '>', "$outside/index.html" or die;
	print $f "theirs\n";
	close $f;
	$plant->();
	page("new\n");
	my $status = run(0, '-C', $site, 'build', '--out', "$site/public");
	my $err = get("$work/err");
	ok($status eq 1 && is_plain($err) && $err =~ $message,
		"build: $name", "status $status", $err);
	my @there = map { s{.*/}{}r } sort glob("$outside/*");
	ok(get("$outside/index.html") eq "theirs\n" &&
		"@there" =~ /\Aindex\.html(?: manifest)?\z/,
		"$name: nothing outside changed", "@there");
}

planted('a directory of public/ that leads outside', sub {
	remove_tree("$site/public/kontakt");
	symlink $outside, "$site/public/kontakt" or die },
	qr{public/kontakt$link});
planted('a file of public/ that leads outside', sub {
	link_to("$outside/index.html", 'public/kontakt/index.html') },
	qr{public/kontakt/index\.html$link});
planted('a page gone, its directory led outside', sub {
	remove_tree("$site/public/bort");
	symlink $outside, "$site/public/bort" or die }, qr{public/bort$link});
planted('a directory where a file is to be', sub {
	unlink "$site/public/kontakt/index.html";
	mkdir "$site/public/kontakt/index.html" },
	qr{public/kontakt/index\.html: cannot write: Is a directory});
planted('what the build remembers led outside', sub {
	system('cp', "$site/.blankett/manifest", $outside);
	remove_tree("$site/.blankett");
	symlink $outside, "$site/.blankett" or die }, qr{\.blankett$link});
planted('a manifest that names what is outside', sub {
	open my $m, '>>', "$site/.blankett/manifest" or die;
	print $m '0' x 64, "  ../../outside/index.html\n";
	close $m }, qr{\.blankett/manifest: is damaged});
planted('a manifest of noise', sub {
	open my $m, '>:raw', "$site/.blankett/manifest" or die;
	print $m map { chr rand 256 } 1 .. 3000;
	close $m }, qr{\.blankett/manifest: is damaged});

# ---- render and new ---------------------------------------------------------

sub says {
	my ($name, $status, $message, @arguments) = @_;
	my $before = tree();
	my $got = run(0, '-C', $site, @arguments);
	my $err = get("$work/err");

	ok($got eq $status && is_plain($err) && $err =~ $message &&
		tree() eq $before, $name, "status $got", substr($err, 0, 500));
}

fresh();
put('data.json', '{}');
put('deep.json', '[' x 100000);
put('bytes.json', "{\"a\": \"\xFF\"}");
put('t.mustache', '{{#a}}' x 5000);
put('odd.mustache', "{{a\e[31m}}");
mkfifo("$site/pipe", 0644) or die;
says('render: deep data', 1, qr{deep\.json:}, 'render', '--data',
	"$site/deep.json", "$site/t.mustache");
says('render: data that is not UTF-8', 1, qr{bytes\.json:}, 'render',
	'--data', "$site/bytes.json", "$site/t.mustache");
says('render: deep sections', 1, qr{t\.mustache:1: sections nest}, 'render',
	'--data', "$site/data.json", "$site/t.mustache");
says('render: a name that draws on the terminal', 1, qr{\\x1B\[31m},
	'render', '--strict', '--data', "$site/data.json", "$site/odd.mustache");
says('render: a pipe for data', 1, qr{pipe$no_file}, 'render', '--data',
	"$site/pipe", "$site/t.mustache");
says('render: a pipe for a template', 1, qr{pipe$no_file}, 'render',
	'--data', "$site/data.json", "$site/pipe");
put('themes/standard/new/page.md', "---\ntitle: {{title}}\n---\n");
symlink $outside, "$site/content/ut" or die;
says('new: through a link', 1, qr{content/ut$link}, 'new', 'page', 'ut/x');
says("new: the name \"$_\"", 2, qr{new: a page's name has only}, 'new',
	'page', $_) for '../x', '/etc/x', '.x', "x\ny", "\e[31m", 'a//b', '',
	'a' x 5000;
says('new: what is there already', 2, qr{content/kontakt\.md: is there},
	'new', 'page', 'kontakt');

# ---- from a commit ----------------------------------------------------------

fresh();
link_to('/etc/passwd', 'content/x.md');
system("cd '$site' && git init -q . && git add -A && " .
	"git -c user.name=A -c user.email=a\@example.se commit -qm a") == 0 or
	die;
says('build --rev: a link in the commit', 1, qr{content/x\.md},
	'build', '--rev', 'HEAD', '--out', "$work/never");
ok(!-e "$work/never", 'build --rev: and nothing is written');

# What no work tree could hold: a line of `git mktree` beside those of content/.
sub commit_with {
	my ($line) = @_;

	open my $sh, '|-', 'sh', '-s', $site, $line or die;
	print $sh <<'END';
cd "$1"
blob=$(printf -- '---\ntitle: X\n---\n' | git hash-object -w --stdin)
head=$(git rev-parse HEAD)
deep=$(printf '100644 blob %s\tx.md\n' "$blob" | git mktree)
for i in $(seq 80); do
	deep=$(printf '040000 tree %s\ta\n' "$deep" | git mktree)
done
content=$( (git ls-tree HEAD:content | grep -v '^120000'
	printf "$2\n" "$(eval "echo \$${2##*@}")" | sed 's/@.*//') |
	git mktree --missing)
tree=$(git ls-tree HEAD | sed "s/[0-9a-f]*\tcontent\$/$content\tcontent/" |
	git mktree)
git -c user.name=A -c user.email=a@example.se commit-tree -m b "$tree" >id
END
	close $sh or die;
	return get("$site/id") =~ s/\n//r;
}
for my $case (
	['a submodule', '160000 commit %s\tsub@head', 'content/sub: is a submodule'],
	['folders without end', '040000 tree %s\tdeep@deep',
		'content/deep/a.*: nested too deeply'],
	['a name with a line break', '100644 blob %s\t"a\\\\nb.md"@blob',
		'content/a\\\\nb\.md: a page'],
) {
	my $id = commit_with($case->[1]);

	says("build --rev: $case->[0]", 1, qr{$case->[2]}, 'build', '--rev', $id,
		'--out', "$work/never");
}
ok(!-e "$work/never", 'build --rev: and nothing is written');

print "1..$n\n";
