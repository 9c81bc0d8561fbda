/* purge: removes what has been dealt with and kept for long enough. */
#include "desk/purge.h"

#include "base/banned.h"

enum { DAY_S = 24 * 60 * 60 };

/* When a case's time is over, seconds UTC; 0 if it is not known. */
static int64_t
due_s(const struct store_case *c)
{
	if (c->done_s == 0 || c->retain_days == 0)
		return 0;
	return c->done_s + c->retain_days * DAY_S;
}

/* The journal first: a case that it calls purged is not asked for again,
 * also when removing its envelope is left for the next time. */
static bool
purge_case(struct store *s, struct store_case *c, int64_t now_s,
	struct err *e)
{
	struct buf line;
	bool ok;

	buf_init(&line, STORE_JOURNAL_MAX);
	store_say_purged(&line, c, now_s);
	ok = store_journal(s, buf_view(&line), e) && store_remove(s, c, e);
	buf_release(&line);
	return ok;
}

bool
purge_store(struct store *s, int64_t now_s, struct purge *p, struct err *e)
{
	*p = (struct purge){ 0 };
	for (size_t i = 0; i < s->case_count; i++) {
		struct store_case *c = s->cases[i];

		if (!c->stored || c->done_s == 0)
			continue;
		if (due_s(c) == 0) {
			p->undated++;
		} else if (due_s(c) > now_s) {
			p->waiting++;
		} else {
			if (!purge_case(s, c, now_s, e))
				return false;
			p->removed++;
		}
	}
	return true;
}
