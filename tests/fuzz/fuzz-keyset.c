/*
 * fuzz-keyset: any bytes as a keyset, as a note, and as a receipt; then as
 * the body of one that is signed rightly.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "seal/hash.h"
#include "seal/keyset.h"
#include "seal/note.h"
#include "seal/receipt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read is written the same and read again. */
static void
check_keyset(struct arena *a, const struct keyset *ks, struct text body,
	const struct sign_key *key)
{
	struct seal_key keys[KEYSET_RECIPIENTS_MAX];
	struct text again = keyset_write(a, ks, key);
	struct text opened;
	struct err e = { 0 };

	if (!note_open(again, "again", sign_key_public(key), &opened, &e) ||
		!text_eq(opened, body))
		abort();
	for (size_t i = 0; i < ks->recipient_count; i++) {
		struct text role = ks->recipients[i].role;
		size_t n = keyset_recipients(ks, role, keys);

		if (text_is(role, "reserve") ? n != 0 : n < 2)
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char seed[32] = { 1 };
	struct text bytes = { (const char *)data, size };
	struct arena a;
	struct sign_key *key;
	struct keyset ks;
	struct receipt r;
	struct err e = { 0 };

	if (!seal_start())
		abort();
	key = sign_key_of(seed);
	arena_init(&a, false);
	if (keyset_parse(&a, "f", bytes, sign_key_public(key), &ks, &e))
		check_keyset(&a, &ks, text_sub(bytes, 0,
			text_search(bytes, "\n\n") + 1), key);
	else if (e.kind == ERR_NONE || !utf8_valid(text_of(e.text)))
		abort();
	if (size > 0 && size < NOTE_MAX && data[size - 1] == '\n') {
		struct text note = note_sign(&a, bytes, "f", key);

		e = (struct err){ 0 };
		if (keyset_parse(&a, "f", note, sign_key_public(key), &ks, &e))
			check_keyset(&a, &ks, bytes, key);
		else if (e.kind == ERR_NONE)
			abort();
	}
	e = (struct err){ 0 };
	if (receipt_parse(&a, bytes, &r, &e) &&
		!text_eq(receipt_body(&a, &r), bytes))
		abort();
	arena_release(&a);
	sign_key_close(key);
	return 0;
}
