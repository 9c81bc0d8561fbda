/* sitejson: what a built site says it consists of, written and read. */
#include "site/sitejson.h"

#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "base/banned.h"

static const char *const reasons[] = {
	"changed", "drafts", "no-history", NULL
};

/* ---- writing ----------------------------------------------------------- */

static bool
is_plain(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if ((unsigned char)t.p[i] < 0x20 || t.p[i] == '"' ||
			t.p[i] == '\\')
			return false;
	return true;
}

static void
put_text(struct buf *b, struct text t)
{
	const struct value v = { .kind = VALUE_TEXT, .text = t };

	/* json_put goes byte by byte, and there may be many thousands. */
	if (!is_plain(t)) {
		json_put(b, &v);
		return;
	}
	buf_char(b, '"');
	buf_text(b, t);
	buf_char(b, '"');
}

static void
put_date(struct buf *b, struct date d)
{
	buf_printf(b, "\"%04d-%02d-%02d\"", d.year, d.month, d.day);
}

static void
put_hash(struct buf *b, const struct hash *h)
{
	static const char digits[] = "0123456789abcdef";
	char hex[2 * HASH_BYTES];

	for (size_t i = 0; i < HASH_BYTES; i++) {
		hex[2 * i] = digits[h->b[i] >> 4];
		hex[2 * i + 1] = digits[h->b[i] & 15];
	}
	buf_char(b, '"');
	buf_put(b, hex, sizeof hex);
	buf_char(b, '"');
}

/* RFC 8785 3.2.3: keys in the order of their bytes. */
static void
put_file(struct buf *b, const struct sitejson_file *f)
{
	buf_char(b, '{');
	if (f->commit.len) {
		buf_str(b, "\"commit\":");
		put_text(b, f->commit);
		buf_char(b, ',');
	}
	if (f->expire.year) {
		buf_str(b, "\"expire\":");
		put_date(b, f->expire);
		buf_char(b, ',');
	}
	buf_str(b, "\"hash\":");
	put_hash(b, &f->hash);
	buf_str(b, ",\"path\":");
	put_text(b, f->path);
	if (f->source.len) {
		buf_str(b, ",\"source\":");
		put_text(b, f->source);
	}
	buf_char(b, '}');
}

void
sitejson_put(struct buf *b, const struct sitejson *j)
{
	buf_str(b, "{\"base_url\":");
	put_text(b, j->base_url);
	buf_str(b, ",\"commit\":");
	if (j->commit.len)
		put_text(b, j->commit);
	else
		buf_str(b, "null");
	buf_str(b, ",\"date\":");
	put_date(b, j->date);
	buf_str(b, ",\"files\":[");
	for (size_t i = 0; i < j->count; i++) {
		if (i > 0)
			buf_char(b, ',');
		put_file(b, &j->files[i]);
	}
	buf_str(b, "],\"generator\":");
	put_text(b, j->generator);
	if (j->intake_url.len) {
		buf_str(b, ",\"intake_url\":");
		put_text(b, j->intake_url);
	}
	if (j->uncommitted.len) {
		buf_str(b, ",\"uncommitted\":");
		put_text(b, j->uncommitted);
	}
	buf_str(b, ",\"version\":1}");
}

/* ---- reading ----------------------------------------------------------- */

/*
 * Why not json_parse: of a hostile file it makes a tree of fifty times its
 * size.  A form that is written in one way only can be read by its fixed
 * words, with nothing to keep but what is wanted.
 */

/* Takes the fixed text off *rest, if it stands there. */
static bool
take(struct text *rest, const char *fixed)
{
	if (!text_starts(*rest, fixed))
		return false;
	*rest = text_from(*rest, strlen(fixed));
	return true;
}

/* The length of a string with its quotes; 0 if it does not end. */
static size_t
string_length(struct text t)
{
	size_t i = 1;

	if (!text_starts(t, "\""))
		return 0;
	while (i < t.len && i <= SITEJSON_STRING_MAX && t.p[i] != '"')
		i += t.p[i] == '\\' ? 2 : 1;
	return i < t.len && t.p[i] == '"' ? i + 1 : 0;
}

static bool
take_string(struct arena *a, struct text *rest, struct text *out)
{
	size_t len = string_length(*rest);
	struct text quoted = text_sub(*rest, 0, len);
	struct err ignored = { 0 };
	struct value *v;

	if (len == 0)
		return false;
	*rest = text_from(*rest, len);
	*out = text_sub(quoted, 1, len - 2);
	if (text_find(*out, '\\') == out->len)
		return true;
	if (!json_parse(a, SITEJSON_PATH, quoted, &v, &ignored))
		return false;
	*out = v->text;
	return true;
}

static bool
take_hex(struct arena *a, struct text *rest, size_t digits, struct text *out)
{
	if (!take_string(a, rest, out) || out->len != digits)
		return false;
	for (size_t i = 0; i < digits; i++)
		if (!strchr("0123456789abcdef", out->p[i]))
			return false;
	return true;
}

static bool
take_date(struct arena *a, struct text *rest, struct date *out)
{
	struct text t;

	return take_string(a, rest, &t) && date_parse(t, out);
}

static bool
is_path_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '.' || c == '_' || c == '~' ||
		c == '-' || (unsigned char)c >= 0x80;
}

static bool
is_path(struct text t)
{
	struct text part;

	while (text_split(&t, '/', &part)) {
		if (part.len == 0 || text_is(part, ".") || text_is(part, ".."))
			return false;
		for (size_t i = 0; i < part.len; i++)
			if (!is_path_char(part.p[i]))
				return false;
	}
	return true;
}

static bool
take_file(struct arena *a, struct text *rest, struct sitejson_file *out)
{
	struct text hash;

	*out = (struct sitejson_file){ 0 };
	if (!take(rest, "{") ||
		(take(rest, "\"commit\":") &&
			(!take_hex(a, rest, COMMIT_DIGITS, &out->commit) ||
				!take(rest, ","))) ||
		(take(rest, "\"expire\":") &&
			(!take_date(a, rest, &out->expire) ||
				!take(rest, ","))) ||
		!take(rest, "\"hash\":") ||
		!take_hex(a, rest, 2 * HASH_BYTES, &hash) ||
		!hex_decode(hash, out->hash.b, HASH_BYTES) ||
		!take(rest, ",\"path\":") ||
		!take_string(a, rest, &out->path) || !is_path(out->path))
		return false;
	return (!take(rest, ",\"source\":") ||
		(take_string(a, rest, &out->source) && out->source.len > 0)) &&
		take(rest, "}");
}

/* Each file begins with its brace; a few more of them stand elsewhere. */
static size_t
count_braces(struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++)
		n += t.p[i] == '{';
	return n;
}

static bool
take_files(struct arena *a, const char *name, struct text *rest,
	struct sitejson *out, struct err *e)
{
	size_t room = count_braces(*rest);

	if (room > SITEJSON_FILES_MAX)
		return err_set(e, ERR_LIMIT, "%s: lists more than %d files",
			name, SITEJSON_FILES_MAX);
	out->files = arena_array(a, room + 1, sizeof *out->files);
	while (out->count < room) {
		struct sitejson_file *f = &out->files[out->count];

		if (out->count > 0 && !take(rest, ","))
			break;
		if (!take_file(a, rest, f))
			return err_set(e, ERR_FORMAT, "%s: file %zu of its "
				"list is not in its form", name,
				out->count + 1);
		if (out->count > 0 && text_cmp(f[-1].path, f->path) >= 0)
			return err_set(e, ERR_FORMAT, "%s: file %zu of its "
				"list is out of order", name, out->count + 1);
		out->count++;
	}
	return true;
}

static bool
is_reason(struct text t)
{
	for (size_t i = 0; reasons[i]; i++)
		if (text_is(t, reasons[i]))
			return true;
	return false;
}

static bool
take_head(struct arena *a, struct text *rest, struct sitejson *out)
{
	return take(rest, "{\"base_url\":") &&
		take_string(a, rest, &out->base_url) &&
		take(rest, ",\"commit\":") &&
		(take(rest, "null") ||
			take_hex(a, rest, COMMIT_DIGITS, &out->commit)) &&
		take(rest, ",\"date\":") && take_date(a, rest, &out->date) &&
		take(rest, ",\"files\":[");
}

static bool
take_tail(struct arena *a, struct text *rest, struct sitejson *out)
{
	return take(rest, "],\"generator\":") &&
		take_string(a, rest, &out->generator) &&
		(!take(rest, ",\"intake_url\":") ||
			(take_string(a, rest, &out->intake_url) &&
				out->intake_url.len > 0)) &&
		(out->commit.len || (take(rest, ",\"uncommitted\":") &&
			take_string(a, rest, &out->uncommitted) &&
			is_reason(out->uncommitted))) &&
		take(rest, ",\"version\":1}") && rest->len == 0;
}

static bool
is_same_again(const struct sitejson *j, struct text bytes)
{
	struct buf b;
	bool same;

	buf_init(&b, bytes.len);
	sitejson_put(&b, j);
	same = !b.full && text_eq(buf_view(&b), bytes);
	buf_release(&b);
	return same;
}

static bool
is_one_line(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if ((unsigned char)t.p[i] < 0x20)
			return false;
	return utf8_valid(t);
}

bool
sitejson_parse(struct arena *a, const char *name, struct text bytes,
	struct sitejson *out, struct err *e)
{
	struct text rest = bytes;

	*out = (struct sitejson){ 0 };
	if (bytes.len > SITEJSON_MAX)
		return err_set(e, ERR_LIMIT, "%s: longer than %d MB", name,
			SITEJSON_MAX / 1024 / 1024);
	if (!is_one_line(bytes))
		return err_set(e, ERR_FORMAT,
			"%s: control characters or bytes not UTF-8", name);
	if (!take_head(a, &rest, out))
		return err_set(e, ERR_FORMAT,
			"%s: does not begin as a site.json", name);
	if (!take_files(a, name, &rest, out, e))
		return false;
	if (!take_tail(a, &rest, out))
		return err_set(e, ERR_FORMAT, "%s: does not end as a "
			"site.json after %zu files", name, out->count);
	/* An escape that need not be one, and the like. */
	return is_same_again(out, bytes) || err_set(e, ERR_FORMAT,
		"%s: is not canonical JSON", name);
}
