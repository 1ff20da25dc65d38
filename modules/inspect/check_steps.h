/* What the table of checks names. */
#pragma once

#include "modules/inspect/check.h"

struct check_recover { /* recover: what came back since */
	int64_t more_money, more_money_other, more_land, more_land_other, more_deducted;
	struct str source;
	struct file_refs evidence;
};

enum err check_begin_plan(struct tx *tx, const struct dossier *d, void *form);
enum err check_subject_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out);
enum err check_prepare_plan(struct tx *tx, const struct dossier *d, void *form);
enum err check_check_plan(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			  struct faults *faults);
void check_apply_plan(struct fold *f, const void *form);
void check_apply_drop(struct fold *f, const void *form);
enum err check_check_announce(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
void check_apply_announce(struct fold *f, const void *form);
enum err check_check_postpone(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
void check_apply_postpone(struct fold *f, const void *form);
void check_apply_cancel(struct fold *f, const void *form);
bool check_subject_report_futile(struct tx *tx, const struct dossier *d);
enum err check_check_subject_report(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults);
void check_apply_subject_report(struct fold *f, const void *form);
enum err check_check_hold(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			  struct faults *faults);
bool check_hold_futile(struct tx *tx, const struct dossier *d);
void check_apply_hold(struct fold *f, const void *form);
void check_apply_report(struct fold *f, const void *form);
enum err check_check_recover(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults);
void check_apply_recover(struct fold *f, const void *form);
