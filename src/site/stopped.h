/*
 * stopped: what a theme asks for and no browser gives it.
 *
 * Pages run no script, have no style but that of the site's style sheets and
 * fetch nothing from elsewhere: their content security policy says so (in
 * templates/policy.mustache and in every answer of serve), and a browser
 * leaves out what it forbids without a word to the reader.  Files that stand
 * alone on somebody's computer, those with file-head.mustache, have no policy.
 */
#ifndef SITE_STOPPED_H
#define SITE_STOPPED_H

#include "site/fault.h"
#include "site/site.h"

/* Adds a warning, with file and line, for each such place in the templates,
 * components and style sheets of the site's themes. */
void stopped_warn(struct site *s, struct faults *warnings);

/* The same for one file's text; the path tells its kind. */
void stopped_in(struct text path, struct text source, struct faults *warnings);

#endif
