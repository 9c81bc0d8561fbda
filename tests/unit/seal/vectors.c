/*
 * vectors: makes every value that another implementation must make too, with
 * fixed randomness, and compares with vectors/v1.json.
 *
 * After a change of format on purpose: run this program with the argument
 * "write" from the project's root, its output is the new file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/fs.h"
#include "base/json.h"
#include "seal/note.h"
#include "seal/receipt.h"
#include "seal/seal.h"
#include "seal/token.h"
#include "seal/unseal.h"

static const char file[] = "tests/unit/seal/vectors/v1.json";

enum { FILE_MAX = 1 << 20, DRAWS_MAX = 32, DRAW_MAX = 32 };

/* ---- a generator that draws the same bytes every time ----------------- */

struct draw {
	unsigned char bytes[DRAW_MAX];
	size_t len;
};

/* What was drawn since the last reset. */
static struct draw draws[DRAWS_MAX];
static size_t draw_count;

static const char *
fixed_name(void)
{
	return "fixed";
}

static void
fixed_bytes(void *const out, const size_t len)
{
	unsigned char seed[randombytes_SEEDBYTES] = "blankett test vectors v1";

	seed[31] = (unsigned char)draw_count;
	randombytes_buf_deterministic(out, len, seed);
	if (draw_count < DRAWS_MAX && len <= DRAW_MAX) {
		memcpy(draws[draw_count].bytes, out, len);
		draws[draw_count].len = len;
	}
	draw_count++;
}

static uint32_t
fixed_number(void)
{
	uint32_t n;

	fixed_bytes(&n, sizeof n);
	return n;
}

static struct randombytes_implementation fixed = {
	.implementation_name = fixed_name,
	.random = fixed_number,
	.buf = fixed_bytes,
};

/* ---- writing ---------------------------------------------------------- */

static struct arena a;

static void
put_hex(struct buf *b, const char *name, const void *bytes, size_t len,
	const char *end)
{
	buf_printf(b, "      \"%s\": \"%s\"%s\n", name,
		hex_encode(&a, bytes, len).p, end);
}

static void
put_string(struct buf *b, const char *name, struct text t, const char *end)
{
	buf_printf(b, "      \"%s\": ", name);
	json_put(b, value_text(&a, t));
	buf_printf(b, "%s\n", end);
}

static struct text
bytes_text(const void *p, size_t len)
{
	return (struct text){ p, len };
}

/* n bytes counting up from `first`: keys and ids that are easy to type. */
static void
count_up(unsigned char *out, size_t n, unsigned char first)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (unsigned char)(first + i);
}

static void
put_hashes(struct buf *b)
{
	unsigned char key[HASH_BYTES];
	struct text parts[] = { text_of("ab"), text_of(""), text_of("c") };
	struct hash h;

	count_up(key, sizeof key, 0);
	buf_str(b, "  \"hash\": [\n    {\n");
	put_string(b, "domain", text_of("blankett test v1"), ",");
	buf_str(b, "      \"parts\": [\"6162\", \"\", \"63\"],\n");
	put_hex(b, "key", key, sizeof key, ",");
	h = hash_parts("blankett test v1", parts, 3);
	put_hex(b, "hash_parts", h.b, sizeof h.b, ",");
	h = hash_keyed(key, "blankett test v1", parts, 3);
	put_hex(b, "hash_keyed", h.b, sizeof h.b, "");
	buf_str(b, "    }\n  ],\n");
}

static void
put_tokens(struct buf *b)
{
	static const char *const tokens[] = { "0000-0000-0000-0000-0000",
		"7KQ4-M2XD-9FHT-0PWC-3ZRN", "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ" };
	static const char answers[] = "{\"a\":\"b\"}";

	buf_str(b, "  \"token\": [\n");
	for (size_t i = 0; i < 3; i++) {
		struct token t;
		struct token_parts p;
		struct hash files[2], commit;

		assert_true(token_parse(text_of(tokens[i]), &t));
		token_derive(&t, &p);
		files[0] = hash_bytes(text_of("one"));
		files[1] = hash_bytes(text_of("two"));
		buf_str(b, "    {\n");
		put_string(b, "text", token_text(&a, &t), ",");
		put_hex(b, "bytes", t.b, sizeof t.b, ",");
		put_hex(b, "subid", p.subid, sizeof p.subid, ",");
		put_hex(b, "reply_public", p.reply_pk, sizeof p.reply_pk, ",");
		put_hex(b, "commit_key", p.commit_key, sizeof p.commit_key,
			",");
		put_string(b, "reference",
			reference_text(&a, text_of("SYN"), p.subid), ",");
		put_string(b, "answers", text_of(answers), ",");
		commit = token_commit(&p, text_of(answers), NULL, 0);
		put_hex(b, "commit", commit.b, sizeof commit.b, ",");
		buf_str(b, "      \"files\": [\"6f6e65\", \"74776f\"],\n");
		commit = token_commit(&p, text_of(answers), files, 2);
		put_hex(b, "commit_with_files", commit.b, sizeof commit.b, "");
		buf_printf(b, "    }%s\n", i < 2 ? "," : "");
	}
	buf_str(b, "  ],\n");
}

static void
put_note(struct buf *b)
{
	unsigned char seed[32];
	struct receipt r = { .reference = text_of("SYN-0000-0000"),
		.form_id = text_of("synpunkt"), .received_s = 1795352709,
		.epoch = 3 };
	struct sign_key *k;
	struct text body;

	count_up(seed, sizeof seed, 0x40);
	k = sign_key_of(seed);
	r.envelope = hash_bytes(text_of("an envelope"));
	body = receipt_body(&a, &r);
	buf_str(b, "  \"note\": [\n    {\n");
	put_hex(b, "seed", seed, sizeof seed, ",");
	put_hex(b, "public", sign_key_public(k)->pk, 32, ",");
	put_hex(b, "key_id", sign_key_public(k)->id, KEY_ID_BYTES, ",");
	put_string(b, "name", text_of("server-1"), ",");
	put_string(b, "body", body, ",");
	put_string(b, "note", note_sign(&a, body, "server-1", k), "");
	buf_str(b, "    }\n  ],\n");
	sign_key_close(k);
}

/* A keyset of the note's server key and the envelopes' first recipients. */
static void
put_keyset(struct buf *b)
{
	unsigned char bytes[32];
	struct sign_key *organisation, *server, *collector;
	struct open_key *kundcenter, *reserve;
	struct keyset_recipient recipients[2] = {
		{ text_of("kundcenter"), text_of("kundcenter-1"), { { 0 }, { 0 } } },
		{ text_of("reserve"), text_of("reserve-1"), { { 0 }, { 0 } } },
	};
	struct keyset_collector collectors[1] = { { text_of("kundcenter"),
		text_of("collector-1"), { { 0 }, { 0 } } } };
	struct keyset_server servers[1] = { { text_of("server-1"),
		{ 2026, 11, 22 }, { 2027, 11, 22 }, { { 0 }, { 0 } } } };
	struct keyset ks = { 3, { 2026, 11, 22 }, { 2027, 11, 22 }, recipients,
		2, collectors, 1, servers, 1 };

	count_up(bytes, sizeof bytes, 0x10);
	kundcenter = open_key_of(bytes);
	recipients[0].key = *open_key_public(kundcenter);
	count_up(bytes, sizeof bytes, 0x20);
	reserve = open_key_of(bytes);
	recipients[1].key = *open_key_public(reserve);
	count_up(bytes, sizeof bytes, 0x50);
	collector = sign_key_of(bytes);
	collectors[0].key = *sign_key_public(collector);
	count_up(bytes, sizeof bytes, 0x40);
	server = sign_key_of(bytes);
	servers[0].key = *sign_key_public(server);
	count_up(bytes, sizeof bytes, 0x60);
	organisation = sign_key_of(bytes);
	buf_str(b, "  \"keyset\": [\n    {\n");
	put_hex(b, "organisation_seed", bytes, sizeof bytes, ",");
	put_hex(b, "organisation_public", sign_key_public(organisation)->pk,
		32, ",");
	put_string(b, "note", keyset_write(&a, &ks, organisation), "");
	buf_str(b, "    }\n  ],\n");
	sign_key_close(organisation);
	sign_key_close(server);
	sign_key_close(collector);
	open_key_close(kundcenter);
	open_key_close(reserve);
}

static void
put_paddings(struct buf *b)
{
	static const uint64_t lengths[] = { 0, 1, 4095, 4096, 4097, 4352,
		4353, 8192, 8193, 65535, 65536, 65537, 131072, 131073, 1000000,
		26000000 };
	const size_t n = sizeof lengths / sizeof *lengths;

	buf_str(b, "  \"padded\": [\n");
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "    [%llu, %llu]%s\n",
			(unsigned long long)lengths[i],
			(unsigned long long)envelope_padded(lengths[i]),
			i + 1 < n ? "," : "");
	buf_str(b, "  ],\n");
}

/* ---- envelopes -------------------------------------------------------- */

struct envelope_case {
	const char *name;
	enum envelope_mode mode;
	const char *form_id;
	size_t recipients;
	const char *answers;
	const char *earlier; /* NULL: none */
	size_t file_bytes;   /* 0: no file; byte i of it is 7 * i */
};

static const struct envelope_case cases[] = {
	{ "the least", ENVELOPE_MODE_SERVER, "synpunkt", 2, "{}", NULL, 0 },
	{ "everything once", ENVELOPE_MODE_BROWSER, "komplettering", 3,
		"{\"answers\":[{\"id\":\"a\",\"value\":\"b\"}]}",
		"SYN-7KQ4-M2XD", 100 },
	/* As the server seals it; what was written tries to turn the line
	 * around (U+202E) and to command a terminal (U+009B). */
	{ "a synpunkt", ENVELOPE_MODE_SERVER, "synpunkt", 2,
		"{\"answers\":[{\"id\":\"meddelande\",\"question\":\"Vad vill du"
		" s\xC3\xA4ga?\",\"type\":\"long-text\",\"value\":\"Hej\xE2\x80\xAE"
		"\xC2\x9B" "2J\\n\\u001b[2J\"}],\"form\":\"synpunkt\","
		"\"form_hash\":\"7ad544ef7820190fdb63d44d7657a2babf058fc9e04267"
		"4647d417ef403c5301\",\"lang\":\"sv\",\"reference\":\"SYN-KG4M-D2FK\","
		"\"title\":\"L\xC3\xA4mna en synpunkt\"}", NULL, 0 },
	{ "two messages", ENVELOPE_MODE_SERVER, "ansokan", 2, "{}", NULL,
		70000 },
};

static const char file_meta[] =
	"{\"name\":\"intyg.pdf\",\"question\":\"bilaga\","
	"\"type\":\"application/pdf\"}";

static int
by_id(const void *x, const void *y)
{
	const struct open_key *const *p = x, *const *q = y;

	return memcmp(open_key_public(*p)->id, open_key_public(*q)->id,
		KEY_ID_BYTES);
}

/* Recipients 0, 1, ... have the secret keys 10 11 12.., 20 21 22.., ... */
static void
make_recipients(struct open_key **keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char sk[32];

		count_up(sk, sizeof sk, (unsigned char)(0x10 * (i + 1)));
		keys[i] = open_key_of(sk);
	}
	qsort(keys, n, sizeof *keys, by_id);
}

static struct text
pattern(size_t n)
{
	char *p = arena_alloc(&a, n);

	for (size_t i = 0; i < n; i++)
		p[i] = (char)(unsigned char)(7 * i);
	return (struct text){ p, n };
}

static void
seal_case(const struct envelope_case *c, struct open_key *const *keys,
	struct buf *out, struct hash *hash)
{
	unsigned char subid[SUBID_BYTES], reply_pk[REPLY_PK_BYTES];
	struct seal_key public[ENVELOPE_RECIPIENTS_MAX];
	struct seal_meta m = { .mode = c->mode, .subid = subid,
		.form_hash = hash_bytes(text_of("a form")),
		.form_id = text_of(c->form_id), .epoch = 3 };
	struct sealer *s;
	struct err e = { 0 };

	count_up(subid, sizeof subid, 0xA0);
	count_up(reply_pk, sizeof reply_pk, 0xC0);
	for (size_t i = 0; i < c->recipients; i++)
		public[i] = *open_key_public(keys[i]);
	draw_count = 0;
	assert_true(seal_open(&m, public, c->recipients, out, &s, &e));
	seal_record(s, RECORD_ANSWERS, text_of(c->answers));
	seal_record(s, RECORD_REPLY_KEY,
		bytes_text(reply_pk, sizeof reply_pk));
	if (c->earlier)
		seal_record(s, RECORD_EARLIER, text_of(c->earlier));
	if (c->file_bytes) {
		seal_record(s, RECORD_FILE, text_of(file_meta));
		seal_record(s, RECORD_FILE_BYTES, pattern(c->file_bytes));
	}
	assert_true(seal_close(s, hash, &e));
	/* The file key, an ephemeral key a recipient, the stream's header. */
	assert_int_equal(draw_count, c->recipients + 2);
}

static void
check_case(const struct envelope_case *c, struct text envelope,
	const struct open_key *key)
{
	struct opened o;
	struct err e = { 0 };

	assert_true(unseal(&a, envelope, key, &o, &e));
	assert_true(text_is(o.answers, c->answers));
	assert_true(text_eq(o.earlier, text_of(c->earlier)));
	assert_int_equal(o.file_count, c->file_bytes != 0);
	if (o.file_count)
		assert_true(text_eq(o.files[0].bytes, pattern(c->file_bytes)));
}

static void
put_recipients(struct buf *b, struct open_key *const *keys, size_t n)
{
	buf_str(b, "      \"recipients\": [\n");
	for (size_t i = 0; i < n; i++) {
		const struct seal_key *k = open_key_public(keys[i]);
		unsigned char first = 0x10, sk[32], pk[32];

		/* The secret key again, which open_key keeps to itself. */
		do {
			count_up(sk, sizeof sk, first);
			(void)crypto_scalarmult_base(pk, sk);
			first = (unsigned char)(first + 0x10);
		} while (memcmp(pk, k->pk, sizeof pk) != 0);
		buf_printf(b,
			"        { \"secret\": \"%s\",\n"
			"          \"public\": \"%s\",\n"
			"          \"key_id\": \"%s\",\n"
			"          \"ephemeral_secret\": \"%s\" }%s\n",
			hex_encode(&a, sk, sizeof sk).p,
			hex_encode(&a, k->pk, sizeof k->pk).p,
			hex_encode(&a, k->id, sizeof k->id).p,
			hex_encode(&a, draws[1 + i].bytes, 32).p,
			i + 1 < n ? "," : "");
	}
	buf_str(b, "      ],\n");
}

static void
put_case(struct buf *b, const struct envelope_case *c, const char *end)
{
	struct open_key *keys[ENVELOPE_RECIPIENTS_MAX];
	struct buf env;
	struct hash hash;
	unsigned char key[ENVELOPE_FILE_KEY];
	struct envelope head;
	struct err e = { 0 };

	make_recipients(keys, c->recipients);
	buf_init(&env, ENVELOPE_MAX);
	seal_case(c, keys, &env, &hash);
	assert_true(envelope_parse(buf_view(&env), &head, &e));
	buf_str(b, "    {\n");
	put_string(b, "name", text_of(c->name), ",");
	buf_printf(b, "      \"mode\": %d,\n", (int)c->mode);
	put_hex(b, "subid", head.subid, sizeof head.subid, ",");
	put_hex(b, "form_hash", head.form_hash.b, HASH_BYTES, ",");
	put_string(b, "form_id", head.form_id, ",");
	buf_printf(b, "      \"epoch\": %u,\n", (unsigned)head.epoch);
	put_recipients(b, keys, c->recipients);
	put_hex(b, "file_key", draws[0].bytes, 32, ",");
	envelope_stream_key(draws[0].bytes, key);
	put_hex(b, "stream_key", key, sizeof key, ",");
	put_hex(b, "stream_header", draws[1 + c->recipients].bytes, 24, ",");
	put_hex(b, "mac", env.p + head.header_len - ENVELOPE_MAC, 32, ",");
	put_string(b, "answers", text_of(c->answers), ",");
	put_hex(b, "reply_public", "\xC0\xC1\xC2\xC3\xC4\xC5\xC6\xC7\xC8\xC9"
		"\xCA\xCB\xCC\xCD\xCE\xCF\xD0\xD1\xD2\xD3\xD4\xD5\xD6\xD7\xD8"
		"\xD9\xDA\xDB\xDC\xDD\xDE\xDF", 32, ",");
	put_string(b, "earlier", text_of(c->earlier), ",");
	put_string(b, "file", text_of(c->file_bytes ? file_meta : ""), ",");
	buf_printf(b, "      \"file_bytes\": %zu,\n", c->file_bytes);
	buf_printf(b, "      \"plain_length\": %zu,\n", head.plain_len);
	buf_printf(b, "      \"length\": %zu,\n", env.len);
	put_hex(b, "hash", hash.b, sizeof hash.b, ",");
	/* A long one is told by its hash. */
	put_hex(b, "envelope", env.p, env.len < 8192 ? env.len : 0, "");
	buf_printf(b, "    }%s\n", end);
	for (size_t i = 0; i < c->recipients; i++) {
		check_case(c, buf_view(&env), keys[i]);
		open_key_close(keys[i]);
	}
	buf_release(&env);
}

static void
write_all(struct buf *b)
{
	const size_t n = sizeof cases / sizeof *cases;

	buf_str(b, "{\n  \"about\": \"Values of blankett's formats, version 1."
		" Bytes are in hexadecimal. What they mean stands in"
		" src/seal/hash.h, token.h, note.h and envelope.h. Byte i of a"
		" file is 7 * i mod 256; an envelope left empty is told by its"
		" hash.\",\n");
	put_hashes(b);
	put_tokens(b);
	put_note(b);
	put_keyset(b);
	put_paddings(b);
	buf_str(b, "  \"envelope\": [\n");
	for (size_t i = 0; i < n; i++)
		put_case(b, &cases[i], i + 1 < n ? "," : "");
	buf_str(b, "  ]\n}\n");
}

static void
what_we_make_is_what_the_file_says(void **state)
{
	struct buf b;
	struct text want;
	struct err e = { 0 };

	(void)state;
	buf_init(&b, FILE_MAX);
	write_all(&b);
	assert_false(b.full);
	if (!fs_read(&a, file, FILE_MAX, &want, &e))
		fail_msg("%s", e.text);
	assert_int_equal(b.len, want.len);
	for (size_t i = 0; i < b.len; i++)
		if (b.p[i] != want.p[i])
			fail_msg("differs at byte %zu: %.60s", i, want.p + i);
	buf_release(&b);
}

static void
the_file_is_json_whose_envelopes_open(void **state)
{
	struct text source;
	struct value *root, *list;
	size_t opened_count = 0;
	struct err e = { 0 };

	(void)state;
	assert_true(fs_read(&a, file, FILE_MAX, &source, &e));
	assert_true(json_parse(&a, file, source, &root, &e));
	list = value_get(root, "envelope");
	for (struct value_item *i = list->first; i; i = i->next) {
		struct text hex = value_get_text(i->value, "envelope");
		struct value *r = value_get(i->value, "recipients");
		unsigned char *env = arena_alloc(&a, hex.len / 2);

		if (hex.len == 0)
			continue;
		assert_true(hex_decode(hex, env, hex.len / 2));
		for (struct value_item *k = r->first; k; k = k->next) {
			unsigned char sk[32];
			struct open_key *key;
			struct opened o;

			assert_true(hex_decode(
				value_get_text(k->value, "secret"), sk, 32));
			key = open_key_of(sk);
			assert_true(unseal(&a, bytes_text(env, hex.len / 2),
				key, &o, &e));
			assert_true(text_eq(o.answers,
				value_get_text(i->value, "answers")));
			opened_count++;
			open_key_close(key);
		}
	}
	assert_int_equal(opened_count, 7);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_we_make_is_what_the_file_says),
		cmocka_unit_test(the_file_is_json_whose_envelopes_open),
	};
	int failed = 0;

	/* Before sodium starts, so that nothing draws from the system. */
	if (randombytes_set_implementation(&fixed) != 0 || !seal_start())
		return 1;
	arena_init(&a, false);
	if (argc > 1 && strcmp(argv[1], "write") == 0) {
		struct buf b;

		buf_init(&b, FILE_MAX);
		write_all(&b);
		(void)fwrite(b.p, 1, b.len, stdout);
		buf_release(&b);
	} else {
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	}
	arena_release(&a);
	return failed;
}
