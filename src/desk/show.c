/* show: one case as text to read on a terminal, in Swedish. */
#include "desk/show.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "desk/report.h"
#include "base/banned.h"

/* What kundcenter reads. */
static const char *const mode_words[] = {
	[ENVELOPE_MODE_SERVER] = "Förseglat av servern innan det sparades.",
	[ENVELOPE_MODE_BROWSER] =
		"Förseglat i avsändarens webbläsare innan det skickades.",
};
static const char not_valid[] = "OBS: innehållet stämmer inte med blanketten "
	"det skickades med. Läs med försiktighet.";

const char *
show_mode(enum envelope_mode mode)
{
	return mode_words[mode];
}

/* Text from outside, every line of it indented by two. */
static void
put_quoted(struct arena *a, struct text t, struct buf *out)
{
	struct text rest = utf8_visible(a, t);
	struct text line;

	while (text_split(&rest, '\n', &line)) {
		if (line.len)
			buf_str(out, "  ");
		buf_text(out, line);
		buf_char(out, '\n');
	}
}

/* Text from outside that has to stay on one line. */
static void
put_line(struct arena *a, struct text t, struct buf *out)
{
	struct text rest = utf8_visible(a, t);
	struct text line;
	bool first = true;

	while (text_split(&rest, '\n', &line)) {
		if (!first)
			buf_char(out, ' ');
		buf_text(out, line);
		first = false;
	}
}

static void
put_dates(struct arena *a, const struct store_case *c, struct buf *out)
{
	struct text sv = text_of("sv");
	struct date due;

	buf_printf(out, "Mottaget %s.",
		clock_time_words(a, c->received_s, sv).p);
	if (report_due(c, &due))
		buf_printf(out, " Svar senast %s.",
			clock_date_words(a, due, sv).p);
	if (c->done_s)
		buf_printf(out, " Klart %s.",
			clock_date_words(a, date_of(c->done_s), sv).p);
	buf_char(out, '\n');
}

static void
put_files(struct arena *a, const struct casefile *file, struct buf *out)
{
	if (file->file_count == 0)
		return;
	buf_str(out, "\nBifogade filer\n");
	for (size_t i = 0; i < file->file_count; i++) {
		const struct casefile_file *f = &file->files[i];

		buf_str(out, "  ");
		put_line(a, f->name, out);
		buf_str(out, " (");
		put_line(a, f->type, out);
		buf_printf(out, ", %zu byte)\n", f->bytes.len);
	}
}

void
show_case(const struct store_case *c, const struct casefile *file,
	struct buf *out)
{
	struct arena a;

	arena_init(&a, true);
	buf_text(out, file->reference.len ? file->reference
		: hex_encode(&a, c->subid, SUBID_BYTES));
	buf_str(out, "  ");
	put_line(&a, file->title, out);
	buf_char(out, '\n');
	put_dates(&a, c, out);
	if (file->earlier.len) {
		buf_str(out, "Hör ihop med ");
		put_line(&a, file->earlier, out);
		buf_str(out, ".\n");
	}
	buf_printf(out, "%s\n", show_mode(file->head.mode));
	if (!file->valid)
		buf_printf(out, "%s\n", not_valid);
	for (const struct value_item *i = file->answers->first; i;
		i = i->next) {
		buf_char(out, '\n');
		put_line(&a, value_get_text(i->value, "question"), out);
		buf_char(out, '\n');
		put_quoted(&a, casefile_answer_text(&a, i->value, "\n"), out);
	}
	put_files(&a, file, out);
	arena_release(&a);
}
