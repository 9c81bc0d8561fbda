/*
 * cmd: what a subcommand is.
 *
 * Each file cmd/NAME.c ends with a `const struct cmd cmd_NAME` that holds
 * its options; the parser and `--help` read the same table.  Long options
 * only, plus -h; `--opt VALUE` and `--opt=VALUE`; unknown and repeated
 * options are errors (exit 2).
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { CMD_OPTIONS_MAX = 16, CMD_ARGUMENTS_MAX = 256 };

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct cmd_option {
	const char *name;  /* without "--" */
	const char *value; /* "DIR" ..., or NULL for a flag */
	const char *help;  /* one line */
};

/* What was given on the command line. */
struct cmd_call {
	const char *site; /* -C DIR, "." if not given */
	/* Value of each option in the table's order; a flag given is ""; NULL
	 * if not given. */
	const char *options[CMD_OPTIONS_MAX];
	const char *arguments[CMD_ARGUMENTS_MAX];
	size_t argument_count;
};

struct cmd {
	const char *name;      /* "build", "keys init" */
	const char *arguments; /* "REF...", or "" */
	const char *summary;   /* one line for the list */
	const char *help;      /* a paragraph or more; may be NULL */
	const struct cmd_option *options; /* ends with a NULL name */
	size_t arguments_min;
	size_t arguments_max;
	/* Writes results to stdout; on failure sets *e and returns false. */
	bool (*run)(const struct cmd_call *call, struct err *e);
};

/* The value of an option by name, or NULL; asserts that the table has it. */
const char *cmd_value(const struct cmd *c, const struct cmd_call *call,
	const char *name);

/* As cmd_value; if it was not given, ERR_USAGE: "open: --key DIR is needed". */
bool cmd_needed(const struct cmd *c, const struct cmd_call *call,
	const char *name, const char **value, struct err *e)
	__attribute__((warn_unused_result));

/* Parses argv and runs the command it names; returns the exit status. */
int cmd_main(const struct cmd *const commands[], int argc, char **argv);

#endif
