#include "main/demo/openings.h"

#include "main/demo/fill.h"
#include "main/demo/news.h"
#include "main/demo/pen.h"
#include "modules/inspect/opening.h"

enum opening_step { SIGN, CORRECT };
static const char *const step_names[] = { "sign", "correct" };

/* At most so many in a commune; a district has some more, and complaints of the second instance. */
static const struct {
	const char *name;
	int commune, above;
} numbers[] = {
	{ "complaint", 1, 3 }, { "second", 0, 2 },  { "denunciation", 1, 1 }, { "proposal", 3, 5 },
	{ "feedback", 4, 4 },  { "resolve", 1, 3 }, { "execute", 2, 4 },
};

static void enter(struct pen *p, struct date day, int minute, enum opening_step step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = working(p, day),
					       .minute = minute,
					       .deed = DEED_OPENING,
					       .item = p->paper,
					       .arg = (int)step,
					       .on = NO_DATE });
}

/* The year's first weeks; what was counted twice is found when the cases are entered one by one. */
void demo_write_openings(struct demo *d)
{
	struct rng rng;
	struct pen p = { .d = d, .calendar = d->home->office.calendar, .rng = &rng };
	for (p.paper = 0; p.paper < d->paper_count; p.paper++) {
		const struct demo_paper *at = &d->papers[p.paper];
		int diligence = at->commune ? at->commune->diligence : 1000;
		demo_stream(d, str_printf(d->mem, "opening %.*s", STR_ARG(at->unit.code)), &rng);
		if (at->commune != d->units && !chance(&p, diligence))
			continue;
		int day = draw(&p, 2, 20);
		enter(&p, day_of(1, day), 9 * HOUR + draw(&p, 0, 50), SIGN);
		if (chance(&p, 150))
			enter(&p, day_of(2, 5 + day), 10 * HOUR + draw(&p, 0, 50), CORRECT);
	}
}

/* The same numbers both times, but for one that turns out to have been entered as a case. */
static void fill(struct demo *d, const struct demo_paper *at, enum opening_step step,
		 struct demo_form *f)
{
	struct rng rng;
	struct pen p = { .d = d, .rng = &rng };
	bool taken = step == SIGN;
	demo_stream(d, str_printf(d->mem, "in hand %.*s", STR_ARG(at->unit.code)), &rng);
	demo_date(f, "as_of", date_year_start(DEMO_YEAR));
	for (size_t i = 0; i < LENGTH(numbers); i++) {
		int n = draw(&p, 0, at->commune ? numbers[i].commune : numbers[i].above);
		bool here = !taken && n;
		taken = taken || here;
		demo_number(f, numbers[i].name, n - here);
	}
	if (step == CORRECT)
		demo_text(f, "reason", S("Một vụ đã nhập riêng thành hồ sơ, bớt khỏi số đầu kỳ."));
	else
		demo_text(f, "title", S("Đơn chưa giải quyết xong đến hết ngày 31/12/2019"));
}

enum err demo_take_opening(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	const struct demo_paper *at = &d->papers[entry->item];
	enum opening_step step = (enum opening_step)entry->arg;
	int64_t id = 0;
	struct dossier *kept;
	enum err e = step == CORRECT ? opening_find(tx, at->unit.id, &kept) : OK;
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	if (step == CORRECT)
		id = kept->id;
	struct demo_move m = { .kind = &opening_kind,
			       .step = step_names[step],
			       .unit = at->unit.id,
			       .dossier = &id,
			       .in = { .on = NO_DATE } };
	tx->who = demo_official(d, at->unit.id, true, entry->day);
	if ((e = demo_move_begin(tx, &m)) || !m.form.step)
		return e;
	fill(d, at, step, &m.form);
	return demo_move_end(d, tx, &m);
}
