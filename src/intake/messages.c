/* messages: every refusal as a page, ready before the first request. */
#include "intake/messages.h"

#include "base/buf.h"
#include "base/value.h"
#include "intake/intake.h"
#include "base/banned.h"

enum { PAGE_MAX = 512 * 1024, KEY_MAX = 40 };

struct message_row {
	int status;
	enum message_kind kind;
	const char *words; /* message_WORDS_title */
	int retry_s;       /* Retry-After; 0: none */
};

/* The last row answers every status that has none. */
static const struct message_row rows[] = {
	{ 401, MESSAGE_PLAIN, "401", 0 },
	{ 403, MESSAGE_PLAIN, "403", 0 },
	{ 404, MESSAGE_PLAIN, "404", 0 },
	{ 405, MESSAGE_PLAIN, "405", 0 },
	{ 408, MESSAGE_PLAIN, "408", 0 },
	{ 410, MESSAGE_PLAIN, "410", 0 },
	{ 413, MESSAGE_PLAIN, "413", 0 },
	{ 415, MESSAGE_PLAIN, "415", 0 },
	{ 429, MESSAGE_PLAIN, "429", 60 },
	{ 431, MESSAGE_PLAIN, "431", 0 },
	{ 503, MESSAGE_PLAIN, "503", 30 },
	{ 503, MESSAGE_CLOSED, "closed", 3600 },
	{ 400, MESSAGE_PLAIN, "400", 0 },
};

struct message_lang {
	const char *lang;
	const char *prefix; /* of its paths */
};

/* The last row's prefix begins every path. */
static const struct message_lang langs[] = {
	{ "en", "/en/" },
	{ "sv", "/" },
};

enum {
	ROWS = sizeof rows / sizeof rows[0],
	LANGS = sizeof langs / sizeof langs[0]
};

struct messages {
	struct text pages[ROWS][LANGS];
	struct text retry[ROWS]; /* of Retry-After */
};

static struct text
word(struct arena *a, const struct value *common, const char *words,
	const char *what)
{
	return value_get_text(value_get(common, "words"),
		arena_printf(a, "message_%s_%s", words, what).p);
}

static bool
make(struct arena *a, const struct intake_config *c,
	const struct message_row *row, const struct message_lang *lang,
	struct text *out, struct err *e)
{
	struct value *data, *page = value_map(a);
	struct buf b;
	bool ok = false;

	buf_init(&b, PAGE_MAX);
	if (!c->common(c->context, a, text_of(lang->lang),
			text_of(lang->prefix), &data, e))
		goto out;
	value_set_str(a, page, "title", word(a, data, row->words, "title"));
	value_set_str(a, page, "lead", word(a, data, row->words, "lead"));
	(void)value_set(a, data, "page", page);
	(void)value_set(a, data, "status", value_int(a, row->status));
	value_set_bool(a, data, "missing", row->status == 404 ||
		row->status == 410);
	/* "Try again in 3600 seconds" helps nobody. */
	(void)value_set(a, data, "retry",
		row->retry_s > 0 && row->kind == MESSAGE_PLAIN
			? value_int(a, row->retry_s) : value_null(a));
	if (!theme_render(c->theme, "message", data, &b, e))
		goto out;
	*out = arena_copy(a, buf_view(&b));
	ok = true;
out:
	buf_release(&b);
	return ok;
}

bool
messages_make(struct arena *a, const struct intake_config *c,
	struct messages **out, struct err *e)
{
	struct messages *m = arena_alloc(a, sizeof *m);

	for (size_t i = 0; i < ROWS; i++) {
		if (rows[i].retry_s > 0)
			m->retry[i] = arena_printf(a, "%d", rows[i].retry_s);
		for (size_t k = 0; k < LANGS; k++)
			if (!make(a, c, &rows[i], &langs[k], &m->pages[i][k],
					e))
				return false;
	}
	*out = m;
	return true;
}

void
messages_answer(const struct messages *m, int status, enum message_kind kind,
	struct text path, struct response *rs)
{
	size_t row = 0, lang = 0;

	while (row < ROWS - 1 &&
		(rows[row].status != status || rows[row].kind != kind))
		row++;
	while (lang < LANGS - 1 && !text_starts(path, langs[lang].prefix))
		lang++;
	response_init(rs);
	rs->status = status;
	rs->content_type = "text/html; charset=utf-8";
	rs->body = m->pages[row][lang];
	if (m->retry[row].len > 0)
		response_add(rs, "Retry-After", m->retry[row]);
}
