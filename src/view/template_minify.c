/* template_minify: a template of markup without what nobody sees. */
#include "view/template.h"

#include "view/minify.h"
#include "view/template_node.h"
#include "base/banned.h"

static bool
is_markup(const struct template_node *n)
{
	for (; n; n = n->next)
		if ((n->kind == TEMPLATE_TEXT &&
			text_find(n->text, '<') < n->text.len) ||
			is_markup(n->first))
			return true;
	return false;
}

/*
 * In the order of the source: what stands in a section is taken to follow
 * what stands before it.  An element that begins in one section and ends in
 * another only leaves more as it was.
 */
static void
minify(struct arena *a, struct minify_html *m, struct template_node *n)
{
	for (; n; n = n->next) {
		if (n->kind == TEMPLATE_TEXT)
			n->text = minify_html(a, m, n->text);
		else if (m->at != MINIFY_RAW)
			n->indent.len = 0;
		minify(a, m, n->first);
	}
}

void
template_minify(struct arena *a, struct template *t)
{
	struct minify_html m = { 0 };

	if (is_markup(t->first))
		minify(a, &m, t->first);
}
