/* unwritten: the sign before each text that is still to be written. */
#include "base/unwritten.h"

#include "base/banned.h"

bool
unwritten_is_in(struct text t)
{
	return text_search(t, UNWRITTEN) < t.len;
}

bool
unwritten_next(struct text *rest, int *line)
{
	struct text at;

	while (text_line(rest, &at)) {
		(*line)++;
		if (unwritten_is_in(at))
			return true;
	}
	return false;
}

bool
unwritten_fail(const char *path, int line, struct err *e)
{
	return err_set(e, ERR_FORMAT, "%s:%d: an example is left here: write "
		"your own text, and take \"" UNWRITTEN "\" away", path, line);
}
