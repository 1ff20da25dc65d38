/* A feature of Đình: one folder below modules/, described by one constant. To add one, make the
 * folder and add its name to the list in modules/meson.build; the build makes the table from it. */
#pragma once

#include "office/kind.h"
#include "web/route.h"

struct dossier;
struct interview;
struct item;
struct items;
struct kvs;
struct list_row;
struct office;
struct relation;
struct req;
struct unit;
struct url;

/* A part of a page that belongs to another room: a section of the dossier page, of a unit's page,
 * of the home page. It writes to r->out, or nothing. */

/* Asked of an official before he opens a dossier by a step: which open matters may be the same. They are shown
 * above the form, and its field says whether it is one of them. */
struct same_matter {
	const struct kind *kind;
	const char *step, *field;
	/* `d` is blank, and afterwards says what the form says, so far as the field's options need it. */
	enum err (*find)(struct req *r, struct dossier *d, const void *form, struct items *out);
};

struct module {
	const char *name;                /* its folder */
	const struct kind *const *kinds; /* ended by NULL */
	const struct route *routes;      /* extra pages, ended by { 0 }; NULL: none */
	/* Forms that citizens fill in one question a page (web/interview.h), ended by NULL; NULL: none. */
	const struct interview *const *interviews;
	const struct same_matter *same; /* NULL: nothing is asked */
	/* Its own tables, for exports of the whole site, ended by { 0 }; NULL: none. */
	const struct relation *relations;
	/* What only this feature can show of its dossiers: called once for each place of the page. Under
	 * the title; in place of the table of fields and the text, when it writes anything; after them;
	 * beside them. */
	enum err (*on_dossier_head)(struct req *r, const struct dossier *d);
	enum err (*on_dossier_content)(struct req *r, const struct dossier *d);
	enum err (*on_dossier)(struct req *r, const struct dossier *d);
	enum err (*on_dossier_side)(struct req *r, const struct dossier *d);
	enum err (*on_unit)(struct req *r, const struct unit *u, struct date day);
	enum err (*on_home)(struct req *r, const struct unit *root);
	enum err (*on_home_side)(struct req *r, const struct unit *root); /* under the look-up */
	enum err (*on_queue)(struct req *r); /* under the queue of who works here */
	/* Of a matter that this reader may not open, the page with the part of it that is his to read; false:
	 * he has none. */
	bool (*apart)(struct req *r, const struct dossier *d, struct url *out);
	/* What lists show of a row of its kinds besides title, unit and day, which `out` holds already.
	 * Whether this reader may see the content it asks the gate itself. */
	enum err (*item)(struct req *r, const struct list_row *row, struct item *out);
	/* What the fields do not say: the law it rests on. `out` has room for two more. */
	void (*facts)(struct req *r, const struct dossier *d, struct kvs *out);
	/* What the receipt of its matters says besides; `facts` has room for two more. A text message of
	 * its own, short and without diacritics, while the secret is known. */
	void (*receipt)(struct req *r, const struct dossier *d, struct str office,
			struct str secret, struct kvs *facts, struct str *sms);
	/* What a duty of this rule asks for: "Công khai trong thời hạn". Not ours: false. */
	bool (*duty)(struct tx *tx, struct str rule, struct str about, enum lang lang,
		     struct str *out);
	/* What a kind's facet means in words: "Phí, lệ phí do xã thu". Not ours: false. */
	bool (*facet)(struct tx *tx, struct str kind, struct str value, enum lang lang,
		      struct str *out);
	/* In lists of duties, where the dossier's own title does not say it: a period of a plan. */
	bool (*about)(struct tx *tx, struct str rule, struct str about, enum lang lang,
		      struct str *out);
};

/* Made by the build from the list in modules/meson.build; ended by NULL. */
extern const struct module *const modules[];

/* Every kind of the program, the office's own last; ended by NULL. */
const struct kind *const *every_kind(struct arena *a);
/* Every table of the program: the lists of the rooms and of the modules, in an order in which
 * what a row refers to stands before it; ended by NULL. */
const struct relation *const *every_relation(struct arena *a);
/* Every address of the program. */
struct router *every_route(struct arena *a, const struct office *o);
