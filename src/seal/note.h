/*
 * note: a short text with signatures under it.
 *
 *     BODY            one or more lines, each ended by \n; no control
 *                     characters but \n; at most NOTE_MAX bytes in all
 *     (empty line)
 *     — NAME BASE64   one line a signature: base64 of key_id 8 ‖ sig 64
 *
 * The signature is Ed25519 over BODY with its last newline.  The form is
 * that of C2SP signed-note with our 8-byte key ids.  The last empty line
 * ends BODY, so BODY may have empty lines inside.
 */
#ifndef SEAL_NOTE_H
#define SEAL_NOTE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "seal/key.h"
#include "seal/sign.h"

enum { NOTE_MAX = 64 * 1024, NOTE_SIGNATURES_MAX = 16 };

/* The signed note; body must end in a newline. */
struct text note_sign(struct arena *a, struct text body, const char *name,
	const struct sign_key *key);

/*
 * Checks that a signature by `key` holds and gives the body.  Signatures by
 * other keys are passed over, but every line under the body must be a
 * well-formed one and no key may sign twice.  `what` names the note in the
 * message ("keyset", "log head").
 */
bool note_open(struct text note, const char *what,
	const struct verify_key *key, struct text *body, struct err *e)
	__attribute__((warn_unused_result));

/* Does the note carry a signature line of this key?  Whether it holds is
 * note_open's to say; this is for choosing the key. */
bool note_names(struct text note, const struct verify_key *key);

/*
 * The value of the line "name: value" in a body; empty if there is none.
 */
struct text note_field(struct text body, const char *name);

#endif
