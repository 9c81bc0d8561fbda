/*
 * site: the municipality's site as a whole: what stands in content/, forms/,
 * themes/ and site.yaml, and how it becomes public/.
 *
 *     site_load    reads and checks every source
 *     site_render  makes every output in memory
 *     site_publish writes what changed and removes what is gone
 *
 * A fault anywhere stops before anything is written.
 */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/text.h"
#include "base/value.h"
#include "form/form.h"
#include "form/submission.h"
#include "seal/hash.h"
#include "view/theme.h"

struct site;
struct sign_key;
struct sitejson;

/* Adding one that changes a byte of any output?  Also add it to options_text
 * in keep.c. */
struct site_options {
	const char *root;     /* the site's directory: -C */
	const char *revision; /* commit to read from, or NULL: the work tree */
	struct date today;    /* --date */
	bool drafts;
	bool watch;           /* pages load themselves again (serve --watch) */
	int jobs;             /* threads for rendering; 0: one a core */
	bool plain;           /* without .br and .gz: --no-compress */
	const char *base_url; /* "https://…" overriding site.yaml, or NULL */
	/* Signs site.json, or NULL; borrowed. */
	const struct sign_key *publisher;
	const char *intake_url; /* likewise; "": forms are received here */
	bool at_intake; /* what is made is the intake's own, at its address */
	/* Where site_publish writes: what the build before left there and is
	 * still as it should be is not made again (site/keep.h).  NULL: all is
	 * made, in memory, and nothing is remembered. */
	const char *out_dir;
	bool clean;           /* forget what the build before knew: --clean */
	/* For site_check: a faulty page or form is left out and its fault kept,
	 * rather than stopping everything. */
	bool keep_going;
};

/* Where an output's bytes are. */
enum output_place {
	OUTPUT_HERE,    /* in memory */
	OUTPUT_SPOOLED,
	OUTPUT_STAGED,  /* written, and not where it is published */
	OUTPUT_THERE,   /* where it is published: they were there already */
	OUTPUT_KEPT     /* likewise, and they have not been made this time */
};

/* One file of the finished site. */
struct output {
	struct text path; /* "roller/index.html", relative to --out */
	struct text bytes; /* not in memory: without a pointer */
	enum output_place place;
	size_t at;         /* in the spool or stage */
	struct fs_stamp stamp; /* of what is staged or there */
	struct text source; /* "content/roller.md"; empty if none */
	struct hash hash;   /* of its bytes */
};

/* A fault found by site_check: one line as the build would say it. */
struct site_faults {
	struct text *lines; /* on the site's arena */
	size_t count;
	size_t warnings;    /* of count, how many do not stop a build */
};

bool site_load(const struct site_options *o, struct site **out,
	struct err *e) __attribute__((warn_unused_result));
void site_close(struct site *s); /* NULL is allowed */

/*
 * All outputs, sorted by path; they live as long as the site.  With
 * site_options.out_dir their bytes wait on disk for site_publish, where the
 * site is new in a directory that becomes it (site/stage.h), else in a file
 * without a name: a site of ten thousand pages has 150 MB of them.
 */
bool site_render(struct site *s, const struct output **outputs, size_t *count,
	struct err *e) __attribute__((warn_unused_result));

/* Everything that is wrong, not only the first fault; writes nothing. */
bool site_check(struct site *s, struct site_faults *out, struct err *e)
	__attribute__((warn_unused_result));

/*
 * What is worth knowing of a site that site_check has read, on its arena:
 *
 *     pages     list of {file, lix, words, sentences}
 *     variants  list of {variant, pages, missing, outdated}; the last two
 *               are lists of files: Swedish pages without that variant, and
 *               pages whose source was committed after them
 *     links     list of {file, line, url}: those that lead elsewhere
 */
void site_report(struct site *s, struct value **out);

/* Takes "content/a.md:12: what is wrong" apart; without a file its text is
 * empty, without a line that is 0. */
struct fault_place {
	struct text file;
	int64_t line;
	struct text text;
};
struct fault_place fault_place(struct text fault);

/* What site_publish did; .br and .gz are not counted. */
struct publish_counts {
	size_t written;
	size_t unchanged;
	size_t removed;
};

/*
 * Makes the site's out_dir hold exactly these outputs, and .br and .gz beside those
 * of text (site/sibling.h).  Only files listed in the
 * manifest of the build before (root/.blankett/manifest) are removed; a
 * non-empty directory without a manifest is refused.  Once for a site: the
 * bytes that wait on disk are gone then.
 */
bool site_publish(struct site *s, const struct output *outputs, size_t count,
	struct publish_counts *counts, struct err *e)
	__attribute__((warn_unused_result));

/*
 * What site_publish would say of these outputs in site.json, on the site's
 * arena; writes nothing.
 */
bool site_describe(struct site *s, const struct output *outputs, size_t count,
	struct sitejson *out, struct err *e)
	__attribute__((warn_unused_result));

/*
 * Writes what nginx has to be told where forms are received elsewhere
 * (site/nginx.c) to root/.blankett/nginx-headers.conf; *path is NULL, and
 * nothing written, where they are received here.
 */
bool site_write_nginx(struct site *s, const char **path, struct err *e)
	__attribute__((warn_unused_result));

/*
 * The data every page shares, for pages made while serving: themes/DATA.md,
 * section "common", for a path of that language.
 */
bool site_common(struct site *s, struct arena *a, struct text lang,
	struct text url, struct value **out, struct err *e)
	__attribute__((warn_unused_result));

/*
 * The data of a form's page, as form.mustache gets it but for errors,
 * is_error, closed and hidden: common, form (with the answers of `sub`, which
 * may be NULL) and page.  Links in the form's texts are the site's.  For
 * build and for pages made while serving; may be called from any thread.
 */
bool site_form_data(const struct site *s, struct arena *a,
	const struct form *f, const struct submission *sub,
	struct value **out, struct err *e) __attribute__((warn_unused_result));

/*
 * Has what stood at this address ceased to be shown by now?  From its expire
 * day a page is over in Swedish time, and with it its aliases and the large
 * versions of its diagrams, though an older build still has them; an address
 * that something else has taken since is not over.  From any thread.
 */
bool site_is_over(const struct site *s, struct text url, int64_t now_s);

/*
 * The next page that is left out as a draft, from *i, which begins as 0: its
 * file and its address, at which nothing else stands.  False: no more.
 */
bool site_draft(const struct site *s, size_t *i, struct text *file,
	struct text *url);

/* Is there a history to date pages by?  After site_render: how many pages
 * have no date since they are not committed. */
bool site_has_history(const struct site *s);
size_t site_undated(const struct site *s);

/* site.yaml, the theme, and the forms with their translations. */
const struct value *site_config(const struct site *s);
const struct theme *site_theme(const struct site *s);
const struct form *const *site_forms(const struct site *s, size_t *count);

#endif
