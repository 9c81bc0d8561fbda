/* compress: text packed with Brotli (RFC 7932) or gzip (RFC 1952). */
#define ZLIB_CONST /* input is only read */

#include "site/compress.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/banned.h"

enum {
	GZIP_WINDOW = MAX_WBITS + 16, /* 16: with gzip's head and tail */
	/* Less than all: codes of their own for every 4,096 letters and
	 * repeats, which is less on a page with words, tables and drawings. */
	GZIP_MEMORY = 6,
	GZIP_TAIL = 8, /* RFC 1952 2.3.1: CRC-32, then length, both le32 */
	PIECE_BYTES = 64 * 1024
};

static const struct coding {
	int usual;
	int best;
} codings[COMPRESS_CODINGS] = {
	[COMPRESS_BR] = { 5, BROTLI_MAX_QUALITY },
	[COMPRESS_GZ] = { 6, Z_BEST_COMPRESSION },
};

/* Into as many bytes as there were, less one: else it is not smaller. */
static bool
pack_brotli(int level, struct text bytes, unsigned char *to, size_t *len)
{
	return BrotliEncoderCompress(level, BROTLI_DEFAULT_WINDOW,
		BROTLI_MODE_TEXT, bytes.len,
		(const unsigned char *)bytes.p, len, to) == BROTLI_TRUE;
}

static bool
pack_gzip(int level, struct text bytes, unsigned char *to, size_t *len)
{
	z_stream z = { 0 };
	bool ok;

	if (bytes.len > UINT_MAX || deflateInit2(&z, level, Z_DEFLATED,
		GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	z.next_in = (const unsigned char *)bytes.p;
	z.avail_in = (unsigned)bytes.len;
	z.next_out = to;
	z.avail_out = (unsigned)*len;
	ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
	*len = z.total_out;
	(void)deflateEnd(&z);
	return ok;
}

bool
compress_pack(struct arena *a, enum compress_coding coding, bool best,
	struct text bytes, struct text *out)
{
	const struct coding *c = &codings[coding];
	int level = best ? c->best : c->usual;
	unsigned char *to;
	size_t len = bytes.len ? bytes.len - 1 : 0;
	bool ok;

	*out = (struct text){ 0 };
	if (len == 0)
		return false;
	to = arena_alloc(a, len);
	ok = coding == COMPRESS_BR ? pack_brotli(level, bytes, to, &len)
		: pack_gzip(level, bytes, to, &len);
	if (ok)
		*out = (struct text){ (const char *)to, len };
	return ok;
}

/* A piece at a time, for it may unpack to anything. */
static bool
holds_brotli(struct text packed, struct text bytes)
{
	BrotliDecoderState *b = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	BrotliDecoderResult r = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
	unsigned char *piece = malloc(PIECE_BYTES);
	const unsigned char *from = (const unsigned char *)packed.p;
	size_t left = packed.len;
	bool same = b && piece;

	while (same && r == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
		unsigned char *to = piece;
		size_t room = PIECE_BYTES, n;

		r = BrotliDecoderDecompressStream(b, &left, &from, &room, &to,
			NULL);
		n = PIECE_BYTES - room;
		same = n <= bytes.len && (n == 0 ||
			memcmp(piece, bytes.p, n) == 0);
		bytes = text_from(bytes, n);
	}
	free(piece);
	if (b)
		BrotliDecoderDestroyInstance(b);
	return same && r == BROTLI_DECODER_RESULT_SUCCESS && left == 0 &&
		bytes.len == 0;
}

static uint32_t
le32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
		(uint32_t)p[3] << 24;
}

static bool
holds_gzip(struct text packed, struct text bytes)
{
	const unsigned char *tail;

	if (packed.len < GZIP_TAIL)
		return false;
	tail = (const unsigned char *)packed.p + packed.len - GZIP_TAIL;
	return le32(tail + 4) == (uint32_t)bytes.len && le32(tail) ==
		crc32_z(0, (const unsigned char *)bytes.p, bytes.len);
}

bool
compress_holds(enum compress_coding coding, struct text packed,
	struct text bytes)
{
	return coding == COMPRESS_BR ? holds_brotli(packed, bytes)
		: holds_gzip(packed, bytes);
}

struct text
compress_about(struct arena *a)
{
	return arena_printf(a, "brotli %lu %d %d, zlib %s %d %d %d",
		(unsigned long)BrotliEncoderVersion(),
		codings[COMPRESS_BR].usual, codings[COMPRESS_BR].best,
		zlibVersion(), codings[COMPRESS_GZ].usual,
		codings[COMPRESS_GZ].best, GZIP_MEMORY);
}
