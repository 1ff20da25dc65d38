/* Three petitions of one matter at a commune, and its doors open for files as well. */
#pragma once

#include "modules/inspect/test_petition_web.h"
#include "web/upload.h"

static struct str codes[3];
static const char *name_of_first; /* NULL: as the others' */
static bool same_name;

/* Three of the same matter, the first two taken up with a day promised, the third just received. */
static inline void three_petitions(void)
{
	for (int i = 0; i < 3; i++) {
		struct petition form = { .type = S("feedback"),
					 .title = S("Xe tải làm hỏng đường trục thôn Đông"),
					 .body = S("Mặt đường vỡ bốn mươi mét."),
					 .people = 1,
					 .received_on = NO_DATE,
					 .name = i || !name_of_first
							 ? str_printf(test_arena(), "Người Mẫu %d",
								      same_name ? 1 : i + 1)
							 : str_of(name_of_first),
					 .address = S("Thôn Đông") },
				promise = { .answer_by = test_date("2021-03-20") };
		struct step_input in = { .on = NO_DATE, .channel = CHANNEL_COUNTER };
		struct dossier *d;
		if (dossier_open(tx, &petition_kind, commune, "enter", &form, &in, NULL, &d))
			FAIL("%s", tx->why);
		if (i < 2 && step_take(tx, d, "handle", &promise, &in, NULL))
			FAIL("%s", tx->why);
		codes[i] = d->code;
	}
}

static inline void with_files(void)
{
	open_doors(false);
	office.files = str_printf(test_arena(), "%s/files", site->dir).at;
	site->house.upload_keep = upload_keep;
}
