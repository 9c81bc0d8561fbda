/* library: a shared library that is loaded when something first wants it. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/banned.h"

bool
library_load(const char *file, const char *package,
	const struct library_function *functions, size_t count, void *into,
	struct err *e)
{
	void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);

	if (!handle)
		return err_set(e, ERR_SYSTEM, "%s (in Debian's package %s)",
			dlerror(), package);
	for (size_t i = 0; i < count; i++) {
		void *p = dlsym(handle, functions[i].name);

		if (!p)
			return err_set(e, ERR_SYSTEM, "%s", dlerror());
		/* A function's address in a void *, which POSIX has and ISO C
		 * has no cast for. */
		memcpy((char *)into + functions[i].at, &p, sizeof p);
	}
	return true;
}
