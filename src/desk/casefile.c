/* casefile: one opened case, checked. */
#include "desk/casefile.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "seal/hash.h"
#include "seal/token.h"
#include "base/banned.h"

enum { ANSWERS_MAX = 200, JOINED_MAX = 1024 * 1024 };

static bool
is_kind(const struct value *v, enum value_kind kind)
{
	return v && v->kind == kind;
}

static bool
is_text(const struct value *map, const char *key)
{
	return is_kind(value_get(map, key), VALUE_TEXT);
}

/* ---- reading what was sealed ----------------------------------------- */

/* Its prefix is the one inside; all else follows from the subid. */
static struct text
reference_of(struct arena *a, const struct envelope *head, struct text inside)
{
	struct text prefix = text_sub(inside, 0, text_find(inside, '-'));
	struct text right = reference_text(a, prefix, head->subid);
	struct text again;

	if (!reference_parse(a, right, &again) || !text_eq(right, again))
		return (struct text){ NULL, 0 };
	return right;
}

/* Is it a list or a map, and are there only texts in it? */
static bool
is_of_texts(const struct value *v, enum value_kind kind)
{
	if (!is_kind(v, kind))
		return false;
	for (const struct value_item *i = v->first; i; i = i->next)
		if (i->value->kind != VALUE_TEXT)
			return false;
	return true;
}

/* Is it an answer as submission_value makes them? */
static bool
is_answer(const struct value *v)
{
	const struct value *one = value_get(v, "value");
	const struct value *label = value_get(v, "label");

	if (!is_kind(v, VALUE_MAP) || !is_text(v, "id") ||
		!is_text(v, "question"))
		return false;
	if (one)
		return (one->kind == VALUE_TEXT || is_of_texts(one, VALUE_MAP)) &&
			(!label || label->kind == VALUE_TEXT);
	return is_of_texts(value_get(v, "values"), VALUE_LIST) &&
		is_of_texts(value_get(v, "labels"), VALUE_LIST) &&
		value_get(v, "values")->count ==
			value_get(v, "labels")->count;
}

static void
read_answers(struct arena *a, const struct value *inside, struct casefile *c)
{
	const struct value *all = value_get(inside, "answers");

	c->answers = value_list(a);
	if (!is_kind(all, VALUE_LIST)) {
		c->valid = false;
		return;
	}
	for (const struct value_item *i = all->first; i; i = i->next) {
		if (c->answers->count < ANSWERS_MAX && is_answer(i->value))
			(void)value_push(a, c->answers, i->value);
		else
			c->valid = false;
	}
}

/* A text of a file's own description; flags the case if it is none. */
static struct text
meta_text(const struct value *meta, const char *key, struct casefile *c)
{
	if (!is_text(meta, key))
		c->valid = false;
	return value_get_text(meta, key);
}

static void
read_files(struct arena *a, const struct opened *o, struct casefile *c)
{
	c->files = arena_array(a, o->file_count + 1, sizeof *c->files);
	c->file_count = o->file_count;
	for (size_t i = 0; i < o->file_count; i++) {
		struct value *meta;
		struct err ignored;

		if (!json_parse(a, "file", o->files[i].meta, &meta, &ignored))
			meta = NULL;
		c->files[i].question = meta_text(meta, "question", c);
		c->files[i].name = meta_text(meta, "name", c);
		c->files[i].type = meta_text(meta, "type", c);
		c->files[i].bytes = o->files[i].bytes;
	}
}

static int64_t
days(const struct value *inside, const char *key)
{
	int64_t n;

	return text_to_int(value_get_text(inside, key), 0, CASEFILE_DAYS_MAX,
		&n) ? n : 0;
}

bool
casefile_open(struct arena *a, struct text envelope,
	const struct keyring *ring, struct casefile *out, struct err *e)
{
	struct opened o;
	struct value *inside;
	const struct open_key *key;
	struct err ignored;

	*out = (struct casefile){ 0 };
	if (!envelope_parse(envelope, &out->head, e))
		return false;
	key = keyring_find(ring, &out->head);
	if (!key)
		return err_set(e, ERR_CRYPTO, "not sealed to any key here");
	if (!unseal(a, envelope, key, &o, e))
		return false;
	/* The parser's words may quote what it read: not to be repeated. */
	if (!json_parse(a, "answers", o.answers, &inside, &ignored))
		inside = value_map(a);
	out->head = o.head;
	out->reference = reference_of(a, &o.head,
		value_get_text(inside, "reference"));
	out->title = value_get_text(inside, "title");
	out->answer_days = days(inside, "answer_days");
	out->retain_days = days(inside, "retain_days");
	out->valid = out->reference.len > 0 &&
		text_eq(value_get_text(inside, "reference"), out->reference) &&
		text_eq(value_get_text(inside, "form"), o.head.form_id) &&
		text_eq(value_get_text(inside, "form_hash"),
			hex_encode(a, o.head.form_hash.b, HASH_BYTES)) &&
		utf8_valid(o.earlier);
	out->earlier = utf8_valid(o.earlier) ? o.earlier : out->earlier;
	read_answers(a, inside, out);
	read_files(a, &o, out);
	return true;
}

/* ---- saying it ------------------------------------------------------- */

static void
copy_key(struct arena *a, struct value *to, const struct value *from,
	const char *key)
{
	struct value *v = value_get(from, key);

	if (v)
		(void)value_set(a, to, key, v);
}

static struct value *
answers_value(struct arena *a, const struct casefile *c)
{
	static const char *const keys[] = { "id", "question", "value",
		"values", "label", "labels" };
	struct value *list = value_list(a);

	for (const struct value_item *i = c->answers->first; i; i = i->next) {
		struct value *v = value_map(a);

		for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
			copy_key(a, v, i->value, keys[k]);
		(void)value_push(a, list, v);
	}
	return list;
}

static struct value *
files_value(struct arena *a, const struct casefile *c,
	const struct text *paths)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < c->file_count; i++) {
		const struct casefile_file *f = &c->files[i];
		struct value *v = value_map(a);

		value_set_str(a, v, "question", f->question);
		value_set_str(a, v, "name", f->name);
		value_set_str(a, v, "type", f->type);
		(void)value_set(a, v, "bytes",
			value_int(a, (int64_t)f->bytes.len));
		(void)value_set(a, v, "path", paths
			? value_text(a, paths[i]) : value_null(a));
		(void)value_push(a, list, v);
	}
	return list;
}

struct value *
casefile_line(struct arena *a, const struct casefile *c, int64_t received_s,
	const struct text *paths)
{
	struct value *v = value_map(a);

	value_set_str(a, v, "reference", c->reference);
	value_set_str(a, v, "form", c->head.form_id);
	value_set_str(a, v, "title", c->title);
	value_set_str(a, v, "form_hash",
		hex_encode(a, c->head.form_hash.b, HASH_BYTES));
	(void)value_set(a, v, "received", received_s < 0 ? value_null(a)
		: value_text(a, clock_rfc3339(a, received_s)));
	(void)value_set(a, v, "mode", value_int(a, c->head.mode));
	value_set_bool(a, v, "valid", c->valid);
	(void)value_set(a, v, "answers", answers_value(a, c));
	(void)value_set(a, v, "files", files_value(a, c, paths));
	(void)value_set(a, v, "earlier", c->earlier.len
		? value_text(a, c->earlier) : value_null(a));
	return v;
}

/* The texts of a list or map, joined. */
static struct text
join(struct arena *a, const struct value *v, const char *between)
{
	struct buf b;
	struct text t;

	buf_init_wipe(&b, JOINED_MAX);
	for (const struct value_item *i = v->first; i; i = i->next) {
		if (i->value->text.len == 0)
			continue;
		if (b.len)
			buf_str(&b, between);
		buf_text(&b, i->value->text);
	}
	t = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return t;
}

/* "Storgatan 1", "434 81 Kungsbacka": an address on its lines. */
static struct text
address_text(struct arena *a, const struct value *v, const char *between)
{
	struct text street = value_get_text(v, "street");
	struct text code = value_get_text(v, "postcode");
	struct text city = value_get_text(v, "city");

	return arena_printf(a, "%.*s%s%.*s%s%.*s", (int)street.len,
		street.p ? street.p : "", street.len ? between : "",
		(int)code.len, code.p ? code.p : "", code.len ? " " : "",
		(int)city.len, city.p ? city.p : "");
}

struct text
casefile_answer_text(struct arena *a, const struct value *answer,
	const char *between)
{
	const struct value *one = value_get(answer, "value");

	if (!one)
		return join(a, value_get(answer, "labels"), between);
	if (is_text(answer, "label"))
		return value_get_text(answer, "label");
	if (one->kind == VALUE_TEXT)
		return one->text;
	if (value_get(one, "city"))
		return address_text(a, one, between);
	return join(a, one, between);
}
