/*
 * markdown_memory: where cmark takes its memory: an arena, given back at
 * once, which saves it a third of its time.
 *
 * cmark asks for memory without saying for whom.  So each thread knows the
 * arena of the text it is working on, between begin and end: the one thing
 * in the program that is neither constant nor passed on.
 */
#ifndef VIEW_MARKDOWN_MEMORY_H
#define VIEW_MARKDOWN_MEMORY_H

#include <cmark.h>

#include "base/arena.h"

/* From now on, cmark called with markdown_memory() by this thread takes what
 * it needs from the arena; returns what was in force before. */
struct arena *markdown_memory_begin(struct arena *a);
/* `before` is what begin returned; nothing cmark made may be used when the
 * arena is emptied. */
void markdown_memory_end(struct arena *before);

/* For cmark_parser_new_with_mem and cmark_node_new_with_mem.  What is freed
 * in it stays until the arena is emptied. */
cmark_mem *markdown_memory(void);

#endif
