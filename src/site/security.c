/* security: /.well-known/security.txt (RFC 9116): whom to tell of a hole. */
#include "site/security.h"

#include "site/config.h"
#include "site/keys.h"
#include "base/banned.h"

/* One line without blanks: what a URI is not told apart by more closely. */
static bool
is_uri(struct text t, const char *scheme)
{
	if (!text_starts(t, scheme) || t.len == text_of(scheme).len)
		return false;
	for (size_t i = 0; i < t.len; i++)
		if ((unsigned char)t.p[i] <= ' ' || t.p[i] == 0x7f)
			return false;
	return true;
}

/* RFC 9116 2.5.3: a URI, and https: if of the web; a plain address of
 * e-mail is made one. */
static bool
take_contact(struct arena *a, struct text written, struct text *out)
{
	struct text mail = arena_printf(a, "mailto:%.*s", (int)written.len,
		written.p);

	*out = written;
	if (is_uri(written, "https://") || is_uri(written, "mailto:") ||
		is_uri(written, "tel:"))
		return true;
	*out = mail;
	return text_find(written, ':') == written.len && is_uri(mail,
		"mailto:") && text_find(written, '@') < written.len;
}

static bool
wrong(const struct value *map, const char *key, const char *what,
	struct err *e)
{
	return err_set(e, ERR_FORMAT, CONFIG_SITE ":%d: \"%s\" %s",
		keys_where(map, key, 1), key, what);
}

bool
security_read(struct arena *a, const struct value *map, struct security *out,
	struct err *e)
{
	struct security s = {
		.expires = keys_date(map, "security-expires"),
		.expires_line = keys_where(map, "security-expires", 1),
		.policy = keys_text(map, "security-policy")
	};
	struct text *lines = keys_lines(a, map, "security-contact",
		&s.contact_count);

	*out = (struct security){ 0 };
	s.contacts = arena_array(a, s.contact_count + 1, sizeof *s.contacts);
	for (size_t i = 0; i < s.contact_count; i++)
		if (!take_contact(a, lines[i], &s.contacts[i]))
			return wrong(map, "security-contact", "must be an "
				"e-mail address, or begin with https:// or "
				"tel:", e);
	/* RFC 9116 2.5.5: must always be there. */
	if (s.contact_count && !s.expires.year)
		return wrong(map, "security-contact", "needs "
			"\"security-expires\" too, a day within a year", e);
	if (s.policy.len && !is_uri(s.policy, "https://"))
		return wrong(map, "security-policy", "must begin with "
			"https://", e);
	*out = s;
	return true;
}

void
security_put(struct arena *a, const struct security *s, struct text base_url,
	struct value *data)
{
	struct value *v = value_map(a);
	struct value *contacts = value_list(a);

	for (size_t i = 0; i < s->contact_count; i++)
		(void)value_push(a, contacts, value_html(a, s->contacts[i]));
	(void)value_set(a, v, "contacts", contacts);
	/* The last moment of the day, RFC 3339. */
	value_set_str(a, v, "expires", arena_printf(a, "%sT23:59:59Z",
		date_text(a, s->expires).p));
	(void)value_set(a, v, "policy", s->policy.len
		? value_html(a, s->policy) : value_null(a));
	/* RFC 9116 2.5.2: must be https. */
	(void)value_set(a, v, "canonical", text_starts(base_url, "https://")
		? value_html(a, arena_printf(a, "%.*s" SECURITY_URL,
			(int)base_url.len, base_url.p)) : value_null(a));
	(void)value_set(a, data, "security", v);
}

struct text
security_warning(struct arena *a, const struct security *s, struct date today)
{
	int64_t days = date_to_days(s->expires) - date_to_days(today);
	const char *day = date_text(a, s->expires).p;

	if (s->contact_count == 0 || days > SECURITY_WARN_DAYS)
		return (struct text){ "", 0 };
	if (days < 0)
		return arena_printf(a, CONFIG_SITE ":%d: security-expires: "
			"security.txt has not been valid since %s",
			s->expires_line, day);
	return arena_printf(a, CONFIG_SITE ":%d: security-expires: "
		"security.txt is valid only to %s; see that the contact is "
		"right and set a later day", s->expires_line, day);
}
