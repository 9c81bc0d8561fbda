/* check: everything that is wrong with a site, without writing. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "cmd/chosen.h"
#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "cmd/drafts.h"
#include "cmd/siteopts.h"
#include "site/site.h"
#include "base/banned.h"

enum { JSON_MAX = 256 * 1024 * 1024 };

static const struct cmd_option options[] = {
	SITE_OPTIONS,
	{ "drafts", NULL, "drafts too" },
	{ "report", NULL, "how pages read, missing variants, links elsewhere" },
	{ "json", NULL, "one JSON object" },
	{ NULL, NULL, NULL }
};

/* ---- for people ---------------------------------------------------------- */

static int
shown(struct text t)
{
	return (int)t.len;
}

static void
print_pages(const struct value *pages)
{
	(void)printf("\nHow pages read (LIX: below 30 very easy, 30 to 40 easy, "
		"40 to 50 average,\n50 to 60 hard, above that very hard)\n\n"
		"LIX  WORDS  PAGE\n");
	for (const struct value_item *i = pages->first; i; i = i->next) {
		struct text lix = value_get_text(i->value, "lix");
		struct text words = value_get_text(i->value, "words");
		struct text file = value_get_text(i->value, "file");

		(void)printf("%3.*s  %5.*s  %.*s\n", shown(lix), lix.p,
			shown(words), words.p, shown(file), file.p);
	}
}

static void
print_state(struct text variant, const char *state, const struct value *pages)
{
	for (const struct value_item *i = pages->first; i; i = i->next)
		(void)printf("%-8.*s  %-8s  %.*s\n", shown(variant), variant.p,
			state, shown(i->value->text), i->value->text.p);
}

static void
print_variants(const struct value *variants)
{
	size_t lacks = 0;

	if (!variants->first)
		return;
	(void)printf("\nVARIANT   PAGES  MISSING  OUTDATED\n");
	for (const struct value_item *i = variants->first; i; i = i->next) {
		struct text name = value_get_text(i->value, "variant");
		struct text pages = value_get_text(i->value, "pages");

		(void)printf("%-8.*s  %5.*s  %7zu  %8zu\n", shown(name),
			name.p, shown(pages), pages.p,
			value_get(i->value, "missing")->count,
			value_get(i->value, "outdated")->count);
		lacks += value_get(i->value, "missing")->count +
			value_get(i->value, "outdated")->count;
	}
	if (lacks)
		(void)printf("\nVARIANT   IS        PAGE\n");
	for (const struct value_item *i = variants->first; i; i = i->next) {
		struct text name = value_get_text(i->value, "variant");

		print_state(name, "missing", value_get(i->value, "missing"));
		print_state(name, "outdated", value_get(i->value, "outdated"));
	}
}

static void
print_links(const struct value *links)
{
	size_t width = 0;

	for (const struct value_item *i = links->first; i; i = i->next) {
		size_t n = value_get_text(i->value, "file").len +
			value_get_text(i->value, "line").len + 1;

		width = n > width ? n : width;
	}
	(void)printf("\nLinks that lead elsewhere (none was fetched)\n\n");
	for (const struct value_item *i = links->first; i; i = i->next) {
		struct text file = value_get_text(i->value, "file");
		struct text line = value_get_text(i->value, "line");
		struct text url = value_get_text(i->value, "url");
		size_t n = file.len + line.len + 1;

		(void)printf("%.*s:%.*s%*s  %.*s\n", shown(file), file.p,
			shown(line), line.p, (int)(width - n), "", shown(url),
			url.p);
	}
}

static void
print_lines(const struct site_faults *f, const struct value *report)
{
	for (size_t i = 0; i < f->count; i++)
		(void)printf("%.*s\n", shown(f->lines[i]), f->lines[i].p);
	if (!report)
		return;
	print_pages(value_get(report, "pages"));
	print_variants(value_get(report, "variants"));
	print_links(value_get(report, "links"));
	(void)printf("\n");
}

/* ---- for programs -------------------------------------------------------- */

static struct value *
fault_row(struct arena *a, struct text line)
{
	struct fault_place p = fault_place(line);
	struct value *row = value_map(a);

	(void)value_set(a, row, "file", p.file.len ? value_text(a, p.file)
		: value_null(a));
	(void)value_set(a, row, "line", p.line ? value_int(a, p.line)
		: value_null(a));
	value_set_str(a, row, "text", p.text);
	return row;
}

static bool
print_json(const struct site_faults *f, struct value *report, struct err *e)
{
	struct arena arena;
	struct arena *a = &arena;
	struct value *all, *lists[2];
	struct buf b;
	bool ok;

	arena_init(a, false);
	all = value_map(a);
	lists[0] = value_set(a, all, "faults", value_list(a));
	lists[1] = value_set(a, all, "warnings", value_list(a));
	for (size_t i = 0; i < f->count; i++) {
		bool warning = i >= f->count - f->warnings;
		struct text line = text_from(f->lines[i],
			warning ? strlen("warning: ") : 0);

		(void)value_push(a, lists[warning], fault_row(a, line));
	}
	if (report)
		(void)value_set(a, all, "report", report);
	buf_init(&b, JSON_MAX);
	json_put(&b, all);
	buf_char(&b, '\n');
	ok = !b.full || err_set(e, ERR_LIMIT, "check: there is too much to "
		"tell");
	if (ok)
		(void)fwrite(b.p, 1, b.len, stdout);
	buf_release(&b);
	arena_release(a);
	return ok;
}

/*
 * A fault in site.yaml, a theme or its words: there is no site to look at
 * before that is mended, but the fault is told as any.
 */
static bool
tell_first(bool json, struct err *e)
{
	struct text line = text_of(e->text);
	const struct site_faults f = { .lines = &line, .count = 1 };
	struct err failed = { 0 };

	if (e->kind != ERR_FORMAT)
		return false;
	if (json && !print_json(&f, NULL, &failed)) {
		*e = failed;
		return false;
	}
	if (!json)
		print_lines(&f, NULL);
	return err_set(e, ERR_FORMAT, "check: 1 fault; nothing else is looked "
		"at before it is mended");
}

/* "2 faults, 1 warning". */
static const char *
counts(struct arena *a, const struct site_faults *f)
{
	size_t faults = f->count - f->warnings;

	return arena_printf(a, "%zu fault%s, %zu warning%s", faults,
		faults == 1 ? "" : "s", f->warnings,
		f->warnings == 1 ? "" : "s").p;
}

/* Loads the site; if a draft is chosen, with drafts. */
static bool
load(struct site_options *o, const struct chosen *chosen, struct site **out,
	struct err *e)
{
	if (!site_load(o, out, e))
		return false;
	if (!chosen_has_draft(chosen, *out))
		return true;
	site_close(*out);
	o->drafts = true;
	return site_load(o, out, e);
}

/* What a person is told after the lines; false if there is a fault. */
static bool
sum_up(struct arena *a, const struct site_faults *f,
	const struct site_faults *elsewhere, struct err *e)
{
	if (elsewhere->count)
		(void)printf("elsewhere: %s; \"check\" without a file tells "
			"them\n", counts(a, elsewhere));
	if (f->count > f->warnings)
		return err_set(e, ERR_FORMAT, "check: %s", counts(a, f));
	(void)printf("no faults, %zu warning%s\n", f->warnings,
		f->warnings == 1 ? "" : "s");
	return true;
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	bool json = cmd_value(&cmd_check, call, "json") != NULL;
	struct site_options o = { .keep_going = true };
	struct site_faults f, elsewhere;
	struct value *report = NULL;
	struct site *s = NULL;
	struct chosen chosen;
	struct arena a;
	bool ok = false;

	arena_init(&a, false);
	if (!siteopts_read(&cmd_check, call, &o, e) ||
		!chosen_read(&a, call, &chosen, e))
		goto out;
	if (!load(&o, &chosen, &s, e)) {
		ok = tell_first(json, e);
		goto out;
	}
	if (!site_check(s, &f, e))
		goto out;
	if (cmd_value(&cmd_check, call, "report"))
		site_report(s, &report);
	chosen_keep(&chosen, &f, &elsewhere);
	if (json) {
		ok = print_json(&f, report, e) && (f.count == f.warnings ||
			err_set(e, ERR_FORMAT, "check: %s", counts(&a, &f)));
		goto out;
	}
	print_lines(&f, report);
	if (!chosen.count)
		drafts_print(s, &o);
	ok = sum_up(&a, &f, &elsewhere, e);
out:
	site_close(s);
	arena_release(&a);
	return ok;
}

const struct cmd cmd_check = {
	.name = "check",
	.arguments = "[FILE...]",
	.summary = "tell everything that is wrong, without writing",
	.help = "Reads content/, forms/, themes/ and forms/keyset and prints "
		"one line for each\nfault.  Lines that begin with \"warning:\" "
		"do not stop a build: overdue reviews,\nmissing descriptions, "
		"acts that no longer apply, translations older than their\n"
		"source by git.  Ends with 1 if there is a fault.\n\nWith FILE, also a folder: what "
		"is wrong there, in a draft too; the rest of the\nsite is read "
		"as well, and its faults are counted.\n\nWith --json: {\"faults\": "
		"[{\"file\", \"line\", \"text\"}], \"warnings\": [...],\n"
		"\"report\": {\"pages\", \"variants\", \"links\"}}; file "
		"and line may be null, report\ncomes with --report.",
	.options = options,
	.arguments_max = CMD_ARGUMENTS_MAX,
	.run = run,
};
