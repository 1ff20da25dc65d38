/* Where the official lists come from: the program itself, or a folder of the operator's. */
#include "office/unit_load.h"

#include "base/embed.h"

#include <stdio.h>

void unit_lists_embedded(struct unit_lists *out)
{
	static const char *const names[] = { "units/units.tsv", "units/units-2025.tsv",
					     "units/mapping-2020-2025.tsv",
					     "units/mapping-provinces-2025.tsv" };
	struct str *texts[] = { &out->units_2020, &out->units_2025, &out->communes_moved,
				&out->provinces_moved };

	for (size_t i = 0; i < LENGTH(names); i++) {
		const struct embedded *f = embedded_find(names[i]);

		*texts[i] = f ? (struct str){ (const char *)f->at, f->len } : S("");
	}
}

bool unit_lists_know(const struct unit_lists *lists, struct date day)
{
	struct date reform;
	return lists->units_2025.len || !date_parse(S(UNIT_REFORM), &reform) ||
	       date_cmp(day, reform) < 0;
}

static bool read_file(struct arena *a, struct str path, struct str *out)
{
	struct buf text = { .a = a };
	FILE *file = fopen(str_z(a, path), "rb");
	size_t n;

	if (!file)
		return false;
	do {
		n = fread(buf_reserve(&text, 65536), 1, 65536, file);
		text.len += n;
	} while (n && text.len < 64 << 20);
	bool whole = !ferror(file) && feof(file);
	fclose(file);
	if (whole)
		*out = buf_str(&text);
	return whole;
}

MUST_USE enum err unit_lists_read(struct arena *a, struct str dir, struct unit_lists *out,
				  struct str *why)
{
	struct unit_lists lists = { S(""), S(""), S(""), S("") };
	struct str path = str_printf(a, "%.*s/units-2020.tsv", STR_ARG(dir));

	if (!read_file(a, path, &lists.units_2020)) {
		*why = str_printf(a, "%.*s: %m", STR_ARG(path));
		return ERR_IO;
	}
	if (read_file(a, str_printf(a, "%.*s/units-2025.tsv", STR_ARG(dir)), &lists.units_2025)) {
		/* A tree without its mapping would leave every old unit without an heir. */
		static const char *const names[] = { "mapping-2020-2025.tsv",
						     "mapping-provinces-2025.tsv" };
		struct str *texts[] = { &lists.communes_moved, &lists.provinces_moved };

		for (size_t i = 0; i < LENGTH(names); i++) {
			path = str_printf(a, "%.*s/%s", STR_ARG(dir), names[i]);
			if (!read_file(a, path, texts[i])) {
				*why = str_printf(a, "%.*s: %m", STR_ARG(path));
				return ERR_IO;
			}
		}
	}
	*out = lists;
	return OK;
}
