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
#include "site/history.h"

enum { FILES = 14, COMMITS = 70, CONTENTS = 3, LINE = 256 };

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

static void
ask(const struct fixture *f, const char *script, char out[LINE])
{
	char line[2 * LINE];
	FILE *p;

	assert_true(snprintf(line, sizeof line, "cd '%s' && %s", f->dir,
		script) < (int)sizeof line);
	p = popen(line, "r");
	assert_non_null(p);
	if (!fgets(out, LINE, p))
		out[0] = '\0';
	out[strcspn(out, "\n")] = '\0';
	(void)pclose(p);
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
		"<a@b.example> %ld %c%02u%02u\ndata 1\nx\n", i, i + 1,
		time_of(kind, seed, i), i % 2 ? '+' : '-', i / 60, i % 60);
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

static void
compare_with_git(struct fixture *f)
{
	struct history_dates dates[FILES];
	struct text paths[FILES];
	struct history *h;

	for (int i = 0; i < FILES; i++)
		paths[i] = text_of(files[i]);
	assert_true(history_open(f->dir, NULL, &h, &f->e));
	assert_non_null(h);
	assert_true(history_dates(h, paths, FILES, dates, &f->e));
	for (int i = 0; i < FILES; i++) {
		char script[LINE], want[LINE];

		(void)snprintf(script, sizeof script,
			"git log -1 --format=%%cI HEAD -- %s", files[i]);
		ask(f, script, want);
		assert_int_equal(dates[i].known, want[0] != '\0');
		if (!dates[i].known)
			continue;
		assert_string_equal(history_iso(&f->a, dates[i].last).p, want);
		(void)snprintf(script, sizeof script,
			"git log --format=%%cI --reverse HEAD -- %s", files[i]);
		ask(f, script, want);
		assert_string_equal(history_iso(&f->a, dates[i].first).p,
			want);
	}
	history_close(h);
}

static void
dates_are_those_of_git_log(void **state)
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
	assert_true(history_open(dir, NULL, &h, &f->e));
	assert_true(history_dates(h, &path, 1, &d, &f->e));
	assert_true(d.known);
	assert_string_equal(history_iso(&f->a, d.last).p,
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
		"echo 2 >content/b/c.md && git add . && git -c user.name=A "
		"-c user.email=a@b.example commit -qm x && git tag v1 && "
		"echo 3 >content/a.md && git -c user.name=A "
		"-c user.email=a@b.example commit -qam y && rm -r content");
	assert_true(history_open(f->dir, "v1", &h, &f->e));
	assert_true(history_list(h, &f->a, "content", &paths, &n, &f->e));
	assert_int_equal(n, 2);
	assert_true(text_is(paths[0], "content/a.md"));
	assert_true(text_is(paths[1], "content/b/c.md"));
	assert_true(history_read(h, &f->a, "content/a.md", 10, &t, &f->e));
	assert_true(text_is(t, "1\n"));
	assert_true(history_has(h, "content/b/c.md"));
	assert_false(history_has(h, "content/b"));
	assert_false(history_has(h, "content/d.md"));
	assert_false(history_read(h, &f->a, "content/a.md", 1, &t, &f->e));
	assert_string_equal(f->e.text, "content/a.md: is larger than 1 bytes");
	assert_false(history_read(h, &f->a, "content/d.md", 1, &t, &f->e));
	assert_string_equal(f->e.text,
		"content/d.md: no such file in the commit");
	assert_true(history_list(h, &f->a, "forms", &paths, &n, &f->e));
	assert_int_equal(n, 0);
	history_close(h);
	assert_false(history_open(f->dir, "v2", &h, &f->e));
	assert_string_equal(f->e.text, "git: there is no commit \"v2\"");
}

static void
outside_git_or_before_the_first_commit_there_is_no_history(void **state)
{
	struct fixture *f = *state;
	struct history *h;

	assert_true(history_open(f->dir, NULL, &h, &f->e));
	assert_null(h);
	assert_false(history_open(f->dir, "main", &h, &f->e));
	assert_int_equal(f->e.kind, ERR_USAGE);
	sh(f, "git init -q .");
	assert_true(history_open(f->dir, NULL, &h, &f->e));
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
	assert_false(history_open(dir, NULL, &h, &f->e));
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
	assert_false(history_open(f->dir, NULL, &h, &f->e));
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
	assert_true(history_open(f->dir, "HEAD", &h, &f->e));
	assert_false(history_list(h, &f->a, "content", &paths, &n, &f->e));
	assert_string_equal(f->e.text, "content/a.md: is a symbolic link");
	assert_false(history_has(h, "content/a.md"));
	history_close(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(dates_are_those_of_git_log,
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
