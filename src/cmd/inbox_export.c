/* inbox export: opened cases as JSON lines, CSV or HTML. */
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "cmd/commands.h"
#include "cmd/inbox.h"
#include "desk/export.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "store", "DIR", "the store" },
	{ "key", "DIR", "kundcenter's keys and organisation.pub" },
	{ "format", "jsonl|csv|html", "what to write" },
	{ "out", "DIR", "write files there, attachments too (default: to "
		"standard output)" },
	{ "form", "ID", "only cases of this form" },
	{ "new", NULL, "only those not done" },
	{ "separator", "';'", "between cells of CSV (default: comma)" },
	{ "theme", "DIR", "of the HTML (themes/standard in the site)" },
	{ "passphrase-file", "FILE", "passphrase in FILE's first line" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_inbox_export = {
	.name = "inbox export",
	.arguments = "[REF]...",
	.summary = "write opened cases as JSON lines, CSV or HTML",
	.help = "What is written can be read by anyone who gets at it: keep it"
		" where\nonly those may who need it, and remove it afterwards.",
	.options = options,
	.arguments_max = CMD_ARGUMENTS_MAX,
	.run = run,
};

static const struct {
	const char *name;
	enum export_format format;
} formats[] = {
	{ "jsonl", EXPORT_JSONL },
	{ "csv", EXPORT_CSV },
	{ "html", EXPORT_HTML },
};

static bool
read_format(const char *name, enum export_format *out, struct err *e)
{
	for (size_t i = 0; name && i < sizeof formats / sizeof *formats; i++) {
		if (strcmp(formats[i].name, name) != 0)
			continue;
		*out = formats[i].format;
		return true;
	}
	return err_set(e, ERR_USAGE,
		"inbox export: --format is jsonl, csv or html");
}

static bool
read_separator(const char *value, char *out, struct err *e)
{
	*out = value ? value[0] : ',';
	if (!value || strcmp(value, ",") == 0 || strcmp(value, ";") == 0 ||
		strcmp(value, "\t") == 0)
		return true;
	return err_set(e, ERR_USAGE, "inbox export: --separator is one of "
		"comma, semicolon and tab");
}

/* Those named, or all that pass the options; of what opens here. */
static bool
choose(struct inbox *in, const struct cmd_call *call, struct export *x,
	struct err *e)
{
	const char *form = cmd_value(&cmd_inbox_export, call, "form");
	bool only_new = cmd_value(&cmd_inbox_export, call, "new") != NULL;
	const struct store *s = in->store;
	size_t max = call->argument_count + s->case_count;
	struct store_case **cases = arena_array(&in->a, max + 1,
		sizeof *cases);

	x->cases = cases;
	for (size_t i = 0; i < call->argument_count; i++) {
		struct store_case *c;

		if (!store_resolve(in->store, call->arguments[i], &c, e))
			return false;
		if (!c->stored || !c->looked)
			return err_set(e, ERR_USAGE, "%s: is %s",
				call->arguments[i], report_status(c));
		cases[x->case_count++] = c;
	}
	for (size_t i = 0; call->argument_count == 0 && i < s->case_count;
		i++) {
		struct store_case *c = s->cases[i];

		if (c->stored && c->looked && !(only_new && c->done_s) &&
			(!form || text_is(c->form, form)))
			cases[x->case_count++] = c;
	}
	return true;
}

static bool
load_theme(struct inbox *in, const struct cmd_call *call, struct export *x,
	struct err *e)
{
	const char *dir = cmd_value(&cmd_inbox_export, call, "theme");
	struct theme *theme;

	if (x->format != EXPORT_HTML)
		return true;
	if (!dir)
		dir = fs_join(&in->a, call->site, "themes/standard");
	if (!theme_load(&in->a, dir, &theme, e))
		return false;
	x->theme = theme;
	return true;
}

static bool
export_all(struct inbox *in, const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_inbox_export;
	struct export x = { .store = in->store, .ring = in->ring,
		.dir = cmd_value(c, call, "out"), .stream = stdout };

	if (!read_format(cmd_value(c, call, "format"), &x.format, e) ||
		!read_separator(cmd_value(c, call, "separator"), &x.separator,
			e) ||
		!choose(in, call, &x, e) || !load_theme(in, call, &x, e) ||
		!export_run(&x, e))
		return false;
	if (x.dir)
		(void)printf("%zu ärende%s i %s\n", x.written,
			x.written == 1 ? "" : "n", x.dir);
	return x.refused == 0 || err_set(e, ERR_CRYPTO,
		"%zu case%s not open and %s not written: %s", x.refused,
		x.refused == 1 ? " does" : "s do",
		x.refused == 1 ? "is" : "are", x.fault.text);
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const struct cmd *c = &cmd_inbox_export;
	struct inbox in;
	bool ok;

	inbox_init(&in);
	ok = inbox_store(&in, c, call, STORE_READ, e) &&
		inbox_keys(&in, c, call, false, e) &&
		export_all(&in, call, e);
	inbox_close(&in);
	return ok;
}
