/* A disclosure that names somebody who should not be named, for tests of what hides it. */
#pragma once

#include "modules/know/test_files.h"

#define NAME "Nguyễn Thị Hoài Thương"
#define PHONE "0912.345.678"

/* Published with the name in its text, corrected once: two versions hold it. */
static inline struct dossier *published_with(struct tx *tx, struct file_refs files)
{
	struct dossier *d = NULL;
	struct disclosure form = {
		.matter = S("XA07-05-01"),
		.title = S("Hỗ trợ nhà ở cho bà " NAME),
		.body = S("Bà **" NAME "**, số máy " PHONE ", nhận 40.000.000 đồng."),
		.issuer = S("UBND xã"),
		.issued_on = test_date("2020-12-24"),
		.files = files,
	};
	struct step_input in = { .on = test_date("2020-12-24") };
	tx->who = &s.clerk;
	CHECK_INT(dossier_open(tx, &disclosure_kind, SMALL_COMMUNE, "record", &form, &in, NULL, &d),
		  OK);
	publish(tx, d, "2020-12-25");
	post(tx, d, "Nhà bà Hoài Thương", "2020-12-25");
	struct correction_form correction = {
		.title = form.title,
		.body = S("Bà " NAME ", số máy 0912345678, nhận 45.000.000 đồng."),
		.files = form.files,
		.reason = S("Sai số tiền của bà " NAME),
	};
	CHECK_INT(take(tx, d, &s.leader, "correct", &correction, "2020-12-28"), OK);
	return d;
}
