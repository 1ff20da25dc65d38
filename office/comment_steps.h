/* Inside the kind: the forms of its steps, and what those steps do. The tables that bring them
 * together are comment_tables.c. */
#pragma once

#include "office/comment.h"
#include "office/form.h"

struct comment_hide {
	struct str ground;
	struct str detail;      /* for officials */
	struct str hidden_role; /* filled by the step */
};

struct comment_answer {
	struct str answer;
};

struct comment_appeal {
	struct str appeal;
};

struct comment_reason { /* uphold, restore */
	struct str reason;
};

enum err comment_about_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out);

enum err comment_prepare_send(struct tx *tx, const struct dossier *d, void *form);
enum err comment_prepare_enter(struct tx *tx, const struct dossier *d, void *form);
enum err comment_check_send(struct tx *tx, const struct dossier *d, const void *form,
			    struct date on, struct faults *faults);
unsigned comment_leads_send(const struct dossier *d, const void *form);
void comment_apply_send(struct fold *f, const void *form);

unsigned comment_leads_approve(const struct dossier *d, const void *form);
void comment_apply_approve(struct fold *f, const void *form);
void comment_apply_answer(struct fold *f, const void *form);
void comment_apply_withdraw(struct fold *f, const void *form);

/* Of what was sent at least half of the letters stay readable: more is hiding it, which its author may appeal
 * against. However often something was hidden before. */
enum err comment_check_redact(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
enum err comment_prepare_hide(struct tx *tx, const struct dossier *d, void *form);
void comment_apply_hide(struct fold *f, const void *form);
enum err comment_check_appeal(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
bool comment_appeal_futile(struct tx *tx, const struct dossier *d);
void comment_apply_appeal(struct fold *f, const void *form);
/* Of an appeal decides somebody else than who hid it; what was erased cannot come back. */
enum err comment_check_decide(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
bool comment_decide_futile(struct tx *tx, const struct dossier *d);
void comment_apply_uphold(struct fold *f, const void *form);
unsigned comment_leads_restore(const struct dossier *d, const void *form);
void comment_apply_restore(struct fold *f, const void *form);
void comment_apply_erase(struct fold *f, const void *form);
enum err comment_wake(struct tx *tx, struct dossier *d);
