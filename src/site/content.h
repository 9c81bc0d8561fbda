/*
 * content: every file of content/, read on several threads.
 *
 * A page whose file is as it was at the build before is not read: what
 * others need of it was kept (site/keep.h).  Its body is read when it turns
 * out to be needed.  Where a site is built to be published, so is that of
 * every other page: the texts of all of them need not be in memory at once.
 */
#ifndef SITE_CONTENT_H
#define SITE_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "site/parts.h"

struct content;

/*
 * content_open lists content/; content_match finds what keep_open, which may
 * run meanwhile, knows of it.  Then each of the content_count files is to be
 * read, from any thread by its number in the pool (from a commit, from one
 * thread), and content_close fills pages, origins and files of the site if all
 * were.
 */
bool content_open(struct site *s, struct content **out, struct err *e)
	__attribute__((warn_unused_result));
void content_match(struct content *c);
size_t content_count(const struct content *c);
bool content_read(struct content *c, int thread, size_t index, struct err *e)
	__attribute__((warn_unused_result));
void content_close(struct content *c, bool all_read);

/*
 * Reads the body of one of s->pages, unless it has been.  From one thread at
 * a time for the same page; what is read lives on the arena.
 */
bool content_read_page(struct site *s, struct arena *a, const struct page *p,
	struct err *e) __attribute__((warn_unused_result));
/* Before that arena is emptied: the body is then to be read again. */
void content_leave_page(struct site *s, const struct page *p);

/* The bytes of a published file, read onto the arena unless they have been;
 * from any thread. */
bool content_read_file(const struct site *s, struct arena *a,
	const struct site_file *f, struct text *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
