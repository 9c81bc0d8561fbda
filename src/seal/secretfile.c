/* secretfile: the text file that holds one secret key, wrapped or not. */
#include "seal/secretfile.h"

#include <string.h>
#include <sys/stat.h>

#include <sodium.h>

#include "base/fs.h"
#include "seal/hash.h"
#include "seal/note.h"
#include "base/banned.h"

enum {
	NONCE = crypto_secretbox_NONCEBYTES,
	MAC = crypto_secretbox_MACBYTES,
	BOX = NONCE + MAC + SECRET_BYTES,
	SALT = crypto_pwhash_SALTBYTES,
	/* What we write costs half a second and 256 MiB; what we read may
	 * cost up to four times the memory, so that a file made on a larger
	 * machine opens, and a hostile one cannot exhaust this one. */
	OPS = crypto_pwhash_OPSLIMIT_MODERATE,
	OPS_MAX = 16,
	MEM = crypto_pwhash_MEMLIMIT_MODERATE,
	MEM_MIN = 8192,
	MEM_MAX = 1024 * 1024 * 1024
};

/* The line "wrap: argon2id OPS MEM SALT". */
struct wrap {
	bool wrapped;
	int64_t ops;
	int64_t mem; /* bytes */
	unsigned char salt[SALT];
};

/* A file taken apart, not yet unwrapped; wipe it. */
struct parsed {
	struct secretfile_look look;
	struct wrap wrap;
	unsigned char sealed[BOX]; /* the bare secret when not wrapped */
	size_t sealed_len;
};

static bool
read_wrap(struct text value, struct wrap *out)
{
	struct text word[4];
	size_t n = 0, len;

	*out = (struct wrap){ 0 };
	if (text_is(value, "none"))
		return true;
	while (n < 4 && text_split(&value, ' ', &word[n]))
		n++;
	out->wrapped = true;
	return n == 4 && !value.p && text_is(word[0], "argon2id") &&
		text_to_int(word[1], 1, OPS_MAX, &out->ops) &&
		text_to_int(word[2], MEM_MIN, MEM_MAX, &out->mem) &&
		base64_decode(word[3], out->salt, SALT, &len) && len == SALT;
}

/* Takes the line "name: value" off *rest. */
static bool
take_field(struct text *rest, const char *name, struct text *value)
{
	struct text line;
	size_t n = strlen(name);

	if (!text_split(rest, '\n', &line) || !text_starts(line, name) ||
		!text_starts(text_from(line, n), ": "))
		return false;
	*value = text_from(line, n + 2);
	return true;
}

static bool
parse(struct text bytes, struct parsed *out)
{
	struct text pk, wrap, secret;
	size_t len;

	*out = (struct parsed){ 0 };
	if (!text_split(&bytes, '\n', &out->look.kind) ||
		!take_field(&bytes, "role", &out->look.role) ||
		!key_word_is_valid(out->look.role, KEY_ROLE_MAX) ||
		!take_field(&bytes, "public", &pk) ||
		!take_field(&bytes, "wrap", &wrap) ||
		!take_field(&bytes, "secret", &secret) || bytes.len != 0 ||
		!bytes.p)
		return false;
	if (!base64_decode(pk, out->look.pk, sizeof out->look.pk, &len) ||
		len != sizeof out->look.pk || !read_wrap(wrap, &out->wrap))
		return false;
	out->look.wrapped = out->wrap.wrapped;
	return base64_decode(secret, out->sealed, sizeof out->sealed,
		       &out->sealed_len) &&
		out->sealed_len ==
		(out->wrap.wrapped ? (size_t)BOX : (size_t)SECRET_BYTES);
}

static bool
check_mode(const char *path, struct err *e)
{
	struct stat st;

	/* A file that is not there is fs_read's to complain about. */
	if (stat(path, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return err_set(e, ERR_CRYPTO,
			"%s: others may read this key (mode %04o): chmod 600",
			path, (unsigned)(st.st_mode & 07777));
	return true;
}

static bool
derive(const struct wrap *w, struct text passphrase,
	unsigned char key[crypto_secretbox_KEYBYTES], struct err *e)
{
	if (crypto_pwhash(key, crypto_secretbox_KEYBYTES, passphrase.p,
		    passphrase.len, w->salt, (unsigned long long)w->ops,
		    (size_t)w->mem, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return err_set(e, ERR_SYSTEM,
			"no %lld MiB of memory to check a passphrase",
			(long long)(w->mem / (1024 * 1024)));
	return true;
}

static bool
unwrap(const struct parsed *p, const char *path, struct text passphrase,
	unsigned char secret[SECRET_BYTES], struct err *e)
{
	unsigned char key[crypto_secretbox_KEYBYTES];
	bool ok = false;

	if (!p->wrap.wrapped) {
		memcpy(secret, p->sealed, SECRET_BYTES);
		return true;
	}
	if (passphrase.len == 0)
		return err_set(e, ERR_CRYPTO, "%s: needs its passphrase", path);
	if (!derive(&p->wrap, passphrase, key, e))
		goto out;
	ok = crypto_secretbox_open_easy(secret, p->sealed + NONCE, BOX - NONCE,
		     p->sealed, key) == 0 ||
		err_set(e, ERR_CRYPTO,
			"%s: wrong passphrase, or the file is damaged", path);
out:
	secret_wipe(key, sizeof key);
	return ok;
}

static bool
check_kind(const struct parsed *p, const char *path,
	const struct secretfile *want, struct err *e)
{
	const struct secretfile_look *l = &p->look;

	if (!text_is(l->kind, want->kind))
		return err_set(e, ERR_FORMAT, "%s: not a \"%s\"", path,
			want->kind);
	if (want->role && !text_is(l->role, want->role))
		return err_set(e, ERR_FORMAT,
			"%s: the key of role \"%.*s\", not \"%s\"", path,
			(int)l->role.len, l->role.p, want->role);
	return true;
}

bool
secretfile_read(struct arena *a, const char *path, struct text passphrase,
	struct secretfile *f, struct err *e)
{
	struct arena own;
	struct parsed p = { 0 };
	struct text bytes;
	bool ok = false;

	arena_init(&own, true);
	if (!check_mode(path, e) ||
		!fs_read(&own, path, SECRETFILE_MAX, &bytes, e))
		goto out;
	if (!parse(bytes, &p)) {
		(void)err_set(e, ERR_FORMAT, "%s: not a key file, or damaged",
			path);
		goto out;
	}
	if (!check_kind(&p, path, f, e) ||
		!unwrap(&p, path, passphrase, f->secret, e))
		goto out;
	f->role = arena_string(a, p.look.role);
	memcpy(f->pk, p.look.pk, sizeof f->pk);
	ok = true;
out:
	if (!ok)
		secret_wipe(f->secret, sizeof f->secret);
	secret_wipe(&p, sizeof p);
	arena_release(&own);
	return ok;
}

/* Fills *wrap and sealed (BOX bytes) from the secret and a passphrase. */
static bool
wrap_secret(const unsigned char secret[SECRET_BYTES], struct text passphrase,
	struct wrap *w, unsigned char sealed[BOX], struct err *e)
{
	unsigned char key[crypto_secretbox_KEYBYTES];
	bool ok;

	*w = (struct wrap){ .wrapped = true, .ops = OPS, .mem = MEM };
	random_bytes(w->salt, sizeof w->salt);
	random_bytes(sealed, NONCE);
	ok = derive(w, passphrase, key, e);
	if (ok)
		(void)crypto_secretbox_easy(
			sealed + NONCE, secret, SECRET_BYTES, sealed, key);
	secret_wipe(key, sizeof key);
	return ok;
}

bool
secretfile_write(const char *path, const struct secretfile *f,
	struct text passphrase, bool replace, struct err *e)
{
	struct arena a;
	struct wrap w = { 0 };
	unsigned char sealed[BOX];
	struct text wrap = text_of("none"), secret, bytes;
	bool ok = false;

	arena_init(&a, true);
	if (passphrase.len == 0) {
		secret = base64_encode(&a, f->secret, sizeof f->secret);
	} else {
		if (!wrap_secret(f->secret, passphrase, &w, sealed, e))
			goto out;
		secret = base64_encode(&a, sealed, sizeof sealed);
		wrap = arena_printf(&a, "argon2id %lld %lld %s",
			(long long)w.ops, (long long)w.mem,
			base64_encode(&a, w.salt, sizeof w.salt).p);
	}
	bytes = arena_printf(&a,
		"%s\nrole: %s\npublic: %s\nwrap: %s\nsecret: %s\n", f->kind,
		f->role, base64_encode(&a, f->pk, sizeof f->pk).p, wrap.p,
		secret.p);
	ok = replace ? fs_replace(path, 0600, bytes, e)
		     : fs_create(path, 0600, bytes, e);
out:
	arena_release(&a);
	return ok;
}

bool
secretfile_look(struct arena *a, const char *path, struct secretfile_look *out,
	struct err *e)
{
	struct arena own;
	struct parsed p = { 0 };
	struct text bytes;
	bool ok = false;

	arena_init(&own, true);
	if (!fs_read(&own, path, SECRETFILE_MAX, &bytes, e))
		goto out;
	if (!parse(bytes, &p)) {
		(void)err_set(e, ERR_FORMAT, "%s: not a key file, or damaged",
			path);
		goto out;
	}
	*out = p.look;
	out->kind = arena_copy(a, p.look.kind);
	out->role = arena_copy(a, p.look.role);
	ok = true;
out:
	secret_wipe(&p, sizeof p);
	arena_release(&own);
	return ok;
}
