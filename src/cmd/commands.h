/* commands: every command there is; main.c puts them in order. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/cmd.h"

extern const struct cmd cmd_build;
extern const struct cmd cmd_check;
extern const struct cmd cmd_keys_init;
extern const struct cmd cmd_keys_passphrase;
extern const struct cmd cmd_keys_rotate;
extern const struct cmd cmd_keys_show;
extern const struct cmd cmd_keys_test;
extern const struct cmd cmd_new;
extern const struct cmd cmd_open;
extern const struct cmd cmd_render;
extern const struct cmd cmd_verify;
extern const struct cmd cmd_serve;

#endif
