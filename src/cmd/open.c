/* open: opens one envelope file and prints the submission as JSON. */
#include <stdio.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/value.h"
#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "seal/hash.h"
#include "seal/keyring.h"
#include "seal/token.h"
#include "seal/unseal.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "key", "DIR", "the directory of keys" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ NULL, NULL, NULL }
};

static bool
is_kind(const struct value *v, enum value_kind kind)
{
	return v && v->kind == kind;
}

/* The case's reference: its prefix is the one inside, all else follows from
 * the envelope's subid.  Empty when there is no prefix to use. */
static struct text
reference_of(struct arena *a, const struct opened *o, struct text inside)
{
	struct text prefix = text_sub(inside, 0, text_find(inside, '-'));
	struct text right = reference_text(a, prefix, o->head.subid);
	struct text again;

	if (!reference_parse(a, right, &again) || !text_eq(right, again))
		return (struct text){ 0 };
	return right;
}

/* Does what stands inside agree with what stands on the envelope?  A browser
 * of ill will can seal anything. */
static bool
is_consistent(struct arena *a, const struct opened *o,
	const struct value *inside, struct text reference)
{
	struct text hash = hex_encode(
		a, o->head.form_hash.b, sizeof o->head.form_hash.b);

	return reference.len > 0 &&
		text_eq(value_get_text(inside, "reference"), reference) &&
		text_eq(value_get_text(inside, "form"), o->head.form_id) &&
		text_eq(value_get_text(inside, "form_hash"), hash) &&
		is_kind(value_get(inside, "answers"), VALUE_LIST);
}

static struct value *
file_value(struct arena *a, const struct opened_file *f, bool *valid)
{
	static const char *const keys[] = { "question", "name", "type" };
	struct value *out = value_map(a), *meta;
	struct err e = { 0 };

	if (!json_parse(a, "file", f->meta, &meta, &e))
		meta = NULL;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct value *v = value_get(meta, keys[i]);

		*valid = *valid && is_kind(v, VALUE_TEXT);
		(void)value_set(a, out, keys[i], v ? v : value_null(a));
	}
	(void)value_set(
		a, out, "bytes", value_int(a, (int64_t)f->bytes.len));
	return out;
}

/* DESIGN 4.9's line; `received` is the queue's to know, not a file's. */
static struct value *
submission_line(struct arena *a, const struct opened *o, struct value *inside)
{
	struct text reference =
		reference_of(a, o, value_get_text(inside, "reference"));
	bool valid = is_consistent(a, o, inside, reference);
	struct value *out = value_map(a), *files = value_list(a);
	struct value *answers = value_get(inside, "answers");

	for (size_t i = 0; i < o->file_count; i++)
		(void)value_push(
			a, files, file_value(a, &o->files[i], &valid));
	(void)value_set(a, out, "reference", value_text(a, reference));
	(void)value_set(a, out, "form", value_text(a, o->head.form_id));
	(void)value_set(a, out, "title",
		value_text(a, value_get_text(inside, "title")));
	(void)value_set(a, out, "form_hash", value_text(a, hex_encode(a,
		o->head.form_hash.b, sizeof o->head.form_hash.b)));
	(void)value_set(a, out, "received", value_null(a));
	(void)value_set(a, out, "mode", value_int(a, o->head.mode));
	(void)value_set(a, out, "valid", value_bool(a, valid));
	(void)value_set(a, out, "answers", answers ? answers : value_null(a));
	(void)value_set(a, out, "files", files);
	(void)value_set(a, out, "earlier", o->earlier.len
		? value_text(a, o->earlier) : value_null(a));
	return out;
}

/* Prints JSON so that a terminal shows everything and obeys nothing: what is
 * hostile stands in strings only, so it can be written as \u escapes. */
static void
print_json(const struct value *v)
{
	struct buf b;
	struct text rest;
	uint32_t point;

	buf_init_wipe(&b, (size_t)ENVELOPE_MAX * 2);
	json_put(&b, v);
	rest = buf_view(&b);
	while (utf8_next(&rest, &point)) {
		char bytes[4];

		if (utf8_is_hostile(point))
			(void)printf("\\u%04x", (unsigned)point);
		else
			(void)fwrite(bytes, 1, utf8_encode(point, bytes),
				stdout);
	}
	(void)putchar('\n');
	buf_release(&b);
}

static bool
open_file(struct arena *a, const char *path, const struct keyring *ring,
	struct err *e)
{
	struct text bytes;
	struct envelope head;
	struct opened o;
	struct value *inside;
	struct err why = { 0 };
	const struct open_key *key;

	if (!fs_read(a, path, ENVELOPE_MAX, &bytes, e))
		return false;
	if (!envelope_parse(bytes, &head, &why))
		return err_set(e, why.kind, "%s: %s", path, why.text);
	key = keyring_find(ring, &head);
	if (!key)
		return err_set(e, ERR_CRYPTO,
			"%s: not sealed to any key here", path);
	if (!unseal(a, bytes, key, &o, &why))
		return err_set(e, why.kind, "%s: %s", path, why.text);
	/* The parser's words may quote what it read: not to be repeated. */
	if (!json_parse(a, "answers", o.answers, &inside, &why))
		return err_set(e, ERR_FORMAT,
			"%s: opens, but its answers are no JSON", path);
	if (!utf8_valid(o.earlier))
		return err_set(e, ERR_FORMAT,
			"%s: opens, but its earlier reference is no text",
			path);
	print_json(submission_line(a, &o, inside));
	return true;
}

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_open = {
	.name = "open",
	.arguments = "FILE",
	.summary = "open one envelope file",
	.help = "Prints the submission as one line of JSON, or refuses.\n"
		"\"valid\" is false when what stands inside does not agree\n"
		"with what stands on the envelope.",
	.options = options,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = run,
};

static bool
run(const struct cmd_call *call, struct err *e)
{
	const char *dir = cmd_value(&cmd_open, call, "key");
	struct arena a;
	struct text passphrase;
	struct keyring *ring = NULL;
	bool ok = false;

	arena_init(&a, true);
	if (!dir) {
		(void)err_set(e, ERR_USAGE, "open: --key DIR is needed");
		goto out;
	}
	if (!keydir_passphrase(&a, dir,
		    cmd_value(&cmd_open, call, "passphrase-file"), &passphrase,
		    e) ||
		!keyring_open(dir, passphrase, &ring, e))
		goto out;
	ok = open_file(&a, call->arguments[0], ring, e);
out:
	keyring_close(ring);
	arena_release(&a);
	return ok;
}
