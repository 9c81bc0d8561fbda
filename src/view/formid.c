/* formid: what the elements of a form's page are called. */
#include "view/formid.h"

#include "base/banned.h"

struct text
formid_option(struct arena *a, const struct question *q, size_t option)
{
	struct text value = q->options[option].value;

	return arena_printf(a, "%.*s_%.*s", (int)q->id.len, q->id.p,
		(int)value.len, value.p);
}

struct text
formid_part(struct arena *a, const struct question *q, size_t part)
{
	return arena_printf(a, "%.*s-%s", (int)q->id.len, q->id.p,
		q->type->parts[part]);
}

bool
formid_part_is_wrong(const struct answer *answer, size_t part)
{
	return answer && answer->fault && (answer->fault_parts == 0 ||
		(answer->fault_parts >> part & 1));
}

struct text
formid_target(struct arena *a, const struct question *q,
	const struct answer *answer)
{
	if (q->option_count)
		return formid_option(a, q, 0);
	if (!q->type->parts)
		return q->id;
	for (size_t i = 0; q->type->parts[i]; i++)
		if (formid_part_is_wrong(answer, i))
			return formid_part(a, q, i);
	return formid_part(a, q, 0);
}
