/* template: the Mustache specification, and what is our own: strictness,
 * safe markup, bounds, and messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "view/template.h"

#include "mustache_spec.h"

enum { SET_MAX = 8, OUT_MAX = 100000 };

struct set {
	const char *names[SET_MAX];
	struct template *templates[SET_MAX];
	size_t count;
};

static const struct template *
find(void *context, struct text name)
{
	const struct set *set = context;

	for (size_t i = 0; i < set->count; i++)
		if (text_is(name, set->names[i]))
			return set->templates[i];
	return NULL;
}

/* Renders onto the arena: the result, or the fault's line. */
static const char *
rendered(struct arena *a, const char *source, const struct value *data,
	const char *const *partials, bool strict)
{
	struct set set = { 0 };
	const struct template_set by_name = { find, &set, strict };
	struct template *t;
	struct err e = { 0 };
	struct buf out;
	const char *result;
	bool ok;

	buf_init(&out, OUT_MAX);
	for (size_t i = 0; partials && i + 1 < SET_MAX && partials[i];
		i += 2) {
		set.names[set.count] = partials[i];
		assert_true(template_parse(a, partials[i],
			text_of(partials[i + 1]),
			&set.templates[set.count], &e));
		set.count++;
	}
	ok = template_parse(a, "main", text_of(source), &t, &e) &&
		template_render(t, &by_name, data, &out, &e);
	result = arena_string(a, ok ? buf_view(&out) : text_of(e.text));
	buf_release(&out);
	return result;
}

static struct value *
parsed(struct arena *a, const char *json)
{
	struct value *v;
	struct err e = { 0 };

	assert_true(json_parse(a, "data", text_of(json), &v, &e));
	return v;
}

static void
the_mustache_specification_holds(void **state)
{
	int failed = 0;

	(void)state;
	for (size_t m = 0; m < sizeof modules / sizeof *modules; m++) {
		for (size_t i = 0; i < modules[m].count; i++) {
			const struct spec *s = &modules[m].cases[i];
			struct arena a;
			const char *got;

			arena_init(&a, false);
			got = rendered(&a, s->source, parsed(&a, s->data),
				s->partials, false);
			if (strcmp(got, s->expected) != 0) {
				print_error("%s: %s\n--- expected\n%s\n"
					"--- got\n%s\n", modules[m].name,
					s->name, s->expected, got);
				failed++;
			}
			arena_release(&a);
		}
	}
	assert_int_equal(failed, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_mustache_specification_holds)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
