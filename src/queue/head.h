/*
 * head: where the log stands, as the text that the server signs.
 *
 *     blankett head v1
 *     incarnation: HEX
 *     size: N
 *     chain: HEX
 *     time: RFC 3339       when it was signed
 */
#ifndef QUEUE_HEAD_H
#define QUEUE_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "queue/queue.h"

/* The body of a head note (note.h), as of now_s. */
struct text head_write(struct arena *a, const struct queue_head *h,
	int64_t now_s);

/* Reads exactly what head_write writes; time_s of *out is when it was
 * signed. */
bool head_read(struct text body, struct queue_head *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
