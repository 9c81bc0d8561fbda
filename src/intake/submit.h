/*
 * submit: a form's journey: check, change, send, save.
 *
 * There is no session: every POST carries all answers, and after the first
 * valid one the token that identifies this sending.  What a button asks for
 * is `_action`; `_change=ID` goes back to a question; `_form` is the version
 * of the form that the sender has read.
 */
#ifndef INTAKE_SUBMIT_H
#define INTAKE_SUBMIT_H

#include "http/request.h"
#include "http/response.h"

/* The handler of POST to a form's address; the context is the intake. */
void submit(void *context, struct request *rq, struct response *rs);

#endif
