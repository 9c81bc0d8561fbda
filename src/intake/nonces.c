/* nonces: which signed requests have been made, so that none counts twice. */
#include "intake/nonces.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/banned.h"

enum { NONCES_MAX = 4096 }; /* remembered at a time */

/* A nonce that must not come again while its time is within the window. */
struct nonce {
	unsigned char b[SIGNED_NONCE_BYTES];
	int64_t until_s;
};

struct nonces {
	pthread_mutex_t lock;
	int64_t started_s;
	struct nonce items[NONCES_MAX];
	size_t count;
};

struct nonces *
nonces_open(void)
{
	struct nonces *n = calloc(1, sizeof *n);

	if (!n)
		abort();
	n->started_s = clock_now_s();
	(void)pthread_mutex_init(&n->lock, NULL);
	return n;
}

void
nonces_close(struct nonces *n)
{
	if (!n)
		return;
	(void)pthread_mutex_destroy(&n->lock);
	free(n);
}

/* Only a request whose signature holds uses up a nonce, so nobody else can
 * fill the table. */
enum nonce_verdict
nonces_use(struct nonces *n, const struct signed_header *h, int64_t now_s)
{
	enum nonce_verdict verdict = NONCE_NEW;
	size_t kept = 0;

	if (h->time_s < n->started_s)
		return NONCE_EARLY;
	(void)pthread_mutex_lock(&n->lock);
	for (size_t i = 0; i < n->count; i++) {
		if (n->items[i].until_s < now_s)
			continue;
		n->items[kept] = n->items[i];
		if (memcmp(n->items[kept++].b, h->nonce,
			SIGNED_NONCE_BYTES) == 0)
			verdict = NONCE_USED;
	}
	n->count = kept;
	if (verdict == NONCE_NEW && kept == NONCES_MAX)
		verdict = NONCE_FULL;
	if (verdict == NONCE_NEW) {
		struct nonce *new = &n->items[n->count++];

		memcpy(new->b, h->nonce, SIGNED_NONCE_BYTES);
		new->until_s = h->time_s + SIGNED_WINDOW_S;
	}
	(void)pthread_mutex_unlock(&n->lock);
	return verdict;
}
