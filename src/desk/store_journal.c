/*
 * store_journal: what was done to cases here, one JSON map a line.
 *
 *     {"looked":SUBID,"opens":true,"valid":true,"form":"synpunkt",
 *      "reference":"SYN-7KQ4-M2XD","answer_days":10,"retain_days":90}
 *     {"done":SUBID,"time":1795352709}
 *     {"purged":SUBID,"time":1795352709}
 *
 * Never a name or an answer.  A later line overrides an earlier one.
 */
#include "desk/store.h"

#include "base/fs.h"
#include "base/json.h"
#include "base/banned.h"

static const char *
journal_path(struct store *s)
{
	return fs_join(&s->a, s->dir, "journal");
}

static void
put_line(struct buf *lines, const struct value *v)
{
	json_put(lines, v);
	buf_char(lines, '\n');
}

static struct value *
line_about(struct arena *a, const char *what, const struct store_case *c)
{
	struct value *v = value_map(a);

	value_set_str(a, v, what, hex_encode(a, c->subid, SUBID_BYTES));
	return v;
}

void
store_say_looked(struct buf *lines, const struct store_case *c)
{
	struct arena a;
	struct value *v;

	arena_init(&a, false);
	v = line_about(&a, "looked", c);
	value_set_bool(&a, v, "opens", c->opens);
	value_set_bool(&a, v, "valid", c->valid);
	value_set_str(&a, v, "form", c->form);
	value_set_str(&a, v, "reference", c->reference);
	(void)value_set(&a, v, "answer_days", value_int(&a, c->answer_days));
	(void)value_set(&a, v, "retain_days", value_int(&a, c->retain_days));
	put_line(lines, v);
	arena_release(&a);
}

static void
say_time(struct buf *lines, const char *what, const struct store_case *c,
	int64_t now_s)
{
	struct arena a;
	struct value *v;

	arena_init(&a, false);
	v = line_about(&a, what, c);
	(void)value_set(&a, v, "time", value_int(&a, now_s));
	put_line(lines, v);
	arena_release(&a);
}

void
store_say_done(struct buf *lines, const struct store_case *c, int64_t now_s)
{
	say_time(lines, "done", c, now_s);
}

void
store_say_purged(struct buf *lines, const struct store_case *c, int64_t now_s)
{
	say_time(lines, "purged", c, now_s);
}

/* The number under key, 0 if there is none. */
static int64_t
number(const struct value *v, const char *key)
{
	int64_t n;

	return text_to_int(value_get_text(v, key), 0, INT64_MAX, &n) ? n : 0;
}

static void
apply_looked(struct store *s, const struct value *v, struct store_case *c)
{
	c->looked = true;
	c->opens = value_get_bool(v, "opens");
	c->valid = value_get_bool(v, "valid");
	c->form = arena_copy(&s->a, value_get_text(v, "form"));
	c->reference = arena_copy(&s->a, value_get_text(v, "reference"));
	c->answer_days = number(v, "answer_days");
	c->retain_days = number(v, "retain_days");
}

/* The case that v tells of under `what`; NULL if it tells of none. */
static struct store_case *
about(struct store *s, const struct value *v, const char *what)
{
	unsigned char subid[SUBID_BYTES];

	if (!hex_decode(value_get_text(v, what), subid, sizeof subid))
		return NULL;
	return store_find(s, subid);
}

static bool
apply_line(struct store *s, struct text line, struct err *e)
{
	struct arena a;
	struct value *v;
	struct store_case *c;
	bool ok;

	arena_init(&a, false);
	ok = json_parse(&a, journal_path(s), line, &v, e);
	if (ok) {
		if ((c = about(s, v, "looked")) != NULL)
			apply_looked(s, v, c);
		/* The queue's own word about when comes first. */
		if ((c = about(s, v, "done")) != NULL && c->done_s == 0)
			c->done_s = number(v, "time");
		if ((c = about(s, v, "purged")) != NULL)
			c->purged_s = number(v, "time");
	}
	arena_release(&a);
	return ok;
}

static bool
apply_lines(struct store *s, struct text lines, struct err *e)
{
	struct text line;

	while (text_line(&lines, &line))
		if (!apply_line(s, line, e))
			return false;
	return true;
}

bool
store_journal_load(struct store *s, struct err *e)
{
	const char *path = journal_path(s);
	struct text all;
	struct text whole;

	if (!fs_exists(path))
		return true;
	if (!fs_read(&s->a, path, STORE_JOURNAL_MAX, &all, e))
		return false;
	whole = all;
	while (whole.len && whole.p[whole.len - 1] != '\n')
		whole.len--;
	/* A last line without its end is what a crash leaves. */
	if (whole.len < all.len && s->lock >= 0 &&
		!fs_replace(path, 0600, whole, e))
		return false;
	return apply_lines(s, whole, e);
}

bool
store_journal(struct store *s, struct text lines, struct err *e)
{
	return lines.len == 0 ||
		(fs_append(journal_path(s), 0600, lines, e) &&
			apply_lines(s, lines, e));
}
