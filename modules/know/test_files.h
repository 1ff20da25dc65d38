/* Disclosures that come with files. */
#pragma once

#include "modules/know/test_know.h"
#include "office/file.h"

#include <sys/mman.h>
#include <unistd.h>

/* A file as an upload becomes one. */
static inline struct file_ref kept_file(struct tx *tx, const char *name, struct str bytes)
{
	struct file_ref ref;
	struct str why = S("");
	AUTO_CLOSE int fd = memfd_create("tep", MFD_CLOEXEC);
	CHECK(write(fd, bytes.at, bytes.len) == (ssize_t)bytes.len);
	if (file_keep(test_arena(), test_tx_dir(tx), fd, str_of(name), LANG_VI, &ref, &why))
		FAIL("%.*s", STR_ARG(why));
	return ref;
}

/* Two documents of a draft: a decision, and a list with names in it. */
static inline struct dossier *record_with_files(struct tx *tx, struct file_ref *decision,
						struct file_ref *list)
{
	struct dossier *d = NULL;
	struct disclosure form = {
		.matter = S("XA07-05-05"),
		.title = S("Kết quả bình xét hộ nghèo"),
		.issuer = S("UBND xã"),
		.issued_on = test_date("2020-12-24"),
		.files = { decision, 1 },
		.name_files = { list, 1 },
	};
	struct step_input in = { .on = test_date("2020-12-24") };
	tx->who = &s.clerk;
	if (dossier_open(tx, &disclosure_kind, SMALL_COMMUNE, "record", &form, &in, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}
