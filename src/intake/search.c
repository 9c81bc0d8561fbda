/* search: "/sok/?q=..." answered from memory. */
#include "intake/search.h"

#include "base/log.h"
#include "http/postdata.h"
#include "intake/answer.h"
#include "intake/intake.h"
#include "base/banned.h"

/* The query is written as a form is posted (WHATWG URL 5.1); one that is not
 * asks for nothing. */
static bool
read_query(const struct request *rq, struct text *query)
{
	struct postdata fields;
	struct err ignored = { 0 };

	*query = (struct text){ "", 0 };
	if (text_trim(rq->query).len == 0)
		return false;
	if (!postdata_parse(rq->arena,
		text_of("application/x-www-form-urlencoded"), rq->query,
		&fields, &ignored))
		return true;
	*query = postdata_get(&fields, "q");
	return text_trim(*query).len > 0;
}

/* The built page, which lists the whole site. */
static void
show_all(struct intake *in, struct request *rq, struct response *rs)
{
	if (!pages_answer(in->config.pages, rq, rs))
		answer_message(in, rq, rs, 404);
}

void
search_answer(void *context, struct request *rq, struct response *rs)
{
	struct intake *in = context;
	const struct intake_config *c = &in->config;
	struct value *data;
	struct text query;
	struct err e = { 0 };

	/* A site without the page has no search either. */
	if (!c->search || !pages_has(c->pages, rq->path) ||
		!read_query(rq, &query)) {
		show_all(in, rq, rs);
		return;
	}
	if (!c->search(c->context, rq->arena, answer_lang(rq->path), rq->path,
			query, &data, &e)) {
		log_error("search", "fault=\"%s\"", e.text);
		answer_message(in, rq, rs, 503);
		return;
	}
	if (!data) {
		show_all(in, rq, rs);
		return;
	}
	answer_page(in, rq, rs, "search", data, 200, answer_cache_receipt);
	response_add(rs, "X-Robots-Tag", text_of("noindex"));
}
