/*
 * receipt: what the server signs when a submission lies safe, for the
 * resident to keep.
 *
 * It is a note (note.h) signed by the server's key, with the body
 *
 *     blankett receipt v1
 *     reference: SYN-7KQ4-M2XD
 *     form: synpunkt
 *     received: 2026-11-22T14:05:09+01:00      (RFC 3339, Swedish time)
 *     envelope: HEX                            (BLAKE2b-256, 64 digits)
 *     epoch: 3                                 (of the keyset)
 *
 * and nothing else: no answer, no name, no reply code.
 */
#ifndef SEAL_RECEIPT_H
#define SEAL_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/hash.h"
#include "seal/keyset.h"

struct receipt {
	struct text reference;
	struct text form_id;
	int64_t received_s; /* UTC */
	struct hash envelope;
	uint32_t epoch;
};

/* The body to sign with note_sign. */
struct text receipt_body(struct arena *a, const struct receipt *r);

/* Reads a body back; only exactly what receipt_body writes is accepted. */
bool receipt_parse(struct arena *a, struct text body, struct receipt *out,
	struct err *e) __attribute__((warn_unused_result));

/*
 * Opens a signed receipt: one of the keyset's server keys has signed it and
 * was valid on the (Swedish) day it was received.  *by, if by is not NULL,
 * is that key.
 */
bool receipt_open(struct arena *a, struct text note, const struct keyset *ks,
	struct receipt *out, const struct keyset_server **by, struct err *e)
	__attribute__((warn_unused_result));

#endif
