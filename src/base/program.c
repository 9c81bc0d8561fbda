/* program: which program this is, to the last byte of it. */
#define _GNU_SOURCE /* dl_iterate_phdr */

#include "base/program.h"

#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/banned.h"

struct finding {
	struct buf *out;
	bool all; /* every one so far has an id */
};

/* Notes are padded to four bytes. */
static size_t
padded(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

/* Looks among the notes of one segment: each a head, a name, its bytes. */
static bool
put_note(struct buf *b, const unsigned char *p, size_t len)
{
	ElfW(Nhdr) head;

	while (len >= sizeof head) {
		size_t name, size;

		memcpy(&head, p, sizeof head);
		name = padded(head.n_namesz);
		size = padded(head.n_descsz);
		if (name > len - sizeof head || size > len - sizeof head - name)
			return false;
		if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == 4 &&
			memcmp(p + sizeof head, "GNU", 4) == 0) {
			buf_put(b, p + sizeof head + name, head.n_descsz);
			return true;
		}
		p += sizeof head + name + size;
		len -= sizeof head + name + size;
	}
	return false;
}

/* The callback of dl_iterate_phdr. */
static int
look(struct dl_phdr_info *info, size_t size, void *context)
{
	struct finding *f = context;
	bool found = false;

	(void)size;
	for (size_t i = 0; !found && i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type == PT_NOTE)
			/* Where the loader has put it; addresses of objects
			 * are numbers in its tables. */
			found = put_note(f->out, (const unsigned char *)
				(info->dlpi_addr + part->p_vaddr),
				part->p_memsz);
	}
	f->all = f->all && found;
	return 0;
}

bool
program_put_id(struct buf *b)
{
	struct finding f = { b, true };

	(void)dl_iterate_phdr(look, &f);
	return f.all && !b->full;
}
