/* The due-date calculator: any rule of the law, any day, and how the days were counted. Works by GET
 * alone, so that an answer has an address. */
#pragma once

#include "web/parts.h"
#include "web/req.h"

struct due_choice {
	struct str value, label;
	bool chosen;
};
struct due_group {
	struct str label;
	struct {
		struct due_choice *at;
		size_t n;
	} choices;
};
struct added_row {
	struct date day;
	struct str name, what;
	struct instant recorded_at;
};

struct due_page {
	struct frame *frame;
	struct url action;
	struct {
		struct due_group *at;
		size_t n;
	} groups;
	struct str date;       /* as typed, or today */
	struct str rule_fault; /* what is wrong with the field; "" when nothing is */
	struct str date_fault;
	const struct banner *banner; /* NULL: nothing was asked yet */
	struct strs doubts;          /* each a sentence beside the answer */
	struct kvs facts;
	struct day_count count; /* without a rule: none to show */
	struct url json;        /* "": none */
	struct {
		struct added_row *at;
		size_t n;
	} added;
};

/* GET /tinh-han?quy-tac=RULE&ngay=DAY, also .json with the keys of `dinh due --json`. */
enum err due_show(struct req *r);
