/* check: everything that is wrong with the site, and what soon will be. */
#include "site/site.h"

#include <string.h>

#include "seal/keyset.h"
#include "site/broken.h"
#include "site/example.h"
#include "site/formcheck.h"
#include "site/odd.h"
#include "site/parts.h"
#include "site/report.h"
#include "site/rate.h"
#include "site/statement.h"
#include "site/stopped.h"
#include "base/banned.h"

#define KEYSET_PATH "forms/keyset"

/* Acts that no longer apply, whatever law.yaml says of them. */
static const struct {
	const char *number;
	const char *instead;
} stale_acts[] = {
	{ "2001:453", "2025:400" }, /* socialtjänstlagen, to 1 July 2025 */
	{ "1998:204", "2018:218" }, /* personuppgiftslagen, to 25 May 2018 */
	{ "1980:100", "2009:400" }, /* sekretesslagen, to 30 June 2009 */
};

struct check {
	struct site *s;
	struct faults warnings;
};

static void
warn(struct check *c, struct text line)
{
	fault_add(&c->warnings, line);
}

/* ---- acts that no longer apply ------------------------------------------ */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Does the line name that act, and not a longer number? */
static bool
names_act(struct text line, const char *number)
{
	size_t n = strlen(number);

	for (size_t i = text_search(line, number); i < line.len; ) {
		struct text rest = text_from(line, i + n);

		if ((i == 0 || !is_digit(line.p[i - 1])) &&
			(rest.len == 0 || !is_digit(rest.p[0])))
			return true;
		i = i + n + text_search(rest, number);
	}
	return false;
}

/* Law.yaml's stale entries are named by their key. */
static void
warn_stale_key(struct check *c, struct text path, int line, struct text at)
{
	const struct value *laws = c->s->config.laws;
	struct text key;

	if (!text_starts(at, ":::law "))
		return;
	key = text_trim(text_from(at, strlen(":::law ")));
	if (value_get_bool(value_find(laws, key), "stale"))
		warn(c, arena_printf(&c->s->arena, "%s:%d: law \"%.*s\" is "
			"marked stale in " CONFIG_LAW, path.p, line,
			(int)key.len, key.p));
}

static void
warn_stale_in(struct check *c, struct text path, struct err *e)
{
	struct text rest, at;
	int line = 0;

	/* What cannot be read is a fault already. */
	if (!source_read(&c->s->source, path.p, PAGE_FILE_MAX, &rest, e)) {
		*e = (struct err){ 0 };
		return;
	}
	while (text_line(&rest, &at)) {
		line++;
		warn_stale_key(c, path, line, at);
		for (size_t i = 0; i < sizeof stale_acts / sizeof *stale_acts;
			i++)
			if (names_act(at, stale_acts[i].number))
				warn(c, arena_printf(&c->s->arena, "%s:%d: "
					"names %s, which %s has replaced",
					path.p, line, stale_acts[i].number,
					stale_acts[i].instead));
	}
}

static void
warn_stale_laws(struct check *c)
{
	const struct value *laws = c->s->config.laws;

	for (const struct value_item *i = laws ? laws->first : NULL; i;
		i = i->next) {
		struct text reference = value_get_text(i->value, "reference");

		if (value_get_bool(i->value, "stale"))
			continue;
		for (size_t k = 0; k < sizeof stale_acts / sizeof *stale_acts;
			k++)
			if (names_act(reference, stale_acts[k].number))
				warn(c, arena_printf(&c->s->arena, CONFIG_LAW
					":%d: \"%.*s\" names %s, which %s has "
					"replaced; give the new one, or mark "
					"it \"stale: true\"", i->line,
					(int)i->key.len, i->key.p,
					stale_acts[k].number,
					stale_acts[k].instead));
	}
}

static bool
warn_stale(struct check *c, const char *dir, struct err *e)
{
	struct text *paths;
	size_t count;

	if (!source_list(&c->s->source, dir, &paths, &count, e))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool text = text_ends(paths[i], ".md") ||
			(text_ends(paths[i], ".yaml") &&
				!text_is(paths[i], CONFIG_LAW));

		if (text)
			warn_stale_in(c, paths[i], e);
	}
	return true;
}

/* ---- pages -------------------------------------------------------------- */

static void
warn_pages(struct check *c)
{
	struct site *s = c->s;
	bool statement = false;

	for (size_t i = 0; i < s->tree.count; i++) {
		const struct page *p = s->tree.pages[i].page;
		const struct faults *own = &s->bodies[i].warnings;

		statement = statement || statement_is(p);
		for (size_t k = 0; k < own->count; k++)
			warn(c, own->lines[k]);
		if (p->description.len == 0)
			warn(c, arena_printf(&s->arena, "%s:1: has no "
				"\"description\"; search engines show it",
				p->path.p));
		if (page_is_overdue(p, s->options.today))
			warn(c, arena_printf(&s->arena, "%s:1: review is "
				"overdue: reviewed %s, to be every %d months",
				p->path.p, date_text(&s->arena, p->reviewed).p,
				p->review_months));
	}
	if (!statement)
		warn(c, text_of("content/tillganglighet.md: is missing: the "
			"accessibility statement that the law asks for"));
}

/* ---- keys ---------------------------------------------------------------- */

static bool
check_recipients(struct site *s, const struct keyset *ks, struct err *e)
{
	for (size_t i = 0; i < s->form_count; i++) {
		const struct form *f = s->forms[i];
		struct seal_key keys[KEYSET_RECIPIENTS_MAX];

		if (keyset_recipients(ks, f->to, keys))
			continue;
		(void)err_set(e, ERR_FORMAT, "%s:1: to: %.*s: " KEYSET_PATH
			" has no key for that role", f->path.p,
			(int)f->to.len, f->to.p);
		if (!fault_seen(s->faults, e))
			return false;
	}
	return true;
}

static bool
check_validity(struct check *c, const struct keyset *ks, struct err *e)
{
	struct date today = c->s->options.today;
	int64_t left = date_to_days(ks->until) - date_to_days(today);

	if (!keyset_is_valid_on(ks, today)) {
		(void)err_set(e, ERR_FORMAT, KEYSET_PATH ": is valid from %s "
			"to %s: on %s every form is closed",
			date_text(&c->s->arena, ks->from).p,
			date_text(&c->s->arena, ks->until).p,
			date_text(&c->s->arena, today).p);
		return fault_seen(c->s->faults, e);
	}
	if (left <= KEYSET_WARN_DAYS)
		warn(c, arena_printf(&c->s->arena, KEYSET_PATH ": is valid "
			"only until %s; after that the forms close",
			date_text(&c->s->arena, ks->until).p));
	return true;
}

static bool
check_keyset(struct check *c, struct err *e)
{
	struct site *s = c->s;
	struct verify_key key;
	struct keyset ks;
	struct text note;

	if (!source_has(&s->source, KEYSET_PATH))
		return true;
	if (!verify_key_parse(s->config.organisation_key, &key)) {
		(void)err_set(e, ERR_FORMAT, CONFIG_SITE ":1: "
			"\"organisation-key\" is missing or no key, so "
			KEYSET_PATH " cannot be trusted");
		return fault_seen(s->faults, e);
	}
	if (!source_read(&s->source, KEYSET_PATH, CONFIG_FILE_MAX, &note, e) ||
		!keyset_parse(&s->arena, KEYSET_PATH, note, &key, &ks, e))
		return fault_seen(s->faults, e);
	return check_validity(c, &ks, e) && check_recipients(s, &ks, e);
}

static void
warn_security(struct check *c)
{
	struct text line = security_warning(&c->s->arena,
		&c->s->config.security, c->s->options.today);

	if (line.len)
		warn(c, line);
}

static void
warn_theme(struct check *c)
{
	size_t count;
	const char *const *doubts = theme_doubts(c->s->theme, &count);

	for (size_t i = 0; i < count; i++)
		warn(c, text_of(doubts[i]));
}

/* ---- all of it ----------------------------------------------------------- */

bool
site_check(struct site *s, struct site_faults *out, struct err *e)
{
	struct check c = { .s = s, .warnings = { .arena = &s->arena } };
	const struct output *outputs;
	size_t count, n = 0;

	if (!s->faults)
		return err_set(e, ERR_USAGE, "a site to be checked is loaded "
			"with keep_going");
	if (!site_render(s, &outputs, &count, e) || !broken_check(s, e) ||
		!formcheck(s, &c.warnings, e) ||
		!example_check(s, &c.warnings, e) ||
		!check_keyset(&c, e) ||
		!warn_stale(&c, "content", e) ||
		!warn_stale(&c, "forms", e))
		return false;
	warn_stale_laws(&c);
	rate_warn(s->config.rates, s->options.today, &c.warnings);
	warn_security(&c);
	warn_theme(&c);
	stopped_warn(s, &c.warnings);
	warn_pages(&c);
	odd_warn(s, &c.warnings);
	report_outdated(s, &c.warnings);
	fault_sort(s->faults);
	fault_sort(&c.warnings);
	out->lines = arena_array(&s->arena, s->faults->count +
		c.warnings.count + 1, sizeof *out->lines);
	for (size_t i = 0; i < s->faults->count; i++)
		out->lines[n++] = s->faults->lines[i];
	for (size_t i = 0; i < c.warnings.count; i++)
		out->lines[n++] = arena_printf(&s->arena, "warning: %s",
			c.warnings.lines[i].p);
	out->count = n;
	out->warnings = c.warnings.count;
	return true;
}
