/* What the pages of administration share. Every one of them asks whether the member administers the
 * unit today; the domain functions ask again. */
#pragma once

#include "office/unit_import.h"
#include "web/counter_page.h"

struct form_list {
	struct form **at;
	size_t n;
};

struct admin_page {
	const struct frame *frame;
	struct str kicker, title, lede;
	const struct banner *banner; /* NULL: none */
	struct links ways;           /* buttons, the first the main one */
	const struct form *form;     /* NULL: none */
	bool takes_table;            /* the form also asks for a CSV file */
	struct table *table, *more;  /* NULL: none */
	struct str empty;            /* instead of the table */
	struct str note;
	const struct form_list *ends; /* small forms of one button; NULL: none */
};

struct admin_unit_page {
	const struct frame *frame;
	struct str kicker, title;
	const struct banner *banner;
	struct table *offices, *beneath, *places; /* NULL: none */
	struct links office_ways, beneath_ways;
	struct links site_ways; /* what holds for the whole site: at its root alone */
	struct link places_way;
	struct kvs facts;
	struct url find;
	struct str typed;
};

/* The unit of the address. ERR_DENIED: this member does not administer it. */
MUST_USE enum err admin_find(struct req *r, struct unit *out);
struct url admin_url(struct req *r, const struct unit *u);
/* Back to the unit's page, which says what was done. */
enum err admin_back(struct req *r, const struct unit *u, const char *done);
/* The unit the site is rooted at. ERR_DENIED: no administrator of it. */
MUST_USE enum err admin_find_root(struct req *r, struct unit *out);
/* A frame whose crumbs lead to the unit's page. */
struct frame *admin_frame(struct req *r, const struct unit *u, struct str title);
/* A page that is one form, for a unit. */
enum err admin_form(struct req *r, const struct unit *u, enum msg title, struct str lede,
		    const struct field *fields, const void *initial, struct url action,
		    enum msg submit);

enum err admin_start(struct req *r);
enum err admin_unit(struct req *r);

enum err admin_add_show(struct req *r);
enum err admin_add(struct req *r);
enum err admin_appoint_show(struct req *r);
enum err admin_appoint(struct req *r);
enum err admin_stand_in_show(struct req *r);
enum err admin_stand_in(struct req *r);
enum err admin_end_show(struct req *r);
enum err admin_end(struct req *r);
extern const struct field admin_appoint_fields[], admin_stand_in_fields[], admin_end_fields[];

enum err admin_person(struct req *r);
enum err admin_person_slip(struct req *r);
enum err admin_person_close(struct req *r);
enum err admin_person_open(struct req *r);
enum err admin_person_factor(struct req *r);

enum err admin_facts_show(struct req *r);
enum err admin_facts(struct req *r);
enum err admin_places_show(struct req *r);
enum err admin_place_add(struct req *r);
enum err admin_place_end(struct req *r);
extern const struct field admin_facts_fields[], admin_place_fields[];

enum err admin_import_show(struct req *r);
enum err admin_import_prepare(struct req *r);
enum err admin_import_preview(struct req *r);
enum err admin_import_write(struct req *r);

enum err admin_factor_show(struct req *r);
enum err admin_factor_post(struct req *r);
extern const struct field admin_factor_fields[];

enum err admin_days_show(struct req *r);
enum err admin_days_post(struct req *r);
