/* Inside the kind: the forms of its steps, and what those steps do. The tables that bring them
 * together are disclosure_tables.c. */
#pragma once

#include "modules/know/disclosure.h"
struct correction { /* correct */
	struct str title, body, number, names;
	struct file_refs files, name_files;
	struct str reason;
	bool has_names;
};

struct post_form { /* post */
	struct str place;
	struct file_refs photos;
};

struct sheet_form {        /* torn, seen, unpost: about one sheet */
	struct str sheet;  /* the number of its line */
	struct date again; /* torn: the day it was hung anew, if it was */
	struct file_refs photos;
};

struct run_form { /* run_over */
	struct str sheet;
};

struct broadcast_form { /* broadcast */
	int64_t days, times;
	struct file_refs photos;
};

struct use_form { /* use_form */
	struct str form;
	struct str note;
	struct file_refs photos;
};

struct nothing { /* expire_names */
	struct str remark;
};

/* --- The law of a day, and what may be chosen --- */

struct str disclosure_regime_word(enum regime regime);
enum err disclosure_matter_options(struct tx *tx, const void *subject, enum lang lang,
				   struct choices *out);
bool disclosure_matter_label(struct tx *tx, const void *subject, enum lang lang, struct str value,
			     struct str *out);
enum err disclosure_place_options(struct tx *tx, const void *subject, enum lang lang,
				  struct choices *out);
bool disclosure_place_label(struct tx *tx, const void *subject, enum lang lang, struct str value,
			    struct str *out);
enum err disclosure_sheet_options(struct tx *tx, const void *subject, enum lang lang,
				  struct choices *out);
enum err disclosure_form_options(struct tx *tx, const void *subject, enum lang lang,
				 struct choices *out);

/* --- Content: recorded, approved, corrected --- */

enum err disclosure_prepare_content(struct tx *tx, const struct dossier *d, void *form);
enum err disclosure_check_content(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults);
void disclosure_apply_record(struct fold *f, const void *form);
enum err disclosure_prepare_publish(struct tx *tx, const struct dossier *d, void *form);
void disclosure_apply_publish(struct fold *f, const void *form);
enum err disclosure_fulfil_plan(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form);
enum err disclosure_prepare_correction(struct tx *tx, const struct dossier *d, void *form);
void disclosure_apply_correct(struct fold *f, const void *form);

/* --- Forms of publication --- */

enum err disclosure_check_post(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
void disclosure_apply_post(struct fold *f, const void *form);
enum err disclosure_check_torn(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
void disclosure_apply_torn(struct fold *f, const void *form);
enum err disclosure_check_seen(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
void disclosure_apply_seen(struct fold *f, const void *form);
enum err disclosure_check_taken(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
void disclosure_apply_taken(struct fold *f, const void *form);
void disclosure_apply_run_over(struct fold *f, const void *form);
enum err disclosure_check_broadcast(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults);
void disclosure_apply_broadcast(struct fold *f, const void *form);
void disclosure_apply_use(struct fold *f, const void *form);
void disclosure_apply_expire(struct fold *f, const void *form);

/* --- Shared by both --- */

/* A run of posting days, which hangs on a line; days on air do not. */
bool disclosure_is_posting_run(const struct duty *y);
void disclosure_meet_when_complete(struct fold *f);
void disclosure_use_form(struct fold *f, struct str code, struct date on);
/* Counts the first use of a form for reports. To be called before its line is added. */
void disclosure_count_use(struct fold *f, struct str form, struct date on);
void disclosure_set_wake(struct fold *f);
enum err disclosure_wake(struct tx *tx, struct dossier *d);
