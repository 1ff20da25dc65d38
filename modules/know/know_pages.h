/* What only dân biết shows: a unit's register of what it must disclose, the notice to hang, the text
 * to read on the loudspeakers, and the import of past disclosures. */
#pragma once

#include "office/unit.h"
#include "web/parts.h"
#include "web/req.h"

struct register_row {
	struct str matter, law, every, forms;
	struct str deadline;
	int64_t published; /* this year, at this unit */
	struct url list;
	bool unverified, house;
};
struct register_part {
	struct str caption, none;
	struct {
		struct register_row *at;
		size_t n;
	} rows;
	struct table duties; /* most urgent first */
	struct url all;
	struct url owed, plan, import; /* "": none */
	bool unverified;
};

struct photo {
	struct url whole, thumb;
	struct str caption, size; /* where and when; "JPEG, 380 KB" */
};
struct evidence_part {
	struct str owed; /* "Còn phải dùng: ...", while the duty to publish is open */
	struct str run;  /* "Tại trụ sở đã được 12/30 ngày, đến hết ..." */
	int64_t percent;
	struct {
		struct photo *at;
		size_t n;
	} photos;
};

struct aloud_page {
	struct frame *frame;
	struct link back;
	struct str title;
	struct strs sentences;
};

struct import_row {
	int64_t line;
	struct str title, matter, issued_on, published_on;
	struct strs faults; /* "cột issued_on: ..." */
};
struct import_page {
	struct frame *frame;
	struct link back;
	struct url action;
	struct str token, text; /* the file as it was read, carried to the second step */
	struct str problem;     /* the file could not be read at all */
	int64_t good, bad;
	struct {
		struct import_row *at;
		size_t n;
	} rows;
	bool preview;
};

/* Hooks of struct module. */
enum err know_on_unit(struct req *r, const struct unit *u, struct date day);
enum err know_on_dossier(struct req *r, const struct dossier *d);
void know_facts(struct req *r, const struct dossier *d, struct kvs *out);
enum err know_on_dossier_side(struct req *r, const struct dossier *d);
bool know_duty(struct tx *tx, struct str rule, struct str about, enum lang lang, struct str *out);
bool know_facet(struct tx *tx, struct str kind, struct str value, enum lang lang, struct str *out);
bool know_about(struct tx *tx, struct str rule, struct str about, enum lang lang, struct str *out);

/* GET /ho-so/{code}/niem-yet, /ho-so/{code}/doc-loa */
enum err notice_show(struct req *r);
enum err aloud_show(struct req *r);
/* GET and POST /cong-khai/nhap/{unit} */
enum err import_show(struct req *r);
enum err import_post(struct req *r);
