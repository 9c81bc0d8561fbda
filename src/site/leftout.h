/*
 * leftout: the files that a check could not read.
 *
 * A site loaded with keep_going leaves out each page, file and form that has
 * a fault before its text, and goes on.  What leads there would then be at
 * fault too: links, forms named, translations.  None of that is wrong once
 * the file is mended, so whoever finds something missing asks here first.
 */
#ifndef SITE_LEFTOUT_H
#define SITE_LEFTOUT_H

#include <stdbool.h>

#include "base/text.h"
#include "site/site.h"

/* "content/a.en.md", "forms/x.md"; the path lives as long as the site. */
void leftout_add(struct site *s, struct text path);

/* Was a form with this id left out, in whatever language? */
bool leftout_form(const struct site *s, struct text id);
/* A page with this key, in whatever version? */
bool leftout_page(const struct site *s, struct text key);

/*
 * After tree_make has failed in a check: is it for want of a start page?
 * Then why is a fault, unless it is one that could not be read, whose faults
 * are told already; and something stands in for it, so that the check can go
 * on.  Otherwise false, and *e stays.
 */
bool leftout_start(struct site *s, struct err *e)
	__attribute__((warn_unused_result));

/* How many there are; each one's path, and its address, empty if it is neither
 * page nor form. */
size_t leftout_count(const struct site *s);
struct text leftout_path(const struct site *s, size_t index);
struct text leftout_url(struct site *s, size_t index);

#endif
