/*
 * secret: memory for keys that live long: locked in RAM, kept out of core
 * dumps, fenced by guard pages, wiped when given back.
 *
 * One piece costs some 14 µs and a locked page, so it is for keys, not for a
 * request's plaintext (a wiping arena holds that).
 */
#ifndef SEAL_SECRET_H
#define SEAL_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* `size` bytes for a struct of byte arrays (no alignment is promised), with
 * undefined content; ends the process if there is no memory. */
void *secret_new(size_t size) __attribute__((returns_nonnull));
/* Wipes and gives back; NULL is allowed. */
void secret_free(void *p);

/*
 * Can this process lock the few pages that keys need?  False when `ulimit -l`
 * (RLIMIT_MEMLOCK) is too low: keys work, but may be written to swap.  A
 * program that loads keys says so at its start.
 */
bool secret_memory_locks(void);

#endif
