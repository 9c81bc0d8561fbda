/* secret: memory for keys that live long. */
#include "seal/secret.h"

#include <stdio.h>
#include <stdlib.h>

#include <sodium.h>

#include "base/banned.h"

enum { LOCK_BYTES = 64 * 1024 };

void *
secret_new(size_t size)
{
	void *p = sodium_malloc(size);

	if (!p) {
		(void)fputs("blankett: no memory for a key\n", stderr);
		abort();
	}
	return p;
}

void
secret_free(void *p)
{
	sodium_free(p);
}

bool
secret_memory_locks(void)
{
	void *p = sodium_malloc(LOCK_BYTES);
	/* sodium_malloc keeps quiet about a lock that failed; this tells. */
	bool locks = p && sodium_mlock(p, LOCK_BYTES) == 0;

	sodium_free(p);
	return locks;
}
