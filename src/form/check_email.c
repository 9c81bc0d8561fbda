/*
 * check_email: is it an e-mail address, and does it look like one?
 *
 * Only a letter that arrives proves an address, so little is refused: no @
 * or two, nothing on one side of it, white space.  Addresses of other
 * alphabets (RFC 6531) pass.  What is allowed but mostly a slip is a warning.
 */
#include "base/utf8.h"
#include "form/check.h"
#include "form/clean.h"
#include "form/form.h"
#include "base/banned.h"

/* Slips seen in the large mail hosts' names. */
static const char *const slips[] = {
	"gmial.com", "gmai.com", "gamil.com", "gmal.com", "gmail.se",
	"gmail.co", "hotmial.com", "hotmai.com", "hotmal.com", "hotmail.co",
	"outlok.com", "outlook.co", "icloud.co", "iclod.com", NULL
};

static bool
is_slip(struct text domain)
{
	for (size_t i = 0; slips[i]; i++)
		if (text_is(domain, slips[i]))
			return true;
	return text_ends(domain, ".con") || text_ends(domain, ".ocm");
}

/* Dots that lead, trail or follow each other. */
static bool
odd_dots(struct text t)
{
	return text_starts(t, ".") || text_ends(t, ".") ||
		text_search(t, "..") < t.len;
}

static bool
is_odd(struct text local, struct text domain)
{
	static const char odd[] = "()<>[]{}\"',;:\\/|";

	if (odd_dots(local) || odd_dots(domain) ||
		text_find(domain, '.') == domain.len || is_slip(domain) ||
		text_starts(domain, "-") || text_find(domain, '_') < domain.len)
		return true;
	for (size_t i = 0; odd[i]; i++)
		if (text_find(domain, odd[i]) < domain.len ||
			(odd[i] != '\'' && odd[i] != '/' &&
			odd[i] != '{' && odd[i] != '}' && odd[i] != '|' &&
			text_find(local, odd[i]) < local.len))
			return true;
	/* The last label of a host name has at least two characters. */
	while (text_find(domain, '.') < domain.len)
		domain = text_from(domain, text_find(domain, '.') + 1);
	return utf8_count(domain) < 2;
}

static bool
has_space(struct text t)
{
	uint32_t point;

	while (utf8_next(&t, &point))
		if (clean_is_space(point) || utf8_is_hostile(point))
			return true;
	return false;
}

void
check_email(struct arena *a, const struct field_input *in,
	struct field_result *out)
{
	struct text t = in->parts[0];
	size_t at = text_find(t, '@');
	struct text local = text_sub(t, 0, at);
	struct text domain = text_from(t, at + 1);

	(void)a;
	if (!local.len || !domain.len || has_space(t) ||
		text_find(domain, '@') < domain.len) {
		out->fault = MESSAGE_EMAIL;
		return;
	}
	if ((int64_t)utf8_count(t) > in->question->max) {
		out->fault = MESSAGE_TOO_LONG;
		return;
	}
	out->value = out->shown = t;
	if (is_odd(local, domain))
		out->warning = MESSAGE_EMAIL_ODD;
}
