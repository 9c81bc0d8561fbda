/* answer: renders a page of the journey and forgets it. */
#include "intake/answer.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "intake/messages.h"
#include "base/banned.h"

enum { PAGE_MAX = 4 * 1024 * 1024 };

const char answer_cache_step[] = "private, no-cache";
const char answer_cache_receipt[] = "no-store";

void
answer_message(const struct intake *in, const struct request *rq,
	struct response *rs, int status)
{
	messages_answer(in->messages, status, MESSAGE_PLAIN, rq->path, rs);
}

void
answer_page(const struct intake *in, struct request *rq, struct response *rs,
	const char *name, const struct value *data, int status,
	const char *cache)
{
	struct err e = { 0 };
	struct buf b;

	buf_init_wipe(&b, PAGE_MAX);
	if (!theme_render(in->config.theme, name, data, &b, &e)) {
		/* The message names template and line, never the data. */
		log_error("template", "fault=\"%s\"", e.text);
		answer_message(in, rq, rs, 503);
	} else {
		response_init(rs);
		rs->status = status;
		rs->cache = cache;
		rs->content_type = "text/html; charset=utf-8";
		rs->body = arena_copy(rq->arena, buf_view(&b));
	}
	buf_release(&b);
}

void
answer_file(const struct intake *in, struct request *rq, struct response *rs,
	const char *name, const struct value *data, struct text file_name)
{
	answer_page(in, rq, rs, name, data, 200, answer_cache_receipt);
	if (rs->status == 200)
		response_add(rs, "Content-Disposition", arena_printf(rq->arena,
			"attachment; filename=\"%.*s\"", (int)file_name.len,
			file_name.p));
}

struct text
answer_lang(struct text path)
{
	return text_of(text_starts(path, "/en/") ? "en" : "sv");
}

struct value *
answer_time(struct arena *a, int64_t utc_s, struct text lang)
{
	struct value *map = value_map(a);

	value_set_str(a, map, "iso", clock_rfc3339(a, utc_s));
	value_set_str(a, map, "text", clock_time_words(a, utc_s, lang));
	return map;
}

struct value *
answer_extend(struct arena *a, const struct value *map)
{
	struct value *out = value_map(a);

	for (const struct value_item *i = map->first; i; i = i->next)
		(void)value_set_text(a, out, i->key, i->value);
	return out;
}
