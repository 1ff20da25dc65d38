/* Sends the empty input and every file of a corpus folder through one fuzz target, as a TAP test:
 * what the fuzzer found once stays found. A crash ends the program before its plan is fulfilled,
 * which the runner counts as a failure. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Into memory of exactly the right size, so that reading one byte too far is noticed. */
static uint8_t *read_input(const char *folder, const char *name, size_t *len)
{
	char path[4096];
	FILE *file;
	long size;
	uint8_t *data;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
		return NULL;
	rewind(file);
	data = malloc((size_t)size);
	*len = data ? fread(data, 1, (size_t)size, file) : 0;
	fclose(file);
	return data;
}

static int is_input(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : "";
	struct dirent **inputs = NULL;
	int count = scandir(folder, &inputs, is_input, alphasort);

	if (count < 0 && errno != ENOENT) {
		fprintf(stderr, "%s: %s\n", folder, strerror(errno));
		return 1;
	}
	if (count < 0)
		count = 0;
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..%d\n", count + 1);
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	printf("ok 1 - the empty input\n");
	for (int i = 0; i < count; i++) {
		size_t len = 0;
		uint8_t *data = read_input(folder, inputs[i]->d_name, &len);
		if (data)
			LLVMFuzzerTestOneInput(data, len);
		printf("%sok %d - %s\n", data ? "" : "not ", i + 2, inputs[i]->d_name);
		free(data);
		free(inputs[i]);
	}
	free(inputs);
	return 0;
}
