/* guard: token buckets for networks, a share of the disk for each form. */
#include "intake/guard.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "seal/hash.h"
#include "base/banned.h"

enum { DAY_S = 24 * 60 * 60, MINUTE_MS = 60 * 1000, PROBES = 8 };

struct rate {
	int burst;
	int per_minute;
};

static const struct rate rates[GUARD_KIND_COUNT] = {
	[GUARD_FORM] = { GUARD_FORM_BURST, GUARD_FORM_PER_MINUTE },
	[GUARD_CODE] = { GUARD_CODE_BURST, GUARD_CODE_PER_MINUTE },
};

/* One network's bucket for one kind. */
struct bucket {
	uint64_t tag;     /* of kind and network under today's key; 0: free */
	int64_t seen_ms;  /* when `left` was true */
	double left;
};

/* What one form has stored in a day.  By id: the list of forms may change
 * while the server runs. */
struct share {
	struct share *next;
	struct text form;
	uint64_t bytes;
};

struct guard {
	pthread_mutex_t lock;
	char *dir;
	unsigned char key[HASH_BYTES];
	int64_t key_day;
	struct bucket *buckets; /* GUARD_SLOTS */
	struct share *shares;   /* of forms that stored on shares_day */
	int64_t shares_day;
};

bool
guard_open(const char *dir, struct guard **out, struct err *e)
{
	struct guard *g = calloc(1, sizeof *g);

	*out = g;
	if (!g)
		return err_set(e, ERR_SYSTEM, "no memory for the limits");
	(void)pthread_mutex_init(&g->lock, NULL);
	g->key_day = -1;
	g->dir = strdup(dir);
	g->buckets = calloc(GUARD_SLOTS, sizeof *g->buckets);
	if (g->dir && g->buckets)
		return true;
	guard_close(g);
	*out = NULL;
	return err_set(e, ERR_SYSTEM, "no memory for the limits");
}

static void
drop_shares(struct guard *g)
{
	while (g->shares) {
		struct share *s = g->shares;

		g->shares = s->next;
		free(s);
	}
}

void
guard_close(struct guard *g)
{
	if (!g)
		return;
	(void)pthread_mutex_destroy(&g->lock);
	secret_wipe(g->key, sizeof g->key);
	free(g->dir);
	free(g->buckets);
	drop_shares(g);
	free(g);
}

/* The bytes of an address that its network shares; 0 if it is none. */
static size_t
network_of(struct text address, unsigned char out[16])
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0xff, 0xff };
	char s[INET6_ADDRSTRLEN];

	if (address.len == 0 || address.len >= sizeof s)
		return 0;
	memcpy(s, address.p, address.len);
	s[address.len] = '\0';
	if (inet_pton(AF_INET, s, out) == 1)
		return 4;
	if (inet_pton(AF_INET6, s, out) != 1)
		return 0;
	if (memcmp(out, mapped, sizeof mapped) == 0) {
		memmove(out, out + 12, 4);
		return 4;
	}
	return 56 / 8;
}

static uint64_t
tag_of(const struct guard *g, enum guard_kind kind, struct text address)
{
	unsigned char network[16];
	unsigned char k = (unsigned char)kind;
	const struct text parts[] = {
		{ (const char *)&k, 1 },
		{ (const char *)network, network_of(address, network) },
	};
	struct hash h = hash_keyed(g->key, "blankett guard v1", parts, 2);
	uint64_t tag;

	memcpy(&tag, h.b, sizeof tag);
	return tag | 1;
}

/* The bucket with that tag, or the one of its places seen longest ago. */
static struct bucket *
find_bucket(struct guard *g, uint64_t tag, double full, int64_t now_ms)
{
	struct bucket *oldest = NULL;

	for (size_t i = 0; i < PROBES; i++) {
		struct bucket *b = &g->buckets[(tag / 2 + i) % GUARD_SLOTS];

		if (b->tag == tag)
			return b;
		if (!oldest || b->seen_ms < oldest->seen_ms)
			oldest = b;
	}
	*oldest = (struct bucket){ tag, now_ms, full };
	return oldest;
}

bool
guard_take(struct guard *g, enum guard_kind kind, struct text address,
	int64_t now_ms)
{
	const struct rate *r = &rates[kind];
	int64_t day = now_ms / ((int64_t)DAY_S * 1000);
	struct bucket *b;
	bool ok;

	(void)pthread_mutex_lock(&g->lock);
	if (day != g->key_day) {
		random_bytes(g->key, sizeof g->key);
		memset(g->buckets, 0, GUARD_SLOTS * sizeof *g->buckets);
		g->key_day = day;
	}
	b = find_bucket(g, tag_of(g, kind, address), r->burst, now_ms);
	if (now_ms > b->seen_ms)
		b->left += (double)(now_ms - b->seen_ms) * r->per_minute /
			MINUTE_MS;
	if (b->left > r->burst)
		b->left = r->burst;
	b->seen_ms = now_ms;
	ok = b->left >= 1;
	if (ok)
		b->left -= 1;
	(void)pthread_mutex_unlock(&g->lock);
	return ok;
}

/* Bytes that an ordinary user can still write; 0 if that is not known. */
static uint64_t
free_bytes(const struct guard *g)
{
	struct statvfs s;

	if (statvfs(g->dir, &s) != 0)
		return 0;
	return (uint64_t)s.f_bavail * s.f_frsize;
}

bool
guard_has_disk(struct guard *g)
{
	return free_bytes(g) > GUARD_DISK_MIN;
}

/* What the form stored today; the lock is held. */
static struct share *
share_today(struct guard *g, struct text form, int64_t now_s)
{
	struct share *s;

	if (now_s / DAY_S != g->shares_day) {
		drop_shares(g);
		g->shares_day = now_s / DAY_S;
	}
	for (s = g->shares; s; s = s->next)
		if (text_eq(s->form, form))
			return s;
	s = malloc(sizeof *s + form.len);
	if (!s)
		abort();
	memcpy(s + 1, form.p, form.len);
	*s = (struct share){ g->shares, { (char *)(s + 1), form.len }, 0 };
	g->shares = s;
	return s;
}

bool
guard_has_room(struct guard *g, struct text form, size_t bytes, int64_t now_s)
{
	uint64_t room = free_bytes(g), stored;

	(void)pthread_mutex_lock(&g->lock);
	stored = share_today(g, form, now_s)->bytes;
	(void)pthread_mutex_unlock(&g->lock);
	/* The share is of what would be free without this form's part. */
	return room > GUARD_DISK_MIN + bytes &&
		stored + bytes <= (room + stored) / GUARD_FORM_SHARE;
}

void
guard_stored(struct guard *g, struct text form, size_t bytes, int64_t now_s)
{
	(void)pthread_mutex_lock(&g->lock);
	share_today(g, form, now_s)->bytes += bytes;
	(void)pthread_mutex_unlock(&g->lock);
}
