/*
 * config: content/site.yaml, contacts.yaml and law.yaml, read strictly.
 *
 * site.yaml: name and organisation are required.
 *
 *     name, organisation       of the site, of the municipality
 *     base-url                 "https://…", without a path
 *     lang                     "sv"
 *     theme                    directory below themes/, default "standard";
 *                              or a list: a file of the first goes before
 *                              the one of its name in the next
 *     phone, email, hours, visit-address, post-address
 *     organisation-key         public half, Base64: see seal/keyset.h
 *     publishing-key           likewise: see site/describe.h
 *     intake-url               where forms are received, if elsewhere: what
 *                              stands under /e-tjanster/ and /svar/
 *     security-contact, security-expires, security-policy
 *                              see site/security.h
 *     footer                   list of page keys: "kontakt", "om"
 *     brochure                 list of page keys: the chapters of /broschyr/
 *     report-form              form that reports an error, default "sidfel"
 *     public-record, secrecy, other-ways, data-protection-officer, imy
 *                              texts that stand with every form
 *     en                       map of the same keys in English
 *
 * contacts.yaml: KEY → name (required), phone, email, hours, visit, post,
 * note; and en, a map of the same.  law.yaml: KEY → title and reference
 * (required), url, stale; and en.  `stale: true` marks an act that no longer
 * applies: site_check warns where a page still names it.
 */
#ifndef SITE_CONFIG_H
#define SITE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "base/value.h"
#include "site/security.h"
#include "site/source.h"

enum { CONFIG_FILE_MAX = 1024 * 1024, CONFIG_LANGS = 2 };

#define CONFIG_SITE "content/site.yaml"
#define CONFIG_CONTACTS "content/contacts.yaml"
#define CONFIG_LAW "content/law.yaml"

/* What differs between Swedish (0) and English (1) pages. */
struct config_lang {
	struct value *site;     /* the map of themes/DATA.md */
	struct value *contacts; /* list, in the file's order */
};

struct config {
	struct config_lang lang[CONFIG_LANGS];
	const struct text *themes; /* at least one */
	size_t theme_count;
	int theme_line;
	struct text base_url;     /* without a slash at the end; may be empty */
	struct text intake_url;   /* likewise; empty: forms are received here */
	struct text report_form;  /* form id */
	int report_line;          /* 0: the default */
	struct text organisation_key; /* Base64; may be empty */
	struct text *footer;      /* page keys */
	size_t footer_count;
	int footer_line;
	struct text *brochure;    /* page keys */
	size_t brochure_count;
	int brochure_line;
	struct security security;
	const struct value *laws; /* checked map; NULL without law.yaml */
	const struct value *contacts; /* likewise */
	const struct value *rates; /* likewise; see site/rate.h */
};

/* Reads and checks all of them, and rates.yaml; all but site.yaml may be
 * missing. */
bool config_load(struct source *s, const char *base_url, struct config *out,
	struct err *e) __attribute__((warn_unused_result));

/* Is this "https://host" or "http://host:port", with a slash after it or
 * not?  Such a text can stand in a header and in a policy. */
bool config_is_origin(struct text url);

/* The data of one contact or law; NULL if there is none of that key. */
struct value *config_contact(const struct config *c, int lang,
	struct text key);
struct value *config_law(struct arena *a, const struct config *c, int lang,
	struct text key);

/* 1 for "en", 0 for Swedish. */
int config_lang(struct text lang);

/* "031-390 06 10" as "+46313900610"; other countries' "+" and "00" kept. */
struct text config_tel(struct arena *a, struct text phone);

#endif
