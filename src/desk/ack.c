/* ack: tells the queue that cases lie safe here, so that it may delete. */
#include "desk/ack.h"

#include "base/clock.h"
#include "base/json.h"
#include "desk/casefile.h"
#include "base/banned.h"

enum { ANSWER_MAX = 4096 };

static bool
still_opens(struct store *s, const struct keyring *ring,
	const struct store_case *c, struct err *e)
{
	struct arena a;
	struct text envelope;
	struct casefile file;
	struct err why;
	bool ok;

	arena_init(&a, true);
	ok = store_get(s, c, &a, &envelope, e);
	if (ok && !casefile_open(&a, envelope, ring, &file, &why))
		ok = err_set(e, why.kind, "%s: %s; it is not acknowledged",
			hex_encode(&a, c->subid, SUBID_BYTES).p, why.text);
	arena_release(&a);
	return ok;
}

/* The server answers {"acknowledged":N}; what else it says is a fault. */
static bool
check_answer(const struct buf *b, size_t n, struct err *e)
{
	struct arena a;
	struct value *v;
	int64_t count;
	bool ok;

	arena_init(&a, false);
	ok = json_parse(&a, "the server's answer", buf_view(b), &v, e) &&
		(text_to_int(value_get_text(v, "acknowledged"), 0, (int64_t)n,
			&count) || err_set(e, ERR_FORMAT,
			"the server did not say what it acknowledged"));
	arena_release(&a);
	return ok;
}

static bool
send(struct store *s, struct fetch *f, struct store_case *const cases[],
	size_t n, struct err *e)
{
	int64_t now = clock_now_s();
	struct buf body;
	struct buf answer;
	struct buf lines;
	bool ok;

	buf_init(&body, (size_t)QUEUE_ACK_MAX * SUBID_BYTES);
	buf_init(&answer, ANSWER_MAX);
	buf_init(&lines, STORE_JOURNAL_MAX);
	for (size_t i = 0; i < n; i++) {
		buf_put(&body, cases[i]->subid, SUBID_BYTES);
		store_say_done(&lines, cases[i], now);
	}
	ok = fetch_post(f, "/api/v1/ack", buf_view(&body), &answer, e) &&
		check_answer(&answer, n, e) &&
		store_journal(s, buf_view(&lines), e);
	buf_release(&body);
	buf_release(&answer);
	buf_release(&lines);
	return ok;
}

/* What was read from the disk could still be in memory only: it is made
 * durable before the server is told that it may forget. */
bool
ack_cases(struct store *s, struct fetch *f, const struct keyring *ring,
	struct store_case *const cases[], size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (!still_opens(s, ring, cases[i], e))
			return false;
	if (!store_flush(s, e))
		return false;
	for (size_t i = 0; i < n; i += QUEUE_ACK_MAX)
		if (!send(s, f, cases + i, n - i < QUEUE_ACK_MAX ? n - i
			: QUEUE_ACK_MAX, e))
			return false;
	return true;
}
