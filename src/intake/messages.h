/*
 * messages: the pages that say why something was not done, made at start.
 *
 * So a refusal costs nothing, cannot fail, and looks like the rest of the
 * site.  The words are the theme's: message_404_title, message_404_lead ...;
 * a status without words of its own uses those of 400.
 */
#ifndef INTAKE_MESSAGES_H
#define INTAKE_MESSAGES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "http/response.h"

struct intake_config;
struct messages;

/* Which of the pages with one status is meant. */
enum message_kind {
	MESSAGE_PLAIN,
	MESSAGE_CLOSED, /* 503: this form takes nothing in now */
	MESSAGE_KIND_COUNT
};

/* Renders every message in every language; all lives on `a`. */
bool messages_make(struct arena *a, const struct intake_config *c,
	struct messages **out, struct err *e)
	__attribute__((warn_unused_result));

/* Makes rs the message of that status, in the language of the path. */
void messages_answer(const struct messages *m, int status,
	enum message_kind kind, struct text path, struct response *rs);

#endif
