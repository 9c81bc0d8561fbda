/*
 * current: one thing that many threads use while another replaces it.
 *
 * Who takes it keeps what it took, whatever happens meanwhile, until it gives
 * it back; what has been replaced is closed when its last user has given it
 * back.  Nothing waits: the lock is held only to count.
 */
#ifndef BASE_CURRENT_H
#define BASE_CURRENT_H

#include <stddef.h>

struct current;

/* `close` is called with every thing that is no longer used; on the thread
 * that was last to use it. */
struct current *current_open(void *first, void (*close)(void *thing));
/* Closes what there is; nobody may hold any.  NULL is allowed. */
void current_close(struct current *c);

/* What is there now. */
void *current_take(struct current *c);
/* Gives back what current_take gave. */
void current_give(struct current *c, void *thing);

/* From now on `next` is taken. */
void current_replace(struct current *c, void *next);

#endif
