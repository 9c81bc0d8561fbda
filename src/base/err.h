/* err: one fault, one line, set where it is seen and passed up untouched. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

/*
 * What kind of trouble it was.  Commands turn ERR_USAGE into exit status 2
 * and every other kind into 1; the server turns ERR_LIMIT into 413 or 429,
 * ERR_FORMAT into 400 and ERR_SYSTEM into 503.
 */
enum err_kind {
	ERR_NONE,   /* nothing has gone wrong */
	ERR_USAGE,  /* the program was called wrongly */
	ERR_SYSTEM, /* disk, network or operating system */
	ERR_FORMAT, /* bytes from outside do not have the form they must have */
	ERR_CRYPTO, /* a signature, key or seal does not hold */
	ERR_LIMIT   /* larger or more than we accept */
};

enum { ERR_TEXT_MAX = 512 };

struct err {
	enum err_kind kind;
	/* One line of UTF-8 without newline; empty while kind is ERR_NONE. */
	char text[ERR_TEXT_MAX];
};

/*
 * Writes the fault's line, cut at a whole UTF-8 character if it is longer
 * than ERR_TEXT_MAX - 1 bytes.  What could make a terminal show or do
 * something else stands escaped, as "\n", "\x1B" or "\u202E": names of files
 * may hold any byte, and so may what is quoted from them.  Always returns
 * false, so that `return err_set(...)` reads as what it does.  A
 * message names the thing and where ("forms/x.md:12: ..."), never a secret
 * and never the content of an answer.
 */
bool err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4), nonnull(1, 3)));

/*
 * As err_set, of what the operating system has just refused (errno):
 * "PATH: cannot read: Permission denied".
 */
bool err_errno(struct err *e, const char *path, const char *what)
	__attribute__((nonnull));

#endif
