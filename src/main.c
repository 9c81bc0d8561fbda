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
	&cmd_keys_publisher,
	&cmd_inbox_pull,
	&cmd_inbox_list,
	&cmd_inbox_show,
	&cmd_inbox_export,
	&cmd_inbox_done,
	&cmd_inbox_verify,
	&cmd_inbox_stats,
	&cmd_inbox_purge,
	&cmd_backup,
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
