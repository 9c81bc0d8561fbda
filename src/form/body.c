/* body: the sections and questions of a form file. */
#include "form/parser.h"
#include "base/banned.h"

/* Where the lines of running text go: an intro or a help text. */
struct block {
	struct text *into;
	int *into_line;
	const char *start; /* NULL: no line yet */
	int line;          /* of start */
};

static bool
is_blank(struct text line)
{
	return text_trim(line).len == 0;
}

static void
block_open(struct block *b, struct text *into, int *into_line)
{
	*b = (struct block){ .into = into, .into_line = into_line };
}

/* Keeps the line; blank lines before the first are no part of the text. */
static void
block_line(struct block *b, struct text line, int number)
{
	if (!b->start) {
		if (is_blank(line))
			return;
		b->start = line.p;
		b->line = number;
	}
	if (!is_blank(line)) {
		*b->into = (struct text){ b->start,
			(size_t)(line.p + line.len - b->start) };
		*b->into_line = b->line;
	}
}

/* Headings that Markdown would take and this grammar would not. */
static bool
check_stray_heading(const struct parser *p, struct text line)
{
	struct text bare = line;
	size_t hashes = 0;

	while (bare.len && bare.p[0] == ' ' && line.len - bare.len < 3)
		bare = text_from(bare, 1);
	while (hashes < bare.len && bare.p[hashes] == '#')
		hashes++;
	if (hashes == 1 && bare.len > 1 && bare.p[1] == ' ')
		return parser_fail(p, p->line, "\"# \" has no place in a form:"
			" its title stands in the front matter");
	if (hashes == 2)
		return parser_fail(p, p->line,
			"a section begins with \"## \" and its title");
	if (hashes == 3)
		return parser_fail(p, p->line,
			"a question begins with \"### \", its id and \":\"");
	return true;
}

/* How many sections and questions at most: arrays are made once. */
static void
count(struct text rest, size_t *sections, size_t *questions)
{
	struct text line;

	*sections = 1;
	*questions = 0;
	while (text_line(&rest, &line)) {
		int level = parser_heading(line);

		*sections += level == 2;
		*questions += level == 3;
	}
}

static bool
check_section(const struct parser *p)
{
	const struct form *f = p->form;
	const struct section *s;

	if (f->section_count == 0)
		return true;
	s = &f->sections[f->section_count - 1];
	if (s->count == 0)
		return parser_fail(p, s->line, "the section \"%.*s\" has no"
			" question", (int)s->title.len, s->title.p);
	return true;
}

static struct section *
add_section(struct parser *p, struct text title)
{
	struct section *s = &p->form->sections[p->form->section_count++];

	s->title = title;
	s->first = p->form->question_count;
	s->line = p->line;
	return s;
}

static bool
read_section(struct parser *p, struct text line, struct block *b)
{
	struct text title = text_trim(text_from(line, 3));
	struct section *s;

	if (!parser_check_text(p, p->line, "section", title) ||
		!check_section(p))
		return false;
	s = add_section(p, title);
	block_open(b, &s->intro, &s->intro_line);
	return true;
}

/* "### id: label". */
static bool
read_head(const struct parser *p, struct text line, struct question *q)
{
	const struct form *f = p->form;
	struct text rest = text_trim(text_from(line, 4));
	size_t colon = text_find(rest, ':');
	struct text id = text_trim(text_sub(rest, 0, colon));
	int earlier = form_question(f, id);

	if (colon == rest.len)
		return parser_fail(p, p->line,
			"a question is written \"### id: the question\"");
	if (!parser_is_word(id, false))
		return parser_fail(p, p->line, "\"%.*s\" is no id: a-z, 0-9"
			" and \"-\", beginning with a letter, at most %d bytes",
			(int)id.len, id.p, FORM_ID_MAX);
	if (earlier >= 0)
		return parser_fail(p, p->line, "the id \"%.*s\" is taken"
			" by line %d", (int)id.len, id.p,
			f->questions[earlier].line);
	q->id = id;
	q->line = p->line;
	q->label = text_trim(text_from(rest, colon + 1));
	if (q->label.len == 0)
		return parser_fail(p, p->line, "the question \"%.*s\" has no"
			" text after its id", (int)id.len, id.p);
	return parser_check_text(p, p->line, "question", q->label);
}

static bool
read_question(struct parser *p, struct text line, struct block *b)
{
	struct form *f = p->form;
	struct question *q = &f->questions[f->question_count];

	if (f->question_count == FORM_QUESTIONS_MAX)
		return parser_fail(p, p->line, "a form has at most %d"
			" questions", FORM_QUESTIONS_MAX);
	if (f->section_count == 0) {
		if (f->steps)
			return parser_fail(p, p->line, "with \"pages: steps\""
				" a \"## \" title stands before the first"
				" question");
		(void)add_section(p, (struct text){ 0 });
	}
	if (!read_head(p, line, q) || !keys_parse(p, q))
		return false;
	q->section = f->section_count - 1;
	f->sections[q->section].count++;
	f->question_count++;
	block_open(b, &q->help, &q->help_line);
	return true;
}

/* "svar-day" is taken if the question "svar" has a part "day". */
static bool
check_derived(const struct parser *p, const struct question *q,
	const char *suffix)
{
	struct text id = arena_printf(p->arena, "%.*s-%s", (int)q->id.len,
		q->id.p, suffix);
	int other = form_question(p->form, id);

	if (other < 0)
		return true;
	return parser_fail(p, p->form->questions[other].line,
		"the id \"%s\" belongs to the question in line %d", id.p,
		q->line);
}

/* Parts are named ID-PART; pages call what explains a field ID-hint ... */
static bool
check_derived_ids(const struct parser *p)
{
	static const char *const guides[] = { "hint", "help", "error",
		"max", NULL };
	const struct form *f = p->form;

	for (size_t i = 0; i < f->question_count; i++) {
		const struct question *q = &f->questions[i];
		const char *const *parts = q->type->parts;

		for (size_t k = 0; guides[k]; k++)
			if (!check_derived(p, q, guides[k]))
				return false;
		for (size_t k = 0; parts && parts[k]; k++)
			if (!check_derived(p, q, parts[k]))
				return false;
	}
	return true;
}

bool
body_parse(struct parser *p)
{
	struct form *f = p->form;
	struct block b;
	struct text line;
	size_t sections, questions;
	bool ok = true;

	count(p->rest, &sections, &questions);
	f->sections = arena_array(p->arena, sections, sizeof *f->sections);
	if (questions > FORM_QUESTIONS_MAX)
		questions = FORM_QUESTIONS_MAX;
	f->questions = arena_array(p->arena, questions + 1,
		sizeof *f->questions);
	block_open(&b, &f->intro, &f->intro_line);
	while (ok && parser_line(p, &line)) {
		int level = parser_heading(line);

		if (level == 3)
			ok = read_question(p, line, &b);
		else if (level == 2)
			ok = read_section(p, line, &b);
		else if ((ok = check_stray_heading(p, line)))
			block_line(&b, line, p->line);
	}
	if (!ok || !check_section(p))
		return false;
	if (f->question_count == 0)
		return parser_fail(p, p->line, "a form has at least one"
			" question: \"### id: the question\"");
	return check_derived_ids(p);
}
