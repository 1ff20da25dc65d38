/* Steps of a disclosure in one line each, for the tests of this folder. */
#pragma once

#include "modules/know/disclosure.h"
#include "tests/small_site.h"

static struct small_site s;

/* --- Steps in one line each --- */

static inline enum err take(struct tx *tx, struct dossier *d, const struct member *who,
			    const char *step, void *form, const char *on)
{
	struct step_input in = { .on = on ? test_date(on) : NO_DATE };
	tx->who = who;
	return step_take(tx, d, step, form, &in, NULL);
}

static inline struct dossier *record(struct tx *tx, const char *matter, const char *issued_on,
				     const char *names)
{
	struct dossier *d = NULL;
	struct disclosure form = {
		.matter = str_of(matter),
		.title = S("Dự toán ngân sách xã năm 2021"),
		.body = S("Tổng thu **850.000.000** đồng."),
		.issuer = S("HĐND xã"),
		.number = S("18/NQ-HĐND"),
		.issued_on = test_date(issued_on),
		.names = str_of(names),
	};
	struct step_input in = { .on = test_date(issued_on) };
	tx->who = &s.clerk;
	CHECK_INT(dossier_open(tx, &disclosure_kind, SMALL_COMMUNE, "record", &form, &in, NULL, &d),
		  OK);
	return d;
}

struct ticks {
	bool no_secret, names_lawful;
	struct str remark;
};

static inline void publish(struct tx *tx, struct dossier *d, const char *on)
{
	struct ticks ticks = { true, true, S("") };
	CHECK_INT(take(tx, d, &s.clerk, "submit", &ticks, on), OK);
	void *form = step_form(tx->mem, kind_step(d->kind, S("publish")));
	CHECK_INT(take(tx, d, &s.leader, "publish", form, on), OK);
}

struct place {
	struct str place;
	struct file_refs files;
};
static inline void post(struct tx *tx, struct dossier *d, const char *place, const char *on)
{
	struct place form = { .place = str_of(place) };
	CHECK_INT(take(tx, d, &s.clerk, "post", &form, on), OK);
}

struct air {
	int64_t days, times;
	struct file_refs files;
};
static inline void broadcast(struct tx *tx, struct dossier *d, int64_t days, const char *on)
{
	struct air form = { .days = days, .times = 2 };
	CHECK_INT(take(tx, d, &s.clerk, "broadcast", &form, on), OK);
}

struct use {
	struct str form, note;
	struct file_refs files;
};
static inline void tell_heads(struct tx *tx, struct dossier *d, const char *on)
{
	struct use form = { .form = S("TRUONGTHON"), .note = S("8 trưởng thôn") };
	CHECK_INT(take(tx, d, &s.clerk, "use_form", &form, on), OK);
}

struct sheet {
	struct str sheet;
	struct date again;
	struct file_refs files;
};

static inline const struct duty *duty_of(const struct dossier *d, const char *rule, int line)
{
	for (size_t i = d->duties.n; i > 0; i--) {
		const struct duty *y = &d->duties.at[i - 1];
		if (str_eq(y->rule, str_of(rule)) && y->line == line)
			return y;
	}
	FAIL("no duty of %s on line %d", rule, line);
}

struct correction_form {
	struct str title, body, number, names;
	struct file_refs files, name_files;
	struct str reason;
	bool has_names;
};

struct takedown_form {
	struct str ground, detail;
};
