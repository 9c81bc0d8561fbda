/* verify_tell: what a live site differs in from a commit, told. */
#include "cmd/verify_site.h"

#include <stdio.h>

#include "base/utf8.h"
#include "cmd/commands.h"
#include "cmd/output.h"
#include "seal/hash.h"
#include "base/banned.h"

static const char *const finding_words[FINDINGS] = {
	[GONE] = "gone, as it has expired",
	[ELSEWHERE] = "received at the intake",
	[CHANGED] = "changed",
	[REPACKED] = "changed where it is sent packed",
	[LED_AWAY] = "leads to another address",
	[MISSING] = "missing on the live site",
	[NOT_IN_COMMIT] = "not in the commit",
	[MISLISTED] = "not in site.json as the commit has it",
};

static size_t
count_differences(const struct check *c)
{
	size_t n = c->faults->count;

	for (size_t i = 0; i < c->count; i++)
		n += c->files[i].found >= CHANGED;
	return n;
}

static size_t
count_found(const struct check *c, enum finding found)
{
	size_t n = 0;

	for (size_t i = 0; i < c->count; i++)
		n += c->files[i].found == found;
	return n;
}

static void
print_lines(const struct check *c)
{
	for (const struct value_item *i = c->faults->first; i; i = i->next)
		(void)printf("%.*s\n", (int)i->value->text.len,
			i->value->text.p);
	for (size_t i = 0; i < c->count; i++) {
		const struct checked *f = &c->files[i];
		struct text path = utf8_visible(c->arena, f->path);

		if (f->found == SAME || f->found == ELSEWHERE)
			continue;
		(void)printf("%s: %.*s", finding_words[f->found],
			(int)path.len, path.p);
		if (f->status)
			(void)printf(" (answered %d)", f->status);
		(void)putchar('\n');
	}
	if (count_differences(c) > 0 &&
		!text_eq(c->live.generator, c->ours.generator))
		(void)printf("the site was built by %s, this is %s\n",
			utf8_visible(c->arena, c->live.generator).p,
			c->ours.generator.p);
	if (c->is_pinned)
		(void)printf("signed by the publishing key %s\n", hex_encode(
			c->arena, c->publisher.id, KEY_ID_BYTES).p);
	else
		(void)printf("no publishing key is pinned: only what is served"
			" was compared\n");
}

static bool
print_json(const struct check *c, struct err *e)
{
	struct arena *a = c->arena;
	struct value *v = value_map(a), *list;

	value_set_str(a, v, "url", c->url);
	value_set_str(a, v, "commit", c->ours.commit);
	value_set_str(a, v, "date", date_text(a, c->live.date));
	(void)value_set(a, v, "signed_by", c->is_pinned
		? value_text(a, hex_encode(a, c->publisher.id, KEY_ID_BYTES))
		: value_null(a));
	(void)value_set(a, v, "files", value_int(a, (int64_t)c->ours.count));
	(void)value_set(a, v, "gone", value_int(a,
		(int64_t)count_found(c, GONE)));
	(void)value_set(a, v, "at_intake", value_int(a,
		(int64_t)count_found(c, ELSEWHERE)));
	list = value_set(a, v, "differences", value_list(a));
	for (const struct value_item *i = c->faults->first; i; i = i->next) {
		struct value *row = value_push(a, list, value_map(a));

		(void)value_set(a, row, "path", value_null(a));
		value_set_str(a, row, "what", i->value->text);
		(void)value_set(a, row, "status", value_null(a));
	}
	for (size_t i = 0; i < c->count; i++) {
		const struct checked *f = &c->files[i];
		struct value *row;

		if (f->found < CHANGED)
			continue;
		row = value_push(a, list, value_map(a));
		value_set_str(a, row, "path", f->path);
		value_set_str(a, row, "what",
			text_of(finding_words[f->found]));
		(void)value_set(a, row, "status", f->status
			? value_int(a, f->status) : value_null(a));
	}
	return output_json(v, e);
}

bool
verify_tell(const struct check *c, struct err *e)
{
	size_t n = count_differences(c);
	size_t gone = count_found(c, GONE);
	size_t elsewhere = count_found(c, ELSEWHERE);
	bool json = cmd_value(&cmd_verify, c->call, "json") != NULL;

	if (json && !print_json(c, e))
		return false;
	if (!json)
		print_lines(c);
	if (n > 0)
		return err_set(e, ERR_FORMAT, "%s: %zu difference%s from"
			" commit %s", c->url.p, n, n == 1 ? "" : "s",
			c->ours.commit.p);
	if (!json) {
		(void)printf("%s is commit %s as of %s: %zu files are equal",
			c->url.p, c->ours.commit.p,
			date_text(c->arena, c->live.date).p,
			count_found(c, SAME));
		if (gone)
			(void)printf(", %zu expired", gone);
		if (elsewhere)
			(void)printf(", %zu at %s", elsewhere, arena_string(
				c->arena, c->ours.intake_url));
		(void)putchar('\n');
	}
	return true;
}
