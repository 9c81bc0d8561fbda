/* image: how large a picture is, from its first bytes. */
#ifndef SITE_IMAGE_H
#define SITE_IMAGE_H

#include <stdbool.h>

#include "base/text.h"

/* Width and height in pixels of a PNG, JPEG, GIF or WebP; false for others. */
bool image_size(struct text bytes, int *width, int *height);

#endif
