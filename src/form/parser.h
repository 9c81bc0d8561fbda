/*
 * parser: what the files that read a form file share.
 *
 * form.c takes the file apart into front matter and body; front.c reads the
 * first, body.c the sections and questions of the second, keys.c the key and
 * option lines of one question.
 */
#ifndef FORM_PARSER_H
#define FORM_PARSER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "form/form.h"

struct parser {
	struct arena *arena;
	const char *path;  /* in messages */
	struct form *form; /* being filled */
	struct text rest;  /* what is not read yet; lines end in LF */
	int line;          /* number of the line just taken; 0: none yet */
	struct err *e;
};

/* Takes the next line; false at the end of the file. */
bool parser_line(struct parser *p, struct text *line);

/* Writes "PATH:LINE: ..." and returns false. */
bool parser_fail(const struct parser *p, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Writes `unknown WHAT "WORD" (did you mean "..."?)` and returns false. */
bool parser_unknown(const struct parser *p, int line, const char *what,
	struct text word, const char *const names[]);

/* Is it a word of a-z, 0-9 and "-", at most FORM_ID_MAX bytes?  An id begins
 * with a letter, an option's value may begin with a digit. */
bool parser_is_word(struct text t, bool digit_first);

/* A text that has a length limit and must not be empty. */
bool parser_check_text(const struct parser *p, int line, const char *what,
	struct text t) __attribute__((warn_unused_result));

/* The front matter between its two lines; `line` is its first. */
bool front_parse(struct parser *p, struct text yaml, int line)
	__attribute__((warn_unused_result));

/* From the line after the front matter to the end of the file. */
bool body_parse(struct parser *p) __attribute__((warn_unused_result));

/*
 * The key and option lines after a "### id: label" line, up to and with the
 * blank line that ends them, or up to the next heading or the end.  The
 * questions before q in p->form are read already.
 */
bool keys_parse(struct parser *p, struct question *q)
	__attribute__((warn_unused_result));

/* 2 for "## ", 3 for "### ", 0 for anything else. */
int parser_heading(struct text line);

#endif
