/* receipt: what the sender sees and saves when a submission lies safe. */
#ifndef INTAKE_RECEIPT_H
#define INTAKE_RECEIPT_H

#include "base/arena.h"
#include "base/value.h"
#include "http/request.h"
#include "http/response.h"
#include "intake/intake.h"
#include "queue/queue.h"

/* A submission that lies in the queue, as its sender knows it. */
struct sent_case {
	struct text reference;
	struct text code; /* the token, grouped */
	struct queue_receipt receipt;
};

/* The `receipt` map of themes/DATA.md. */
struct value *receipt_data(struct arena *a, const struct intake_form *f,
	const struct sent_case *c);

/* "Spara kvittot": a file with the server's signature and no answers. */
void receipt_file(const struct intake *in, struct request *rq,
	struct response *rs, const struct intake_form *f,
	const struct sent_case *c);

#endif
