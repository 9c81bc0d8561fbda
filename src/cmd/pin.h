/*
 * pin: the line of content/site.yaml that says whose signature the site's
 * keyset must bear: `organisation-key: BASE64`.
 */
#ifndef CMD_PIN_H
#define CMD_PIN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/key.h"

/*
 * site.yaml with its pin set to `key`: the value of the line is replaced, or
 * a line is added at the end; every other byte stays.
 */
struct text pin_put(struct arena *a, struct text yaml,
	const struct verify_key *key);

/* Reads the pin of the site in directory `site`. */
bool pin_read(const char *site, struct verify_key *out, struct err *e)
	__attribute__((warn_unused_result));
/* Writes it, atomically; refuses a site.yaml that would not say it then. */
bool pin_write(const char *site, const struct verify_key *key, struct err *e)
	__attribute__((warn_unused_result));

#endif
