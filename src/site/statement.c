/* statement: does the accessibility statement have all its parts? */
#include "site/statement.h"

#include "base/clock.h"
#include "base/banned.h"

enum need { NEED_TEXT, NEED_DATE, NEED_LINK };

/* The part, its heading in Swedish and English, and what must stand there. */
static const struct part {
	const char *headings[2];
	enum need need;
} parts[] = {
	/* actor */
	{ { "Vem som ansvarar", "Who is responsible" }, NEED_TEXT },
	/* service */
	{ { "Vad redogörelsen gäller", "What this statement covers" },
		NEED_TEXT },
	/* conformance status */
	{ { "Hur tillgänglig webbplatsen är", "How accessible the website is" },
		NEED_TEXT },
	/* what fails, and why */
	{ { "Innehåll som inte är tillgängligt",
		"Content that is not accessible" }, NEED_TEXT },
	/* method */
	{ { "Hur vi har bedömt webbplatsen", "How we assessed the website" },
		NEED_TEXT },
	{ { "Datum för bedömningen", "Date of assessment" }, NEED_DATE },
	{ { "Datum för uppdateringen", "Date of update" }, NEED_DATE },
	/* a way to report */
	{ { "Rapportera brister", "Report problems" }, NEED_TEXT },
	/* supervision */
	{ { "Tillsyn", "Enforcement" }, NEED_LINK },
	/* undue burden, 12 § */
	{ { "Oskäligt betungande anpassning", "Disproportionate burden" },
		NEED_TEXT },
	/* out of scope, 9 § */
	{ { "Innehåll som lagen inte gäller",
		"Content outside the scope of the law" }, NEED_TEXT },
};

static const char supervision[] = "digg.se/tdosanmalan";

bool
statement_is(const struct page *p)
{
	return text_starts(p->key, "tillganglighet") &&
		text_find(p->key, '/') == p->key.len &&
		p->variant != PAGE_EASY;
}

/* The text under "## heading", and the heading's line; false if none. */
static bool
find_section(const struct page *p, const char *heading, struct text *section,
	int *line)
{
	struct text rest = p->body;
	struct text at;
	int n = p->body_line;
	bool inside = false;

	*section = (struct text){ 0 };
	for (; text_line(&rest, &at); n++) {
		if (!text_starts(at, "## ")) {
			if (inside)
				section->len = (size_t)(at.p + at.len -
					section->p);
			continue;
		}
		if (inside)
			break;
		inside = text_is(text_trim(text_from(at, 3)), heading);
		if (inside) {
			*line = n;
			section->p = at.p + at.len;
		}
	}
	return inside;
}

static bool
has_date(struct text t)
{
	struct date d;

	for (size_t i = 0; i + 10 <= t.len; i++)
		if (date_parse(text_sub(t, i, 10), &d))
			return true;
	return false;
}

static bool
check_part(const struct page *p, const struct part *part, struct err *e)
{
	const char *heading = part->headings[p->variant == PAGE_ENGLISH];
	struct text section;
	int line = 0;

	if (!find_section(p, heading, &section, &line))
		return err_set(e, ERR_FORMAT, "%s:%d: the accessibility "
			"statement has no part \"## %s\"", p->path.p,
			p->body_line, heading);
	section = text_trim(section);
	if (section.len == 0)
		return err_set(e, ERR_FORMAT, "%s:%d: \"%s\" is empty",
			p->path.p, line, heading);
	if (part->need == NEED_DATE && !has_date(section))
		return err_set(e, ERR_FORMAT, "%s:%d: \"%s\" needs a date like "
			"2026-11-22", p->path.p, line, heading);
	if (part->need == NEED_LINK &&
		text_search(section, supervision) == section.len)
		return err_set(e, ERR_FORMAT, "%s:%d: \"%s\" needs a link to "
			"https://www.%s", p->path.p, line, heading,
			supervision);
	return true;
}

bool
statement_check(const struct page *p, struct faults *faults, struct err *e)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (!check_part(p, &parts[i], e) && !fault_seen(faults, e))
			return false;
	return true;
}
