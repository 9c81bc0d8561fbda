/* commands: every command there is; main.c puts them in order. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/cmd.h"

extern const struct cmd cmd_keys_init;

#endif
