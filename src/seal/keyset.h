/*
 * keyset: who may read, who may collect, whose log signatures hold.
 *
 * forms/keyset is a note (note.h) signed by the organisation key, which is
 * kept offline.  Its body:
 *
 *     blankett keyset v1
 *     epoch: 3
 *     valid-from: 2026-11-22
 *     valid-until: 2027-11-22
 *     recipient: kundcenter kundcenter-1 BASE64    (role, name, X25519)
 *     recipient: reserve reserve-1 BASE64          (at least one, mandatory)
 *     collector: kundcenter collector-1 BASE64     (role, name, Ed25519)
 *     server: server-1 2026-11-22 2027-11-22 BASE64
 *
 * in this order and with nothing else.  Names are unique, and a key stands
 * once.  An envelope to role R is sealed to every recipient of R and of
 * reserve.  Names beginning with "dev-" are of development keys, which lie
 * unwrapped on a disk.
 */
#ifndef SEAL_KEYSET_H
#define SEAL_KEYSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/key.h"
#include "seal/sign.h"

enum {
	KEYSET_RECIPIENTS_MAX = 16, /* also what an envelope can hold */
	KEYSET_SIGNERS_MAX = 32,    /* collectors, and servers */
	KEYSET_WARN_DAYS = 14
};

struct keyset_recipient {
	struct text role; /* "reserve" or a role that forms name in `to` */
	struct text name;
	struct seal_key key;
};

struct keyset_collector {
	struct text role; /* whose entries it may fetch and acknowledge */
	struct text name;
	struct verify_key key;
};

struct keyset_server {
	struct text name;
	struct date from;  /* first day its log signatures hold */
	struct date until; /* last day */
	struct verify_key key;
};

/* Two or more recipients; any number of the others, also none. */
struct keyset {
	uint32_t epoch; /* from 1, grows with every change */
	struct date from;
	struct date until; /* last day; after it the forms close */
	struct keyset_recipient *recipients;
	size_t recipient_count;
	struct keyset_collector *collectors;
	size_t collector_count;
	struct keyset_server *servers;
	size_t server_count;
};

/*
 * Parses and verifies a keyset against the organisation's public key.
 * Refuses: bad signature, unknown lines, no reserve, fewer than two
 * recipients, repeated keys or names.  Does not judge today's validity.
 * `name` is the file's name in messages.
 */
bool keyset_parse(struct arena *a, const char *name, struct text note,
	const struct verify_key *organisation, struct keyset *out,
	struct err *e) __attribute__((warn_unused_result));

/* The signed text of a keyset, as it stands in forms/keyset; what it says
 * must be what keyset_parse accepts. */
struct text keyset_write(struct arena *a, const struct keyset *ks,
	const struct sign_key *organisation);

/* Is `today` within its validity? */
bool keyset_is_valid_on(const struct keyset *ks, struct date today);

/* Do this server's log signatures hold on that day? */
bool keyset_server_holds(const struct keyset_server *s, struct date day);

/* Does it name development keys?  Only `serve --dev` takes such a one. */
bool keyset_is_development(const struct keyset *ks);

/*
 * The keys an envelope for `role` is sealed to, ascending by key_id, into
 * keys[KEYSET_RECIPIENTS_MAX]; 0 if the role has no recipient ("reserve"
 * alone is no role to send to).
 */
size_t keyset_recipients(const struct keyset *ks, struct text role,
	struct seal_key *keys);
/* NULL if there is none. */
const struct keyset_collector *keyset_collector(const struct keyset *ks,
	const unsigned char id[KEY_ID_BYTES]);
const struct keyset_server *keyset_server(const struct keyset *ks,
	const unsigned char id[KEY_ID_BYTES]);

#endif
