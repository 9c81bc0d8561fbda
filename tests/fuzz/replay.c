/* replay: runs a fuzz target over the files named, without a fuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 20 };

static int
run_file(const char *path)
{
	FILE *in = fopen(path, "rb");
	uint8_t *data = malloc(INPUT_MAX);
	uint8_t *exact;
	size_t size;

	if (!in || !data) {
		(void)fprintf(stderr, "replay: cannot read %s\n", path);
		exit(1);
	}
	size = fread(data, 1, INPUT_MAX, in);
	(void)fclose(in);
	/* An allocation of just this size, so that the sanitizer sees one
	 * byte read past the end. */
	exact = malloc(size ? size : 1);
	if (!exact)
		exit(1);
	for (size_t i = 0; i < size; i++)
		exact[i] = data[i];
	free(data);
	(void)LLVMFuzzerTestOneInput(exact, size);
	free(exact);
	return 1;
}

int
main(int argc, char **argv)
{
	int n = 0;

	for (int i = 1; i < argc; i++)
		n += run_file(argv[i]);
	(void)printf("%s: %d replayed\n", argv[0], n);
	return n > 0 ? 0 : 1;
}
