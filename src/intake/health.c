/* health: names what is wrong, and nothing more. */
#include "intake/health.h"

#include "base/clock.h"
#include "intake/intake.h"
#include "base/banned.h"

void
health(void *context, struct request *rq, struct response *rs)
{
	struct intake *in = context;
	const struct intake_config *c = &in->config;
	int64_t now_s = clock_now_s();
	struct queue_head head = { 0 };
	struct err e = { 0 };
	bool queue = queue_head(c->queue, &head, &e);
	bool keyset = keyset_is_valid_on(c->keyset, date_of(now_s));
	bool disk = guard_has_disk(c->guard);
	bool clock = !queue || head.time_s <= now_s;

	rs->content_type = "text/plain; charset=utf-8";
	if (queue && keyset && disk && clock) {
		rs->body = text_of("ok\n");
		return;
	}
	rs->status = 503;
	rs->body = arena_printf(rq->arena, "%s%s%s%s",
		keyset ? "" : "keyset\n", queue ? "" : "queue\n",
		disk ? "" : "disk\n", clock ? "" : "clock\n");
}
