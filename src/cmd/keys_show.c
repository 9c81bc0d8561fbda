/* keys_show: which keys a directory holds, and what the keyset says of them;
 * never a secret. */
#include <stdio.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/keydir.h"
#include "seal/hash.h"
#include "seal/keyfile.h"
#include "base/banned.h"

static const struct cmd_option options[] = {
	{ "key", "DIR", "the directory of keys" },
	{ NULL, NULL, NULL }
};

/* A public key as the keyset lists it. */
struct listed {
	struct text name;
	struct text role;  /* kundcenter, reserve, collector, server */
	struct text valid; /* "2026-11-22 to 2027-11-22" */
	const unsigned char *id;
	bool has_file;
};

struct list {
	struct listed *items;
	size_t count;
};

static struct text
validity(struct arena *a, struct date from, struct date until)
{
	return arena_printf(
		a, "%s to %s", date_text(a, from).p, date_text(a, until).p);
}

static struct list
list_keys(struct arena *a, const struct keyset *ks,
	const struct verify_key *organisation)
{
	struct list l = { 0 };
	struct text whole = validity(a, ks->from, ks->until);

	l.items = arena_array(a, 1 + ks->recipient_count +
			ks->collector_count + ks->server_count,
		sizeof *l.items);
	l.items[l.count++] = (struct listed){ text_of("-"),
		text_of("organisation"), text_of("-"), organisation->id,
		false };
	for (size_t i = 0; i < ks->recipient_count; i++)
		l.items[l.count++] = (struct listed){ ks->recipients[i].name,
			ks->recipients[i].role, whole,
			ks->recipients[i].key.id, false };
	for (size_t i = 0; i < ks->collector_count; i++)
		l.items[l.count++] = (struct listed){ ks->collectors[i].name,
			text_of("collector"), whole, ks->collectors[i].key.id,
			false };
	for (size_t i = 0; i < ks->server_count; i++)
		l.items[l.count++] = (struct listed){ ks->servers[i].name,
			text_of("server"),
			validity(a, ks->servers[i].from, ks->servers[i].until),
			ks->servers[i].key.id, false };
	return l;
}

static struct listed *
find(const struct list *l, const unsigned char id[KEY_ID_BYTES])
{
	for (size_t i = 0; i < l->count; i++)
		if (memcmp(l->items[i].id, id, KEY_ID_BYTES) == 0)
			return &l->items[i];
	return NULL;
}

static void
print_row(const char *file, const char *role, const char *name,
	const char *id, const char *valid, const char *passphrase)
{
	(void)printf("%-28s %-12s %-20s %-16s %-24s %s\n", file, role, name, id,
		valid, passphrase);
}

static bool
print_files(struct arena *a, const char *dir, const struct list *l,
	struct err *e)
{
	struct key_files files;

	if (!key_files_list(a, dir, &files, e))
		return false;
	for (size_t i = 0; i < files.count; i++) {
		const struct key_file *f = &files.items[i];
		struct listed *k = find(l, f->id);

		print_row(strrchr(f->path, '/') + 1, arena_string(a, f->role),
			k ? arena_string(a, k->name)
				: text_is(f->role, KEYDIR_PUBLISHER) ? "-"
				: "(not in keyset)",
			hex_encode(a, f->id, KEY_ID_BYTES).p,
			k ? k->valid.p : "-", f->wrapped ? "yes" : "no");
		if (k)
			k->has_file = true;
	}
	return true;
}

/* The keyset in a line, and its keys; none for a publisher's directory. */
static bool
read_list(struct arena *a, const char *dir, struct list *l, struct err *e)
{
	/* The list points into them. */
	struct keyset *ks = arena_alloc(a, sizeof *ks);
	struct verify_key *organisation = arena_alloc(a, sizeof *organisation);

	*l = (struct list){ 0 };
	if (keydir_is_publisher(a, dir))
		return true;
	if (!keydir_keyset(a, dir, ks, organisation, e))
		return false;
	*l = list_keys(a, ks, organisation);
	(void)printf("keyset epoch %lu, valid %s%s\n\n",
		(unsigned long)ks->epoch, validity(a, ks->from, ks->until).p,
		keyset_is_development(ks) ? ", development keys" : "");
	return true;
}

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_keys_show = {
	.name = "keys show",
	.arguments = "",
	.summary = "list a directory's keys and their validity",
	.options = options,
	.run = run,
};

static bool
run(const struct cmd_call *call, struct err *e)
{
	const char *dir;
	struct arena a;
	struct list l;
	bool ok = false;

	arena_init(&a, false);
	if (!cmd_needed(&cmd_keys_show, call, "key", &dir, e) ||
		!read_list(&a, dir, &l, e))
		goto out;
	print_row("FILE", "ROLE", "NAME", "KEY ID", "VALID", "PASSPHRASE");
	if (!print_files(&a, dir, &l, e))
		goto out;
	for (size_t i = 0; i < l.count; i++)
		if (!l.items[i].has_file)
			print_row("(not here)",
				arena_string(&a, l.items[i].role),
				arena_string(&a, l.items[i].name),
				hex_encode(&a, l.items[i].id, KEY_ID_BYTES).p,
				l.items[i].valid.p, "-");
	ok = true;
out:
	arena_release(&a);
	return ok;
}
