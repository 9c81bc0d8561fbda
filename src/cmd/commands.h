/* commands: every command there is; main.c puts them in order. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/cmd.h"

extern const struct cmd cmd_backup;
extern const struct cmd cmd_build;
extern const struct cmd cmd_check;
extern const struct cmd cmd_inbox_done;
extern const struct cmd cmd_inbox_export;
extern const struct cmd cmd_inbox_list;
extern const struct cmd cmd_inbox_pull;
extern const struct cmd cmd_inbox_purge;
extern const struct cmd cmd_inbox_show;
extern const struct cmd cmd_inbox_stats;
extern const struct cmd cmd_inbox_verify;
extern const struct cmd cmd_keys_init;
extern const struct cmd cmd_keys_passphrase;
extern const struct cmd cmd_keys_publisher;
extern const struct cmd cmd_keys_rotate;
extern const struct cmd cmd_keys_show;
extern const struct cmd cmd_keys_test;
extern const struct cmd cmd_new;
extern const struct cmd cmd_open;
extern const struct cmd cmd_render;
extern const struct cmd cmd_serve;
extern const struct cmd cmd_verify;

#endif
