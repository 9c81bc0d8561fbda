/*
 * tests of intake: the journey of a form, with a theme small enough to see
 * what each page was given.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "intake/intake.h"
#include "queue/entry.h"
#include "seal/hash.h"
#include "seal/keyfile.h"
#include "seal/receipt.h"
#include "seal/unseal.h"
#include "view/formview.h"

static const char form_file[] =
	"---\n"
	"title: Synpunkt\n"
	"description: En synpunkt\n"
	"to: kundcenter\n"
	"prefix: SYN\n"
	"pages: one\n"
	"answer-within: 10 working days\n"
	"retain: 90 days\n"
	"controller: Nämnden\n"
	"legal-basis: Uppgift av allmänt intresse\n"
	"---\n"
	"## Din synpunkt\n"
	"\n"
	"### meddelande: Vad vill du säga?\n"
	"type: long-text\n"
	"max: 100\n"
	"used-for: förstå\n"
	"\n"
	"### svar: Vill du ha svar?\n"
	"type: yes-no\n"
	"optional\n"
	"used-for: veta\n"
	"\n"
	"### epost: Vilken adress?\n"
	"type: email\n"
	"show-if: svar = ja\n"
	"used-for: svara\n";

#define ANSWERS "{{#answers}}{{#rows}}({{id}}={{value}}){{/rows}}" \
	"{{/answers}}"
#define HIDDEN "{{#hidden}}[{{name}}={{value}}]{{/hidden}}"

struct named {
	const char *path;
	const char *source;
};

static const struct named theme_files[] = {
	{ "theme.yaml", "name: test\nversion: 1\n" },
	{ "text/sv.yaml", "not_answered: none\nmode_0: m\n"
		"message_closed_title: closed\nmessage_closed_lead: ring\n"
		"message_503_title: t503\nmessage_503_lead: l503\n"
		"state_received: mottagen\n" },
	{ "templates/form.mustache", "form {{is_error}}"
		"{{#errors}}<{{id}}>{{/errors}}{{#form.sections}}"
		"{{#questions}}({{id}}={{value}}){{/questions}}"
		"{{/form.sections}}" HIDDEN },
	{ "templates/check.mustache", "check " ANSWERS HIDDEN },
	{ "templates/receipt.mustache", "receipt {{receipt.reference}} "
		"{{receipt.code}} {{receipt.received.iso}} {{receipt.hash}} "
		"{{#receipt.answer_by}}{{iso}}{{/receipt.answer_by}} "
		"{{receipt.url}}" HIDDEN },
	{ "templates/conflict.mustache", "conflict {{receipt.reference}}"
		HIDDEN },
	{ "templates/copy.mustache", "copy " ANSWERS },
	{ "templates/receipt-file.mustache", "file {{receipt.reference}}\n"
		"{{note}}" },
	{ "templates/svar.mustache", "svar {{error}}{{#case}}{{state}} "
		"{{state_text}} {{received.iso}}{{/case}}" },
	{ "templates/search.mustache", "found {{query}}" },
	{ "templates/message.mustache", "message {{status}} {{page.title}} "
		"{{page.lead}}" },
};

enum { THEME_FILES = sizeof theme_files / sizeof theme_files[0] };

struct fixture {
	struct arena a;
	char dir[64];
	struct form form;
	const struct form *forms[1];
	struct theme *theme;
	struct pages *pages;
	struct queue *queue;
	struct guard *guard;
	struct nonces *nonces;
	struct open_key *kundcenter;
	struct open_key *reserve;
	struct sign_key *server;
	struct keyset keyset;
	struct keyset_recipient recipients[2];
	struct keyset_server servers[1];
	struct intake *in;
	bool can_search;
};

/* ---- the parts ----------------------------------------------------------- */

static bool
common(void *context, struct arena *a, struct text lang, struct text url,
	struct value **out, struct err *e)
{
	struct fixture *f = context;

	(void)url;
	(void)e;
	*out = value_map(a);
	/* Templates only read the words. */
	(void)value_set(a, *out, "words", (struct value *)(uintptr_t)
		theme_text(f->theme, lang));
	value_set_str(a, *out, "base_url", text_of("https://x.example"));
	return true;
}

static bool
form_data(void *context, struct arena *a, const struct form *form,
	const struct submission *s, struct value **out, struct err *e)
{
	struct value *v;

	if (!common(context, a, form->lang, text_of("/"), out, e) ||
		!formview(a, form, s, NULL, &v, e))
		return false;
	(void)value_set(a, *out, "form", v);
	return true;
}

static bool
search(void *context, struct arena *a, struct text lang, struct text url,
	struct text query, struct value **out, struct err *e)
{
	struct fixture *f = context;

	(void)lang;
	(void)url;
	(void)e;
	*out = NULL;
	if (f->can_search) {
		*out = value_map(a);
		value_set_str(a, *out, "query", query);
	}
	return true;
}

static bool
is_over(void *context, struct text path, int64_t now_s)
{
	(void)context;
	(void)now_s;
	return text_is(path, "/over/");
}

static bool
make_theme(struct fixture *f, struct err *e)
{
	struct theme_file files[THEME_FILES];

	for (size_t i = 0; i < THEME_FILES; i++)
		files[i] = (struct theme_file){
			text_of(theme_files[i].path),
			text_of(theme_files[i].source) };
	return theme_make(&f->a, "themes/test", files, THEME_FILES, &f->theme,
		e);
}

static void
make_keyset(struct fixture *f)
{
	struct date today = date_of(clock_now_s());

	f->kundcenter = open_key_new();
	f->reserve = open_key_new();
	f->server = sign_key_new();
	f->recipients[0] = (struct keyset_recipient){ text_of("kundcenter"),
		text_of("k-1"), *open_key_public(f->kundcenter) };
	f->recipients[1] = (struct keyset_recipient){ text_of("reserve"),
		text_of("r-1"), *open_key_public(f->reserve) };
	f->servers[0] = (struct keyset_server){ text_of("s-1"), today,
		date_from_days(date_to_days(today) + 1),
		*sign_key_public(f->server) };
	f->keyset = (struct keyset){
		.epoch = 7,
		.from = today,
		.until = date_from_days(date_to_days(today) + 1),
		.recipients = f->recipients,
		.recipient_count = 2,
		.servers = f->servers,
		.server_count = 1,
	};
}

static bool
open_intake(struct fixture *f, struct err *e)
{
	const struct intake_config c = {
		.theme = f->theme,
		.forms = f->forms,
		.form_count = 1,
		.pages = f->pages,
		.queue = f->queue,
		.guard = f->guard,
		.nonces = f->nonces,
		.keyset = &f->keyset,
		.server = f->server,
		.server_name = "s-1",
		.common = common,
		.form_data = form_data,
		.search = search,
		.is_over = is_over,
		.context = f,
	};

	return intake_open(&c, &f->in, e);
}

static int
start(void **state)
{
	static struct fixture f;
	struct err e = { 0 };

	memset(&f, 0, sizeof f);
	if (!seal_start())
		return -1;
	arena_init(&f.a, false);
	(void)snprintf(f.dir, sizeof f.dir, "/tmp/blankett-intake-XXXXXX");
	if (!mkdtemp(f.dir) ||
		!fs_mkdirs(fs_join(&f.a, f.dir, "public"), 0700, &e) ||
		!fs_publish(fs_join(&f.a, f.dir, "public/index.html"), 0600,
			text_of("start"), &e) ||
		!fs_mkdirs(fs_join(&f.a, f.dir, "public/sok"), 0700, &e) ||
		!fs_publish(fs_join(&f.a, f.dir, "public/sok/index.html"),
			0600, text_of("all pages"), &e) ||
		!pages_load(fs_join(&f.a, f.dir, "public"), &f.pages, &e) ||
		!form_parse(&f.a, "forms/synpunkt.md", text_of(form_file),
			&f.form, &e) ||
		!make_theme(&f, &e) || !queue_open(f.dir, &f.queue, &e) ||
		!guard_open(f.dir, &f.guard, &e)) {
		print_error("%s\n", e.text);
		return -1;
	}
	f.forms[0] = &f.form;
	f.nonces = nonces_open();
	make_keyset(&f);
	if (!open_intake(&f, &e)) {
		print_error("%s\n", e.text);
		return -1;
	}
	*state = &f;
	return 0;
}

static int
stop(void **state)
{
	struct fixture *f = *state;
	struct err e;

	intake_close(f->in);
	nonces_close(f->nonces);
	guard_close(f->guard);
	queue_close(f->queue);
	pages_close(f->pages);
	open_key_close(f->kundcenter);
	open_key_close(f->reserve);
	sign_key_close(f->server);
	if (!fs_remove_tree(f->dir, &e))
		return -1;
	arena_release(&f->a);
	return 0;
}

/* ---- asking -------------------------------------------------------------- */

static void
go_on(void *context)
{
	(void)context;
}

static size_t
read_all(void *context, void *to, size_t max)
{
	struct text *left = context;
	size_t n = left->len < max ? left->len : max;

	if (n > 0)
		memcpy(to, left->p, n);
	*left = text_from(*left, n);
	return n;
}

/* What the page says, on the fixture's arena; *rs is the rest. */
static const char *
ask(struct fixture *f, enum method method, const char *path, const char *body,
	struct response *rs)
{
	struct text left = text_of(body);
	struct request_source source = { go_on, read_all, &left };
	struct request rq = {
		.method = method,
		.path = text_of(path),
		.content_type = text_of("application/x-www-form-urlencoded"),
		.content_length = (int64_t)left.len,
		.body_left = (int64_t)left.len,
		.deadline_ms = clock_monotonic_ms() + 10000,
		.peer = text_of("127.0.0.1"),
		.source = &source,
		.arena = &f->a,
	};

	response_init(rs);
	intake_handle(f->in, &rq, rs);
	return arena_string(&f->a, rs->body);
}

static const char *
post(struct fixture *f, const char *body, int status)
{
	struct response rs;
	const char *page = ask(f, METHOD_POST, "/e-tjanster/synpunkt/", body,
		&rs);

	if (rs.status != status)
		fail_msg("%s -> %d %s", body, rs.status, page);
	return page;
}

/* What stands between "before" and the next "]" or space. */
static const char *
pick(struct fixture *f, const char *page, const char *before)
{
	const char *at = strstr(page, before);

	if (!at)
		fail_msg("no %s in %s", before, page);
	at += strlen(before);
	return arena_string(&f->a, (struct text){ at, strcspn(at, " ]\n") });
}

static void
assert_has(const char *page, const char *part)
{
	if (!strstr(page, part))
		fail_msg("no %s in %s", part, page);
}

static void
assert_lacks(const char *page, const char *part)
{
	if (strstr(page, part))
		fail_msg("%s in %s", part, page);
}

/* check-answers, and the body that sends it. */
static const char *
sending(struct fixture *f, const char *answers)
{
	const char *page = post(f, arena_printf(&f->a, "_action=next&%s",
		answers).p, 200);

	return arena_printf(&f->a, "_action=send&_token=%s&_form=%s&%s",
		pick(f, page, "[_token="), pick(f, page, "[_form="),
		answers).p;
}

static uint64_t
queue_size(struct fixture *f)
{
	struct queue_head head;
	struct err e = { 0 };

	assert_true(queue_head(f->queue, &head, &e));
	return head.size;
}

/* ---- the journey --------------------------------------------------------- */

static void
faults_give_the_form_again_with_every_answer(void **state)
{
	const char *page = post(*state,
		"_action=next&svar=ja&epost=fel&typ=x", 422);

	assert_ptr_equal(strstr(page, "form true<meddelande><epost>"), page);
	assert_has(page, "(epost=fel)");
	assert_lacks(page, "_token");
	assert_lacks(page, "typ");
}

static void
the_first_valid_post_mints_a_token(void **state)
{
	const char *body = "_action=next&meddelande=Hej+%3Cb%3E";
	const char *page = post(*state, body, 200);
	const char *token = pick(*state, page, "[_token=");

	assert_ptr_equal(strstr(page, "check "), page);
	assert_has(page, "(meddelande=Hej &lt;b&gt;)");
	assert_int_equal(strlen(token), 24);
	/* A token that was there is kept, and two are never the same. */
	page = post(*state, arena_printf(&((struct fixture *)*state)->a,
		"%s&_token=%s", body, token).p, 200);
	assert_string_equal(pick(*state, page, "[_token="), token);
	page = post(*state, body, 200);
	assert_string_not_equal(pick(*state, page, "[_token="), token);
	page = post(*state, "meddelande=x&_token=nonsense", 200);
	assert_string_not_equal(pick(*state, page, "[_token="), "nonsense");
	assert_int_equal(queue_size(*state), 0);
}

static void
change_gives_the_form_and_keeps_answers_and_token(void **state)
{
	static const char *const ways[] = { "_change=meddelande",
		"_change=meddelande&_action=send", "_action=change",
		"_action=back" };

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		const char *page = post(*state,
			arena_printf(&((struct fixture *)*state)->a,
				"%s&meddelande=Hej&epost=x"
				"&_token=7KQ4M2XD9FHT0PWC3ZRN", ways[i]).p,
			200);

		assert_ptr_equal(strstr(page, "form false"), page);
		assert_has(page, "(meddelande=Hej)");
		assert_has(page, "[_token=7KQ4-M2XD-9FHT-0PWC-3ZRN]");
	}
	assert_int_equal(queue_size(*state), 0);
}

static void
send_stores_once_and_gives_the_same_receipt_again(void **state)
{
	struct fixture *f = *state;
	const char *body = sending(f, "meddelande=Hej");
	const char *first = post(f, body, 200), *second = post(f, body, 200);

	assert_ptr_equal(strstr(first, "receipt SYN-"), first);
	assert_string_equal(first, second);
	assert_has(first, "https://x.example/svar/");
	assert_has(first, "[meddelande=Hej]");
	assert_int_equal(queue_size(f), 1);
}

static void
what_is_stored_opens_to_what_was_sent(void **state)
{
	struct fixture *f = *state;
	const char *page = post(f, sending(f,
		"meddelande=Hej%0D%0Ad%C3%A5&svar=ja&epost=a%40b.example"
		"&okand=x"), 200);
	const char *reference = pick(f, page, "receipt ");
	const struct open_key *const keys[] = { f->kundcenter, f->reserve };
	struct buf b;
	struct err e = { 0 };
	struct frame frame;
	struct text rest;
	uint64_t last;

	buf_init(&b, 100000);
	assert_true(queue_read(f->queue, 0, text_of("kundcenter"), 100000, &b,
		&last, &e));
	rest = buf_view(&b);
	assert_true(frame_next(&rest, &frame, &e));
	for (size_t i = 0; i < 2; i++) {
		struct opened o;
		struct value *v;

		assert_true(unseal(&f->a, frame.envelope, keys[i], &o, &e));
		assert_int_equal(o.head.epoch, 7);
		assert_int_equal(o.head.mode, ENVELOPE_MODE_SERVER);
		assert_true(json_parse(&f->a, "answers", o.answers, &v, &e));
		assert_true(text_is(value_get_text(v, "reference"),
			reference));
		assert_true(text_is(value_get_text(v, "form"), "synpunkt"));
		assert_true(text_is(value_get_text(v, "retain_days"), "90"));
		assert_true(text_is(value_get_text(v, "answer_days"), "10"));
		assert_has(arena_string(&f->a, o.answers),
			"\"value\":\"Hej\\nd\xc3\xa5\"");
		assert_lacks(arena_string(&f->a, o.answers), "okand");
	}
	/* Nothing but ciphertext outside. */
	assert_int_equal(text_search(frame.envelope, "Hej"),
		frame.envelope.len);
	buf_release(&b);
}

static void
other_answers_under_one_token_are_a_conflict(void **state)
{
	struct fixture *f = *state;
	const char *body = sending(f, "meddelande=Hej");
	const char *receipt = post(f, body, 200);
	const char *page = post(f, arena_printf(&f->a, "%s+igen", body).p,
		409);

	assert_ptr_equal(strstr(page, "conflict "), page);
	assert_string_equal(pick(f, page, "conflict "),
		arena_printf(&f->a, "%s[meddelande=Hej",
			pick(f, receipt, "receipt ")).p);
	assert_lacks(page, "_token");
	assert_int_equal(queue_size(f), 1);
	/* "Skicka ändringen som ett nytt ärende": a token of its own. */
	page = post(f, arena_printf(&f->a, "_action=new&%s+igen",
		strstr(body, "_token")).p, 200);
	assert_ptr_equal(strstr(page, "check "), page);
	assert_null(strstr(body, pick(f, page, "[_token=")));
}

static void
send_without_what_it_needs_goes_back_a_step(void **state)
{
	struct fixture *f = *state;
	const char *body = sending(f, "meddelande=Hej");
	const char *token = arena_string(&f->a, text_sub(text_of(
		strstr(body, "_token=")), 0, 31));
	const char *page;

	page = post(f, "_action=send&meddelande=Hej", 200);
	assert_ptr_equal(strstr(page, "check "), page);
	page = post(f, arena_printf(&f->a, "_action=send&%s&meddelande=",
		token).p, 422);
	assert_has(page, "[_token=");
	/* An older version of the form: today's is to be read first. */
	page = post(f, arena_printf(&f->a,
		"_action=send&%s&_form=00&meddelande=Hej", token).p, 200);
	assert_ptr_equal(strstr(page, "check "), page);
	assert_lacks(page, "[_form=00]");
	assert_int_equal(queue_size(f), 0);
}

static void
the_receipt_is_saved_signed_and_without_answers(void **state)
{
	struct fixture *f = *state;
	const char *body = sending(f, "meddelande=Hej");
	const char *again = arena_printf(&f->a, "_action=save-receipt&%s",
		strstr(body, "_token")).p;
	const char *page = post(f, again, 200);
	struct response rs;
	struct receipt receipt;
	struct err e = { 0 };

	/* Nothing was sent yet, so there is nothing to save. */
	assert_ptr_equal(strstr(page, "check "), page);
	page = post(f, body, 200);
	(void)pick(f, page, "receipt ");
	page = ask(f, METHOD_POST, "/e-tjanster/synpunkt/", again, &rs);
	assert_ptr_equal(strstr(page, "file SYN-"), page);
	assert_string_equal(rs.extra[0].name, "Content-Disposition");
	assert_has(arena_string(&f->a, rs.extra[0].value),
		"attachment; filename=\"kvitto-SYN-");
	assert_lacks(page, "Hej");
	page = strchr(page, '\n') + 1;
	if (!receipt_open(&f->a, text_of(page), &f->keyset, &receipt, NULL,
			&e))
		fail_msg("%s", e.text);
	assert_int_equal(receipt.epoch, 7);
}

static void
the_copy_is_the_answers(void **state)
{
	struct fixture *f = *state;
	struct response rs;
	const char *page = ask(f, METHOD_POST, "/e-tjanster/synpunkt/",
		"_action=save-copy&meddelande=Hej&svar=nej", &rs);

	assert_int_equal(rs.status, 200);
	assert_has(page, "copy (meddelande=Hej)(svar=Nej)");
	assert_string_equal(rs.cache, "no-store");
	assert_has(arena_string(&f->a, rs.extra[0].value),
		"attachment; filename=\"kopia-synpunkt.html\"");
	(void)post(f, "_action=save-copy&meddelande=", 422);
}

static void
the_code_shows_where_the_case_stands(void **state)
{
	struct fixture *f = *state;
	const char *body = sending(f, "meddelande=Hej");
	const char *token = pick(f, strstr(body, "_token="), "_token=");
	struct response rs;
	const char *code = arena_printf(&f->a, "code=%.24s", token).p;
	const char *page = ask(f, METHOD_POST, "/svar/", code, &rs);

	assert_int_equal(rs.status, 404); /* not sent yet */
	assert_has(page, "svar true");
	(void)post(f, body, 200);
	page = ask(f, METHOD_POST, "/svar/", code, &rs);
	assert_int_equal(rs.status, 200);
	assert_has(page, "svar falsereceived mottagen 20");
	(void)ask(f, METHOD_POST, "/svar/", "code=", &rs);
	assert_int_equal(rs.status, 404);
	(void)ask(f, METHOD_POST, "/svar/", "kod=x", &rs);
	assert_int_equal(rs.status, 404);
	page = ask(f, METHOD_GET, "/svar/", "", &rs);
	assert_int_equal(rs.status, 200);
	assert_string_equal(page, "svar false");
}

/* ---- when it cannot be done ---------------------------------------------- */

static const char *
health(struct fixture *f, int status)
{
	struct response rs;
	const char *page = ask(f, METHOD_GET, "/healthz", "", &rs);

	assert_int_equal(rs.status, status);
	return page;
}

static void
an_expired_keyset_closes_the_forms(void **state)
{
	struct fixture *f = *state;
	const char *body = sending(f, "meddelande=Hej");
	const char *page;

	assert_string_equal(health(f, 200), "ok\n");
	f->keyset.until = date_from_days(date_to_days(f->keyset.from) - 1);
	f->keyset.from = f->keyset.until;
	page = post(f, body, 503);
	assert_string_equal(page, "message 503 closed ring");
	assert_string_equal(health(f, 503), "keyset\n");
	assert_int_equal(queue_size(f), 0);
}

static void
a_closed_form_and_one_nobody_can_open_take_nothing(void **state)
{
	struct fixture *f = *state;
	const char *body = sending(f, "meddelande=Hej");

	f->form.open = false;
	assert_string_equal(post(f, body, 503), "message 503 closed ring");
	f->form.open = true;
	f->in->forms[0].key_count = 0;
	assert_string_equal(post(f, body, 503), "message 503 closed ring");
	assert_int_equal(queue_size(f), 0);
}

static void
a_full_disk_is_a_503_without_a_receipt(void **state)
{
	struct fixture *f = *state;
	const char *body = sending(f, "meddelande=Hej");
	struct response rs;
	const char *page;

	guard_stored(f->guard, f->form.id, (size_t)1 << 62, clock_now_s());
	page = ask(f, METHOD_POST, "/e-tjanster/synpunkt/", body, &rs);
	assert_int_equal(rs.status, 503);
	assert_string_equal(page, "message 503 t503 l503");
	assert_string_equal(rs.extra[0].name, "Retry-After");
	assert_int_equal(queue_size(f), 0);
}

static void
a_search_that_is_not_ready_gives_the_list_of_all(void **state)
{
	struct fixture *f = *state;
	struct response rs;
	struct request rq = { .method = METHOD_GET, .path = text_of("/sok/"),
		.query = text_of("q=hej"), .arena = &f->a };

	response_init(&rs);
	intake_handle(f->in, &rq, &rs);
	assert_true(text_ends(rs.ready, "all pages"));
	f->can_search = true;
	response_init(&rs);
	intake_handle(f->in, &rq, &rs);
	assert_true(text_is(rs.body, "found hej"));
	rq.query = text_of("q=");
	response_init(&rs);
	intake_handle(f->in, &rq, &rs);
	assert_true(text_ends(rs.ready, "all pages"));
}

struct route_case {
	enum method method;
	const char *path;
	int status;
};

static const struct route_case routes[] = {
	{ METHOD_GET, "/", 200 },
	{ METHOD_GET, "/nothing", 404 },
	{ METHOD_GET, "/metrics", 404 },
	{ METHOD_GET, "/over/", 410 },
	{ METHOD_HEAD, "/over/", 410 },
	{ METHOD_POST, "/", 405 },
	{ METHOD_POST, "/nothing", 404 },
	{ METHOD_POST, "/e-tjanster/nothing/", 404 },
	{ METHOD_POST, "/e-tjanster/synpunkt", 404 },
	{ METHOD_POST, "/en/e-tjanster/synpunkt/", 404 },
	{ METHOD_OTHER, "/", 405 },
	{ METHOD_OTHER, "/nothing", 405 },
	{ METHOD_OPTIONS, "/e-tjanster/synpunkt/", 405 },
	{ METHOD_POST, "/healthz", 405 },
	{ METHOD_GET, "/api/v1/ack", 405 },
	{ METHOD_GET, "/api/v1/nothing", 404 },
	{ METHOD_GET, "/api/v1/head", 401 },
};

static void
each_path_answers_what_it_should(void **state)
{
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		struct response rs;

		(void)ask(*state, routes[i].method, routes[i].path, "", &rs);
		if (rs.status != routes[i].status)
			fail_msg("%s: %d", routes[i].path, rs.status);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(faults_give_the_form_again_with_every_answer),
		TEST(the_first_valid_post_mints_a_token),
		TEST(change_gives_the_form_and_keeps_answers_and_token),
		TEST(send_stores_once_and_gives_the_same_receipt_again),
		TEST(what_is_stored_opens_to_what_was_sent),
		TEST(other_answers_under_one_token_are_a_conflict),
		TEST(send_without_what_it_needs_goes_back_a_step),
		TEST(the_receipt_is_saved_signed_and_without_answers),
		TEST(the_copy_is_the_answers),
		TEST(the_code_shows_where_the_case_stands),
		TEST(an_expired_keyset_closes_the_forms),
		TEST(a_closed_form_and_one_nobody_can_open_take_nothing),
		TEST(a_full_disk_is_a_503_without_a_receipt),
		TEST(a_search_that_is_not_ready_gives_the_list_of_all),
		TEST(each_path_answers_what_it_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
