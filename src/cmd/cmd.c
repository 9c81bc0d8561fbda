/* cmd: finds the command, parses its options from its table, prints help. */
#include "cmd/cmd.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/banned.h"

enum { NAMES_MAX = 64, HELP_COLUMN = 30 };

static bool
is_help(const char *arg)
{
	return strcmp(arg, "-h") == 0 || strcmp(arg, "--help") == 0;
}

static void
print_commands(const struct cmd *const commands[], FILE *out)
{
	(void)fputs("Usage: blankett [-C DIR] COMMAND [OPTION]...\n\n", out);
	for (size_t i = 0; commands[i]; i++)
		(void)fprintf(out, "  %-16s  %s\n", commands[i]->name,
			commands[i]->summary);
	(void)fputs("\n-C DIR is the site's root (default: this directory).\n"
		"blankett COMMAND --help tells more.\n", out);
}

static void
print_option(const struct cmd_option *o, FILE *out)
{
	int width = fprintf(out, "  --%s%s%s", o->name, o->value ? " " : "",
		o->value ? o->value : "");

	if (width < 0)
		return;
	if (width + 2 > HELP_COLUMN) {
		(void)fputc('\n', out);
		width = 0;
	}
	(void)fprintf(out, "%*s%s\n", HELP_COLUMN - width, "", o->help);
}

static void
print_help(const struct cmd *c, FILE *out)
{
	(void)fprintf(out, "Usage: blankett %s%s%s%s\n\n%s.\n", c->name,
		c->options[0].name ? " [OPTION]..." : "",
		c->arguments[0] ? " " : "", c->arguments, c->summary);
	if (c->help)
		(void)fprintf(out, "\n%s\n", c->help);
	if (c->options[0].name)
		(void)fputc('\n', out);
	for (const struct cmd_option *o = c->options; o->name; o++)
		print_option(o, out);
}

/* A command's name is one word or two ("keys init"); the longest match. */
static const struct cmd *
find(const struct cmd *const commands[], int argc, char **argv, int *words)
{
	for (*words = 2; *words > 0; --*words) {
		char name[NAMES_MAX];
		int n = *words == 2 && argc > 1
			? snprintf(name, sizeof name, "%s %s", argv[0], argv[1])
			: snprintf(name, sizeof name, "%s", argv[0]);

		if (n < 0 || n >= (int)sizeof name)
			continue;
		for (size_t i = 0; commands[i]; i++)
			if (strcmp(commands[i]->name, name) == 0)
				return commands[i];
	}
	return NULL;
}

static bool
unknown_command(const struct cmd *const commands[], const char *word,
	struct err *e)
{
	const char *names[NAMES_MAX + 1] = { 0 };
	const char *near;

	for (size_t i = 0; commands[i] && i < NAMES_MAX; i++)
		names[i] = commands[i]->name;
	near = text_nearest(text_of(word), names);
	return err_set(e, ERR_USAGE,
		near ? "unknown command \"%s\" (did you mean \"%s\"?)"
		     : "unknown command \"%s\"; blankett --help lists them",
		word, near);
}

static bool
unknown_option(const struct cmd *c, struct text name, struct err *e)
{
	const char *names[CMD_OPTIONS_MAX + 1] = { 0 };
	const char *near;

	for (size_t i = 0; c->options[i].name && i < CMD_OPTIONS_MAX; i++)
		names[i] = c->options[i].name;
	near = text_nearest(name, names);
	return err_set(e, ERR_USAGE,
		near ? "%s: unknown option --%.*s (did you mean --%s?)"
		     : "%s: unknown option --%.*s",
		c->name, (int)name.len, name.p, near);
}

/* Reads argv[*i], "--name", "--name=value" or "--name value". */
static bool
read_option(const struct cmd *c, struct cmd_call *call, int argc, char **argv,
	int *i, struct err *e)
{
	struct text name = text_from(text_of(argv[*i]), 2);
	size_t equals = text_find(name, '=');
	const char *value = equals < name.len ? name.p + equals + 1 : NULL;

	name = text_sub(name, 0, equals);
	for (size_t k = 0; c->options[k].name; k++) {
		const struct cmd_option *o = &c->options[k];

		if (!text_is(name, o->name))
			continue;
		if (call->options[k])
			return err_set(e, ERR_USAGE, "%s: --%s is given twice",
				c->name, o->name);
		if (!o->value && value)
			return err_set(e, ERR_USAGE, "%s: --%s takes no value",
				c->name, o->name);
		if (o->value && !value && *i + 1 < argc)
			value = argv[++*i];
		if (o->value && !value)
			return err_set(e, ERR_USAGE, "%s: --%s needs %s",
				c->name, o->name, o->value);
		call->options[k] = o->value ? value : "";
		return true;
	}
	return unknown_option(c, name, e);
}

static bool
read_call(const struct cmd *c, struct cmd_call *call, int argc, char **argv,
	struct err *e)
{
	bool options_done = false;

	for (int i = 0; i < argc; i++) {
		if (!options_done && strcmp(argv[i], "--") == 0) {
			options_done = true;
		} else if (!options_done && strncmp(argv[i], "--", 2) == 0) {
			if (!read_option(c, call, argc, argv, &i, e))
				return false;
		} else if (call->argument_count == c->arguments_max ||
			call->argument_count == CMD_ARGUMENTS_MAX) {
			return err_set(e, ERR_USAGE,
				"%s: one argument too many: \"%s\"", c->name,
				argv[i]);
		} else {
			call->arguments[call->argument_count++] = argv[i];
		}
	}
	if (call->argument_count < c->arguments_min)
		return err_set(e, ERR_USAGE, "%s: needs %s", c->name,
			c->arguments);
	return true;
}

/* The place of an option in the command's table. */
static size_t
option_at(const struct cmd *c, const char *name)
{
	size_t i = 0;

	while (c->options[i].name && strcmp(c->options[i].name, name) != 0)
		i++;
	assert(c->options[i].name && "the option is not in the table");
	return i;
}

const char *
cmd_value(const struct cmd *c, const struct cmd_call *call, const char *name)
{
	return call->options[option_at(c, name)];
}

bool
cmd_needed(const struct cmd *c, const struct cmd_call *call, const char *name,
	const char **value, struct err *e)
{
	size_t i = option_at(c, name);

	*value = call->options[i];
	return *value || err_set(e, ERR_USAGE, "%s: --%s %s is needed",
		c->name, name, c->options[i].value);
}

static int
fail(const struct err *e)
{
	(void)fflush(stdout);
	(void)fprintf(stderr, "blankett: %s\n", e->text);
	return e->kind == ERR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

int
cmd_main(const struct cmd *const commands[], int argc, char **argv)
{
	struct cmd_call call = { .site = "." };
	struct err e = { 0 };
	const struct cmd *c;
	int words;

	argc--;
	argv++;
	if (argc >= 2 && strcmp(argv[0], "-C") == 0) {
		call.site = argv[1];
		argc -= 2;
		argv += 2;
	}
	if (argc == 0) {
		print_commands(commands, stderr);
		return EXIT_USAGE;
	}
	if (is_help(argv[0]) || strcmp(argv[0], "help") == 0) {
		print_commands(commands, stdout);
		return EXIT_DONE;
	}
	c = find(commands, argc, argv, &words);
	if (!c) {
		(void)unknown_command(commands, argv[0], &e);
		return fail(&e);
	}
	for (int i = words; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (is_help(argv[i])) {
			print_help(c, stdout);
			return EXIT_DONE;
		}
	}
	if (!read_call(c, &call, argc - words, argv + words, &e))
		return fail(&e);
	if (!c->run(&call, &e))
		return fail(&e);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		(void)err_set(&e, ERR_SYSTEM, "cannot write to standard output");
		return fail(&e);
	}
	return EXIT_DONE;
}
