/* rawcmark: reads, parses and renders Markdown files; the yardstick. */
#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILE_MAX_BYTES = 1 << 20 };

static double
now(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Where the Markdown begins behind the front matter. */
static const char *
body(const char *text)
{
	const char *end = strncmp(text, "---\n", 4) == 0
		? strstr(text + 4, "\n---\n") : NULL;

	return end ? end + 5 : text;
}

int
main(int argc, char **argv)
{
	char *text = malloc(FILE_MAX_BYTES);
	double start = now();
	size_t in = 0, out = 0;

	if (!text)
		return 1;
	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "rb");
		const char *md;
		char *html;
		size_t n;

		if (!f)
			return 1;
		n = fread(text, 1, FILE_MAX_BYTES - 1, f);
		(void)fclose(f);
		text[n] = '\0';
		md = body(text);
		html = cmark_markdown_to_html(md, n - (size_t)(md - text), 0);
		in += n;
		out += strlen(html);
		free(html);
	}
	(void)printf("%.4f %d %zu %zu\n", now() - start, argc - 1, in, out);
	free(text);
	return 0;
}
