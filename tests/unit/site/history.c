/* history: the dates are git's own, whatever the commits look like. */
#define _DEFAULT_SOURCE /* mkdtemp */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "seal/hash.h"
#include "site/history.h"
#include "site/source.h"
#include "site/past.h"

enum { FILES = 14, COMMITS = 70, CONTENTS = 3, LINE = 256,
	CHANGED_MAX = 16 };

static const char *const files[FILES] = {
	"content/a.md", "content/b.md", "content/c.md", "content/d.md",
	"content/e/index.md", "content/e/f.md", "content/e.md", "content/g.md",
	"content/e-h.md", "content/e/i/j.md", "content/e/i/k.md", "forms/l.md",
	"content/m.md", "content/never.md",
};

struct fixture {
	char dir[64];
	struct arena a;
	struct err e;
};

/* How commit times run in a generated history. */
enum clock_kind { CLOCK_STEADY, CLOCK_ONE_SECOND, CLOCK_CROOKED };

/* A fixed sequence: a failing case comes back. */
static unsigned
dice(uint64_t *seed, unsigned sides)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % sides;
}

static void
sh(const struct fixture *f, const char *script)
{
	char line[2 * LINE];

	assert_true(snprintf(line, sizeof line, "cd '%s' && export "
		"GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 && %s",
		f->dir, script) < (int)sizeof line);
	assert_int_equal(system(line), 0);
}

static int
setup(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);

	memcpy(f->dir, "/tmp/history-XXXXXX", sizeof "/tmp/history-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	arena_init(&f->a, false);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;
	char line[LINE];

	(void)snprintf(line, sizeof line, "rm -rf '%s'", f->dir);
	assert_int_equal(system(line), 0);
	arena_release(&f->a);
	test_free(f);
	return 0;
}

static long
time_of(enum clock_kind kind, uint64_t *seed, unsigned i)
{
	const long start = 1700000000;

	switch (kind) {
	case CLOCK_STEADY:
		return start + 100 * (long)i;
	case CLOCK_ONE_SECOND:
		return start;
	case CLOCK_CROOKED:
		return start + (long)dice(seed, 2000);
	}
	return start;
}

/* Writes commit i: what it holds is taken from its parents, or made up.  Its
 * time zone is its own, so that commits of one second can be told apart. */
static void
put_commit(FILE *out, unsigned state[COMMITS][FILES], unsigned i,
	enum clock_kind kind, uint64_t *seed)
{
	unsigned parents[3];
	unsigned n = i == 0 ? 0 : 1u + (dice(seed, 3) == 0) +
		(dice(seed, 9) == 0);

	for (unsigned k = 0; k < n; k++)
		parents[k] = i - 1 - dice(seed, i < 8 ? i : 8);
	if (n > 1 && parents[1] == parents[0])
		n = 1;
	if (n > 2 && (parents[2] == parents[0] || parents[2] == parents[1]))
		n = 2;
	(void)fprintf(out, "commit refs/heads/c%u\nmark :%u\ncommitter A "
		"<a@b.example> %ld %c%02u%02u\ndata 4\nc%03u\n", i, i + 1,
		time_of(kind, seed, i), i % 2 ? '+' : '-', i / 60, i % 60, i);
	for (unsigned k = 0; k < n; k++)
		(void)fprintf(out, "%s :%u\n", k ? "merge" : "from",
			parents[k] + 1);
	(void)fprintf(out, "deleteall\n");
	for (unsigned f = 0; f < FILES - 1; f++) {
		unsigned from = n ? parents[dice(seed, n)] : 0;

		/* 0 is absent. */
		state[i][f] = n ? state[from][f] : 0;
		if (dice(seed, 6) == 0)
			state[i][f] = dice(seed, CONTENTS);
		if (state[i][f])
			(void)fprintf(out, "M %s inline %s\ndata 1\n%u\n",
				state[i][f] == 2 && f == 3 ? "755" : "644",
				files[f], f == 3 ? 1 : state[i][f]);
	}
}

static void
make_history(struct fixture *f, enum clock_kind kind, uint64_t seed)
{
	static unsigned state[COMMITS][FILES];
	char name[LINE];
	FILE *out;

	sh(f, "git init -q . && rm -f stream");
	(void)snprintf(name, sizeof name, "%s/stream", f->dir);
	out = fopen(name, "w");
	assert_non_null(out);
	for (unsigned i = 0; i < COMMITS; i++)
		put_commit(out, state, i, kind, &seed);
	assert_int_equal(fclose(out), 0);
	(void)snprintf(name, sizeof name, "git fast-import --quiet --force "
		"<stream && git update-ref --no-deref HEAD refs/heads/c%d",
		COMMITS - 1);
	sh(f, name);
}

/* What git knows of all files at a revision (NULL: HEAD), walked from the
 * start or with an earlier answer. */
static struct past
ask(struct fixture *f, const char *revision, const struct past *before)
{
	struct history_dates *out = arena_array(&f->a, FILES, sizeof *out);
	struct text *paths = arena_array(&f->a, FILES, sizeof *paths);
	struct past p = { .paths = paths, .files = out, .count = FILES };
	struct history *h;

	for (int i = 0; i < FILES; i++)
		paths[i] = text_of(files[i]);
	assert_true(history_open(f->dir, revision, NULL, &h, &f->e));
	assert_non_null(h);
	assert_true(history_dates(h, &f->a, before, paths, FILES, out, &f->e));
	p.head = history_head(h);
	p.prefix = history_prefix(h);
	history_close(h);
	return p;
}

/* Each commit that git log lists, in its order. */
static void
compare_file(struct fixture *f, const char *file,
	const struct history_dates *d)
{
	char script[LINE], want[LINE];
	size_t n = 0;
	FILE *p;

	(void)snprintf(script, sizeof script, "cd '%s' && "
		"git log --format='%%H %%cI %%s' HEAD -- %s", f->dir, file);
	p = popen(script, "r");
	assert_non_null(p);
	while (fgets(want, sizeof want, p)) {
		const struct history_commit *c;

		want[strcspn(want, "\n")] = '\0';
		assert_true(n < d->latest_count);
		c = d->latest[n++];
		assert_string_equal(arena_printf(&f->a, "%s %s %s",
			hex_encode(&f->a, c->id.bytes, OBJECT_ID_BYTES).p,
			clock_iso(&f->a, c->date.utc_s, c->date.offset_minutes).p, c->subject.p).p, want);
	}
	(void)pclose(p);
	assert_int_equal(d->latest_count, n);
	assert_int_equal(d->count, n);
	assert_int_equal(d->known, n > 0);
	if (n == 0)
		return;
	assert_memory_equal(&d->last, &d->latest[0]->date, sizeof d->last);
	assert_memory_equal(&d->first, &d->latest[n - 1]->date,
		sizeof d->first);
}

static void
compare_with_git(struct fixture *f)
{
	struct past p = ask(f, NULL, NULL);

	for (int i = 0; i < FILES; i++)
		compare_file(f, files[i], &p.files[i]);
}

/* The answer as it comes back from its file, without some of the files. */
static struct past
kept(struct fixture *f, const struct past *p, uint64_t *seed)
{
	struct text *paths = arena_array(&f->a, FILES, sizeof *paths);
	struct history_dates *dates = arena_array(&f->a, FILES,
		sizeof *dates);
	struct past less = { p->head, p->prefix, paths, dates, 0 };
	struct past out;
	struct buf b;

	/* By path, and a few not yet asked for. */
	for (int i = 0; i < FILES; i++) {
		size_t at = less.count;

		if (dice(seed, 5) == 0)
			continue;
		for (; at && text_cmp(paths[at - 1], p->paths[i]) > 0; at--) {
			paths[at] = paths[at - 1];
			dates[at] = dates[at - 1];
		}
		paths[at] = p->paths[i];
		dates[at] = p->files[i];
		less.count++;
	}
	buf_init(&b, PAST_MAX);
	past_put(&b, &less);
	assert_true(past_parse(&f->a, arena_copy(&f->a, buf_view(&b)), &out));
	buf_release(&b);
	return out;
}

static void
assert_same(const struct history_dates *x, const struct history_dates *y)
{
	assert_int_equal(x->known, y->known);
	assert_int_equal(x->count, y->count);
	assert_int_equal(x->latest_count, y->latest_count);
	assert_memory_equal(&x->first, &y->first, sizeof x->first);
	assert_memory_equal(&x->last, &y->last, sizeof x->last);
	for (size_t i = 0; i < x->latest_count; i++) {
		assert_memory_equal(&x->latest[i]->id, &y->latest[i]->id,
			sizeof x->latest[i]->id);
		assert_true(text_eq(x->latest[i]->subject,
			y->latest[i]->subject));
	}
}

static void
commits_are_those_of_git_log(void **state)
{
	static const enum clock_kind kinds[] = {
		CLOCK_STEADY, CLOCK_ONE_SECOND, CLOCK_CROOKED
	};
	struct fixture *f = *state;

	for (uint64_t seed = 1; seed <= 12; seed++) {
		make_history(f, kinds[seed % 3], seed);
		compare_with_git(f);
	}
	/* Two ways to one commit meet, among commits of the same second. */
	make_history(f, CLOCK_ONE_SECOND, 118);
	compare_with_git(f);
}

/* Commits before HEAD, beside it (as after a rebase), and HEAD itself. */
static void
an_earlier_answer_gives_what_a_walk_from_the_start_gives(void **state)
{
	static const enum clock_kind kinds[] = {
		CLOCK_STEADY, CLOCK_ONE_SECOND, CLOCK_CROOKED
	};
	struct fixture *f = *state;

	for (uint64_t seed = 20; seed < 29; seed++) {
		uint64_t choice = seed;
		struct past whole;

		make_history(f, kinds[seed % 3], seed);
		whole = ask(f, NULL, NULL);
		for (int n = COMMITS - 1; n >= 0; n -= 4) {
			char old[LINE];
			struct past before, now;

			(void)snprintf(old, sizeof old, "c%d", n);
			before = ask(f, old, NULL);
			before = kept(f, &before, &choice);
			now = ask(f, NULL, &before);
			for (int i = 0; i < FILES; i++)
				assert_same(&now.files[i], &whole.files[i]);
		}
	}
}

enum { MANY = HISTORY_KEPT + 30 };

static void
put_many(struct fixture *f)
{
	char name[LINE];
	FILE *out;

	sh(f, "git init -q .");
	(void)snprintf(name, sizeof name, "%s/stream", f->dir);
	out = fopen(name, "w");
	assert_non_null(out);
	for (int i = 0; i < MANY; i++)
		(void)fprintf(out, "commit refs/heads/m\ncommitter A "
			"<a@b.example> %d +0100\ndata 4\nc%03d\n"
			"M 644 inline %s\ndata 3\n%03d\n",
			1700000000 + i, i, files[0], i);
	assert_int_equal(fclose(out), 0);
}

static void
of_many_commits_the_latest_are_kept_and_all_are_counted(void **state)
{
	struct fixture *f = *state;
	struct past half, whole, now;
	uint64_t seed = 1;

	put_many(f);
	sh(f, "git fast-import --quiet <stream && "
		"git update-ref --no-deref HEAD refs/heads/m");
	whole = ask(f, NULL, NULL);
	assert_int_equal(whole.files[0].count, MANY);
	assert_int_equal(whole.files[0].latest_count, HISTORY_KEPT);
	assert_true(text_is(whole.files[0].latest[0]->subject, "c129"));
	assert_int_equal(whole.files[0].first.utc_s, 1700000000);
	half = ask(f, "HEAD~70", NULL);
	assert_int_equal(half.files[0].count, MANY - 70);
	half = kept(f, &half, &seed);
	now = ask(f, NULL, &half);
	assert_same(&now.files[0], &whole.files[0]);
}

static void
a_site_below_the_top_of_its_repository_has_dates(void **state)
{
	struct fixture *f = *state;
	struct text path = text_of("content/a.md");
	struct history_dates d;
	struct history *h;
	char dir[LINE];

	sh(f, "git init -q . && mkdir -p under/site/content content && "
		"echo 1 >under/site/content/a.md && git add . && "
		"GIT_COMMITTER_DATE='1700000000 +0200' git -c user.name=A "
		"-c user.email=a@b.example commit -qm x && "
		"echo 2 >content/a.md && git add . && "
		"git -c user.name=A -c user.email=a@b.example commit -qm y");
	(void)snprintf(dir, sizeof dir, "%s/under/site", f->dir);
	assert_true(history_open(dir, NULL, NULL, &h, &f->e));
	assert_true(history_dates(h, &f->a, NULL, &path, 1, &d, &f->e));
	assert_true(d.known);
	assert_string_equal(clock_iso(&f->a, d.last.utc_s, d.last.offset_minutes).p,
		"2023-11-15T00:13:20+02:00");
	history_close(h);
}

static void
files_are_read_as_the_commit_has_them(void **state)
{
	struct fixture *f = *state;
	struct history *h;
	struct text *paths;
	struct text t;
	size_t n;

	sh(f, "git init -q . && mkdir -p content/b && echo 1 >content/a.md && "
		"echo 2 >content/b/c.md && echo 0 >top && git add . && git "
		"-c user.name=A -c user.email=a@b.example commit -qm x && "
		"git tag v1 && "
		"echo 3 >content/a.md && git -c user.name=A "
		"-c user.email=a@b.example commit -qam y && rm -r content");
	assert_true(history_open(f->dir, "v1", NULL, &h, &f->e));
	assert_true(history_list(h, &f->a, "content", &paths, &n, &f->e));
	assert_int_equal(n, 2);
	assert_true(text_is(paths[0], "content/a.md"));
	assert_true(text_is(paths[1], "content/b/c.md"));
	assert_true(history_read(h, &f->a, "content/a.md", 10, &t, &f->e));
	assert_true(text_is(t, "1\n"));
	assert_true(history_has(h, "content/b/c.md"));
	assert_false(history_has(h, "content/b"));
	assert_false(history_has(h, "content/d.md"));
	/* From directory to directory, also to those that are none. */
	assert_false(history_has(h, "content/a.md/b"));
	assert_false(history_has(h, "nowhere/a.md"));
	assert_true(history_has(h, "content/a.md"));
	assert_true(history_has(h, "content/b/c.md"));
	assert_true(history_has(h, "top"));
	assert_false(history_has(h, "a.md"));
	assert_true(history_has(h, "content/a.md"));
	assert_false(history_read(h, &f->a, "content/a.md", 1, &t, &f->e));
	assert_string_equal(f->e.text, "content/a.md: is larger than 1 bytes");
	assert_false(history_read(h, &f->a, "content/d.md", 1, &t, &f->e));
	assert_string_equal(f->e.text,
		"content/d.md: no such file in the commit");
	assert_true(history_list(h, &f->a, "forms", &paths, &n, &f->e));
	assert_int_equal(n, 0);
	history_close(h);
	assert_false(history_open(f->dir, "v2", NULL, &h, &f->e));
	assert_string_equal(f->e.text, "git: there is no commit \"v2\"");
}

/* Each line is done to a work tree that is as committed. */
static const struct {
	const char *script;
	const char *changed; /* NULL: nothing */
} changes[] = {
	{ "true", NULL },
	{ "touch site/content/a.md", NULL },
	{ "echo 2 >site/content/a.md", "content/a.md" },
	{ "chmod 755 site/content/a.md", NULL },
	{ "sleep 0.02; echo 3 >site/content/a.md", "content/a.md" },
	{ "sleep 0.02; git status -s; echo 3 >site/content/a.md",
		"content/a.md" },
	{ "cp site/content/a.md x; mv x site/content/a.md", NULL },
	{ "rm site/content/b/c.md", "content/b/c.md" },
	{ "echo 2 >site/content/b/d.md", "content/b/d.md" },
	{ "echo 2 >site/content/n.tmp", "content/n.tmp" },
	{ "mkdir site/content/e && echo 2 >site/content/e/n.tmp",
		"content/e/n.tmp" },
	/* What counts is the file, not what is staged. */
	{ "git rm -q --cached site/content/a.md", NULL },
	{ "git mv site/content/a.md site/content/z.md", "content/a.md" },
	{ "echo 2 >site/content/a.md && git add . && "
		"echo 1 >site/content/a.md", NULL },
	{ "echo 2 >site/content/a.md && git add . && git -c user.name=A "
		"-c user.email=a@b.example commit -qm y && "
		"echo 1 >site/content/a.md", "content/a.md" },
	{ "rm site/content/b/c.md && ln -s ../a.md site/content/b/c.md && "
		"git add . && git -c user.name=A -c user.email=a@b.example "
		"commit -qm y && rm site/content/b/c.md && "
		"echo 2 >site/content/b/c.md", "content/b/c.md" },
	{ "echo 2 >site/other", NULL },
	{ "mkdir content && echo 2 >content/a.md", NULL },
	{ "mkdir site/content2 && echo 2 >site/content2/a.md", NULL },
};

static void
what_is_not_as_committed_is_named(void **state)
{
	struct fixture *f = *state;
	char root[LINE];

	(void)snprintf(root, sizeof root, "%s/site", f->dir);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		struct history_file there[CHANGED_MAX] = { 0 };
		struct text *paths, first;
		struct source s;
		size_t n;

		sh(f, "rm -rf .git .gitignore site content && git init -q . "
			"&& mkdir -p site/content/b && cd site && "
			"echo 1 >content/a.md && echo 2 >content/b/c.md && "
			"echo '*.tmp' >../.gitignore && git add .. && git "
			"-c user.name=A -c user.email=a@b.example "
			"commit -qm x");
		sh(f, changes[i].script);
		assert_true(source_open(&f->a, root, NULL, &s, &f->e));
		assert_true(source_open_history(&s, NULL, &f->e));
		assert_true(source_list(&s, "content", &paths, &n, &f->e));
		assert_true(n <= CHANGED_MAX);
		for (size_t k = 0; k < n; k++)
			there[k].path = paths[k];
		assert_true(history_differs(s.history, "content", there, n,
			source_takes, &first, &f->e));
		if ((first.len > 0) != (changes[i].changed != NULL) ||
			(first.len && !text_is(first, changes[i].changed)))
			fail_msg("%s: %s", changes[i].script,
				first.len ? first.p : "nothing");
		/* One at a time says the same, as far as that one. */
		for (size_t k = 0; k < n; k++) {
			int c = first.len ? text_cmp(paths[k], first) : -1;
			bool differs;

			assert_true(history_file_differs(s.history, &there[k],
				&differs, &f->e));
			if (c <= 0 && differs != (c == 0))
				fail_msg("%s: %s", changes[i].script,
					paths[k].p);
		}
		source_close(&s);
	}
}

/* HEAD is where it was when the history was opened. */
static void
when_head_moves_the_commit_before_is_compared_with(void **state)
{
	struct fixture *f = *state;
	struct history_file there = { .path = { "content/a.md", 12 } };
	struct history *h;
	struct text first;

	sh(f, "git init -q . && mkdir content && echo 1 >content/a.md && "
		"git add . && git -c user.name=A -c user.email=a@b.example "
		"commit -qm x");
	assert_true(history_open(f->dir, NULL, NULL, &h, &f->e));
	sh(f, "git -c user.name=A -c user.email=a@b.example commit -q "
		"--allow-empty -m y");
	assert_true(history_differs(h, "content", &there, 1, source_takes,
		&first, &f->e));
	assert_int_equal(first.len, 0);
	sh(f, "echo 2 >content/a.md && git -c user.name=A "
		"-c user.email=a@b.example commit -qam z");
	assert_true(history_differs(h, "content", &there, 1, source_takes,
		&first, &f->e));
	assert_true(text_is(first, "content/a.md"));
	history_close(h);
}

static void
outside_git_or_before_the_first_commit_there_is_no_history(void **state)
{
	struct fixture *f = *state;
	struct history *h;

	assert_true(history_open(f->dir, NULL, NULL, &h, &f->e));
	assert_null(h);
	assert_false(history_open(f->dir, "main", NULL, &h, &f->e));
	assert_int_equal(f->e.kind, ERR_USAGE);
	sh(f, "git init -q .");
	assert_true(history_open(f->dir, NULL, NULL, &h, &f->e));
	assert_null(h);
}

static void
a_shallow_clone_is_refused(void **state)
{
	struct fixture *f = *state;
	struct history *h;
	char dir[LINE];

	make_history(f, CLOCK_STEADY, 1);
	sh(f, "git clone -q --depth 2 --branch c69 \"file://$PWD\" thin "
		"2>/dev/null");
	(void)snprintf(dir, sizeof dir, "%s/thin", f->dir);
	assert_false(history_open(dir, NULL, NULL, &h, &f->e));
	assert_string_equal(f->e.text, "git: this is a shallow clone, so the "
		"pages' dates would be wrong: git fetch --unshallow");
	assert_null(h);
}

static void
a_repository_of_another_owner_is_refused_with_what_to_do(void **state)
{
	struct fixture *f = *state;
	struct history *h;
	char want[2 * LINE];

	if (geteuid() != 0)
		skip();
	make_history(f, CLOCK_STEADY, 1);
	sh(f, "chown -R 65534 .");
	assert_false(history_open(f->dir, NULL, NULL, &h, &f->e));
	(void)snprintf(want, sizeof want, "git: %s belongs to another user; "
		"if you trust it: git config --global --add safe.directory %s",
		f->dir, f->dir);
	assert_string_equal(f->e.text, want);
}

static void
a_symbolic_link_in_the_commit_is_refused(void **state)
{
	struct fixture *f = *state;
	struct history *h;
	struct text *paths;
	size_t n;

	sh(f, "git init -q . && mkdir content && ln -s /etc/passwd "
		"content/a.md && git add . && git -c user.name=A "
		"-c user.email=a@b.example commit -qm x");
	assert_true(history_open(f->dir, "HEAD", NULL, &h, &f->e));
	assert_false(history_list(h, &f->a, "content", &paths, &n, &f->e));
	assert_string_equal(f->e.text, "content/a.md: is a symbolic link");
	assert_false(history_has(h, "content/a.md"));
	history_close(h);
}

static void
a_subject_is_one_line_that_is_safe_to_show(void **state)
{
	static const struct {
		const char *message;
		const char *subject;
	} rows[] = {
		{ "Rättar numret\n", "Rättar numret" },
		{ "Rättar\nnumret\n\nFör att.\n", "Rättar numret" },
		{ "\n \n\n  a  \r\n b\n", "a b" },
		{ "a\tb", "a b" },
		{ "", "" },
		{ "\n\n", "" },
		{ "\033[31mröd", "\uFFFD[31mröd" },
		{ "\u202Evänd", "\uFFFDvänd" },
		{ "\xFF\xC3", "\uFFFD\uFFFD" },
		{ "\xEF\xBF\xBE!", "\uFFFD!" },
		{ "<b>&\"", "<b>&\"" },
	};
	struct fixture *f = *state;
	char *longest = test_calloc(1, 1000);
	struct text t;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(history_subject(&f->a,
			text_of(rows[i].message)).p, rows[i].subject);
	memset(longest, 'x', 999);
	t = history_subject(&f->a, text_of(longest));
	assert_int_equal(t.len, HISTORY_SUBJECT - 1 + 3);
	assert_true(text_ends(t, "x\u2026"));
	longest[HISTORY_SUBJECT] = '\0';
	assert_string_equal(history_subject(&f->a, text_of(longest)).p,
		longest);
	test_free(longest);
}

static const char whole_past[] = "blankett history v1\n"
	"head 0101010101010101010101010101010101010101\nroot \n"
	"commit 0202020202020202020202020202020202020202 17 -60 x y\n"
	"file 1 1 17 -60 0 content/a.md\n"
	"file 0 0 0 0 content/b.md\n";

/* Is this a past, with a hash that holds? */
static bool
is_past(struct fixture *f, struct text lines)
{
	struct hash h = hash_bytes(lines);
	struct past p;

	return past_parse(&f->a, arena_printf(&f->a, "%.*shash %s\n",
		(int)lines.len, lines.p,
		hex_encode(&f->a, h.b, HASH_BYTES).p), &p);
}

static void
a_harmed_answer_counts_as_none(void **state)
{
	struct fixture *f = *state;
	struct text good = text_of(whole_past);
	struct hash h = hash_bytes(good);
	struct text all = arena_printf(&f->a, "%shash %s\n", whole_past,
		hex_encode(&f->a, h.b, HASH_BYTES).p);
	struct past p;

	assert_true(past_parse(&f->a, all, &p));
	assert_int_equal(p.count, 2);
	assert_true(past_find(&p, text_of("content/a.md"))->known);
	assert_false(past_find(&p, text_of("content/b.md"))->known);
	assert_null(past_find(&p, text_of("content/c.md")));
	for (size_t i = 0; i < all.len; i++) {
		struct text harmed = arena_copy(&f->a, all);

		((char *)(uintptr_t)harmed.p)[i] ^= 1;
		assert_false(past_parse(&f->a, harmed, &p));
		assert_false(past_parse(&f->a, text_sub(all, 0, i), &p));
	}
	assert_false(past_parse(&f->a, arena_printf(&f->a, "%s\n", all.p),
		&p));
}

static void
a_line_that_cannot_be_counts_as_none(void **state)
{
	static const char *const rows[][2] = {
		{ "v1", "v2" },
		{ "head 01", "head 0" },
		{ "head", "heed" },
		{ "root ", "root" },
		{ "commit 02", "commit zz" },
		{ " 17 -60 x", " 17" },
		{ "-60 x y", "-6000 x y" },
		{ "file 1 1 17", "file 2 1 17" },
		{ "file 1 1 17", "file 101 101 17" },
		{ "file 1 1 17", "file -1 1 17" },
		{ "file 1 1 17", "file 1 1 17x" },
		{ "60 0 content/a", "60 1 content/a" },
		{ "60 0 content/a", "60 -1 content/a" },
		{ "60 0 content/a", "60 content/a" },
		{ "content/b", "content/a" },
		{ "content/b.md", "" },
		{ "file 0", "commit 0" },
	};
	struct fixture *f = *state;

	assert_true(is_past(f, text_of(whole_past)));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct text good = text_of(whole_past);
		size_t at = text_search(good, rows[i][0]);

		assert_true(at < good.len);
		assert_false(is_past(f, arena_printf(&f->a, "%.*s%s%s",
			(int)at, good.p, rows[i][1],
			good.p + at + strlen(rows[i][0]))));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(commits_are_those_of_git_log,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			an_earlier_answer_gives_what_a_walk_from_the_start_gives,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			of_many_commits_the_latest_are_kept_and_all_are_counted,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_subject_is_one_line_that_is_safe_to_show,
			setup, teardown),
		cmocka_unit_test_setup_teardown(a_harmed_answer_counts_as_none,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_line_that_cannot_be_counts_as_none,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_site_below_the_top_of_its_repository_has_dates,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			files_are_read_as_the_commit_has_them,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			outside_git_or_before_the_first_commit_there_is_no_history,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_is_not_as_committed_is_named, setup, teardown),
		cmocka_unit_test_setup_teardown(
			when_head_moves_the_commit_before_is_compared_with,
			setup, teardown),
		cmocka_unit_test_setup_teardown(a_shallow_clone_is_refused,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_repository_of_another_owner_is_refused_with_what_to_do,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_symbolic_link_in_the_commit_is_refused,
			setup, teardown),
	};

	return cmocka_run_group_tests_name("site/history", tests, NULL, NULL);
}
