/* image: how large a picture is, from its first bytes. */
#include "site/image.h"

#include <string.h>

#include "base/banned.h"

static unsigned
byte(struct text t, size_t i)
{
	return (unsigned char)t.p[i];
}

static unsigned
be16(struct text t, size_t i)
{
	return byte(t, i) << 8 | byte(t, i + 1);
}

static unsigned
le16(struct text t, size_t i)
{
	return byte(t, i) | byte(t, i + 1) << 8;
}

static unsigned
le24(struct text t, size_t i)
{
	return le16(t, i) | byte(t, i + 2) << 16;
}

static bool
is(struct text t, size_t i, const char *magic, size_t n)
{
	return t.len >= i + n && memcmp(t.p + i, magic, n) == 0;
}

/* PNG (ISO/IEC 15948) 11.2.2: IHDR is first, width and height big-endian. */
static bool
png(struct text t, unsigned *w, unsigned *h)
{
	if (!is(t, 0, "\x89PNG\r\n\x1A\n", 8) || !is(t, 12, "IHDR", 4) ||
		t.len < 24 || be16(t, 16) || be16(t, 20))
		return false;
	*w = be16(t, 18);
	*h = be16(t, 22);
	return true;
}

/* JPEG (ITU-T T.81) B.2.2: segments until a start of frame, SOF0 to SOF15
 * without DHT, JPG and DAC. */
static bool
jpeg(struct text t, unsigned *w, unsigned *h)
{
	size_t i = 2;

	if (!is(t, 0, "\xFF\xD8", 2))
		return false;
	while (i + 9 < t.len && byte(t, i) == 0xFF) {
		unsigned marker = byte(t, i + 1);

		if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 &&
			marker != 0xC8 && marker != 0xCC) {
			*h = be16(t, i + 5);
			*w = be16(t, i + 7);
			return true;
		}
		i += 2 + be16(t, i + 2);
	}
	return false;
}

static bool
gif(struct text t, unsigned *w, unsigned *h)
{
	if (!is(t, 0, "GIF8", 4) || t.len < 10)
		return false;
	*w = le16(t, 6);
	*h = le16(t, 8);
	return true;
}

/* WebP container: VP8 (lossy), VP8L (lossless) or VP8X (extended). */
static bool
webp(struct text t, unsigned *w, unsigned *h)
{
	if (!is(t, 0, "RIFF", 4) || !is(t, 8, "WEBP", 4) || t.len < 30)
		return false;
	if (is(t, 12, "VP8X", 4)) {
		*w = le24(t, 24) + 1;
		*h = le24(t, 27) + 1;
	} else if (is(t, 12, "VP8L", 4)) {
		*w = (le16(t, 21) & 0x3FFF) + 1;
		*h = (le24(t, 22) >> 6 & 0x3FFF) + 1;
	} else if (is(t, 12, "VP8 ", 4)) {
		*w = le16(t, 26) & 0x3FFF;
		*h = le16(t, 28) & 0x3FFF;
	} else {
		return false;
	}
	return true;
}

bool
image_size(struct text bytes, int *width, int *height)
{
	unsigned w = 0;
	unsigned h = 0;

	if (!png(bytes, &w, &h) && !jpeg(bytes, &w, &h) &&
		!gif(bytes, &w, &h) && !webp(bytes, &w, &h))
		return false;
	*width = (int)w;
	*height = (int)h;
	return w && h;
}
