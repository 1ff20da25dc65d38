/* Forms of steps beside struct people_board, and the functions for what its table cannot say. */
#pragma once

#include "modules/inspect/board.h"

struct board_add {
	struct str name, role, represents;
	bool compatible;
};
struct board_release {
	struct str member; /* a line's number */
	struct str reason;
};
struct board_write { /* plan, report */
	struct str period, text;
	struct file_refs files;
};
struct board_turn {
	bool over;          /* the unit has ended */
	bool first_in_year; /* of its kind here: counted as one that sits */
};

extern const struct line_kind board_lines[];

struct str board_cited(struct tx *tx, const struct body *b, enum lang lang);
/* "board.members.pib_commune" */
struct str board_key(struct fold *f, const char *what);

enum err board_begin_elect(struct tx *tx, const struct dossier *d, void *form);
enum err board_check_elect(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults);
void board_apply_elect(struct fold *f, const void *form);
enum err board_begin_recognise(struct tx *tx, const struct dossier *d, void *form);
enum err board_prepare_recognise(struct tx *tx, const struct dossier *d, void *form);
enum err board_check_recognise(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
void board_apply_recognise(struct fold *f, const void *form);
void board_apply_refuse(struct fold *f, const void *form);
enum err board_check_add(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			 struct faults *faults);
void board_apply_add(struct fold *f, const void *form);
enum err board_member_options(struct tx *tx, const void *subject, enum lang lang,
			      struct choices *out);
enum err board_check_release(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults);
void board_apply_release(struct fold *f, const void *form);
void board_apply_plan(struct fold *f, const void *form);
enum err board_period_options(struct tx *tx, const void *subject, enum lang lang,
			      struct choices *out);
bool board_report_futile(struct tx *tx, const struct dossier *d);
void board_apply_report(struct fold *f, const void *form);
void board_apply_turn(struct fold *f, const void *form);
void board_apply_end(struct fold *f, const void *form);
enum err board_wake(struct tx *tx, struct dossier *d);
