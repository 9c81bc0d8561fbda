/* sort: qsort for what is often in order already. */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>

/* As qsort, but items that are in order are passed over once and left as
 * they are; no items at all are no fault. */
void sort_items(void *items, size_t count, size_t size,
	int (*compare)(const void *, const void *));

#endif
