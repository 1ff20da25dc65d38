/* What visit_tables.c names: forms beside struct visit, and the functions for what no table can say. */
#pragma once

#include "modules/inspect/visit.h"

/* A petition, as it was told at the counter. */
struct visit_take {
	struct str which, summary, told, wish,
		where; /* named so that they say nothing of the visit */
	struct file_refs papers;
	struct str name, address, identity, contact;
};
struct visit_link {
	struct str code, which;
};
/* What the book counts, as it should be and as it was. */
struct visit_correct {
	int64_t people, was_people;
	struct str by, type, round, was_by, was_round;
	struct str reason;
};

enum err visit_slot_options(struct tx *tx, const void *subject, enum lang lang,
			    struct choices *out);
enum err visit_entry_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out);
enum err visit_begin_enter(struct tx *tx, const struct dossier *d, void *form);
enum err visit_begin_book(struct tx *tx, const struct dossier *d, void *form);
enum err visit_begin_take(struct tx *tx, const struct dossier *d, void *form);
enum err visit_prepare(struct tx *tx, const struct dossier *d, void *form);
enum err visit_prepare_receive(struct tx *tx, const struct dossier *d, void *form);
enum err visit_check_enter(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults);
enum err visit_check_book(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			  struct faults *faults);
enum err visit_check_came(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			  struct faults *faults);
bool visit_came_futile(struct tx *tx, const struct dossier *d);
unsigned visit_leads(const struct dossier *d, const void *form);
void visit_apply_opened(struct fold *f, const void *form);
void visit_apply_received(struct fold *f, const void *form);
enum err visit_prepare_correct(struct tx *tx, const struct dossier *d, void *form);
void visit_apply_correct(struct fold *f, const void *form);
void visit_apply_strike(struct fold *f, const void *form);
void visit_apply_answered(struct fold *f, const void *form);
void visit_apply_notified(struct fold *f, const void *form);
void visit_apply_link(struct fold *f, const void *form);
enum err visit_stored_take(struct tx *tx, struct dossier *d, const struct act *act,
			   const void *form);
