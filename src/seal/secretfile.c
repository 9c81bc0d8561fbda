/* secretfile: the text file that holds one secret key, wrapped or not. */
#include "seal/secretfile.h"

#include <string.h>
#include <sys/stat.h>

#include <sodium.h>

#include "base/fs.h"
#include "seal/hash.h"
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

static const char *const kind_names[SECRET_KINDS] = {
	[SECRET_OPENS] = "blankett recipient key v1",
	[SECRET_SIGNS] = "blankett signing key v1",
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

static bool
read_kind(struct text line, enum secret_kind *out)
{
	for (int i = 0; i < SECRET_KINDS; i++) {
		*out = (enum secret_kind)i;
		if (text_is(line, kind_names[i]))
			return true;
	}
	return false;
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
	struct text kind, pk, wrap, secret;
	size_t len;

	*out = (struct parsed){ 0 };
	if (!text_split(&bytes, '\n', &kind) ||
		!read_kind(kind, &out->look.kind) ||
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

static void
public_half(enum secret_kind kind, const unsigned char secret[SECRET_BYTES],
	unsigned char pk[PUBLIC_KEY_BYTES])
{
	unsigned char sk[crypto_sign_SECRETKEYBYTES];

	if (kind == SECRET_OPENS) {
		(void)crypto_scalarmult_base(pk, secret);
	} else {
		(void)crypto_sign_seed_keypair(pk, sk, secret);
		secret_wipe(sk, sizeof sk);
	}
}

static bool
check_halves(const struct parsed *p, const char *path,
	const unsigned char secret[SECRET_BYTES], struct err *e)
{
	unsigned char pk[PUBLIC_KEY_BYTES];

	public_half(p->look.kind, secret, pk);
	return memcmp(pk, p->look.pk, sizeof pk) == 0 ||
		err_set(e, ERR_FORMAT,
			"%s: its two halves do not belong together", path);
}

/* Reads the file and takes it apart; its role lies on the arena.  Wipe *p. */
static bool
load(struct arena *a, const char *path, struct parsed *p, struct err *e)
{
	struct arena own;
	struct text bytes;
	bool ok;

	arena_init(&own, true);
	*p = (struct parsed){ 0 };
	ok = fs_read(&own, path, SECRETFILE_MAX, &bytes, e);
	if (ok && !parse(bytes, p))
		ok = err_set(e, ERR_FORMAT, "%s: not a key file, or damaged",
			path);
	if (ok)
		p->look.role = arena_copy(a, p->look.role);
	arena_release(&own);
	return ok;
}

/* The secret of a file that load has read. */
static bool
open_secret(const struct parsed *p, const char *path, struct text passphrase,
	unsigned char secret[SECRET_BYTES], struct err *e)
{
	if (check_mode(path, e) && unwrap(p, path, passphrase, secret, e) &&
		check_halves(p, path, secret, e))
		return true;
	secret_wipe(secret, SECRET_BYTES);
	return false;
}

static bool
check_kind(const struct secretfile_look *l, const char *path,
	enum secret_kind kind, const char *role, struct err *e)
{
	if (l->kind != kind)
		return err_set(e, ERR_FORMAT, "%s: not a \"%s\"", path,
			kind_names[kind]);
	if (role && !text_is(l->role, role))
		return err_set(e, ERR_FORMAT,
			"%s: the key of role \"%.*s\", not \"%s\"", path,
			(int)l->role.len, l->role.p, role);
	return true;
}

bool
secretfile_read(const char *path, enum secret_kind kind, const char *role,
	struct text passphrase, unsigned char secret[SECRET_BYTES],
	struct err *e)
{
	struct arena a;
	struct parsed p;
	bool ok;

	arena_init(&a, false);
	ok = load(&a, path, &p, e) &&
		check_kind(&p.look, path, kind, role, e) &&
		open_secret(&p, path, passphrase, secret, e);
	secret_wipe(&p, sizeof p);
	arena_release(&a);
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

/* The file's text, on an arena that wipes. */
static bool
make_text(struct arena *a, enum secret_kind kind, const char *role,
	const unsigned char secret[SECRET_BYTES], struct text passphrase,
	struct text *out, struct err *e)
{
	struct wrap w = { 0 };
	unsigned char sealed[BOX], pk[PUBLIC_KEY_BYTES];
	struct text wrap = text_of("none"), kept;

	if (passphrase.len == 0) {
		kept = base64_encode(a, secret, SECRET_BYTES);
	} else {
		if (!wrap_secret(secret, passphrase, &w, sealed, e))
			return false;
		kept = base64_encode(a, sealed, sizeof sealed);
		wrap = arena_printf(a, "argon2id %lld %lld %s",
			(long long)w.ops, (long long)w.mem,
			base64_encode(a, w.salt, sizeof w.salt).p);
	}
	public_half(kind, secret, pk);
	*out = arena_printf(a,
		"%s\nrole: %s\npublic: %s\nwrap: %s\nsecret: %s\n",
		kind_names[kind], role, base64_encode(a, pk, sizeof pk).p,
		wrap.p, kept.p);
	return true;
}

bool
secretfile_write(const char *path, enum secret_kind kind, const char *role,
	const unsigned char secret[SECRET_BYTES], struct text passphrase,
	struct err *e)
{
	struct arena a;
	struct text bytes;
	bool ok;

	arena_init(&a, true);
	ok = make_text(&a, kind, role, secret, passphrase, &bytes, e) &&
		fs_create(path, 0600, bytes, e);
	arena_release(&a);
	return ok;
}

bool
secretfile_rewrap(const char *path, struct text passphrase,
	const struct text *fresh, struct err *e)
{
	struct arena a;
	struct parsed p;
	unsigned char secret[SECRET_BYTES] = { 0 };
	struct text bytes;
	bool ok;

	arena_init(&a, true);
	ok = load(&a, path, &p, e) &&
		open_secret(&p, path, passphrase, secret, e);
	if (ok && fresh)
		ok = make_text(&a, p.look.kind, p.look.role.p, secret, *fresh,
			     &bytes, e) &&
			fs_replace(path, 0600, bytes, e);
	secret_wipe(secret, sizeof secret);
	secret_wipe(&p, sizeof p);
	arena_release(&a);
	return ok;
}

bool
secretfile_look(struct arena *a, const char *path, struct secretfile_look *out,
	struct err *e)
{
	struct parsed p;
	bool ok = load(a, path, &p, e);

	*out = p.look;
	secret_wipe(&p, sizeof p);
	return ok;
}
