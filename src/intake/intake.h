/*
 * intake: what the public server does: pages from memory, the journey of a
 * form, /svar/, the collectors' API.
 *
 * The parts are handed in by cmd/; intake owns none of them.  An intake is of
 * one site and one keyset: a server that takes another opens another, over
 * the same queue, guard and nonces.  A request goes through the route table
 * of intake.c to one handler, which answers in full: whatever goes wrong
 * becomes a page.
 */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"
#include "form/form.h"
#include "form/submission.h"
#include "http/request.h"
#include "http/response.h"
#include "intake/collector.h"
#include "intake/guard.h"
#include "intake/nonces.h"
#include "intake/pages.h"
#include "intake/preview.h"
#include "queue/queue.h"
#include "seal/keyset.h"
#include "seal/sign.h"
#include "view/theme.h"

struct messages;

/* All of it is borrowed and must outlive the intake. */
struct intake_config {
	const struct theme *theme;
	const struct form *const *forms;
	size_t form_count;
	const struct pages *pages;
	struct queue *queue;
	struct guard *guard;
	struct nonces *nonces;
	const struct keyset *keyset;
	struct text keyset_file;
	const struct sign_key *server;
	const char *server_name;
	bool behind_proxy;          /* X-Real-IP is the visitor's network */
	/* themes/DATA.md: "common" for a page made while serving; and all that
	 * form.mustache gets of a form, with the answers of `s` unless NULL. */
	bool (*common)(void *context, struct arena *a, struct text lang,
		struct text url, struct value **out, struct err *e);
	bool (*form_data)(void *context, struct arena *a, const struct form *f,
		const struct submission *s, struct value **out, struct err *e);
	/* All that search.mustache gets for a query of any bytes, or *out is
	 * NULL if it cannot be answered yet.  NULL: the site has no search
	 * but its built page. */
	bool (*search)(void *context, struct arena *a, struct text lang,
		struct text url, struct text query, struct value **out,
		struct err *e);
	/* Has the page at this address expired by now?  Then it is a 410,
	 * though the built site still has it.  NULL: none ever does. */
	bool (*is_over)(void *context, struct text path, int64_t now_s);
	void *context;
	/* For an editor's own eyes (serve --watch), or NULL; and which build
	 * the pages are of. */
	struct preview *preview;
	int64_t build;
};

/* A form as the server knows it before it is asked. */
struct intake_form {
	const struct form *form;
	struct text url;        /* "/en/e-tjanster/synpunkt/" */
	struct hash version;    /* BLAKE2b-256 of its canonical form */
	struct text version_hex;
	const struct value *data; /* form_data without answers */
	struct seal_key keys[KEYSET_RECIPIENTS_MAX];
	size_t key_count;       /* 0: nobody could open it; the form is closed */
};

struct intake {
	struct intake_config config;
	struct arena arena;
	struct intake_form *forms;
	size_t form_count;
	struct messages *messages;
	struct collector *collector;
};

/* Prepares everything that can fail, so that requests do not. */
bool intake_open(const struct intake_config *c, struct intake **out,
	struct err *e) __attribute__((warn_unused_result));
void intake_close(struct intake *in); /* NULL is allowed */

/* The handlers of httpd_config; the context is the struct intake. */
void intake_handle(void *context, struct request *rq, struct response *rs);
void intake_refuse(void *context, int status, struct arena *a,
	struct response *rs);

/*
 * May the visitor behind this request do this once more?  Always, if the
 * request comes from this machine and not through a proxy.
 */
bool intake_may(struct intake *in, enum guard_kind kind,
	const struct request *rq) __attribute__((warn_unused_result));

#endif
