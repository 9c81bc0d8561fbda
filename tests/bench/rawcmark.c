/*
 * rawcmark: reads, parses and renders Markdown files; the yardstick.
 *
 *     rawcmark LIST              one thread; says the seconds it took
 *     rawcmark LIST OUT THREADS  writes too
 *
 * LIST has a line for each file: its path and, to write, a tab, where below
 * OUT, a tab, and how many bytes: what cmark made is filled up to them.
 */
#include <cmark.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILE_MAX_BYTES = 1 << 20, FILES_MAX = 100000, THREADS_MAX = 64 };

struct item {
	char *from;
	char *to; /* NULL: not written */
	size_t size;
};

struct run {
	struct item *items;
	size_t count;
	atomic_size_t next;
	int out; /* directory */
	atomic_bool failed;
};

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

static bool
write_file(const struct run *r, const struct item *item, const char *bytes)
{
	size_t done = 0;
	int fd = openat(r->out, item->to, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	for (char *p = item->to; fd < 0 && (p = strchr(p, '/')); p++) {
		*p = '\0';
		(void)mkdirat(r->out, item->to, 0777);
		*p = '/';
	}
	if (fd < 0)
		fd = openat(r->out, item->to, O_WRONLY | O_CREAT, 0644);
	while (fd >= 0 && done < item->size) {
		ssize_t n = write(fd, bytes + done, item->size - done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	return fd >= 0 && close(fd) == 0 && done == item->size;
}

static bool
make(const struct run *r, const struct item *item, char *text, char *full)
{
	int fd = open(item->from, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, FILE_MAX_BYTES - 1);
	const char *md;
	char *html;
	size_t made;

	if (n < 0 || close(fd) != 0)
		return false;
	text[n] = '\0';
	md = body(text);
	html = cmark_markdown_to_html(md, (size_t)(n - (md - text)), 0);
	made = strlen(html);
	if (item->to) {
		memcpy(full, html, made < item->size ? made : item->size);
		if (made < item->size)
			memset(full + made, ' ', item->size - made);
	}
	free(html);
	return !item->to || write_file(r, item, full);
}

static void *
work(void *context)
{
	struct run *r = context;
	char *text = malloc(FILE_MAX_BYTES);
	char *full = malloc(FILE_MAX_BYTES);
	size_t i;

	while (text && full && (i = atomic_fetch_add(&r->next, 1)) < r->count)
		if (!make(r, &r->items[i], text, full))
			atomic_store(&r->failed, true);
	free(text);
	free(full);
	return NULL;
}

static bool
read_list(struct run *r, const char *path)
{
	FILE *f = fopen(path, "r");
	char line[4096];

	r->items = calloc(FILES_MAX, sizeof *r->items);
	if (!f || !r->items)
		return false;
	while (r->count < FILES_MAX && fgets(line, sizeof line, f)) {
		struct item *item = &r->items[r->count++];
		char *to, *size = NULL;

		line[strcspn(line, "\n")] = '\0';
		to = strchr(line, '\t');
		if (to) {
			*to++ = '\0';
			size = strchr(to, '\t');
		}
		item->from = strdup(line);
		if (!size)
			continue;
		*size++ = '\0';
		item->to = strdup(to);
		item->size = strtoul(size, NULL, 10);
		if (item->size > FILE_MAX_BYTES)
			return false;
	}
	return fclose(f) == 0;
}

int
main(int argc, char **argv)
{
	struct run r = { .out = AT_FDCWD };
	int threads = argc > 3 ? atoi(argv[3]) : 1;
	pthread_t started[THREADS_MAX];
	double start;

	if (argc < 2 || threads > THREADS_MAX || !read_list(&r, argv[1]))
		return 1;
	start = now();
	if (argc > 2) {
		(void)mkdir(argv[2], 0777);
		r.out = open(argv[2], O_RDONLY | O_DIRECTORY);
		if (r.out < 0)
			return 1;
	}
	for (int i = 1; i < threads; i++)
		if (pthread_create(&started[i], NULL, work, &r) != 0)
			return 1;
	(void)work(&r);
	for (int i = 1; i < threads; i++)
		(void)pthread_join(started[i], NULL);
	(void)printf("%.4f\n", now() - start);
	return atomic_load(&r.failed);
}
