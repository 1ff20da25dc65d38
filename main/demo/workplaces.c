#include "main/demo/pen.h"
#include "main/demo/talks.h"
#include "modules/discuss/dialogue.h"
#include "office/unit_edit.h"

/* What it is called, and how many work there: bands of the table of delegates, large and small. */
static const struct {
	const char *type, *name;
	int64_t workers;
} known[DEMO_WORKPLACES] = {
	{ "công ty", "TNHH May Thí Dụ", 640 },
	{ "công ty", "cổ phần Xi măng Giả Định", 420 },
	{ "công ty", "TNHH Giày Minh Họa", 1380 },
	{ "công ty", "TNHH Thêu ren Mẫu Số 1", 64 },
	{ "công ty", "cổ phần Gạch ngói Thí Dụ", 180 },
	{ "công ty", "TNHH Đá mỹ nghệ Giả Định", 38 },
	{ "công ty", "TNHH Linh kiện Minh Họa", 910 },
	{ "công ty", "cổ phần Nông sản Mẫu Số 2", 120 },
	{ "công ty", "TNHH Du lịch Thí Dụ", 75 },
	{ "công ty", "TNHH Bao bì Giả Định", 210 },
	{ "công ty", "cổ phần Vận tải Minh Họa", 160 },
	{ "công ty", "TNHH Cơ khí Mẫu Số 3", 47 },
};

int64_t demo_delegates(const struct demo *d, const struct demo_unit *u)
{
	struct date day = date_add_months(date_year_start(DEMO_YEAR + 1), 1);
	const struct headcount *h = dialogue_headcount(d->home->office.law, u->facts.people, day);
	return h ? h->worker_delegates : DEMO_EMPLOYERS;
}

static enum err settle(struct tx *tx, struct demo_unit *u, int no, int64_t district)
{
	struct date first = date_year_start(DEMO_YEAR);
	struct unit_new n = { .parent = district,
			      .level = LEVEL_ENTERPRISE,
			      .code = S(""),
			      .type = str_of(known[no].type),
			      .name = str_of(known[no].name),
			      .name_en = S(""),
			      .from = first,
			      .to = NO_DATE };
	int64_t id;
	enum err e = unit_add(tx, &n, &id);
	if (e || (e = unit_find(tx, id, first, &u->unit)))
		return e;
	u->facts.people = known[no].workers;
	u->diligence = 600 + (int)rng_below(&u->rng, 390);
	e = demo_appoint(tx, u, &u->unit, 1, CLERK, &u->clerk);
	return e ? e : demo_appoint(tx, u, &u->unit, 2, LEADER, &u->leader);
}

/* Each in the district of another commune. */
enum err demo_settle_workplaces(struct demo *d, struct tx *tx, int count)
{
	enum err e = OK;
	d->workplaces = NEW_N(d->mem, struct demo_unit, count);
	for (int i = 0; !e && i < count; i++) {
		struct demo_unit *u = &d->workplaces[d->workplace_count++];
		const struct demo_unit *near = &d->units[i < d->unit_count ? i : 0];
		if (!near->commune)
			near = d->units;
		demo_stream(d, str_printf(tx->mem, "workplace at %d", i), &u->rng);
		e = settle(tx, u, i, near->unit.parent);
	}
	return e;
}
