/* Law 25/2018: checked in seven working days, told of its acceptance in five, resolved in thirty days, the conclusion sent, acted
 * upon and published within some days more. A leader names the clerk who looks into it; before that nobody else
 * knows that there is one. */
#include "main/demo/denunciations.h"

#include "main/demo/fill.h"
#include "main/demo/news.h"
#include "main/demo/pen.h"
#include "modules/inspect/petition.h"

enum { NAME_NO = 40, ACCUSED_NO = 45, ADMITTED_DAYS = 180 };

enum denunciation_step {
	LODGE,
	ADMIT,
	LONGER,
	FORWARD,
	PASS,
	REFUSE,
	ACCEPT,
	NOTIFY,
	EXTEND,
	SUSPEND,
	RESUME,
	PROTECT,
	LEAVE,
	STOP,
	CONCLUDE,
	SEND,
	ACT,
	PUBLISH,
	RENEW,
	ACCEPT_AGAIN,
	DECLINE,
};
static const char *const step_names[] = {
	"denounce",
	"admit",
	"extend_check",
	"forward",
	"pass_on",
	"refuse_denunciation",
	"accept_denunciation",
	"notify",
	"extend_resolve",
	"suspend_denunciation",
	"resume_denunciation",
	"protect",
	"leave_denunciation",
	"stop",
	"conclude",
	"send_conclusion",
	"act_upon",
	"publish_conclusion",
	"renew",
	"accept_renewed",
	"decline_renewed",
};
/* What the clerk does whom the leader has named. */
enum { CLERKS = 1u << NOTIFY | 1u << LONGER | 1u << LEAVE | 1u << SEND | 1u << RENEW };

/* --- The diary --- */

static struct date enter(struct pen *p, struct date day, enum denunciation_step step)
{
	day = working(p, day);
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = 14 * HOUR + draw(p, 0, 170),
					       .deed = DEED_DENUNCIATION,
					       .unit = p->unit,
					       .item = p->d->denunciation_count - 1,
					       .arg = (int)step,
					       .on = NO_DATE });
	return day;
}

/* Within so many days, or after them by who neglects his work. */
static struct date enter_by(struct pen *p, struct date from, int days, enum denunciation_step step)
{
	bool late = chance(p, sloth(p->u) * 2 / 3);
	return enter(p, date_add(from, late ? days + draw(p, 3, 14) : draw(p, 1, days)), step);
}

static struct demo_denunciation *lodged(struct pen *p, struct date day, bool named)
{
	struct demo *d = p->d;
	const struct demo_facts *f = &p->u->facts;
	int n = 0;
	while (demo_breaches[n].office)
		n++;
	d->denunciations = demo_room(d, d->denunciations, d->denunciation_count,
				     &d->denunciation_cap, sizeof *d->denunciations);
	struct demo_denunciation *x = &d->denunciations[d->denunciation_count++];
	*x = (struct demo_denunciation){ .unit = p->unit,
					 .what = &demo_breaches[draw(p, 0, n - 1)],
					 .counter = !named || chance(p, 400),
					 .name = S("") };
	const char *accused = demo_person(d->mem, p->rng, f->code, ACCUSED_NO + draw(p, 0, 4));
	const char *who = demo_person(d->mem, p->rng, f->code, NAME_NO + draw(p, 0, 4));
	x->accused = str_printf(d->mem, "%s, %s", accused, x->what->office);
	if (named)
		x->name = str_of(who);
	x->address =
		str_printf(d->mem, "%s, %.*s", f->villages[draw(p, 0, f->village_count - 1)].at,
			   STR_ARG(f->title));
	enter(p, day, LODGE);
	return x;
}

static void write_concluded(struct pen *p, struct date accepted, int days)
{
	struct date on = enter_by(p, accepted, days, CONCLUDE);
	enter_by(p, on, 5, SEND);
	enter_by(p, on, 7, ACT);
	if (!chance(p, sloth(p->u) / 2)) /* some forget that the people are to know */
		enter_by(p, on, 7, PUBLISH);
	if (chance(p, 150)) {
		on = enter(p, date_add(on, draw(p, 25, 45)), RENEW);
		enter(p, date_add(on, draw(p, 5, 18)), DECLINE);
	}
}

static void write_accepted(struct pen *p, struct date lodged)
{
	struct date day = enter_by(p, lodged, 7, ACCEPT);
	int fate = draw(p, 1, 100);
	enter_by(p, day, 5, NOTIFY);
	if (chance(p, 250))
		enter(p, date_add(day, 4), PROTECT);
	if (fate <= 15) {
		enter(p, date_add(day, draw(p, 6, 12)), LEAVE);
		enter(p, date_add(day, draw(p, 14, 20)), STOP);
	} else if (fate <= 35) {
		struct date stood = enter(p, date_add(day, draw(p, 5, 10)), SUSPEND);
		stood = enter(p, date_add(stood, draw(p, 10, 25)), RESUME);
		write_concluded(p, stood, 14);
	} else if (fate <= 50) {
		enter(p, date_add(day, draw(p, 20, 27)), EXTEND);
		write_concluded(p, date_add(day, 20), 36);
	} else {
		write_concluded(p, day, 28);
	}
}

static void write_fate(struct pen *p, struct date day)
{
	int fate = draw(p, 1, 100);
	if (chance(p, sloth(p->u) / 3))
		return; /* silence */
	enter(p, date_add(day, 1), ADMIT);
	if (fate <= 14) {
		enter_by(p, day, 7, REFUSE);
	} else if (fate <= 26) {
		/* The unit above goes on with it; whom the commune named may no longer read it. */
		struct date sent = enter(p, date_add(day, draw(p, 2, 5)), FORWARD);
		write_accepted(p, enter(p, date_add(sent, 1), ADMIT));
	} else if (fate <= 36) {
		enter(p, date_add(day, 6), LONGER);
		write_accepted(p, date_add(day, 5));
	} else {
		write_accepted(p, day);
	}
}

/* Whoever sent it does not agree with the conclusion: the unit above takes it up. */
static void write_renewed(struct pen *p, struct date day)
{
	lodged(p, day, true);
	enter(p, date_add(day, 1), ADMIT);
	day = enter(p, date_add(day, 3), ACCEPT);
	enter(p, date_add(day, 1), NOTIFY);
	day = enter(p, date_add(day, 25), CONCLUDE);
	enter(p, date_add(day, 1), SEND);
	enter(p, date_add(day, 2), ACT);
	enter(p, date_add(day, 3), PUBLISH);
	day = enter(p, date_add(day, 30), RENEW);
	enter(p, date_add(day, 1), ADMIT);
	day = enter(p, date_add(day, 9), ACCEPT_AGAIN);
	enter(p, date_add(day, 2), NOTIFY);
	write_concluded(p, day, 28);
}

/* One that ran through its whole course, Tết inside its clock, and one that is in hand when the demonstration opens:
 * for those who try it in Ninh Vân. */
static void write_first(struct pen *p)
{
	struct date day = day_of(1, 14);
	lodged(p, day, true);
	enter(p, date_add(day, 1), ADMIT);
	struct date accepted = enter(p, date_add(day, 2), ACCEPT);
	enter(p, date_add(accepted, 1), NOTIFY);
	struct date concluded = enter(p, date_add(accepted, 28), CONCLUDE);
	enter(p, date_add(concluded, 2), SEND);
	enter(p, date_add(concluded, 5), ACT);
	enter(p, date_add(concluded, 6), PUBLISH);
	write_renewed(p, day_of(5, 12));
	day = day_of(12, 14);
	lodged(p, day, true);
	enter(p, date_add(day, 1), ADMIT);
	enter(p, date_add(day, 4), ACCEPT);
	enter(p, date_add(day, 7), NOTIFY);
}

static void write_commune(struct pen *p)
{
	if (!p->unit)
		write_first(p);
	/* The holidays stand inside the clock of every third. */
	int month = p->unit % 3 ? draw(p, 1, 12) : 1;
	struct date day = working(p, day_of(month, draw(p, 6, 22)));
	if (!chance(p, 300))
		return;
	bool named = !chance(p, 120);
	lodged(p, day, named);
	if (named)
		write_fate(p, day);
	else
		enter_by(p, day, 7, PASS);
}

void demo_write_denunciations(struct demo *d)
{
	demo_each_commune(d, "denunciations", write_commune);
}

/* --- Its steps --- */

static void fill_lodged(struct demo_form *f, const struct demo_denunciation *x)
{
	demo_text(f, "accused", x->accused);
	demo_text(f, "title", str_of(x->what->title));
	demo_text(f, "body", str_of(x->what->body));
	demo_number(f, "people", 1);
	if (x->name.len) {
		demo_text(f, "name", x->name);
		demo_text(f, "address", x->address);
	} else {
		demo_tick(f, "anonymous");
	}
}

static enum err fill_files(struct demo *d, struct tx *tx, struct demo_form *f, const char *field)
{
	struct file_refs files;
	enum err e = demo_scan(d, tx, S("van-ban.jpg"), &files);
	demo_files(f, field, files);
	return e;
}

static void fill_admitted(struct tx *tx, struct demo_form *f, const struct member *clerk,
			  struct date day)
{
	demo_text(f, "official", str_printf(tx->mem, "%lld", (long long)clerk->at[0].id));
	demo_text(f, "access", S("content"));
	demo_date(f, "until", date_add(day, ADMITTED_DAYS));
	demo_text(f, "reason", S("Giao xác minh nội dung."));
}

static enum err fill(struct demo *d, struct tx *tx, const struct demo_denunciation *x,
		     const struct demo_move *m, enum denunciation_step step, struct date day)
{
	struct demo_form f = m->form;
	switch (step) {
	case LODGE:
		fill_lodged(&f, x);
		break;
	case ADMIT:
		fill_admitted(tx, &f, demo_official(d, m->now->holder, false, day), day);
		break;
	case LONGER:
		demo_text(&f, "reason", S("Phải xác minh tại hai nơi cư trú."));
		break;
	case FORWARD:
		demo_text(&f, "to", demo_paper_at(d, d->units[x->unit].unit.parent)->unit.code);
		demo_text(&f, "reason", S("Người bị tố cáo do cấp trên quản lý."));
		demo_text(&f, "sphere", str_of(x->what->sphere));
		break;
	case PASS:
		demo_text(&f, "passed_to", S("inspection"));
		demo_text(&f, "detail",
			  S("Đơn không ghi tên nhưng nêu rõ việc, chuyển để kiểm tra."));
		demo_text(&f, "sphere", str_of(x->what->sphere));
		break;
	case REFUSE:
		demo_text(&f, "refusal", S("unverifiable"));
		demo_text(&f, "detail", S("Đơn không nêu được việc, ngày và người có thể hỏi."));
		break;
	case ACCEPT:
	case ACCEPT_AGAIN:
		demo_text(&f, "number", S("11/QĐ-UBND"));
		demo_text(&f, "sphere", str_of(x->what->sphere));
		break;
	case EXTEND:
		demo_one(tx->mem, &f, "criteria", S("places"));
		demo_text(&f, "reason", S("Phải xác minh tại nhiều nơi."));
		break;
	case SUSPEND:
		demo_text(&f, "reason", S("Chờ kết quả giám định chứng từ."));
		demo_text(&f, "number", S("12/QĐ-UBND"));
		break;
	case PROTECT:
		demo_text(&f, "protection", S("granted"));
		demo_text(&f, "measures", S("Giữ kín họ tên; công an xã tuần tra quanh nhà."));
		break;
	case LEAVE:
		demo_number(&f, "leaving", 1);
		demo_text(&f, "reason", S("Người gửi rút đơn sau khi việc được khắc phục."));
		return fill_files(d, tx, &f, "withdrawal");
	case STOP:
		demo_text(&f, "stopped", S("withdrawn"));
		demo_text(&f, "reason", S("Người gửi đã rút toàn bộ nội dung."));
		break;
	case CONCLUDE:
		demo_text(&f, "decision", str_of(x->what->decision));
		demo_text(&f, "number", S("13/KL-UBND"));
		demo_text(&f, "answer", str_of(x->what->answer));
		return fill_files(d, tx, &f, "files");
	case ACT:
		demo_text(&f, "measures_taken", str_of(x->what->measures));
		break;
	case PUBLISH:
		demo_text(&f, "published_how", S("posted"));
		demo_text(&f, "published", str_of(x->what->published));
		demo_tick(&f, "no_name");
		demo_tick(&f, "no_trace");
		break;
	case RENEW:
		demo_text(&f, "reason", S("Kết luận chưa xem xét hết nội dung đã tố cáo."));
		break;
	case DECLINE:
		demo_text(&f, "detail",
			  S("Đã xem lại hồ sơ: kết luận đúng, không có tình tiết mới."));
		break;
	case NOTIFY:
	case RESUME:
	case SEND:
		break; /* ask for nothing */
	}
	return OK;
}

enum err demo_take_denunciation(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_denunciation *x = &d->denunciations[entry->item];
	enum denunciation_step step = (enum denunciation_step)entry->arg;
	const struct demo_unit *u = &d->units[x->unit];
	bool web = step == LODGE && !x->counter;
	struct demo_move m = {
		.kind = &petition_kind,
		.step = step == LODGE && x->counter ? "enter_denunciation" : step_names[step],
		.unit = u->unit.id,
		.dossier = &x->dossier,
		.in = { .on = NO_DATE, .channel = web ? CHANNEL_WEB : CHANNEL_COUNTER },
	};
	enum err e = demo_move_begin(tx, &m);
	if (e || !m.form.step || (step == ADMIT && !x->dossier))
		return e;
	tx->who = step == LODGE
			  ? x->counter ? &u->clerk : NULL
			  : demo_official(d, m.now->holder, !(1u << step & CLERKS), entry->day);
	if ((e = fill(d, tx, x, &m, step, entry->day)))
		return e;
	return demo_move_end(d, tx, &m);
}
