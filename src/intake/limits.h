/* limits: every ceiling the server holds, for people to read. */
#ifndef INTAKE_LIMITS_H
#define INTAKE_LIMITS_H

#include <stdint.h>

struct limit {
	const char *what; /* NULL ends the table */
	int64_t value;
	const char *unit;
};

extern const struct limit limits[];

#endif
