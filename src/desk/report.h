/*
 * report: lists and counts of what is in a store: never a name or an
 * answer, so no key is needed.
 */
#ifndef DESK_REPORT_H
#define DESK_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/value.h"
#include "desk/store.h"

/* What stands for a case where people read: its reference, else its subid. */
struct text report_name(struct arena *a, const struct store_case *c);
/* "2026-11-22 14:05", in Swedish time. */
struct text report_minute(struct arena *a, int64_t utc_s);
/* "new", "done", "refused" (does not open), "missing", "purged", "unread". */
const char *report_status(const struct store_case *c);
/* The last day to answer on; false if none is promised. */
bool report_due(const struct store_case *c, struct date *due);

struct report_filter {
	const char *form; /* only of this form; NULL: of all */
	bool only_new;
	bool purged;      /* those too */
};

/* Aligned columns, a line a case, oldest first; `colour` for terminals. */
void report_list(struct store *s, const struct report_filter *f,
	int64_t now_s, bool colour, struct buf *out);
/* The same as a list of maps. */
struct value *report_list_value(struct arena *a, struct store *s,
	const struct report_filter *f, int64_t now_s);

/* Cases a form and month, as {"forms":[{"form","months":{"2026-11":3},
 * "total"}],"total","done"}. */
struct value *report_stats_value(struct arena *a, struct store *s);
/* That as a table. */
void report_stats(const struct value *stats, struct buf *out);

#endif
