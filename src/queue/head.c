/* head: where the log stands, as the text that the server signs. */
#include "queue/head.h"

#include "base/clock.h"
#include "base/banned.h"

struct text
head_write(struct arena *a, const struct queue_head *h, int64_t now_s)
{
	return arena_printf(a,
		"blankett head v1\nincarnation: %s\nsize: %llu\nchain: %s\n"
		"time: %s\n",
		hex_encode(a, h->incarnation, sizeof h->incarnation).p,
		(unsigned long long)h->size,
		hex_encode(a, h->chain.b, HASH_BYTES).p,
		clock_rfc3339(a, now_s).p);
}

/* Two digits at `at` within [0, max]. */
static bool
two_digits(struct text t, size_t at, int64_t max, int64_t *out)
{
	return text_to_int(text_sub(t, at, 2), 0, max, out);
}

/* "2026-11-22T14:05:09+01:00", the form that clock_rfc3339 gives. */
static bool
read_time(struct text t, int64_t *out)
{
	struct date day;
	int64_t hour;
	int64_t minute;
	int64_t second;
	int64_t off_hour;
	int64_t off_minute;

	if (t.len != 25 || t.p[10] != 'T' || t.p[13] != ':' ||
		t.p[16] != ':' || t.p[19] != '+' || t.p[22] != ':' ||
		!date_parse(text_sub(t, 0, 10), &day) ||
		!two_digits(t, 11, 23, &hour) ||
		!two_digits(t, 14, 59, &minute) ||
		!two_digits(t, 17, 59, &second) ||
		!two_digits(t, 20, 14, &off_hour) ||
		!two_digits(t, 23, 59, &off_minute))
		return false;
	*out = date_to_days(day) * 86400 + (hour - off_hour) * 3600 +
		(minute - off_minute) * 60 + second;
	return true;
}

/* Takes the line "name: value" off *rest. */
static bool
take_field(struct text *rest, const char *name, struct text *value)
{
	size_t n = text_of(name).len;

	if (!text_line(rest, value) || !text_starts(*value, name) ||
		!text_starts(text_from(*value, n), ": "))
		return false;
	*value = text_from(*value, n + 2);
	return true;
}

bool
head_read(struct text body, struct queue_head *out, struct err *e)
{
	struct text rest = body;
	struct text line;
	struct text incarnation;
	struct text size;
	struct text chain;
	struct text time;
	int64_t n;

	*out = (struct queue_head){ 0 };
	if (!text_line(&rest, &line) || !text_is(line, "blankett head v1"))
		return err_set(e, ERR_FORMAT,
			"the log head is not a \"blankett head v1\"");
	if (!take_field(&rest, "incarnation", &incarnation) ||
		!take_field(&rest, "size", &size) ||
		!take_field(&rest, "chain", &chain) ||
		!take_field(&rest, "time", &time) || rest.len ||
		!hex_decode(incarnation, out->incarnation,
			sizeof out->incarnation) ||
		!text_to_int(size, 0, INT64_MAX, &n) ||
		!hex_decode(chain, out->chain.b, HASH_BYTES) ||
		!read_time(time, &out->time_s))
		return err_set(e, ERR_FORMAT,
			"the log head does not have the form it must have");
	out->size = (uint64_t)n;
	return true;
}
