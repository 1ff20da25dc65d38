/* What the table of recommendations names. */
#pragma once

#include "modules/inspect/recommendation.h"

struct recommendation_reason { /* press, extend, insist, reject */
	struct str reason;
	struct date until;
};

enum err recommendation_begin(struct tx *tx, const struct dossier *d, void *form);
enum err recommendation_to_options(struct tx *tx, const void *subject, enum lang lang,
				   struct choices *out);
enum err recommendation_check_options(struct tx *tx, const void *subject, enum lang lang,
				      struct choices *out);
bool recommendation_check_label(struct tx *tx, const void *subject, enum lang lang,
				struct str value, struct str *out);
enum err recommendation_prepare(struct tx *tx, const struct dossier *d, void *form);
enum err recommendation_check_send(struct tx *tx, const struct dossier *d, const void *form,
				   struct date on, struct faults *faults);
void recommendation_apply_send(struct fold *f, const void *form);
enum err recommendation_check_answer(struct tx *tx, const struct dossier *d, const void *form,
				     struct date on, struct faults *faults);
void recommendation_apply_answer(struct fold *f, const void *form);
void recommendation_apply_decline(struct fold *f, const void *form);
bool recommendation_press_futile(struct tx *tx, const struct dossier *d);
enum err recommendation_check_press(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults);
void recommendation_apply_press(struct fold *f, const void *form);
enum err recommendation_check_extend(struct tx *tx, const struct dossier *d, const void *form,
				     struct date on, struct faults *faults);
void recommendation_apply_extend(struct fold *f, const void *form);
void recommendation_apply_report(struct fold *f, const void *form);
void recommendation_apply_confirm(struct fold *f, const void *form);
enum err recommendation_check_reject(struct tx *tx, const struct dossier *d, const void *form,
				     struct date on, struct faults *faults);
void recommendation_apply_reject(struct fold *f, const void *form);
void recommendation_apply_insist(struct fold *f, const void *form);
void recommendation_apply_leave(struct fold *f, const void *form);
