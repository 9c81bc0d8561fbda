/* render: one Mustache template and its data to standard output. */
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "cmd/output.h"
#include "view/template.h"
#include "base/banned.h"

enum {
	DATA_MAX = 64 * 1024 * 1024,
	TEMPLATE_FILE_MAX = 1024 * 1024,
	OUTPUT_MAX = 256 * 1024 * 1024
};

static const struct cmd_option options[] = {
	{ "data", "FILE", "JSON that the template reads; - is standard input" },
	{ "strict", NULL, "fail on names that the data lacks, as themes do" },
	{ NULL, NULL, NULL }
};

static bool run(const struct cmd_call *call, struct err *e);

const struct cmd cmd_render = {
	.name = "render",
	.arguments = "TEMPLATE",
	.summary = "fill in one Mustache template and print it",
	.help = "{{>name}} and {{<name}} are found beside TEMPLATE, as\n"
		"name.mustache.  Without --data the data is an empty map.",
	.options = options,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = run,
};

/* A partial that has been asked for. */
struct partial {
	struct text name;
	const struct template *t; /* NULL: there is no such file */
	struct partial *next;
};

struct folder {
	struct arena *a;
	const char *dir;
	struct partial *known;
	struct err *e; /* its kind tells that a partial could not be read */
};

static bool
load(struct arena *a, const char *path, struct template **out, struct err *e)
{
	struct text source;

	return fs_read(a, path, TEMPLATE_FILE_MAX, &source, e) &&
		template_parse(a, path, source, out, e);
}

static const struct template *
find(void *context, struct text name)
{
	struct folder *f = context;
	struct partial *p;
	struct template *t = NULL;
	const char *path;

	for (p = f->known; p; p = p->next)
		if (text_eq(p->name, name))
			return p->t;
	/* The first fault is the one to tell. */
	if (f->e->kind != ERR_NONE || !fs_under(f->a, f->dir,
		arena_printf(f->a, "%.*s.mustache", (int)name.len, name.p),
		&path, f->e) ||
		(fs_exists(path) && !load(f->a, path, &t, f->e)))
		return NULL;
	p = arena_alloc(f->a, sizeof *p);
	*p = (struct partial){ arena_copy(f->a, name), t, f->known };
	f->known = p;
	return t;
}

static bool
read_all(struct arena *a, FILE *in, struct text *out, struct err *e)
{
	char piece[16 * 1024];
	struct buf b;
	size_t n;
	bool ok = true;

	buf_init(&b, DATA_MAX);
	while (!b.full && (n = fread(piece, 1, sizeof piece, in)) > 0)
		buf_put(&b, piece, n);
	if (ferror(in))
		ok = err_set(e, ERR_SYSTEM, "cannot read standard input");
	else if (b.full)
		ok = err_set(e, ERR_LIMIT,
			"standard input is larger than %d bytes", DATA_MAX);
	else
		*out = arena_copy(a, buf_view(&b));
	buf_release(&b);
	return ok;
}

static bool
load_data(struct arena *a, const char *file, struct value **out,
	struct err *e)
{
	struct text json;

	if (!file) {
		*out = value_map(a);
		return true;
	}
	if (strcmp(file, "-") == 0)
		return read_all(a, stdin, &json, e) &&
			json_parse(a, "standard input", json, out, e);
	return fs_read(a, file, DATA_MAX, &json, e) &&
		json_parse(a, file, json, out, e);
}

static const char *
folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_string(a,
		(struct text){ path, (size_t)(slash - path) });
}

static bool
run(const struct cmd_call *call, struct err *e)
{
	const char *path = call->arguments[0];
	struct err unread = { 0 };
	struct arena a;
	struct folder folder = { .a = &a, .e = &unread };
	const struct template_set set = {
		find, &folder, cmd_value(&cmd_render, call, "strict") != NULL
	};
	struct template *t;
	struct value *data;
	struct buf out;
	bool ok;

	arena_init(&a, false);
	folder.dir = folder_of(&a, path);
	buf_init(&out, OUTPUT_MAX);
	ok = load_data(&a, cmd_value(&cmd_render, call, "data"), &data, e) &&
		load(&a, path, &t, e) &&
		template_render(t, &set, data, &out, e);
	if (unread.kind != ERR_NONE) {
		*e = unread;
		ok = false;
	}
	ok = ok && output_text(&out, e);
	buf_release(&out);
	arena_release(&a);
	return ok;
}
