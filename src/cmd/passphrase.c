/* passphrase: asks for what wraps a key file, on a terminal or from a file. */
#include "cmd/passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/banned.h"

enum { KEY_CTRL_C = 3, KEY_CTRL_D = 4, KEY_CTRL_U = 21, KEY_DELETE = 127 };

static bool
from_file(struct arena *a, const char *file, struct text *out, struct err *e)
{
	struct stat st;
	struct text bytes;

	if (stat(file, &st) == 0 && (st.st_mode & 077) != 0)
		return err_set(e, ERR_USAGE,
			"%s: others can read the passphrase; chmod 600 it",
			file);
	if (!fs_read(a, file, PASSPHRASE_MAX, &bytes, e))
		return false;
	if (!text_line(&bytes, out) || out->len == 0)
		return err_set(e, ERR_USAGE,
			"%s: holds no passphrase in its first line", file);
	return true;
}

/* Drops the last character, which may be several bytes of UTF-8. */
static void
rub_out(struct buf *b)
{
	while (b->len && ((unsigned char)b->p[b->len - 1] & 0xC0) == 0x80)
		b->len--;
	if (b->len)
		b->len--;
}

/*
 * Reads keys until Enter.  The terminal sends them one by one and turns none
 * into a signal, so that it is always put back as it was.
 */
static bool
read_keys(int tty, struct buf *b, struct err *e)
{
	for (;;) {
		char c = 0;
		ssize_t n = read(tty, &c, 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || c == KEY_CTRL_C || c == KEY_CTRL_D)
			return err_set(e, ERR_USAGE, "no passphrase was given");
		if (c == '\n' || c == '\r')
			break;
		if (c == KEY_CTRL_U)
			buf_clear(b);
		else if (c == KEY_DELETE || c == '\b')
			rub_out(b);
		else
			buf_char(b, c);
	}
	if (b->full)
		return err_set(e, ERR_USAGE,
			"the passphrase is longer than %d bytes",
			PASSPHRASE_MAX);
	if (b->len == 0)
		return err_set(e, ERR_USAGE, "no passphrase was given");
	return true;
}

static bool
from_terminal(struct arena *a, const char *question, const char *what,
	struct text *out, struct err *e)
{
	struct termios before;
	struct termios unseen;
	struct buf b;
	bool ok = false;
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	buf_init_wipe(&b, PASSPHRASE_MAX);
	if (tty < 0 || tcgetattr(tty, &before) != 0) {
		(void)err_set(e, ERR_USAGE, "%s needs a passphrase: there is "
			"no terminal to ask on, use --passphrase-file", what);
		goto out;
	}
	unseen = before;
	unseen.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
	unseen.c_cc[VMIN] = 1;
	unseen.c_cc[VTIME] = 0;
	/* Unseen before it is asked for, as some type ahead. */
	if (tcsetattr(tty, TCSAFLUSH, &unseen) != 0) {
		(void)err_set(e, ERR_SYSTEM, "the terminal cannot hide what "
			"is typed: %s", strerror(errno));
		goto out;
	}
	(void)dprintf(tty, "%s %s: ", question, what);
	ok = read_keys(tty, &b, e);
	(void)tcsetattr(tty, TCSAFLUSH, &before);
	(void)dprintf(tty, "\n");
	if (ok)
		*out = arena_copy(a, buf_view(&b));
out:
	if (tty >= 0)
		(void)close(tty);
	buf_release(&b);
	return ok;
}

bool
passphrase_ask(struct arena *a, const char *file, const char *what,
	struct text *out, struct err *e)
{
	if (file)
		return from_file(a, file, out, e);
	return from_terminal(a, "Passphrase for", what, out, e);
}

bool
passphrase_new(struct arena *a, const char *file, const char *what,
	struct text *out, struct err *e)
{
	struct text again;

	if (file) {
		if (!from_file(a, file, out, e))
			return false;
	} else {
		if (!from_terminal(a, "New passphrase for", what, out, e) ||
			!from_terminal(a, "Once more, for", what, &again, e))
			return false;
		if (!text_eq(*out, again))
			return err_set(e, ERR_USAGE,
				"the two passphrases differ");
	}
	if (out->len < PASSPHRASE_MIN)
		return err_set(e, ERR_USAGE, "the passphrase is shorter than "
			"%d bytes; a few random words are good",
			PASSPHRASE_MIN);
	return true;
}
