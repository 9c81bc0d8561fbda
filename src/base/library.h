/*
 * library: a shared library that is loaded when something first wants it.
 *
 * For one that only some commands need and that brings many others: a
 * program that faces the public, or is to start at once, should not have
 * them all in it.  POSIX dlopen and dlsym.
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* A function, and where in the caller's struct its address goes. */
struct library_function {
	const char *name;
	size_t at;
};

/*
 * Loads `file`, "libcurl.so.4", and fills `into`.  What cannot be found is
 * told with the Debian package that has it.  The library is never unloaded:
 * it stays until the end, as what is linked with does, and loading it again
 * costs nothing.
 */
bool library_load(const char *file, const char *package,
	const struct library_function *functions, size_t count, void *into,
	struct err *e) __attribute__((warn_unused_result));

#endif
