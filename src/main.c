/* main: the table of commands, and nothing else. */
#include <stddef.h>
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "seal/hash.h"
#include "base/banned.h"

static const struct cmd *const commands[] = {
	&cmd_keys_init,
	NULL
};

int
main(int argc, char **argv)
{
	if (!seal_start()) {
		(void)fputs("blankett: no random generator\n", stderr);
		return EXIT_FAILED;
	}
	return cmd_main(commands, argc, argv);
}
