/* The counter: helping people of the unit to an account. Also used by administrators, for officials. */
#pragma once

#include "office/unit.h"
#include "web/sign_pages.h"

struct counter_page {
	const struct frame *frame;
	struct str title, kicker, typed;
	struct url find, add;
	struct links units; /* where else this person serves */
	struct str unit_code;
	struct table *people; /* NULL: nobody fits */
	bool more;
};

struct person_page {
	const struct frame *frame;
	struct str title, kicker;
	const struct banner *banner;
	struct kvs facts;
	struct table *offices; /* NULL: none */
	bool official;         /* the counter prints no code for this person */
	const struct form *slip, *verify, *close, *factor; /* NULL: not to be had */
};

/* What is handed to a person: one sheet of A4, shown once. */
struct slip_page {
	const struct frame *frame;
	struct str title, office, name, login, code, by;
	struct instant made_at, until;
	struct str address;
	struct html qr;
	struct url back;
};

/* Adds the person and the account of a form of counter_fields, to this unit. */
MUST_USE enum err person_take(struct req *r, int64_t unit, int64_t *out);
/* Makes a code for the person and shows the sheet; `back` is where to go on. */
MUST_USE enum err slip_print(struct req *r, int64_t person, struct url back);
/* Name, login and state of the account. */
MUST_USE enum err person_facts(struct req *r, const struct person *p, struct kvs *out,
			       struct account *account, bool *has_account);
/* The word in ?xong= as a banner; NULL: none. */
const struct banner *person_done(struct req *r);
