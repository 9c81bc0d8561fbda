/* formcheck: what check says of forms beyond each one by itself. */
#include "site/formcheck.h"

#include "base/banned.h"

static bool
is_swedish(const struct form *f)
{
	return text_is(f->lang, "sv");
}

/* Another form before the i-th, in Swedish, with the same prefix. */
static const struct form *
same_prefix(const struct site *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_swedish(s->forms[k]) &&
			text_eq(s->forms[k]->prefix, s->forms[i]->prefix))
			return s->forms[k];
	return NULL;
}

static bool
check_prefix(struct site *s, size_t i, struct err *e)
{
	const struct form *f = s->forms[i];
	const struct form *other = same_prefix(s, i);

	if (!other)
		return true;
	(void)err_set(e, ERR_FORMAT, "%s:1: prefix: %.*s is that of %s too; "
		"a reference tells which form it is of", f->path.p,
		(int)f->prefix.len, f->prefix.p, other->path.p);
	return fault_seen(s->faults, e);
}

/* ---- warnings ------------------------------------------------------------ */

static void
warn_absent(struct site *s, const struct form *f, struct faults *warnings)
{
	const struct {
		const char *key;
		bool absent;
		const char *why;
	} rows[] = {
		{ "retain", f->retain_days == 0,
			": answers are never erased by themselves" },
		{ "controller", f->controller.len == 0,
			": who answers for the personal data" },
		{ "legal-basis", f->legal_basis.len == 0,
			": on what ground the personal data is asked for" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].absent)
			fault_add(warnings, arena_printf(&s->arena, "%s:1: has "
				"no \"%s\"%s", f->path.p, rows[i].key,
				rows[i].why));
	for (size_t i = 0; i < f->question_count; i++)
		if (f->questions[i].used_for.len == 0)
			fault_add(warnings, arena_printf(&s->arena, "%s:%d: "
				"\"%.*s\" has no \"used-for\": why it is "
				"asked", f->path.p, f->questions[i].line,
				(int)f->questions[i].id.len,
				f->questions[i].id.p));
}

/* A role that no other form has, but one much like it.  Where there is a
 * keyset, that decides. */
static void
warn_role(struct site *s, const struct form *f, struct faults *warnings)
{
	const char **roles = arena_array(&s->arena, s->form_count + 1,
		sizeof *roles);
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < s->form_count; i++) {
		const struct form *other = s->forms[i];

		if (!is_swedish(other) || other == f)
			continue;
		if (text_eq(other->to, f->to))
			return;
		roles[n++] = arena_string(&s->arena, other->to);
	}
	near = text_nearest(f->to, roles);
	if (near)
		fault_add(warnings, arena_printf(&s->arena, "%s:1: to: %.*s: "
			"no other form is for that role (did you mean "
			"\"%s\"?)", f->path.p, (int)f->to.len, f->to.p, near));
}

bool
formcheck(struct site *s, struct faults *warnings, struct err *e)
{
	for (size_t i = 0; i < s->form_count; i++) {
		const struct form *f = s->forms[i];

		if (f->description.len == 0)
			fault_add(warnings, arena_printf(&s->arena, "%s:1: has "
				"no \"description\"", f->path.p));
		if (!is_swedish(f))
			continue;
		if (!check_prefix(s, i, e))
			return false;
		warn_absent(s, f, warnings);
		if (!source_has(&s->source, "forms/keyset"))
			warn_role(s, f, warnings);
	}
	return true;
}
