/* Steps of a denunciation in one line each, at a commune of a district. */
#pragma once

#include "modules/inspect/denunciation.h"
#include "modules/inspect/test_petition.h"
#include "office/access.h"
#include "office/gate.h"

/* In no word of any page but the case's own. */
#define MARK_TITLE "Thu tiền sai quy định ở bộ phận zzmk"
#define MARK_NAME "Trần Thị Zzqx"

static inline struct petition breach(void)
{
	struct petition x = blank();
	x.accused = S("Lê Văn B, công chức địa chính");
	x.title = S(MARK_TITLE);
	x.body = S("Nhận tiền của người dân khi làm hồ sơ đất.");
	x.name = S(MARK_NAME);
	x.address = S("Thôn Đông, xã Mẫu");
	x.contact = S("0900000001");
	x.people = 1;
	return x;
}

static inline enum err denounce_as(struct tx *tx, const struct member *who, const char *step,
				   const struct petition *x, const char *on, struct faults *faults,
				   struct dossier **d)
{
	struct petition form = *x;
	struct step_input in = { .on = test_date(on) };
	tx->who = who;
	tx->err = OK;
	return dossier_open(tx, &petition_kind, SMALL_COMMUNE, step, &form, &in, faults, d);
}

static inline void seat(struct tx *tx, const struct appointment *a)
{
	struct query q =
		db_query(tx, "INSERT INTO appointment (id, person, unit, role, field, valid_from,"
			     " valid_to, made_at) VALUES ($1, $2, $3, $4, '', '2019-01-01',"
			     " '9999-12-31', 0)");
	BIND(&q, a->id, a->person, a->unit, role_word(a->role));
	run(tx, &q);
}

/* The same site, whose officials can be named. */
static inline struct tx *sealed_site(const char *now)
{
	struct tx *tx = site(now);
	for (size_t i = 0; i < LENGTH(s.held); i++)
		seat(tx, &s.held[i]);
	seat(tx, &above_held);
	return tx;
}

/* From a visitor's telephone. */
static inline struct dossier *denounced(struct tx *tx, const char *on)
{
	struct petition x = breach();
	struct dossier *d = NULL;
	if (denounce_as(tx, NULL, "denounce", &x, on, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

/* Who holds the receipt takes a step. */
static inline enum err by_receipt(struct tx *tx, struct dossier *d, const char *step,
				  const void *form, const char *on)
{
	tx->receipt = d->id;
	enum err e = small_site_take(tx, d, NULL, step, form, on, NULL);
	tx->receipt = 0;
	return e;
}

static inline enum err admit(struct tx *tx, struct dossier *d, const struct member *by,
			     const struct member *whom, const char *access, const char *until,
			     const char *on)
{
	struct admission form = {
		.official = str_printf(tx->mem, "%lld", (long long)whom->at[0].id),
		.access = str_of(access),
		.until = until ? test_date(until) : NO_DATE,
		.reason = S("Phân công xác minh"),
	};
	return small_site_take(tx, d, by, "admit", &form, on, NULL);
}

static inline void accept(struct tx *tx, struct dossier *d, const char *on)
{
	struct petition form = blank();
	form.number = S("7/QĐ-UBND");
	small_site_done(tx, d, &s.leader, "accept_denunciation", &form, on);
}

static inline void conclude(struct tx *tx, struct dossier *d, const struct member *who,
			    const char *decision, const char *on)
{
	struct petition form = blank();
	form.decision = str_of(decision);
	form.number = S("9/KL-UBND");
	form.answer = S("Có việc thu tiền ngoài quy định; yêu cầu trả lại.");
	form.files = small_site_file(tx, "ket-luan.pdf");
	small_site_done(tx, d, who, "conclude", &form, on);
}

/* The law's day after or before one. */
static inline const char *day_of(struct date d, int more)
{
	return str_printf(test_arena(), "%.*s", STR_ARG(date_iso(test_arena(), date_add(d, more))))
		.at;
}
