/*
 * pin: the lines of content/site.yaml that say whose signature must stand
 * under what: `organisation-key: BASE64` under the keyset, `publishing-key:
 * BASE64` under site.json.
 */
#ifndef CMD_PIN_H
#define CMD_PIN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/key.h"

#define PIN_ORGANISATION "organisation-key"
#define PIN_PUBLISHER "publishing-key"

/*
 * site.yaml with the pin of that name set to `key`: the value of the line is replaced, or
 * a line is added at the end; every other byte stays.
 */
struct text pin_put(struct arena *a, struct text yaml, const char *name,
	const struct verify_key *key);

/* Reads PIN_ORGANISATION of the site in directory `site`. */
bool pin_read(const char *site, struct verify_key *out, struct err *e)
	__attribute__((warn_unused_result));
/* Writes a pin, atomically; refuses a site.yaml that would not say it then. */
bool pin_write(const char *site, const char *name,
	const struct verify_key *key, struct err *e)
	__attribute__((warn_unused_result));

#endif
