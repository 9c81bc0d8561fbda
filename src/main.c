/* main: the table of commands, and nothing else. */
#include <stddef.h>
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "seal/hash.h"
#include "base/banned.h"

static const struct cmd *const commands[] = {
	&cmd_build,
	&cmd_serve,
	&cmd_check,
	&cmd_new,
	&cmd_open,
	&cmd_render,
	&cmd_verify,
	&cmd_keys_init,
	&cmd_keys_show,
	&cmd_keys_test,
	&cmd_keys_rotate,
	&cmd_keys_passphrase,
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
