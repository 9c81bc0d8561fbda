/* pin: the lines of content/site.yaml that name whose signature to expect. */
#include "cmd/pin.h"

#include <sys/stat.h>

#include "base/fs.h"
#include "base/value.h"
#include "base/yaml.h"
#include "seal/hash.h"
#include "site/config.h"
#include "base/banned.h"

enum { SITE_YAML_MAX = 1024 * 1024 };

static const char *
path_of(struct arena *a, const char *site)
{
	return fs_join(a, site, CONFIG_SITE);
}

/* Where the pin's value stands: the rest of its line but a comment and the
 * line's end.  False if there is no such line. */
static bool
find_value(struct text yaml, struct text label, size_t *from, size_t *len)
{
	struct text rest = yaml, line;

	while (text_line(&rest, &line)) {
		size_t comment = text_search(line, " #");

		if (!text_starts(line, label.p))
			continue;
		*from = (size_t)(line.p - yaml.p) + label.len;
		*len = comment - label.len;
		return true;
	}
	return false;
}

struct text
pin_put(struct arena *a, struct text yaml, const char *name,
	const struct verify_key *key)
{
	struct text label = arena_printf(a, "%s:", name);
	struct text b64 = base64_encode(a, key->pk, sizeof key->pk);
	const char *eol = text_search(yaml, "\r\n") < yaml.len ? "\r\n" : "\n";
	size_t from, len;

	if (find_value(yaml, label, &from, &len))
		return arena_printf(a, "%.*s %s%.*s", (int)from, yaml.p, b64.p,
			(int)(yaml.len - from - len), yaml.p + from + len);
	return arena_printf(a, "%.*s%s%s %s%s", (int)yaml.len, yaml.p,
		yaml.len == 0 || text_ends(yaml, "\n") ? "" : eol, label.p,
		b64.p, eol);
}

/* The pin's text in a site.yaml; empty if it has none. */
static bool
value_in(struct arena *a, const char *path, struct text yaml,
	const char *name, struct text *out, struct err *e)
{
	struct value *root;

	if (!yaml_parse(a, path, 1, yaml, &root, e))
		return false;
	*out = value_get_text(root, name);
	return true;
}

bool
pin_read(const char *site, struct verify_key *out, struct err *e)
{
	struct arena a;
	struct text yaml, value;
	const char *path;
	bool ok = false;

	arena_init(&a, false);
	path = path_of(&a, site);
	if (!fs_read(&a, path, SITE_YAML_MAX, &yaml, e) ||
		!value_in(&a, path, yaml, PIN_ORGANISATION, &value, e))
		goto out;
	ok = verify_key_parse(value, out) ||
		err_set(e, ERR_FORMAT,
			"%s: no organisation-key (`keys init --site` sets it)",
			path);
out:
	arena_release(&a);
	return ok;
}

bool
pin_write(const char *site, const char *name, const struct verify_key *key,
	struct err *e)
{
	struct arena a;
	struct text yaml, value;
	const char *path;
	struct stat st;
	bool ok = false;

	arena_init(&a, false);
	path = path_of(&a, site);
	if (!fs_read(&a, path, SITE_YAML_MAX, &yaml, e))
		goto out;
	yaml = pin_put(&a, yaml, name, key);
	if (!value_in(&a, path, yaml, name, &value, e))
		goto out;
	if (!text_eq(value, base64_encode(&a, key->pk, sizeof key->pk))) {
		(void)err_set(e, ERR_FORMAT,
			"%s: set \"%s: %s\" by hand", path, name,
			base64_encode(&a, key->pk, sizeof key->pk).p);
		goto out;
	}
	ok = fs_replace(path, stat(path, &st) == 0 ? st.st_mode & 0777 : 0644,
		yaml, e);
out:
	arena_release(&a);
	return ok;
}
