/*
 * fuzz-request: a head of any bytes is refused, or is one that everybody
 * reads the same way.
 *
 * Input: method, target and version, each a line, then "name: value" lines,
 * an empty line and a body.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "http/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FIELDS_MAX = 70, BODY_MAX = 1000 };

static void
go_on(void *context)
{
	(void)context;
}

/* Gives the rest of the input in pieces of at most seven bytes. */
static size_t
read_piece(void *context, void *to, size_t max)
{
	struct text *rest = context;
	size_t n = max < 7 ? max : 7;

	if (n > rest->len)
		n = rest->len;
	if (n > 0)
		memcpy(to, rest->p, n);
	*rest = text_from(*rest, n);
	return n;
}

static struct text
next_line(struct text *rest)
{
	struct text line = { 0 };

	(void)text_split(rest, '\n', &line);
	return line;
}

static void
check_path(struct text path)
{
	if (path.len == 0 || path.p[0] != '/' ||
		text_find(path, '\0') < path.len ||
		text_find(path, '\n') < path.len ||
		text_find(path, '\r') < path.len ||
		text_search(path, "//") < path.len ||
		text_search(path, "/../") < path.len ||
		text_search(path, "/./") < path.len ||
		text_ends(path, "/..") || text_ends(path, "/."))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text rest = { (const char *)data, size }, body;
	struct request_field fields[FIELDS_MAX];
	struct request_head head = { .fields = fields };
	struct request_source source = { go_on, read_piece, &rest };
	struct request rq;
	struct err e = { 0 };
	struct arena a;
	int status;

	arena_init(&a, true);
	head.method = next_line(&rest);
	head.target = next_line(&rest);
	head.version = next_line(&rest);
	while (head.field_count < FIELDS_MAX) {
		struct text line = next_line(&rest);
		size_t colon = text_find(line, ':');

		if (line.len == 0)
			break;
		fields[head.field_count++] = (struct request_field){
			text_sub(line, 0, colon),
			text_trim(text_from(line, colon + 1)) };
	}
	status = request_init(&rq, &a, &head);
	if (status == 0) {
		check_path(rq.path);
		if (rq.host.len == 0 || rq.content_length < -1)
			abort();
		rq.source = &source;
		rq.deadline_ms = clock_monotonic_ms() + 10000;
		if (request_body(&rq, BODY_MAX, &body, &e) &&
			rq.content_length > 0 &&
			body.len != (size_t)rq.content_length)
			abort();
	} else if (status < 400 || status > 505) {
		abort();
	}
	arena_release(&a);
	return 0;
}
