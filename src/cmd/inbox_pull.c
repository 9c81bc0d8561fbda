/* inbox pull: fetch, verify, keep sealed. */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/inbox.h"
#include "cmd/output.h"
#include "desk/pull.h"
#include "base/banned.h"

enum { PATIENCE_MS = 500 /* before a long pull says how far it is */ };

static const struct cmd_option options[] = {
	{ "server", "URL", "the server's address; remembered by the store" },
	{ "key", "DIR", "kundcenter's keys and organisation.pub" },
	{ "store", "DIR", "where to keep it; made the first time" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ "accept-restored", NULL, "the server was restored from a copy, and "
		"that is right" },
	{ "json", NULL, "print the counts as JSON" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_inbox_pull = {
	.name = "inbox pull",
	.arguments = "",
	.summary = "fetch what has come in, verify it, keep it sealed",
	.help = "Nothing is deleted at the server by a pull: inbox done does "
		"that.\nAn interrupted pull is continued by the next one.",
	.options = options,
	.run = run,
};

static size_t
count_form(const struct store *s, struct text form)
{
	size_t n = 0;

	for (size_t i = 0; i < s->case_count; i++)
		n += s->cases[i]->fresh && text_eq(s->cases[i]->form, form);
	return n;
}

/* Is case i the first new one of its form? */
static bool
is_first(const struct store *s, size_t i)
{
	if (!s->cases[i]->fresh || s->cases[i]->form.len == 0)
		return false;
	for (size_t k = 0; k < i; k++)
		if (s->cases[k]->fresh &&
			text_eq(s->cases[k]->form, s->cases[i]->form))
			return false;
	return true;
}

static size_t
count_stored(const struct store *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->case_count; i++)
		n += s->cases[i]->stored;
	return n;
}

/* "3 nya (2 synpunkt, 1 ansokan), 0 avvisade; 12 i förrådet." */
static void
print_counts(const struct pull *p)
{
	const struct store *s = p->store;
	const char *before = " (";

	(void)printf("%zu %s", p->fresh,
		p->fresh == 1 ? "nytt" : "nya");
	for (size_t i = 0; i < s->case_count; i++) {
		struct text form = s->cases[i]->form;

		if (!is_first(s, i))
			continue;
		(void)printf("%s%zu %.*s", before, count_form(s, form),
			(int)form.len, form.p);
		before = ", ";
	}
	(void)printf("%s, %zu avvisade", before[0] == ',' ? ")" : "",
		p->refused);
	if (p->flagged)
		(void)printf(", %zu följer inte sin blankett", p->flagged);
	(void)printf("; %zu i förrådet. Sedan: blankett inbox list --store %s\n",
		count_stored(s), s->dir);
}

static bool
print_json(struct inbox *in, const struct pull *p, struct err *e)
{
	const struct store *s = p->store;
	struct value *v = value_map(&in->a);
	struct value *forms = value_map(&in->a);

	for (size_t i = 0; i < s->case_count; i++)
		if (is_first(s, i))
			(void)value_set_text(&in->a, forms, s->cases[i]->form,
				value_int(&in->a, (int64_t)count_form(s,
					s->cases[i]->form)));
	(void)value_set(&in->a, v, "new",
		value_int(&in->a, (int64_t)p->fresh));
	(void)value_set(&in->a, v, "forms", forms);
	(void)value_set(&in->a, v, "refused",
		value_int(&in->a, (int64_t)p->refused));
	(void)value_set(&in->a, v, "not_valid",
		value_int(&in->a, (int64_t)p->flagged));
	(void)value_set(&in->a, v, "damaged",
		value_int(&in->a, (int64_t)p->damaged));
	(void)value_set(&in->a, v, "in_store",
		value_int(&in->a, (int64_t)count_stored(s)));
	return output_json(v, e);
}

/* A terminal's line about a pull that takes its time. */
struct patience {
	int64_t since_ms;
	bool shown;
};

static void
show_progress(void *context, uint64_t done, uint64_t total)
{
	struct patience *w = context;

	if (clock_monotonic_ms() - w->since_ms < PATIENCE_MS)
		return;
	w->shown = true;
	(void)fprintf(stderr, "\r%llu of %llu log entries",
		(unsigned long long)done, (unsigned long long)total);
}

static bool
pull(struct inbox *in, bool accept_restored, bool json, struct err *e)
{
	struct patience patience = { clock_monotonic_ms(), false };
	struct pull p = {
		.store = in->store,
		.fetch = in->fetch,
		.collector = in->collector,
		.organisation = &in->organisation,
		.ring = in->ring,
		.accept_restored = accept_restored,
		.context = &patience,
	};
	bool ok;

	if (isatty(STDERR_FILENO))
		p.progress = show_progress;
	ok = pull_run(&p, e);
	if (patience.shown)
		(void)fputs("\r\033[K", stderr);
	if (!ok || !store_set_server(in->store, fetch_server(in->fetch), e))
		return false;
	if (!json)
		print_counts(&p);
	else if (!print_json(in, &p, e))
		return false;
	if (p.damaged == 0)
		return true;
	return err_set(e, ERR_CRYPTO, "%zu envelope%s missing or wrong at the "
		"server: %s", p.damaged, p.damaged == 1 ? " is" : "s are",
		p.fault.text);
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_inbox_pull;
	struct inbox in;
	bool ok;

	inbox_init(&in);
	ok = inbox_keys(&in, c, call, true, e) &&
		inbox_store(&in, c, call, STORE_MAKE, e) &&
		inbox_server(&in, c, call, e) &&
		pull(&in, cmd_value(c, call, "accept-restored") != NULL,
			cmd_value(c, call, "json") != NULL, e);
	inbox_close(&in);
	return ok;
}
