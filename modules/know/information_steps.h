/* Inside the kind: the forms of its steps that say more than the dossier, and what those steps do. The
 * tables that bring them together are information_tables.c. */
#pragma once

#include "modules/know/information.h"

struct information_extend { /* extend */
	int64_t days;       /* as the law counts them there */
	struct str ground, reason;
	struct date until; /* computed when it was entered */
};
struct information_transfer { /* transfer */
	struct str to;        /* a unit's code */
	struct str reason;
	int64_t holder; /* its id, found when it was entered */
};
struct information_withdraw { /* withdraw */
	struct str reason;
};
struct information_publish { /* publish: as everybody will read it */
	struct str question, text;
	struct file_refs shown_files;
	bool no_secret, names_lawful;
};

enum err information_begin_send(struct tx *tx, const struct dossier *d, void *form);
enum err information_prepare_send(struct tx *tx, const struct dossier *d, void *form);
enum err information_check_send(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
void information_apply_received(struct fold *f, const void *form);

bool information_ask_futile(struct tx *tx, const struct dossier *d);
bool information_extend_futile(struct tx *tx, const struct dossier *d);
bool information_is_anothers(struct tx *tx, const struct dossier *d);
enum err information_check_ask(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
void information_apply_ask(struct fold *f, const void *form);
enum err information_check_complete(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults);
void information_apply_complete(struct fold *f, const void *form);

void information_apply_accept(struct fold *f, const void *form);
enum err information_prepare_extend(struct tx *tx, const struct dossier *d, void *form);
enum err information_check_extend(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults);
void information_apply_extend(struct fold *f, const void *form);

enum err information_check_answer(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults);
enum err information_check_refuse(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults);
void information_apply_answered(struct fold *f, const void *form);
enum err information_check_withdraw(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults);
void information_apply_withdraw(struct fold *f, const void *form);

enum err information_office_options(struct tx *tx, const void *subject, enum lang lang,
				    struct choices *out);
enum err information_prepare_transfer(struct tx *tx, const struct dossier *d, void *form);
enum err information_check_transfer(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults);
void information_apply_transfer(struct fold *f, const void *form);

enum err information_begin_publish(struct tx *tx, const struct dossier *d, void *form);
/* Words to be published that lead to anybody, or name who asked, are refused. */
enum err information_check_nobody(struct tx *tx, const struct dossier *request, struct str text,
				  const char *field, struct faults *faults);
/* Nor a file by its name, which is shown with it. */
enum err information_check_files(struct tx *tx, const struct dossier *request,
				 const struct file_refs *files, const char *field,
				 struct faults *faults);
enum err information_check_publish(struct tx *tx, const struct dossier *d, const void *form,
				   struct date on, struct faults *faults);
enum err information_stored_publish(struct tx *tx, struct dossier *d, const struct act *act,
				    const void *form);
