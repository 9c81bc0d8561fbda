/*
 * security: /.well-known/security.txt (RFC 9116): whom to tell of a hole.
 *
 *     security-contact: it-sakerhet@lindvik.example     or a list; https:
 *     security-expires: 2027-06-30                      the last day
 *     security-policy: https://…                        may be left out
 *
 * Without security-contact there is no file.
 */
#ifndef SITE_SECURITY_H
#define SITE_SECURITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"

#define SECURITY_URL "/.well-known/security.txt"

enum { SECURITY_WARN_DAYS = 30 };

struct security {
	struct text *contacts; /* as URIs */
	size_t contact_count;  /* 0: there is no file */
	struct date expires;
	int expires_line;      /* in site.yaml */
	struct text policy;    /* empty: none */
};

/* Reads the keys above from site.yaml's map, checked for their kinds. */
bool security_read(struct arena *a, const struct value *map,
	struct security *out, struct err *e)
	__attribute__((warn_unused_result));

/* Adds `security` of themes/DATA.md.  It is no HTML: what it holds is not
 * escaped. */
void security_put(struct arena *a, const struct security *s,
	struct text base_url, struct value *data);

/* What check should warn of on that day, or the empty text. */
struct text security_warning(struct arena *a, const struct security *s,
	struct date today);

#endif
