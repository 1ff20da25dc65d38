/* Verification: a code, a check value or a whole receipt is pasted, and one clear answer comes back.
 * Everything is computed again from the stored log and checked against its signature; of private
 * matters the answer holds nothing but a day. */
#pragma once

#include "web/form.h"
#include "web/parts.h"

struct verify_page {
	struct frame *frame;
	struct url action;
	struct str typed;            /* in the field for codes */
	const struct banner *banner; /* NULL: nothing was asked */
	struct strs advice;          /* what to do when the answer is not good */
	struct kvs facts;
	bool limits; /* say what is proved and what is not */
	struct strs notes;
	struct table acts;    /* without rows: none */
	struct table details; /* for those who know; without rows: none */
	struct links downloads;
	struct table witnesses;  /* who else has seen the log; without rows: nobody */
	struct str policy;       /* a file to begin with, for who verifies with witnesses */
	const struct form *form; /* for receipts */
	bool form_open;
	struct strs keys; /* of the log, the newest first; two while they change */
	struct url checkpoint, key_url, format, program, help;
};

/* GET /kiem-chung?ma=...; POST with a receipt. */
enum err verify_show(struct req *r);
enum err verify_prepare(struct req *r);
enum err verify_post(struct req *r);
/* GET /kiem-chung/log-format.md, /kiem-chung/verify-log.py: what checking without this site needs. */
enum err verify_file(struct req *r);

struct verify_form {
	struct str bien_nhan, noi_dung;
};
extern const struct field verify_fields[];
