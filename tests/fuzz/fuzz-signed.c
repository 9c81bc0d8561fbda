/* fuzz-signed: any bytes as the Authorization header of a request. */
#include <stdint.h>
#include <stdlib.h>

#include "http/signed.h"
#include "seal/hash.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char seed[PUBLIC_KEY_BYTES] = { 1, 2, 3 };
	struct text header = { (const char *)data, size };
	struct sign_key *key;
	struct signed_header h;
	struct arena a;
	struct err e = { 0 };

	if (!seal_start())
		abort();
	key = sign_key_of(seed);
	arena_init(&a, false);
	if (!signed_parse(header, &h, &e)) {
		if (e.kind != ERR_FORMAT)
			abort();
	} else if (signed_holds(&a, &h, sign_key_public(key), "DELETE",
			text_of("/never/signed"), header)) {
		abort();
	}
	sign_key_close(key);
	arena_release(&a);
	return 0;
}
