/* parts: what a loaded site consists of; for the files of site/ only. */
#ifndef SITE_PARTS_H
#define SITE_PARTS_H

#include "base/spool.h"
#include "form/form.h"
#include "site/config.h"
#include "site/diagram_page.h"
#include "site/expiry.h"
#include "site/fault.h"
#include "site/history.h"
#include "site/link.h"
#include "site/page.h"
#include "site/site.h"
#include "site/source.h"
#include "site/tree.h"
#include "view/footnote.h"
#include "view/markdown.h"
#include "view/theme.h"

struct changes;
struct head;
struct keep;
struct memo_page;
struct stage;

enum { SITE_FILE_MAX = 32 * 1024 * 1024, SITE_THREADS_MAX = 64 };

/* A file of content/ that is published as it is. */
struct site_file {
	struct text path; /* "content/karta.png" */
	struct text bytes; /* NULL: not read (content_read_file) */
	struct hash hash;  /* of its bytes */
	struct fs_stamp stamp;
};

/* Where a page comes from. */
struct site_origin {
	struct fs_stamp stamp; /* of its file, before it was read */
	struct text front;     /* page_pack's; empty if nothing is kept */
	const struct memo_page *was; /* in the build before; may be NULL */
	bool same;      /* its file is as it was then */
	bool body_left; /* the body is not here (content_read_page) */
	bool body_lent; /* it is, until content_leave_page */
	size_t body_at; /* where in the file it begins, if that is known */
	size_t body_len;
	bool moved;     /* the file was changed while the site was read */
};

/* A page's Markdown as it became. */
struct site_body {
	bool made; /* false: kept; html, sources, notes and the bytes of
		      sheets are not here */
	struct html html;
	struct html *sources;  /* as many as the page has */
	struct markdown_ids ids;
	struct footnotes notes; /* their html filled in */
	struct link_anchor *anchors;
	size_t anchor_count;
	struct diagram_sheets sheets;
	struct faults faults;   /* when they are kept */
	struct faults warnings; /* likewise */
	struct faults external; /* likewise: links to elsewhere */
};

struct site {
	struct arena arena;
	struct site_options options;
	struct source source;
	struct config config;
	struct theme *theme;
	struct value *words[CONFIG_LANGS]; /* the theme's, by config_lang */
	struct value *assets;              /* theme_asset_urls */
	struct value *integrity;           /* theme_asset_integrity */
	struct value *frame[PAGE_VARIANTS]; /* frame_prepare's, or NULL */
	struct page *pages;
	struct site_origin *origins; /* by index in pages */
	size_t page_count;
	struct tree tree;
	const struct form **forms; /* by id, the Swedish one first */
	size_t form_count;
	struct history_file *content; /* all of content/, by path */
	size_t content_count;
	struct site_file *files; /* by path */
	size_t file_count;
	struct link_targets targets;
	struct expiry *expiries; /* by address */
	size_t expiry_count;
	struct site_body *bodies; /* by index in the tree */
	struct history_dates *dates; /* by index in the tree; NULL: no git */
	struct history_dates *form_dates; /* by index in forms; likewise */
	const struct past *past_before; /* what .blankett/ holds, or NULL */
	const struct past *past;     /* of all files, for the next build */
	bool past_is_kept;           /* the one before will do for it */
	const struct head *head_before; /* what .blankett/ holds, or NULL */
	const struct head *head;     /* for the next build; NULL: none */
	const struct changes *changes; /* of all pages; NULL: no git */
	bool compared;               /* worktree_compare has been here */
	struct text changed;         /* what it found; empty: nothing */
	struct hash compared_by;
	struct stage *stage;      /* where outputs grow; NULL: in the spool */
	struct spool *spool;      /* bytes of outputs; NULL: in memory */
	struct keep *keep;        /* NULL: everything is made anew */
	struct faults *faults;    /* NULL: the first fault stops */
	struct text *left_out;    /* leftout's */
	size_t left_out_count, left_out_cap;
	/* What was rendered lives here, one for each thread. */
	struct arena results[SITE_THREADS_MAX];
	int jobs;
};

/* The form with this id in this language, or else the Swedish one; NULL if
 * there is none. */
const struct form *site_form(const struct site *s, struct text id,
	struct text lang);
/* Has this variant a list of forms and a reply box of its own?  Swedish
 * always does. */
bool site_has_forms(const struct site *s, enum page_variant variant);
const struct site_file *site_file(const struct site *s, struct text path);

#endif
