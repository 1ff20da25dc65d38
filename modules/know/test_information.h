/* Steps of a request for information in one line each. */
#pragma once

#include "modules/know/information_answer.h"
#include "modules/know/information_steps.h"
#include "tests/small_site.h"

enum { ASKER = 21, STRANGER = 22 };

static struct small_site s;
static const struct member asker = { .person = ASKER, .name = S_INIT("Nguyễn Văn Mẫu") };
static const struct member stranger = { .person = STRANGER, .name = S_INIT("Trần Thị Mẫu") };

static inline struct tx *site(const char *now)
{
	struct tx *tx = small_site(&s, now);
	for (int64_t id = 11; id <= STRANGER; id++) {
		struct query q = db_query(tx, "INSERT INTO person (id, name, made_at)"
					      " VALUES ($1, $2, 0)");
		BIND(&q, id, id < 20 ? S("Cán bộ Mẫu") : S("Người dân Mẫu"));
		CHECK_INT(db_exec(&q), OK);
	}
	return tx;
}

static inline struct information question(void)
{
	return (struct information){
		.title = S("Quyết toán kinh phí làm đường thôn Đông"),
		.body = S("Năm 2020"),
		.wanted = S("online"),
		.name = S("Nguyễn Văn Mẫu"),
		.address = S("Thôn Đông, xã Mẫu"),
		.identity = S("000000000000"),
		.contact = S("0900000000"),
		.purpose = S("Để giám sát công trình"),
		.valid_on = NO_DATE,
		.ready_on = NO_DATE,
		.extended_to = NO_DATE,
		.answered_on = NO_DATE,
	};
}

static inline enum err open_with(struct tx *tx, const struct member *who, const char *step,
				 struct information form, const char *on, struct faults *faults,
				 struct dossier **d)
{
	struct step_input in = { .on = test_date(on) };
	tx->who = who;
	tx->err = OK;
	return dossier_open(tx, &information_kind, SMALL_COMMUNE, step, &form, &in, faults, d);
}

static inline struct dossier *sent(struct tx *tx, const char *on)
{
	struct dossier *d = NULL;
	if (open_with(tx, &asker, "send", question(), on, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static inline struct dossier *entered(struct tx *tx, const char *way, const char *complexity,
				      const char *on)
{
	struct dossier *d = NULL;
	struct information form = question();
	form.way = str_of(way);
	form.complexity = str_of(complexity);
	if (open_with(tx, &s.clerk, "enter", form, on, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static inline enum err take(struct tx *tx, struct dossier *d, const struct member *who,
			    const char *step, const void *form, const char *on)
{
	return small_site_take(tx, d, who, step, form, on, NULL);
}

static inline void accept(struct tx *tx, struct dossier *d, const char *complexity, const char *on)
{
	struct information form = question();
	form.complexity = str_of(complexity);
	form.place = S("Bộ phận một cửa");
	form.cost = 25000;
	CHECK_INT(take(tx, d, &s.clerk, "accept", &form, on), OK);
}

static inline void answer(struct tx *tx, struct dossier *d, const struct member *who,
			  const char *on)
{
	struct information form = question();
	form.extent = S("full");
	form.answer = S("Tổng kinh phí **850.000.000 đồng**.");
	CHECK_INT(take(tx, d, who, "answer", &form, on), OK);
}

/* The one sentence that a form comes back with. */
static inline void says(const struct faults *faults, const char *field, enum msg text)
{
	CHECK_INT(faults->n, 1);
	CHECK_STR(str_of(faults->at[0].field), str_of(field));
	CHECK_STR(faults->at[0].text, msg_plain(LANG_VI, text));
}
