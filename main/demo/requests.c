/* Diligent offices answer within the law's days, sleepy ones late or not at all. Some ask just before
 * Tết, so that the holidays stand inside the clock. */
#include "main/demo/requests.h"

#include "main/demo/fill.h"
#include "main/demo/news.h"
#include "main/demo/pen.h"
#include "modules/know/information.h"

/* The steps, in the order in which they can come: `arg` of an entry. */
enum request_step { SEND, ASK, COMPLETE, ACCEPT, EXTEND, ANSWER, REFUSE, TRANSFER, WITHDRAW, SHOW };
static const char *const step_names[] = { "send",   "ask",    "complete", "accept",   "extend",
					  "answer", "refuse", "transfer", "withdraw", "publish" };

/* The n-th working day after one; 0: the day itself, or the next that is worked. */
static struct date work(struct pen *p, struct date day, int n)
{
	day = working(p, day);
	for (; n > 0; n--)
		day = working(p, date_add(day, 1));
	return day;
}

static struct demo_request *request_new(struct demo *d)
{
	d->requests =
		demo_room(d, d->requests, d->request_count, &d->request_cap, sizeof *d->requests);
	return &d->requests[d->request_count++];
}

static void enter(struct pen *p, struct date day, int minute, enum request_step step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = DEED_REQUEST,
					       .unit = p->unit,
					       .item = p->d->request_count - 1,
					       .arg = (int)step,
					       .on = NO_DATE });
}

/* --- What becomes of one --- */

/* The days of the law, in working days. */
static int term(const struct demo_request *x)
{
	bool office = *x->way == 'o' && x->citizen < 0;
	if (x->question->complex)
		return office ? 10 : 15;
	return office ? 0 : *x->way == 'p' ? 5 : 3;
}

/* On some day within so many working days, or after them. */
static struct date by(struct pen *p, struct date from, int days)
{
	if (chance(p, sloth(p->u) * 3 / 4))
		return work(p, from, days + draw(p, 1, 8));
	return work(p, from, days ? draw(p, 1, days) : 0);
}

static void maybe_show(struct pen *p, struct date answered)
{
	if (chance(p, 350))
		enter(p, work(p, answered, draw(p, 1, 6)), 15 * HOUR + draw(p, 0, 60), SHOW);
}

static void answered(struct pen *p, const struct demo_request *x, struct date from, bool extends)
{
	struct date day = by(p, from, term(x));
	if (x->question->complex) {
		enter(p, work(p, from, draw(p, 1, 3)), 8 * HOUR + draw(p, 0, 80), ACCEPT);
		if (extends) {
			enter(p, work(p, from, term(x) - 1), 10 * HOUR, EXTEND);
			day = work(p, from, term(x) + draw(p, 1, 5));
		}
	}
	enter(p, day, 10 * HOUR + draw(p, 30, 350), ANSWER);
	maybe_show(p, day);
}

static const struct {
	const char *ground, *where, *detail;
} refusals[] = {
	{ "published", "Trang công khai của xã, mục Nội dung công khai",
	  "Nội dung này đã niêm yết và đăng trên trang công khai của xã." },
	{ "not_held", "Chi nhánh Văn phòng đăng ký đất đai",
	  "Xã không lưu hồ sơ này; cơ quan đăng ký đất đai lưu và cung cấp." },
	{ "personal", NULL,
	  "Thông tin về đời tư của người khác, chưa có văn bản đồng ý của người đó." },
	{ "twice", NULL, "Xã đã cung cấp nội dung này hai lần cho người yêu cầu trong năm." },
	{ "obstructs", NULL,
	  "Yêu cầu sao chụp toàn bộ sổ sách nhiều năm, vượt khả năng của bộ phận lưu trữ." },
	{ "state_secret", NULL, "Tài liệu thuộc danh mục bí mật nhà nước của ngành." },
	{ "conditions", NULL, "Thông tin là bí mật kinh doanh, chủ sở hữu chưa đồng ý." },
};

static void refused(struct pen *p, struct demo_request *x, struct date from)
{
	/* The first three are what mostly happens. */
	size_t which = rng_below(p->rng, chance(p, 700) ? 3 : LENGTH(refusals));
	x->ground = refusals[which].ground;
	x->where = refusals[which].where;
	x->detail = refusals[which].detail;
	enter(p, by(p, from, x->question->complex ? 3 : term(x)), 14 * HOUR + draw(p, 0, 120),
	      REFUSE);
}

static void write_fate(struct pen *p, struct demo_request *x, struct date from)
{
	int fate = draw(p, 1, 100);
	if (chance(p, sloth(p->u) / 3))
		return; /* silence */
	if (fate <= 58) {
		x->part = fate <= 9;
		answered(p, x, from, fate > 50 && x->question->complex);
	} else if (fate <= 76) {
		refused(p, x, from);
	} else if (fate <= 84) {
		/* Once it is overdue nobody may ask any more. */
		struct date asked = work(p, from, draw(p, 0, term(x) < 2 ? term(x) : 2));
		struct date full = date_add(asked, 6);
		enter(p, asked, 9 * HOUR + draw(p, 0, 60), ASK);
		if (chance(p, 800)) {
			enter(p, full, 18 * HOUR, COMPLETE);
			answered(p, x, full, false);
		}
	} else if (fate <= 92) {
		struct date moved = work(p, from, draw(p, 1, 2));
		enter(p, moved, 9 * HOUR + draw(p, 0, 60), TRANSFER);
		enter(p, work(p, moved, draw(p, 1, 4)), 15 * HOUR + draw(p, 0, 60), ANSWER);
	} else {
		enter(p, date_add(from, draw(p, 1, 2)), 20 * HOUR, WITHDRAW);
	}
}

/* --- Who asks --- */

static int questions(void)
{
	int n = 0;
	while (demo_asked[n].title)
		n++;
	return n;
}

/* Half of them by their account, the others at the counter or by post. */
static void write_one(struct pen *p, struct date day)
{
	static const char *const ways[] = { "office", "office", "post" };
	const struct demo_facts *facts = &p->u->facts;
	struct demo_request *x = request_new(p->d);
	bool account = p->citizens >= 0 && chance(p, 500);
	const char *way = ways[draw(p, 0, LENGTH(ways) - 1)];
	int who = draw(p, 0, DEMO_CITIZENS - 1), village = draw(p, 0, facts->village_count - 1);
	*x = (struct demo_request){ .unit = p->unit,
				    .citizen = account ? p->citizens + who : -1,
				    .question = &demo_asked[draw(p, 0, questions() - 1)],
				    .way = account ? "online" : way };
	x->name = account ? p->d->citizens[x->citizen].member.name
			  : str_of(demo_person(p->d->mem, p->rng, facts->code, 50 + who));
	x->address = str_printf(p->d->mem, "%s, %.*s", facts->villages[village].at,
				STR_ARG(facts->title));
	if (!account)
		day = work(p, day, 0);
	enter(p, day, account ? 6 * HOUR + draw(p, 0, 900) : 8 * HOUR + draw(p, 0, 170), SEND);
	write_fate(p, x, day);
}

static struct date some_day(struct pen *p, int nth)
{
	struct date start = date_year_start(DEMO_YEAR);
	/* Every third unit is asked on the last days before Tết (23 January). */
	if (!nth && p->unit % 3 == 0)
		return date_add(start, draw(p, 15, 20));
	return date_add(start, draw(p, 10, 355));
}

/* What still waits when the demonstration opens. */
static void write_last(struct pen *p)
{
	struct date day = date_add(instant_date(p->d->end), -1);
	struct demo_request *x = request_new(p->d);
	*x = (struct demo_request){
		.unit = p->unit, .citizen = p->citizens, .question = &demo_asked[0], .way = "online"
	};
	x->name = p->d->citizens[p->citizens].member.name;
	x->address = p->u->facts.title;
	enter(p, day, 9 * HOUR + 17, SEND);
}

static void write_unit(struct pen *p)
{
	for (int n = draw(p, 1, 4), i = 0; i < n; i++)
		write_one(p, some_day(p, i));
	if (!p->unit && p->citizens >= 0)
		write_last(p);
}

void demo_write_requests(struct demo *d)
{
	demo_each_commune(d, "requests", write_unit);
}

/* --- Its steps --- */

static const struct member *who_acts(const struct demo *d, const struct demo_request *x,
				     const struct dossier *now, enum request_step step,
				     struct date day)
{
	const struct demo_unit *u = &d->units[x->unit];
	const struct demo_paper *other = demo_paper_at(d, u->unit.parent);
	bool own = step == SEND || step == COMPLETE || step == WITHDRAW;
	bool leads = step == REFUSE || step == SHOW;
	if (own && x->citizen >= 0)
		return &d->citizens[x->citizen].member;
	if (now && now->holder != u->unit.id && other)
		return leads ? &other->leader : &other->clerk;
	return leads ? demo_leader_on(u, day) : &u->clerk;
}

static void fill_question(struct demo_form *f, const struct demo_request *x)
{
	demo_text(f, "title", str_of(x->question->title));
	demo_text(f, "body", str_of(x->question->body));
	demo_text(f, "wanted",
		  *x->way == 'p'                     ? S("post")
		  : *x->way == 'o' && x->citizen < 0 ? S("copy")
						     : S("online"));
	demo_text(f, "name", x->name);
	demo_text(f, "address", x->address);
	demo_text(f, "purpose", str_of(x->question->purpose));
}

static void fill(const struct demo *d, const struct demo_request *x, enum request_step step,
		 struct demo_form *f)
{
	const struct demo_paper *other = demo_paper_at(d, d->units[x->unit].unit.parent);
	switch (step) {
	case SEND:
	case COMPLETE:
		fill_question(f, x);
		break;
	case ASK:
		demo_text(f, "asked", S("Ghi rõ tên công trình hoặc năm cần xem."));
		break;
	case ACCEPT:
		demo_text(f, "complexity", x->question->complex ? S("complex") : S("simple"));
		demo_text(f, "place", S("Bộ phận một cửa"));
		demo_number(f, "cost", x->citizen < 0 ? 12000 : 0);
		break;
	case EXTEND:
		demo_number(f, "days", 8);
		demo_text(f, "ground", S("gather"));
		demo_text(f, "reason",
			  S("Số liệu nằm ở nhiều bộ phận, cần thêm thời gian tập hợp."));
		break;
	case ANSWER:
		demo_text(f, "extent", x->part ? S("part") : S("full"));
		demo_text(f, "answer", str_of(x->question->answer));
		if (x->part)
			demo_text(f, "withheld", S("Tên từng hộ, vì là thông tin đời tư."));
		break;
	case REFUSE:
		demo_text(f, "ground", str_of(x->ground));
		demo_text(f, "where", x->where ? str_of(x->where) : S(""));
		demo_text(f, "detail", str_of(x->detail));
		break;
	case TRANSFER:
		demo_text(f, "to", other ? other->unit.code : S(""));
		demo_text(f, "reason", S("Hồ sơ do huyện lập và lưu."));
		break;
	case WITHDRAW:
		demo_text(f, "reason", S("Đã tìm thấy trên trang công khai."));
		break;
	case SHOW:
		demo_text(f, "question", str_of(x->question->shown));
		demo_text(f, "text", str_of(x->question->answer));
		demo_tick(f, "no_secret");
		demo_tick(f, "names_lawful");
		break;
	}
}

static enum err open_request(struct demo *d, struct tx *tx, struct demo_request *x)
{
	bool account = x->citizen >= 0;
	struct step_input in = { .on = NO_DATE,
				 .channel = account          ? CHANNEL_WEB
					    : *x->way == 'p' ? CHANNEL_PAPER
							     : CHANNEL_COUNTER };
	const char *step = account ? "send" : "enter";
	struct demo_form f = demo_form_of(tx, &information_kind, step);
	struct dossier *made;
	fill(d, x, SEND, &f);
	if (!account) {
		demo_text(&f, "way", str_of(x->way));
		demo_text(&f, "complexity", x->question->complex ? S("complex") : S("simple"));
	}
	enum err e = demo_open(d, tx, &information_kind, d->units[x->unit].unit.id, &f, &in, &made);
	if (!e)
		x->dossier = made->id;
	return e;
}

enum err demo_take_request(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_request *x = &d->requests[entry->item];
	enum request_step step = (enum request_step)entry->arg;
	struct step_input in = { .on = NO_DATE };
	struct dossier *now = NULL;
	enum err e = x->dossier ? dossier_load(tx, x->dossier, &now) : OK;
	if (e)
		return e;
	tx->who = who_acts(d, x, now, step, entry->day);
	if (step == SEND)
		return open_request(d, tx, x);
	const struct step *s = kind_step(&information_kind, str_of(step_names[step]));
	if (!now || !(s->from & now->state))
		return OK;
	struct demo_form f = demo_form_of(tx, &information_kind, step_names[step]);
	fill(d, x, step, &f);
	return demo_step(d, tx, now, &f, &in);
}
