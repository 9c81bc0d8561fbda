/*
 * keep: what of the build before can stay as it is.
 *
 * A build with site_options.out_dir leaves a memo (site/memo.h) in
 * .blankett/.  The next one makes only what has changed, and what it leaves
 * is to the byte what a build from nothing would leave.  That rests on four
 * rules:
 *
 *   A file is as it was if its stamp is, and if the stamp was older than the
 *   file system's clock when the file was last looked at (base/fs.h; git's
 *   rule for its index).  Stamps as young as the build are not kept, so what
 *   was changed in that same moment is read again.  This holds for sources
 *   and for what lies in the output directory.
 *
 *   What every page may depend on is one hash: the program with its
 *   libraries, the options, every answer source.h has given (site.yaml, laws,
 *   theme, forms, the names in content/), and the front matter of every
 *   page.  If it is another, everything is made anew.  Finer rules would
 *   spare a second now and then, at the price of a list of dependencies that
 *   somebody must keep true.
 *
 *   Beside that a page depends on its own file and on what git knows of it;
 *   enum job_needs says what each other output depends on, and one that says
 *   nothing depends on everything.
 *
 *   What crosses pages is checked for all of them: of a page that is kept,
 *   the ids of its headings and its links to those of others are known.
 *
 * Refused: keys of several generations, as compilers' caches have them.  One
 * memo of one build is small, has nothing to evict, and a site goes back to
 * what it was so seldom that rendering it once more costs nothing.
 */
#ifndef SITE_KEEP_H
#define SITE_KEEP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "site/job.h"
#include "site/memo.h"
#include "site/parts.h"

/* Sets s->keep if this build is to be remembered, and reads the memo of the
 * one before onto the arena.  None, or one that is no use, is no fault. */
void keep_open(struct site *s, struct arena *a);
void keep_close(struct site *s);

/* Fills `was` with what was known of each of these sorted files of content/;
 * what nothing was known of stays as it is. */
void keep_match(const struct site *s, const struct text *paths, size_t count,
	const struct memo_page **was);

/* A file of that stamp would have another if it had been changed since this
 * build began.  Of a site that keeps. */
bool keep_trusts(const struct site *s, const struct fs_stamp *stamp);

/* With all of content/ read: does everything that all depend on stand as it
 * did? */
void keep_compare(struct site *s);

/* Need this page's body not be made before it is known what else is the
 * same?  After keep_compare. */
bool keep_waits(const struct site *s, const struct tree_page *t);

/* keep_look looks at the outputs of the build before, some at a time: index
 * is below keep_looks.  From any thread; the arena is for paths. */
size_t keep_looks(const struct site *s);
void keep_look(struct site *s, struct arena *a, size_t index);

/*
 * With dates known and outputs looked at: sets `kept` and the hash of each
 * job that need not be done, and fills s->bodies of the pages whose body
 * nobody needs.  What then lacks `made` and is wanted must be rendered:
 * keep_wants.
 */
void keep_settle(struct site *s, struct jobs *jobs);
bool keep_wants(const struct site *s, const struct tree_page *t);

/* What the memo of the build before says of a file in the output directory,
 * which a job that is kept has left there; NULL if nothing.  For `near` see
 * memo_output_near. */
const struct memo_output *keep_output(const struct site *s,
	struct text path, size_t *near);

/* Begins what keep_save will write, as far as it does not wait for outputs to
 * be published; unless it is likely that there is nothing to write. */
void keep_begin_save(struct site *s);

/*
 * Remembers this build.  `outputs`, sorted by path, is what lies in its
 * output directory.  Stamps that are too young are made such as no file has.
 */
bool keep_save(struct site *s, struct memo_output *outputs, size_t count,
	struct err *e) __attribute__((warn_unused_result));

#endif
