/*
 * jsonld: what a page says to machines, in the words of schema.org.
 *
 *     BreadcrumbList         where the page has breadcrumbs
 *     GovernmentService      on a form's page, and on one that leads to it
 *                            by its front matter; each form's on the page
 *                            of all forms
 *     GovernmentOrganization on the start page, with its ContactPoint, and
 *                            on the page "kontakt", with one for each contact
 *
 * It is a data block, which no browser runs: the strict policy stands.
 */
#ifndef SITE_JSONLD_H
#define SITE_JSONLD_H

#include "base/arena.h"
#include "base/value.h"
#include "site/frame.h"

/* Sets `json_ld` in the data of a page, of which `page` (themes/DATA.md) is
 * there already if it has one. */
void jsonld_put(const struct site *s, struct arena *a,
	const struct frame_page *p, struct value *data);

#endif
