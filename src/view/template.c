/*
 * template: renders a parsed template.
 *
 * Nothing is allocated: the stacks of data in scope, of blocks given to
 * parents, and of indentation are chains of structs on the C stack, as deep
 * as the templates nest, which is bounded.
 */
#include "view/template.h"

#include <string.h>

#include "view/html.h"
#include "view/template_node.h"
#include "base/banned.h"

/* Small templates that include each other twice could go on for years. */
enum { STEPS_MAX = 10000000 };

/* The data in scope, innermost first. */
struct scope {
	const struct value *value;
	const struct scope *outer;
};

/* Blocks given by a {{<parent}} tag, innermost parent first. */
struct blocks {
	const struct template *t; /* where they are written */
	const struct template_node *first;
	const struct blocks *outer;
};

struct indent {
	struct text text;
	const struct indent *outer;
};

/* Where we are: changes on the way in, is as before on the way out. */
struct place {
	const struct template *t;
	const struct scope *scope;
	const struct blocks *blocks;
	const struct indent *indent;
};

/* What has happened so far. */
struct render {
	const struct template_set *set;
	struct buf *out;
	struct err *e;
	int depth;
	size_t steps;
	bool line_begins; /* the output is at the beginning of a line */
};

static bool render_nodes(struct render *r, const struct place *at,
	const struct template_node *first);

static bool
fault(const struct render *r, const struct place *at,
	const struct template_node *n, const char *before, struct text name,
	const char *after)
{
	return err_set(r->e, ERR_FORMAT, "%s:%d: %s%.*s%s", at->t->name,
		n->line, before, (int)name.len, name.len ? name.p : "", after);
}

/* ---- names ---- */

/* The value of the name's first key, or NULL. */
static const struct value *
find_first(const struct place *at, const struct template_node *n)
{
	for (const struct scope *s = at->scope; s; s = s->outer) {
		const struct value *v = value_find(s->value, n->keys[0]);

		if (v || n->local)
			return v;
	}
	return NULL;
}

/* The value of a name, NULL if there is none; false if that is an error. */
static bool
find_value(const struct render *r, const struct place *at,
	const struct template_node *n, const struct value **out)
{
	const struct value *v;

	if (n->key_count == 0) {
		*out = at->scope->value;
		return true;
	}
	v = find_first(at, n);
	for (size_t i = 1; v && i < n->key_count; i++)
		/* What is null as a whole is null in its parts. */
		if (v->kind != VALUE_NULL)
			v = value_find(v, n->keys[i]);
	*out = v;
	if (!v && r->set->strict)
		return fault(r, at, n, "there is no \"", n->text,
			"\" in the data");
	return true;
}

/* ---- output ---- */

static void
put_indent(struct buf *out, const struct indent *indent)
{
	if (!indent)
		return;
	put_indent(out, indent->outer);
	buf_text(out, indent->text);
}

static void
begin_line(struct render *r, const struct place *at)
{
	if (r->line_begins)
		put_indent(r->out, at->indent);
	r->line_begins = false;
}

static void
put_text(struct render *r, const struct place *at, struct text t)
{
	if (!at->indent) {
		buf_text(r->out, t);
		r->line_begins = t.p[t.len - 1] == '\n';
		return;
	}
	while (t.len) {
		size_t end = text_find(t, '\n');
		struct text line = text_sub(t, 0, end + 1);

		/* An empty line stays empty. */
		if (end > 0 && line.p[0] != '\r')
			begin_line(r, at);
		buf_text(r->out, line);
		r->line_begins = end < t.len;
		t = text_from(t, line.len);
	}
}

static bool
put_value(struct render *r, const struct place *at,
	const struct template_node *n, const struct value *v)
{
	struct text t = v->text;
	bool escape = false;

	switch (v->kind) {
	case VALUE_NULL:
		return true;
	case VALUE_FALSE:
		t = text_of("false");
		break;
	case VALUE_TRUE:
		t = text_of("true");
		break;
	case VALUE_NUMBER:
	case VALUE_HTML:
		break;
	case VALUE_TEXT:
		escape = n->kind == TEMPLATE_ESCAPED;
		if (!escape && r->set->strict)
			return fault(r, at, n, "\"", n->text, "\" is text, not"
				" HTML: it must be escaped, {{like this}}");
		break;
	case VALUE_LIST:
	case VALUE_MAP:
		return !r->set->strict || fault(r, at, n, "\"", n->text,
			"\" is a list or a map, which cannot be written");
	}
	if (t.len == 0)
		return true;
	begin_line(r, at);
	if (escape)
		html_escape(r->out, t);
	else
		buf_text(r->out, t);
	return true;
}

/* ---- tags ---- */

static bool
render_value(struct render *r, const struct place *at,
	const struct template_node *n)
{
	const struct value *v;

	return find_value(r, at, n, &v) && (!v || put_value(r, at, n, v));
}

static bool
render_section(struct render *r, const struct place *at,
	const struct template_node *n)
{
	struct scope scope = { .outer = at->scope };
	struct place inside = *at;
	const struct value *v;

	inside.scope = &scope;
	if (!find_value(r, at, n, &v))
		return false;
	if (value_is_empty(v))
		return true;
	if (v->kind != VALUE_LIST) {
		scope.value = v;
		return render_nodes(r, &inside, n->first);
	}
	for (const struct value_item *i = v->first; i; i = i->next) {
		scope.value = i->value;
		if (!render_nodes(r, &inside, n->first))
			return false;
	}
	return true;
}

static bool
render_inverted(struct render *r, const struct place *at,
	const struct template_node *n)
{
	const struct value *v;

	if (!find_value(r, at, n, &v))
		return false;
	return !value_is_empty(v) || render_nodes(r, at, n->first);
}

/* The template that a tag names, NULL if there is none; false if that is an
 * error. */
static bool
find_template(const struct render *r, const struct place *at,
	const struct template_node *n, const struct template **out)
{
	struct text t = n->text;

	*out = NULL;
	if (n->dynamic) {
		const struct value *v;

		if (!find_value(r, at, n, &v))
			return false;
		t = v && v->kind == VALUE_TEXT ? v->text : text_of(NULL);
		if (t.len == 0 || t.len > TEMPLATE_NAME_MAX)
			return !r->set->strict || fault(r, at, n, "\"",
				n->text, "\" is not the name of a template");
	}
	*out = r->set->find ? r->set->find(r->set->context, t) : NULL;
	return *out || !r->set->strict ||
		fault(r, at, n, "there is no template \"", t, "\"");
}

/* A partial, or a parent with the blocks it is given. */
static bool
render_template(struct render *r, const struct place *at,
	const struct template_node *n)
{
	const struct blocks blocks = { at->t, n->first, at->blocks };
	const struct indent indent = { n->indent, at->indent };
	struct place inside = *at;

	if (!find_template(r, at, n, &inside.t))
		return false;
	if (!inside.t)
		return true;
	if (n->first)
		inside.blocks = &blocks;
	/* Only a tag alone on its line indents: what is included in the
	 * middle of a line is no line of this template. */
	inside.indent = !n->standalone ? NULL :
		n->indent.len ? &indent : at->indent;
	return render_nodes(r, &inside, inside.t->first);
}

/*
 * The outermost parent tag that gives the block has the say.  Blocks inside
 * what it gave are parameters of the template it is written in, so for them
 * only the parent tags further out count.
 */
static bool
render_block(struct render *r, const struct place *at,
	const struct template_node *n)
{
	const struct indent indent = { n->indent, at->indent };
	const struct template_node *content = n->first;
	struct place inside = *at;
	size_t begin = r->out->len;

	for (const struct blocks *b = at->blocks; b; b = b->outer) {
		for (const struct template_node *given = b->first; given;
			given = given->next) {
			if (!text_eq(given->text, n->text))
				continue;
			content = given->first;
			inside.t = b->t;
			inside.blocks = b->outer;
		}
	}
	if (n->indent.len)
		inside.indent = &indent;
	if (!render_nodes(r, &inside, content))
		return false;
	if (n->newline.len && r->out->len > begin &&
		r->out->p[r->out->len - 1] != '\n') {
		buf_text(r->out, n->newline);
		r->line_begins = true;
	}
	return true;
}

static bool
render_node(struct render *r, const struct place *at,
	const struct template_node *n)
{
	switch (n->kind) {
	case TEMPLATE_TEXT:
		put_text(r, at, n->text);
		return true;
	case TEMPLATE_ESCAPED:
	case TEMPLATE_RAW:
		return render_value(r, at, n);
	case TEMPLATE_SECTION:
		return render_section(r, at, n);
	case TEMPLATE_INVERTED:
		return render_inverted(r, at, n);
	case TEMPLATE_PARTIAL:
	case TEMPLATE_PARENT:
		return render_template(r, at, n);
	case TEMPLATE_BLOCK:
		return render_block(r, at, n);
	}
	return false;
}

static bool
render_nodes(struct render *r, const struct place *at,
	const struct template_node *first)
{
	if (++r->depth > TEMPLATE_DEPTH_MAX)
		return err_set(r->e, ERR_LIMIT, "%s: templates nest deeper"
			" than %d (does one include itself?)", at->t->name,
			TEMPLATE_DEPTH_MAX);
	for (const struct template_node *n = first; n; n = n->next) {
		if (++r->steps > STEPS_MAX)
			return err_set(r->e, ERR_LIMIT,
				"%s:%d: rendering does not come to an end",
				at->t->name, n->line);
		if (!render_node(r, at, n))
			return false;
		if (r->out->full)
			return err_set(r->e, ERR_LIMIT, "%s:%d: the result is"
				" larger than %zu bytes", at->t->name, n->line,
				r->out->max);
	}
	r->depth--;
	return true;
}

static bool
check_nodes(const struct render *r, const struct place *at,
	const struct template_node *first)
{
	const struct template *found;

	for (const struct template_node *n = first; n; n = n->next) {
		bool named = !n->dynamic && (n->kind == TEMPLATE_PARTIAL ||
			n->kind == TEMPLATE_PARENT);

		if (named && !find_template(r, at, n, &found))
			return false;
		if (!check_nodes(r, at, n->first))
			return false;
	}
	return true;
}

bool
template_check(const struct template *t, const struct template_set *set,
	struct err *e)
{
	const struct template_set strict = { set->find, set->context, true };
	const struct place at = { .t = t };
	const struct render r = { .set = &strict, .e = e };

	return check_nodes(&r, &at, t->first);
}

bool
template_render(const struct template *t, const struct template_set *set,
	const struct value *data, struct buf *out, struct err *e)
{
	const struct scope scope = { .value = data };
	const struct place at = { .t = t, .scope = &scope };
	struct render r = {
		.set = set, .out = out, .e = e, .line_begins = true
	};

	return render_nodes(&r, &at, t->first);
}
