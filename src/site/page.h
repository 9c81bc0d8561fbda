/*
 * page: one content file: front matter and Markdown.
 *
 * content/roller.md is /roller/; content/index.md is /; a folder's index.md
 * is the folder's page.  Variants are told by suffix: roller.en.md is
 * /en/roller/, roller.lattlast.md is /lattlast/roller/.
 *
 * Front matter (YAML between two lines "---"), all optional but title:
 *
 *     title, description       texts
 *     weight                   number; order among siblings (default 100)
 *     menu                     true: stands in the main menu
 *     draft                    true: left out without --drafts
 *     publish, expire          YYYY-MM-DD; shown from and until the day before
 *     aliases                  list of paths that lead here
 *     form                     id of the form this page leads to
 *     reviewed, review-every   YYYY-MM-DD, "12 months"
 *     reviewer                 a role or a list of roles
 *     document                 map: type, approved-by, approved, revised,
 *                              reviewed-by, owner
 *     sources                  list of texts (Markdown inline)
 *     toc                      false: no table of contents
 *
 * An unknown key is an error with file, line and the nearest known name.
 */
#ifndef SITE_PAGE_H
#define SITE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"
#include "site/fault.h"

enum {
	PAGE_FILE_MAX = 4 * 1024 * 1024, /* bytes of a content file */
	PAGE_WEIGHT = 100                /* where no weight is given */
};

enum page_variant { PAGE_SWEDISH, PAGE_ENGLISH, PAGE_EASY, PAGE_VARIANTS };

struct page {
	struct text path;  /* "content/roller.md", for messages and git */
	struct text key;   /* "roller", "rutin/begaran"; "" for the start page;
			      the same for all variants */
	enum page_variant variant;
	struct text url;   /* "/roller/", "/en/roller/" */
	struct text title;
	struct text description;
	/* Where a translation gives no weight or menu, tree_make takes those
	 * of the Swedish page. */
	int weight;
	bool weight_given;
	bool menu;
	bool menu_given;
	bool draft;
	bool toc;
	struct date publish; /* year 0: not given */
	struct date expire;
	struct text *aliases; /* paths that begin with "/" */
	size_t alias_count;
	struct text form;    /* form id; empty if none */
	int form_line;       /* of the key, for messages */
	struct date reviewed;
	int review_months;   /* 0: not given */
	struct text *reviewers;
	size_t reviewer_count;
	const struct value *document; /* checked map; NULL if none */
	struct text *sources;
	int *source_lines;   /* of each, for messages */
	size_t source_count;
	struct text body;    /* Markdown */
	int body_line;       /* number of body's first line in the file */
};

/*
 * Parses one content file.  `path` begins with "content/" and gives key,
 * variant and url.  Everything lives on `a`; source must too.
 */
bool page_parse(struct arena *a, const char *path, struct text source,
	struct page *out, struct err *e) __attribute__((warn_unused_result));

/* "/en/a/b/" of the key "a/b". */
struct text page_url(struct arena *a, struct text key,
	enum page_variant variant);

/*
 * For one that page_parse refused: adds all that is wrong before its body to
 * faults, and gives variant, path, key, url and body; false if it does not
 * come that far.
 */
bool page_parse_all(struct arena *a, const char *path, struct text source,
	struct page *out, struct faults *faults)
	__attribute__((warn_unused_result));

/* Is the page shown on this day (drafts apart)? */
bool page_is_public(const struct page *p, struct date today);
/* Is it more than review-every since it was reviewed? */
bool page_is_overdue(const struct page *p, struct date today);

/* "sv", "en", "lattlast"; and the language it is written in. */
const char *variant_name(enum page_variant v);
const char *variant_lang(enum page_variant v);

#endif
