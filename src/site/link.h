/*
 * link: where the links of a page lead.
 *
 * What is written is the path of a file, relative to the page or from the
 * site's root, or an address on the site:
 *
 *     [roller](roller.md)           becomes /roller/, and on an English page
 *                                   /en/roller/ if there is one
 *     [svaret](rutin/svar.md#tid)   the heading must be there
 *     [karta](karta.png)            a file of content/
 *     [synpunkt](/e-tjanster/synpunkt/)   must be an address of the site
 *
 * What leads nowhere is an error that names the nearest there is, as it is to
 * be written there.  A page that is not shown today (publish, expire) is no
 * error, since its day comes without anyone touching the link: the nearest
 * page above it takes over.
 */
#ifndef SITE_LINK_H
#define SITE_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "site/fault.h"
#include "site/tree.h"

/* What there is to lead to. */
struct link_targets {
	const struct tree *tree;
	/* "content/karta.png", and pages that could not be read; sorted. */
	const struct text *files;
	size_t file_count;
	const struct text *urls;  /* addresses beside pages and files; sorted */
	size_t url_count;
	struct text intake_url;   /* where forms are received; empty: here */
};

/* Key and variant of "content/a/b.en.md", without judging the name. */
struct text link_key(struct text path, enum page_variant *variant);

/* Is it one of `urls`? */
bool link_has_url(const struct link_targets *t, struct text url);

/*
 * The address of what stands at `url` ("/e-tjanster/synpunkt/"), as a page
 * of information has it: the intake's, if the intake is elsewhere and
 * answers there (forms, the list of them, the reply box).
 */
struct text link_address(struct arena *a, struct text intake_url,
	struct text url);

/* A heading that has to be on a page once every page is rendered. */
struct link_anchor {
	const struct tree_page *to;
	struct text id;
	struct text written; /* the whole link, for the message */
	int line;
};

/* The links of one page as it is rendered; `context` of markdown's link. */
struct link_page {
	const struct link_targets *targets;
	const struct tree_page *from;  /* NULL: a form's text */
	enum page_variant variant;
	struct text path;              /* of the file, for messages */
	struct faults *faults;         /* NULL: the first fault stops */
	struct faults *warnings;       /* links to hidden pages; may be NULL */
	struct faults *external;       /* "FILE:LINE: URL"; may be NULL */
	struct arena *arena;           /* for anchors; NULL: none are kept */
	struct link_anchor *anchors;
	size_t anchor_count;
	size_t anchor_cap;
};

/* The callback of view/markdown.h; context is a struct link_page. */
bool link_resolve(void *context, struct arena *a, struct text url, int line,
	struct text *out, struct err *e) __attribute__((warn_unused_result));

/*
 * The same for a picture, which must be a file here: a page loads nothing
 * from elsewhere, and the site's content security policy sees to it.
 */
bool link_picture(void *context, struct arena *a, struct text url, int line,
	struct text *out, struct err *e) __attribute__((warn_unused_result));

/* The path "content/..." of a file named on a page, or empty if it is none
 * of content/: for pictures. */
struct text link_file(const struct link_page *l, struct arena *a,
	struct text written);

#endif
