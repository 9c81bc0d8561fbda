/* config: content/site.yaml, contacts.yaml and law.yaml, read strictly. */
#include "site/config.h"

#include <string.h>

#include "base/yaml.h"
#include "seal/key.h"
#include "site/keys.h"
#include "site/rate.h"
#include "base/banned.h"

static const struct key site_keys[] = {
	{ "name", KEY_LINE },
	{ "organisation", KEY_LINE },
	{ "base-url", KEY_LINE },
	{ "lang", KEY_LINE },
	{ "theme", KEY_LINES },
	{ "phone", KEY_LINE },
	{ "email", KEY_LINE },
	{ "hours", KEY_TEXT },
	{ "visit-address", KEY_TEXT },
	{ "post-address", KEY_TEXT },
	{ "organisation-key", KEY_LINE },
	{ "publishing-key", KEY_LINE },
	{ "intake-url", KEY_LINE },
	{ "security-contact", KEY_LINES },
	{ "security-expires", KEY_DATE },
	{ "security-policy", KEY_LINE },
	{ "footer", KEY_LINES },
	{ "brochure", KEY_LINES },
	{ "report-form", KEY_LINE },
	{ "public-record", KEY_TEXT },
	{ "secrecy", KEY_TEXT },
	{ "other-ways", KEY_TEXT },
	{ "data-protection-officer", KEY_TEXT },
	{ "imy", KEY_TEXT },
	{ "en", KEY_MAP },
	{ NULL, KEY_LINE }
};

static const struct key contact_keys[] = {
	{ "name", KEY_LINE },
	{ "phone", KEY_LINE },
	{ "email", KEY_LINE },
	{ "hours", KEY_TEXT },
	{ "visit", KEY_TEXT },
	{ "post", KEY_TEXT },
	{ "note", KEY_TEXT },
	{ "en", KEY_MAP },
	{ NULL, KEY_LINE }
};

static const struct key law_keys[] = {
	{ "title", KEY_LINE },
	{ "reference", KEY_TEXT },
	{ "url", KEY_LINE },
	{ "stale", KEY_BOOL },
	{ "en", KEY_MAP },
	{ NULL, KEY_LINE }
};

static bool
missing(const char *path, int line, const char *key, struct err *e)
{
	return err_set(e, ERR_FORMAT, "%s:%d: \"%s\" is missing", path, line,
		key);
}

/* A map with the keys of a table, and `en` with the same again. */
static bool
check_map(const char *path, const struct value *map, const struct key *table,
	struct err *e)
{
	const struct value *en = value_get(map, "en");

	return keys_check(path, map, table, e) &&
		(!en || en->kind != VALUE_MAP ||
			keys_check(path, en, table, e));
}

static bool
read_yaml(struct source *s, const char *path, struct value **out,
	struct err *e)
{
	struct text t;

	return source_plain(s, s->arena, path, e) &&
		source_read(s, path, CONFIG_FILE_MAX, &t, e) &&
		yaml_parse(s->arena, path, 1, t, out, e);
}

/* KEY → map, each checked against the table and with what it must have. */
static bool
read_entries(struct source *s, const char *path, const struct key *table,
	const char *const required[], const struct value **out, struct err *e)
{
	struct value *all;

	*out = NULL;
	if (!source_has(s, path))
		return true;
	if (!read_yaml(s, path, &all, e))
		return false;
	for (const struct value_item *i = all->first; i; i = i->next) {
		if (i->value->kind != VALUE_MAP)
			return err_set(e, ERR_FORMAT, "%s:%d: \"%.*s\" must be "
				"followed by indented lines of \"key: value\"",
				path, i->line, (int)i->key.len, i->key.p);
		if (!check_map(path, i->value, table, e))
			return false;
		for (size_t k = 0; required[k]; k++)
			if (keys_text(i->value, required[k]).len == 0)
				return missing(path, i->line, required[k], e);
	}
	*out = all;
	return true;
}

int
config_lang(struct text lang)
{
	return text_is(lang, "en") ? 1 : 0;
}

struct text
config_tel(struct arena *a, struct text phone)
{
	struct text digits;
	char *p = arena_alloc(a, phone.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < phone.len; i++) {
		char c = phone.p[i];

		if ((c >= '0' && c <= '9') || (c == '+' && n == 0))
			p[n++] = c;
	}
	digits = (struct text){ p, n };
	if (text_starts(digits, "+"))
		return digits;
	if (text_starts(digits, "00"))
		return arena_printf(a, "+%s", p + 2);
	/* Short numbers such as 112 are the same from everywhere. */
	if (text_starts(digits, "0"))
		return arena_printf(a, "+46%s", p + 1);
	return digits;
}

/* The value of a key in that language, the Swedish one if it has none. */
static struct value *
in_lang(struct arena *a, const struct value *map, int lang, const char *key)
{
	struct value *v = lang ? value_get(value_get(map, "en"), key) : NULL;

	if (!v || v->kind == VALUE_NULL)
		v = value_get(map, key);
	return v ? v : value_null(a);
}

/* "base-url" as templates call it: "base_url". */
static const char *
data_name(struct arena *a, const char *key)
{
	struct text t = arena_copy(a, text_of(key));
	char *p = arena_alloc(a, t.len + 1);

	for (size_t i = 0; i < t.len; i++)
		p[i] = t.p[i] == '-' ? '_' : t.p[i];
	return p;
}

static struct value *
as_data(struct arena *a, const struct value *map, const struct key *table,
	int lang)
{
	struct value *data = value_map(a);

	for (; table->name; table++)
		if (table->kind != KEY_MAP)
			(void)value_set(a, data, data_name(a, table->name),
				in_lang(a, map, lang, table->name));
	return data;
}

static void
add_tel(struct arena *a, struct value *data)
{
	struct text phone = value_get_text(data, "phone");

	(void)value_set(a, data, "tel", phone.len
		? value_text(a, config_tel(a, phone)) : value_null(a));
}

static struct value *
contact_list(struct arena *a, const struct value *contacts, int lang)
{
	struct value *list = value_list(a);

	for (const struct value_item *i = contacts ? contacts->first : NULL; i;
		i = i->next) {
		struct value *data = as_data(a, i->value, contact_keys, lang);

		value_set_str(a, data, "key", i->key);
		add_tel(a, data);
		(void)value_push(a, list, data);
	}
	return list;
}

bool
config_is_origin(struct text url)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789.-:[]";
	size_t from = text_starts(url, "https://") ? 8 :
		text_starts(url, "http://") ? 7 : 0;
	struct text host = text_from(url, from);

	if (text_ends(host, "/"))
		host.len--;
	for (size_t i = 0; i < host.len; i++)
		if (!host.p[i] || !strchr(plain, host.p[i]))
			return false;
	return from && host.len;
}

static bool
check_url(const char *path, const struct value *map, const char *key,
	struct err *e)
{
	struct text url = keys_text(map, key);

	if (url.len && !config_is_origin(url))
		return err_set(e, ERR_FORMAT, "%s:%d: \"%s\" must be like "
			"\"https://www.exempel.se\", without a path", path,
			keys_where(map, key, 1), key);
	return true;
}

static bool
check_site(const struct value *map, struct err *e)
{
	static const char *const required[] = { "name", "organisation" };
	struct text publisher = keys_text(map, "publishing-key");
	struct verify_key key;

	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (keys_text(map, required[i]).len == 0)
			return missing(CONFIG_SITE, 1, required[i], e);
	if (publisher.len && !verify_key_parse(publisher, &key))
		return err_set(e, ERR_FORMAT, CONFIG_SITE ":%d: "
			"\"publishing-key\" is no key: it is the line in "
			"publisher.pub", keys_where(map, "publishing-key", 1));
	return check_url(CONFIG_SITE, map, "base-url", e) &&
		check_url(CONFIG_SITE, map, "intake-url", e);
}

/* The themes by name, the first before the others; "standard" if none. */
static bool
take_themes(struct arena *a, const struct value *map, struct config *c,
	struct err *e)
{
	static const struct text standard = { "standard", 8 };
	int line = keys_where(map, "theme", 1);
	struct text *names = keys_lines(a, map, "theme", &c->theme_count);

	c->themes = names;
	c->theme_line = line;
	for (size_t i = 0; i < c->theme_count; i++) {
		bool plain = names[i].len > 0 && !text_starts(names[i], ".") &&
			text_find(names[i], '/') == names[i].len;

		for (size_t k = 0; k < i; k++)
			if (text_eq(names[i], names[k]))
				return err_set(e, ERR_FORMAT, CONFIG_SITE
					":%d: \"theme\" names \"%.*s\" twice",
					line, (int)names[i].len, names[i].p);
		if (!plain)
			return err_set(e, ERR_FORMAT, CONFIG_SITE ":%d: "
				"\"theme\" must be the name of a directory in "
				"themes/, or a list of them", line);
	}
	if (names && c->theme_count == 0)
		return err_set(e, ERR_FORMAT, CONFIG_SITE ":%d: \"theme\" names "
			"none; leave the line out for themes/standard", line);
	if (c->theme_count == 0) {
		c->themes = &standard;
		c->theme_count = 1;
	}
	return true;
}

static struct text
or_default(struct text t, const char *instead)
{
	return t.len ? t : text_of(instead);
}

static bool
take_base_url(const struct value *map, const char *given, struct config *c,
	struct err *e)
{
	c->base_url = given ? text_of(given) : keys_text(map, "base-url");
	if (given && !text_starts(c->base_url, "https://") &&
		!text_starts(c->base_url, "http://"))
		return err_set(e, ERR_USAGE, "--base-url must begin with "
			"https:// or http://");
	while (text_ends(c->base_url, "/"))
		c->base_url.len--;
	c->intake_url = keys_text(map, "intake-url");
	while (text_ends(c->intake_url, "/"))
		c->intake_url.len--;
	return true;
}

bool
config_load(struct source *s, const char *base_url, struct config *out,
	struct err *e)
{
	static const char *const contact_has[] = { "name", NULL };
	static const char *const law_has[] = { "title", "reference", NULL };
	struct value *map;
	struct config c = { 0 };

	*out = c;
	if (!source_has(s, CONFIG_SITE))
		return err_set(e, ERR_USAGE, CONFIG_SITE ": is missing; is "
			"this the site's directory? (-C DIR)");
	if (!read_yaml(s, CONFIG_SITE, &map, e) ||
		!check_map(CONFIG_SITE, map, site_keys, e) ||
		!check_site(map, e) || !take_base_url(map, base_url, &c, e) ||
		!take_themes(s->arena, map, &c, e) ||
		!read_entries(s, CONFIG_CONTACTS, contact_keys, contact_has,
			&c.contacts, e) ||
		!read_entries(s, CONFIG_LAW, law_keys, law_has, &c.laws, e) ||
		!rate_load(s, &c.rates, e) ||
		!security_read(s->arena, map, &c.security, e))
		return false;
	c.report_form = or_default(keys_text(map, "report-form"), "sidfel");
	c.report_line = keys_where(map, "report-form", 0);
	c.organisation_key = keys_text(map, "organisation-key");
	c.footer = keys_lines(s->arena, map, "footer", &c.footer_count);
	c.footer_line = keys_where(map, "footer", 1);
	c.brochure = keys_lines(s->arena, map, "brochure", &c.brochure_count);
	c.brochure_line = keys_where(map, "brochure", 1);
	for (int lang = 0; lang < CONFIG_LANGS; lang++) {
		struct config_lang *l = &c.lang[lang];

		l->site = as_data(s->arena, map, site_keys, lang);
		add_tel(s->arena, l->site);
		l->contacts = contact_list(s->arena, c.contacts, lang);
	}
	*out = c;
	return true;
}

struct value *
config_contact(const struct config *c, int lang, struct text key)
{
	const struct value *list = c->lang[lang].contacts;

	for (const struct value_item *i = list->first; i; i = i->next)
		if (text_eq(value_get_text(i->value, "key"), key))
			return i->value;
	return NULL;
}

struct value *
config_law(struct arena *a, const struct config *c, int lang, struct text key)
{
	const struct value *law = value_find(c->laws, key);
	struct value *data;

	if (!law)
		return NULL;
	data = as_data(a, law, law_keys, lang);
	value_set_str(a, data, "key", key);
	return data;
}
