/* verify_receipt: does a resident's saved receipt bear the server's signature? */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "cmd/pin.h"
#include "cmd/verify.h"
#include "seal/hash.h"
#include "seal/note.h"
#include "seal/receipt.h"
#include "base/banned.h"

enum { RECEIPT_FILE_MAX = 1024 * 1024 };

enum word {
	GENUINE,
	REFERENCE,
	FORM,
	RECEIVED,
	ENVELOPE,
	SIGNED_BY,
	WHAT_IT_PROVES,
	NOT_GENUINE,
	WORDS
};

struct words {
	const char *lang;
	const char *text[WORDS];
};

/* What a resident reads. */
static const struct words languages[] = {
	{ "sv", {
		[GENUINE] = "Kvittot är äkta. Kommunens server har signerat"
			" det här:",
		[REFERENCE] = "Ärendenummer",
		[FORM] = "Blankett",
		[RECEIVED] = "Mottaget",
		[ENVELOPE] = "Kuvertets kontrollsumma",
		[SIGNED_BY] = "Signerat med nyckeln",
		[WHAT_IT_PROVES] = "Det visar att ärendet kom in då, i just det"
			" förslutna kuvertet. Vad du skrev\nstår inte i"
			" kvittot. Bara raderna ovan är signerade: jämför dem"
			" med det du ser i filen.",
		[NOT_GENUINE] = "Kvittot håller inte. Det kan vara ändrat,"
			" skadat eller från någon annan.",
	} },
	{ "en", {
		[GENUINE] = "The receipt is genuine. The municipality's server"
			" has signed this:",
		[REFERENCE] = "Reference",
		[FORM] = "Form",
		[RECEIVED] = "Received",
		[ENVELOPE] = "Checksum of the envelope",
		[SIGNED_BY] = "Signed with the key",
		[WHAT_IT_PROVES] = "It shows that the case came in then, in"
			" exactly that sealed envelope. What you\nwrote is not"
			" in the receipt. Only the lines above are signed:"
			" compare them with\nwhat you see in the file.",
		[NOT_GENUINE] = "The receipt does not hold. It may be changed,"
			" damaged or someone else's.",
	} },
};

struct entity {
	const char *name;
	char character;
};

static const struct entity entities[] = {
	{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' },
	{ "&#39;", '\'' },
};

/* The characters that the escapes of text stand for, with LF for CRLF (mail
 * changes line ends); false if an escape is none of ours. */
static bool
unescape(struct arena *a, struct text html, struct text *out)
{
	char *p = arena_alloc(a, html.len + 1);
	size_t n = 0;

	while (html.len > 0) {
		size_t used = 1;

		p[n] = html.p[0];
		if (html.p[0] == '&') {
			size_t i = 0, count = sizeof entities / sizeof *entities;

			while (i < count && !text_starts(html, entities[i].name))
				i++;
			if (i == count)
				return false;
			p[n] = entities[i].character;
			used = strlen(entities[i].name);
		} else if (text_starts(html, "\r\n")) {
			p[n] = '\n';
			used = 2;
		}
		n++;
		html = text_from(html, used);
	}
	*out = (struct text){ p, n };
	return true;
}

/* Takes the note out of the one element with id "note". */
static bool
find_note(struct arena *a, struct text html, struct text *note)
{
	static const char marker[] = "id=\"note\"";
	struct text rest = text_from(html, text_search(html, marker));
	size_t tag_end = text_find(rest, '>');

	if (rest.len == 0 || tag_end == rest.len)
		return false;
	rest = text_from(rest, tag_end + 1);
	/* Two notes: one to show and one to check. */
	if (text_search(rest, marker) < rest.len)
		return false;
	return unescape(a, text_sub(rest, 0, text_find(rest, '<')), note);
}

static void
print_line(const char *label, struct text value)
{
	/* Padded by hand: printf counts bytes, people see characters. */
	int width = 26;

	for (const char *p = label; *p; p++)
		width -= ((unsigned char)*p & 0xC0) != 0x80;
	(void)printf("  %s%*s%.*s\n", label, width > 0 ? width : 1, "",
		(int)value.len, value.p);
}

static void
print_receipt(struct arena *a, const struct words *w,
	const struct receipt *r, const struct keyset_server *by)
{
	(void)printf("%s\n\n", w->text[GENUINE]);
	print_line(w->text[REFERENCE], r->reference);
	print_line(w->text[FORM], r->form_id);
	print_line(w->text[RECEIVED],
		clock_time_words(a, r->received_s, text_of(w->lang)));
	print_line(w->text[ENVELOPE],
		hex_encode(a, r->envelope.b, sizeof r->envelope.b));
	print_line(w->text[SIGNED_BY], by->name);
	(void)printf("\n%s\n", w->text[WHAT_IT_PROVES]);
}

static bool
read_keyset(struct arena *a, const struct cmd_call *call, struct keyset *ks,
	struct err *e)
{
	const char *pin = cmd_value(&cmd_verify, call, "organisation");
	const char *path = cmd_value(&cmd_verify, call, "keyset");
	struct verify_key organisation;
	struct err why = { 0 };

	if (pin ? !verify_key_load(pin, &organisation, &why)
		: !pin_read(call->site, &organisation, &why))
		return err_set(e, ERR_USAGE,
			"verify: whom to trust is not known (%s); give"
			" --organisation FILE, or -C SITE", why.text);
	if (!path)
		path = fs_join(a, fs_join(a, call->site, "forms"), "keyset");
	return keydir_read_keyset(a, path, &organisation, ks, e);
}

static const struct words *
find_words(const char *lang)
{
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		if (!lang || strcmp(lang, languages[i].lang) == 0)
			return &languages[i];
	return NULL;
}

bool
verify_receipt(const struct cmd_call *call, struct err *e)
{
	const char *path = call->arguments[0];
	const struct words *w =
		find_words(cmd_value(&cmd_verify, call, "lang"));
	struct arena a;
	struct keyset ks;
	struct text html, note;
	struct receipt r;
	const struct keyset_server *by;
	struct err why = { 0 };
	bool ok = false;

	arena_init(&a, false);
	if (!w) {
		(void)err_set(e, ERR_USAGE, "verify: --lang is sv or en");
		goto out;
	}
	if (!read_keyset(&a, call, &ks, e) ||
		!fs_read(&a, path, RECEIPT_FILE_MAX, &html, e))
		goto out;
	if (!find_note(&a, html, &note)) {
		(void)err_set(e, ERR_FORMAT, "%s: not a saved receipt", path);
		goto out;
	}
	if (!receipt_open(&a, note, &ks, &r, &by, &why)) {
		(void)printf("%s\n", w->text[NOT_GENUINE]);
		(void)err_set(e, why.kind, "%s: %s", path, why.text);
		goto out;
	}
	print_receipt(&a, w, &r, by);
	ok = true;
out:
	arena_release(&a);
	return ok;
}
