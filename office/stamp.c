/* "2026-11-27T10:00:00.000Z ok": replaced as a whole. */
#include "office/stamp.h"

#include "ledger/log_files.h"

enum { STAMP_BYTES = 200 };

const char *stamp_file(enum stamp s)
{
	static const char *const files[STAMPS] = {
		[STAMP_BACKUP] = "last-backup",
		[STAMP_VERIFY] = "last-verify",
	};
	return files[s];
}

static const char *path_of(struct arena *a, struct str dir, enum stamp s)
{
	return str_z(a, str_printf(a, "%.*s/%s", STR_ARG(dir), stamp_file(s)));
}

void stamp_put(struct arena *a, struct str dir, enum stamp s, struct instant at, bool fine)
{
	struct str why = S(""), time = instant_iso(a, at);
	struct str line = str_printf(a, "%.*s %s\n", STR_ARG(time), fine ? "ok" : "different");
	(void)!file_replace(path_of(a, dir, s), line, 0644, a, &why);
}

bool stamp_read(struct arena *a, struct str dir, enum stamp s, struct instant *at, bool *fine)
{
	struct str bytes, why = S(""), time;
	if (file_read(path_of(a, dir, s), STAMP_BYTES, a, &bytes, &why) ||
	    !str_next(&bytes, ' ', &time) || !instant_parse(time, at))
		return false;
	*fine = str_eq(str_trim(bytes), S("ok"));
	return true;
}
