/* The form by which a citizen opens a matter, asked one question a page and kept as a draft between the
 * answers (web/draft_page.h): a table over the form of a step. Which office will receive it, and by when it
 * has to act, is said before anything is written and again before it is sent. Without JavaScript; whatever
 * was answered can be changed from the last page.
 *
 *     /gui/{kind}?FIELD=VALUE      which office; then the draft begins, with those answers
 *     /nhap/{code}/{question}      one question; from the last page with ?sua=1
 *     /nhap/{code}                 everything at once, and the button that sends it */
#pragma once

#include "office/kind.h"
#include "web/draft_page.h"

enum { QUESTION_FIELDS = 6 };

struct interview_question {
	const char *slug;
	enum msg asks;                       /* the heading */
	enum msg help;                       /* an example; MSG_NONE */
	const char *fields[QUESTION_FIELDS]; /* of the step's form */
	bool aside;   /* answered before the draft began; asked again only to change it */
	bool similar; /* when it is answered, what is known of the same matter is shown */
};

struct interview {
	const struct kind *kind;
	const char *step;  /* that opens the dossier */
	const char *start; /* where one who has not yet begun is led: "/kien-nghi/gui" */
	enum msg title;    /* of the last page */
	enum msg office;   /* "which office?" */
	const struct interview_question *questions; /* ended by { 0 } */
	/* What the office has to do, and by when, if it is sent today. */
	enum err (*promise)(struct req *r, const void *form, struct str *out);
	/* Open matters that may be the same, as far as this reader may know of them. */
	enum err (*similar)(struct req *r, int64_t unit, const void *form, struct items *out);
};

struct interview_question_page {
	struct frame *frame;
	struct str title, help, step; /* step: "Câu 2 trong 6" */
	struct link back;
	const struct draft_strip *strip;
	const struct form *form;
};
struct interview_office_page {
	struct frame *frame;
	struct str title, promise, typed;
	struct url find;
	struct pairs hidden;             /* of the search */
	const struct draft_strip *strip; /* NULL: not begun */
	const struct form *form;         /* NULL: no office is named yet */
	bool none;                       /* nothing of that name */
};
struct interview_similar_page {
	struct frame *frame;
	struct str title;
	const struct draft_strip *strip;
	struct items items;
	struct url stop, on;
};
struct interview_check_page {
	struct frame *frame;
	struct str title, receives, promise;
	struct kvs answers;
	const struct draft_strip *strip;
	const struct form *form;
	struct url stop;
};

extern const struct route interview_routes[];

/* --- Between the files of web/interview*.c --- */

struct asked_draft {
	struct draft draft;
	const struct interview *of;
	const struct step *step;
	struct dossier *blank; /* what it will be, at the unit where it goes */
	void *form;            /* of the step, as the draft says it */
};
MUST_USE enum err interview_asked(struct req *r, struct asked_draft *out);
/* NULL: none of that kind. */
const struct interview *interview_of(struct str kind_name);
const struct interview *interview_by_slug(struct str slug);
/* Where to go on after a question (NULL: from the beginning). */
struct url interview_next(struct req *r, const struct asked_draft *a,
			  const struct interview_question *after);
/* The question that asks for a field; NULL: none does. */
const struct interview_question *interview_asks(const struct interview *of, struct str field);
/* Shows that it was changed from the last page. */
bool interview_is_change(const struct req *r);

/* GET and POST /gui/{kind}, /nhap/{code}/co-quan */
enum err interview_begin_show(struct req *r);
enum err interview_begin_post(struct req *r);
enum err interview_office_show(struct req *r);
enum err interview_office_post(struct req *r);
/* GET /nhap/{code}, POST /nhap/{code}/gui, GET /nhap/{code}/trung */
enum err interview_check_show(struct req *r);
enum err interview_send_post(struct req *r);
enum err interview_similar_show(struct req *r);
