/* How a disclosure is made known: sheets with runs of days of their own, which begin, break and end;
 * loudspeakers on consecutive days; every other form the law names. */
#include "modules/know/disclosure_steps.h"

#include "office/unit.h"
#include "office/unit_edit.h"

enum err disclosure_place_options(struct tx *tx, const void *subject, enum lang lang,
				  struct choices *out)
{
	const struct dossier *d = subject;
	struct notice_places places;
	(void)lang;
	enum err e = notice_place_list(tx, d->unit, tx_today(tx), &places);
	if (e)
		return e;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, places.n), 0 };
	for (size_t i = 0; i < places.n; i++)
		out->at[out->n++] = (struct choice){ places.at[i].name, places.at[i].name };
	return OK;
}

/* A place is called what it is called. */
bool disclosure_place_label(struct tx *tx, const void *subject, enum lang lang, struct str value,
			    struct str *out)
{
	(void)tx, (void)subject, (void)lang;
	*out = value;
	return true;
}

static struct line *open_posting(const struct dossier *d, int64_t no)
{
	if (no < 1 || (uint64_t)no > d->lines.n)
		return NULL;
	struct line *l = &d->lines.at[no - 1];
	return l->kind == &d->kind->lines[LINE_POSTING] && l->state == POSTING_HANGS ? l : NULL;
}

static void hang(struct fold *f, struct str place, struct date on, const struct file_refs *photos)
{
	const struct disclosure *x = f->d->data;
	disclosure_count_use(f, S("NIEMYET"), on);
	struct line *line = fold_line_add(f, LINE_POSTING);
	struct posting *p = line->data;
	p->place = place;
	p->from = on;
	if (photos)
		p->photos = *photos;
	if (x->posting_days > 0)
		fold_open(f, disclosure_rule(f->mem, x->regime, "posting"), on, line->no, S(""));
}

enum err disclosure_check_post(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct post_form *x = form;
	(void)tx, (void)on;
	for (size_t i = 1; i <= d->lines.n; i++) {
		const struct line *l = open_posting(d, (int64_t)i);
		if (l && str_eq(((const struct posting *)l->data)->place, x->place))
			fault_add_msg(faults, "place", MSG_KNOW_FAULT_HANGS_ALREADY);
	}
	return OK;
}

void disclosure_apply_post(struct fold *f, const void *form)
{
	const struct post_form *x = form;
	hang(f, x->place, f->act->on, &x->photos);
	disclosure_meet_when_complete(f);
	disclosure_set_wake(f);
}

static int64_t sheet_no(const struct sheet_form *x)
{
	int64_t no;
	return str_int(x->sheet, &no) ? no : 0;
}

enum err disclosure_sheet_options(struct tx *tx, const void *subject, enum lang lang,
				  struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, d->lines.n + 1), 0 };
	for (size_t i = 1; i <= d->lines.n; i++) {
		const struct line *l = open_posting(d, (int64_t)i);
		if (!l)
			continue;
		const struct posting *p = l->data;
		out->at[out->n++] = (struct choice){ str_printf(tx->mem, "%zu", i), p->place };
	}
	return OK;
}

static void end_run(struct fold *f, int line, enum duty_state state, struct date on)
{
	const struct disclosure *x = f->d->data;
	struct duty *run = fold_duty(f, disclosure_rule(f->mem, x->regime, "posting"), line, S(""));
	if (run)
		fold_close(f, run, state, on);
}

/* A run counted as complete, of which it came out later that the sheet was gone before its end. */
static void revoke_run(struct fold *f, int line, struct date gone)
{
	for (size_t i = 0; i < f->d->duties.n; i++) {
		struct duty *run = &f->d->duties.at[i];
		if (run->line == line && disclosure_is_posting_run(run) && run->state == DUTY_MET &&
		    date_cmp(gone, run->due) <= 0)
			fold_reopen(f, run);
	}
}

/* Nothing is known of a sheet on a day before it was hung. */
enum err disclosure_check_seen(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct line *l = open_posting(d, sheet_no(form));
	(void)tx;
	if (l && date_cmp(on, ((const struct posting *)l->data)->from) < 0)
		fault_add_msg(faults, "happened_on", MSG_KNOW_FAULT_SHEET_NOT_YET);
	return OK;
}

enum err disclosure_check_torn(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct sheet_form *x = form;
	if (date_is_set(x->again) && date_cmp(x->again, on) < 0)
		fault_add_msg(faults, "again", MSG_KNOW_FAULT_BEFORE_HUNG);
	return disclosure_check_seen(tx, d, form, on, faults);
}

void disclosure_apply_torn(struct fold *f, const void *form)
{
	const struct sheet_form *x = form;
	struct line *line = fold_line(f, sheet_no(x));
	if (!line)
		return;
	struct posting *p = line->data;
	struct str place = p->place;
	p->until = f->act->on;
	line->state = POSTING_BROKEN;
	revoke_run(f, line->no, f->act->on);
	end_run(f, line->no, DUTY_EXCUSED, f->act->on);
	if (date_is_set(x->again))
		hang(f, place, x->again, &x->photos);
	disclosure_set_wake(f);
}

void disclosure_apply_seen(struct fold *f, const void *form)
{
	const struct sheet_form *x = form;
	struct line *line = fold_line(f, sheet_no(x));
	if (!line)
		return;
	struct posting *p = line->data;
	p->seen_on = f->act->on;
	if (x->photos.n)
		p->photos = x->photos;
}

/* A sheet may come down from the day after its last one on. */
enum err disclosure_check_taken(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	int64_t no = sheet_no(form);
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		bool over = y->state != DUTY_OPEN && date_cmp(on, y->due) > 0;
		if (y->line != no || !disclosure_is_posting_run(y) || over)
			continue;
		struct buf b = { .a = tx->mem };
		msg_know_fault_run_not_over(&b, faults ? faults->lang : LANG_VI, y->due);
		fault_add(faults, "sheet", buf_str(&b));
	}
	return disclosure_check_seen(tx, d, form, on, faults);
}

void disclosure_apply_taken(struct fold *f, const void *form)
{
	struct line *line = fold_line(f, sheet_no(form));
	if (!line)
		return;
	((struct posting *)line->data)->until = f->act->on;
	line->state = POSTING_DONE;
	disclosure_set_wake(f);
}

/* By the calendar: the run is complete, whether or not the sheet stays. */
void disclosure_apply_run_over(struct fold *f, const void *form)
{
	const struct run_form *x = form;
	int64_t no;
	if (str_int(x->sheet, &no))
		end_run(f, (int)no, DUTY_MET, date_add(f->act->on, -1));
	disclosure_set_wake(f);
}

/* The longest unbroken run of days on air, from the lines. */
static int longest_run(const struct dossier *d)
{
	int best = 0;
	for (size_t i = 0; i < d->lines.n; i++) {
		if (d->lines.at[i].kind != &d->kind->lines[LINE_BROADCAST])
			continue;
		const struct broadcast *b = d->lines.at[i].data;
		struct date end = date_add(b->from, (int)b->days);
		for (size_t j = 0; j < d->lines.n; j++) { /* what continues it, in any order */
			const struct broadcast *next = d->lines.at[j].data;
			if (d->lines.at[j].kind != d->lines.at[i].kind ||
			    date_cmp(next->from, b->from) < 0 || date_cmp(next->from, end) > 0 ||
			    date_cmp(date_add(next->from, (int)next->days), end) <= 0)
				continue;
			end = date_add(next->from, (int)next->days);
			j = (size_t)-1; /* from the first line again */
		}
		if (end.days - b->from.days > best)
			best = end.days - b->from.days;
	}
	return best;
}

/* What will be read tomorrow has not been read. */
enum err disclosure_check_broadcast(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults)
{
	const struct broadcast_form *x = form;
	(void)d;
	if (date_cmp(date_add(on, (int)x->days - 1), tx_today(tx)) > 0)
		fault_add_msg(faults, "days", MSG_KNOW_FAULT_AIR_AHEAD);
	return OK;
}

void disclosure_apply_broadcast(struct fold *f, const void *form)
{
	const struct broadcast_form *x = form;
	const struct disclosure *y = f->d->data;
	disclosure_count_use(f, S("TRUYENTHANH"), f->act->on);
	struct line *line = fold_line_add(f, LINE_BROADCAST);
	struct broadcast *b = line->data;
	*b = (struct broadcast){ f->act->on, x->days, x->times, x->photos };
	fold_figure_on(f, S(FIGURE_ON_AIR), b->from, line->no, 1);
	struct str rule = disclosure_rule(f->mem, y->regime, "broadcast");
	if (y->broadcast_days > 0 && !fold_duty(f, rule, 0, S("run")))
		fold_open(f, rule, f->act->on, 0, S("run"));
	struct duty *run = fold_duty(f, rule, 0, S("run"));
	if (run && longest_run(f->d) >= y->broadcast_days)
		fold_close(f, run, DUTY_MET, date_add(f->act->on, (int)x->days - 1));
	disclosure_meet_when_complete(f);
}

enum err disclosure_form_options(struct tx *tx, const void *subject, enum lang lang,
				 struct choices *out)
{
	const struct dossier *d = subject;
	const struct law *law = tx->office->law;
	struct str regime = disclosure_regime(tx, d->unit);
	*out = (struct choices){ NEW_N(tx->mem, struct choice, law->disclosure_forms.n), 0 };
	for (size_t i = 0; i < law->disclosure_forms.n; i++) {
		const struct disclosure_form *x = &law->disclosure_forms.at[i];
		bool ours = false;
		for (unsigned bit = 1; bit <= REGIME_ENTERPRISE; bit <<= 1)
			ours |= (x->regimes & bit) &&
				str_eq(disclosure_regime_word((enum regime)bit), regime);
		bool own_step = str_eq(x->code, S("NIEMYET")) ||
				str_eq(x->code, S("TRUYENTHANH")) || str_eq(x->code, S("WEB"));
		if (ours && !own_step)
			out->at[out->n++] =
				(struct choice){ x->code,
						 lang == LANG_EN ? x->title_en : x->title_vi };
	}
	return OK;
}

void disclosure_apply_use(struct fold *f, const void *form)
{
	const struct use_form *x = form;
	disclosure_count_use(f, x->form, f->act->on);
	struct form_used *used = fold_line_add(f, LINE_FORM)->data;
	*used = (struct form_used){ x->form, f->act->on, x->note, x->photos };
	disclosure_meet_when_complete(f);
}

void disclosure_apply_expire(struct fold *f, const void *form)
{
	(void)form;
	((struct disclosure *)f->d->data)->has_names = false;
	disclosure_set_wake(f);
}
