/*
 * template: Mustache, the spec with its optional inheritance and dynamic
 * names, not lambdas.
 *
 *   {{name}}        escaped text; a VALUE_HTML is inserted as it is
 *   {{{name}}} {{&name}}  not escaped (see `strict`)
 *   {{a.b.c}} {{.}} dotted names, the item itself
 *   {{#s}}..{{/s}} {{^s}}..{{/s}}  section, inverted section
 *   {{>name}} {{>*name}}  partial, with the standalone line's indentation;
 *                   *name takes the partial's name from the data
 *   {{<parent}}..{{/parent}} {{$block}}..{{/block}}  inheritance
 *   {{! comment}} {{=<% %>=}}
 *
 * A template is parsed once and rendered from many threads.  In strict mode
 * (themes) a name that no map in scope has, a missing partial, and an
 * unescaped text are errors with file:line; otherwise, as in the spec, the
 * first two render as nothing.  A name that is null or false is no error, nor
 * is a part of what is null.  Templates that nest too deep, run too long or
 * fill `out` are errors in both modes.
 *
 * Beyond the spec, which leaves it open: a line of nothing but section,
 * block, comment and delimiter tags goes away whole, however many they are;
 * true and false are written as those words; `.name` is looked up only in
 * the item itself; indentation is not put on empty lines.
 */
#ifndef VIEW_TEMPLATE_H
#define VIEW_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"

enum { TEMPLATE_DEPTH_MAX = 64, TEMPLATE_NAME_MAX = 128 };

struct template;

/* Parses source; `name` ("themes/standard/templates/page.mustache") stands
 * in messages.  Lives on the arena, as does source. */
bool template_parse(struct arena *a, const char *name, struct text source,
	struct template **out, struct err *e)
	__attribute__((warn_unused_result));

/*
 * Takes out of a parsed template of markup what nobody sees (view/minify.h),
 * and the indentation of its partials; for themes.  A template without a tag
 * of markup, such as one of plain text, is left as it is.
 */
void template_minify(struct arena *a, struct template *t);

/* Where partials and parents are found; returns NULL if there is none. */
struct template_set {
	const struct template *(*find)(void *context, struct text name);
	void *context;
	bool strict;
};

/* Checks that every partial and parent that t names is in the set, dynamic
 * names apart. */
bool template_check(const struct template *t, const struct template_set *set,
	struct err *e) __attribute__((warn_unused_result));

/* Renders with `data` as the outermost context; appends to out. */
bool template_render(const struct template *t, const struct template_set *set,
	const struct value *data, struct buf *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
