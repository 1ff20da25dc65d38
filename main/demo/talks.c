#include "main/demo/talks.h"

#include "main/demo/fill.h"
#include "main/demo/pen.h"
#include "modules/discuss/dialogue.h"

enum { ASKED_MOST = 3, PROMISED_MOST = 2, NOTICE_DAYS = 7 };

enum talk_step { PLAN, ANNOUNCE, CANCEL, HOLD, PUT, PROMISE, PUBLISH, KEEP, EXTEND };
static const char *const step_names[] = { "plan",    "announce", "cancel", "hold",  "put",
					  "promise", "publish",  "keep",   "extend" };
enum { LEADERS = 1u << ANNOUNCE | 1u << CANCEL | 1u << PUBLISH | 1u << EXTEND };

static const struct topic {
	const char *title, *body, *conclusions;
	struct {
		const char *text, *answer;
	} asked[ASKED_MOST];
	struct {
		const char *what, *who, *result;
		int days; /* from the dialogue on */
	} promised[PROMISED_MOST];
} topics[] = {
	{ "Đối thoại về xây dựng nông thôn mới và đóng góp làm đường thôn",
	  "Tiến độ các tuyến đường thôn, phần ngân sách hỗ trợ, phần nhân dân đóng góp và cách "
	  "giám "
	  "sát.",
	  "Thống nhất niêm yết dự toán trước khi thu; thôn nào chưa họp thì chưa thu; xã báo cáo "
	  "tiến độ hằng tháng.",
	  { { "Bao giờ hỗ trợ xi măng cho các tuyến đã đăng ký?",
	      "Xi măng về trong quý tới, chia theo thứ tự đăng ký; danh sách dán ở nhà văn hóa." },
	    { "Hộ nghèo có phải đóng như các hộ khác không?",
	      "Không. Mức miễn, giảm do thôn bàn và quyết định, xã không ấn định." },
	    { "Ai kiểm tra chất lượng bê tông khi đổ đường?",
	      "Ban Giám sát đầu tư của cộng đồng có mặt khi đổ; mẫu thử giữ tại xã." } },
	  { { "Niêm yết dự toán và danh sách đóng góp tại các nhà văn hóa thôn",
	      "Công chức tài chính", "Đã niêm yết tại tất cả các thôn, có ảnh.", 15 },
	    { "Sửa đoạn đường lún trước cổng trường mầm non", "Công chức địa chính - xây dựng",
	      "Đã đổ lại mặt đường, nghiệm thu có đại diện phụ huynh.", 45 } } },
	{ "Đối thoại về thu gom rác thải và nước sạch nông thôn",
	  "Lịch thu gom rác, phí vệ sinh, chất lượng nước máy, giá nước.",
	  "Thu gom hai lần một tuần; đơn vị cấp nước công khai kết quả thử nước hằng quý.",
	  { { "Vì sao có tuần không lấy rác?",
	      "Xe hỏng phải chờ sửa; từ tháng này hợp tác xã thuê thêm một xe." },
	    { "Nước máy có mùi, xã đã thử chưa?",
	      "Đã lấy mẫu, mùi do khử trùng đầu nguồn; kết quả dán ở bảng tin xã." },
	    { "Phí vệ sinh tính theo hộ hay theo người?",
	      "Theo người, tối đa bốn người một hộ, đúng mức Hội đồng nhân dân quyết định." } },
	  { { "Dán lịch thu gom rác của từng thôn", "Hợp tác xã dịch vụ",
	      "Lịch đã dán ở nhà văn hóa và phát trên loa.", 10 },
	    { "Công khai kết quả thử nước quý này", "Công chức môi trường",
	      "Kết quả đã đăng và dán tại bảng tin.", 30 } } },
	{ "Đối thoại về giải phóng mặt bằng đường liên xã",
	  "Phương án bồi thường, tái định cư, tiến độ bàn giao mặt bằng.",
	  "Đo lại các thửa còn ý kiến; chi trả xong mới bàn giao; phương án niêm yết đủ thời gian.",
	  { { "Đất vườn được tính theo giá nào?",
	      "Theo bảng giá của tỉnh và hệ số đã niêm yết; cách tính ghi trong phương án." },
	    { "Nhà tôi còn thiếu diện tích thì làm thế nào?",
	      "Gửi kiến nghị tại xã; tổ công tác đo lại có mặt gia đình." },
	    { "Bao giờ chi trả tiền?", "Trong ba mươi ngày từ khi phương án được duyệt." } },
	  { { "Đo lại các thửa còn ý kiến của nhân dân", "Công chức địa chính - xây dựng",
	      "Đã đo lại, có biên bản ký với từng hộ.", 20 },
	    { "Niêm yết phương án bồi thường đã chỉnh sửa", "Công chức địa chính - xây dựng",
	      "Đã niêm yết tại xã và nhà văn hóa các thôn.", 40 } } },
};

/* --- What will happen --- */

static void enter(struct pen *p, struct date day, int minute, enum talk_step step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = DEED_TALK,
					       .unit = p->unit,
					       .item = p->d->talk_count - 1,
					       .arg = (int)step,
					       .on = NO_DATE });
}

/* Kept in time, late after a postponement that was asked for, or not yet. */
static void write_promise(struct pen *p, struct date held, int days)
{
	struct date due = date_add(held, days);
	if (chance(p, sloth(p->u) / 2))
		return; /* nobody came back to it */
	if (chance(p, 120))
		enter(p, working(p, date_add(due, -2)), 16 * HOUR, EXTEND);
	enter(p, working(p, date_add(due, chance(p, sloth(p->u)) ? 3 : -4)),
	      15 * HOUR + draw(p, 0, 90), KEEP);
}

static void write_one(struct pen *p, struct date day)
{
	struct demo *d = p->d;
	bool timely = chance(p, p->u->diligence);
	d->talks = demo_room(d, d->talks, d->talk_count, &d->talk_cap, sizeof *d->talks);
	struct demo_talk *t = &d->talks[d->talk_count++];
	*t = (struct demo_talk){ .unit = p->unit,
				 .day = day,
				 .topic = draw(p, 0, LENGTH(topics) - 1) };
	const struct topic *topic = &topics[t->topic];
	struct date told = date_add(day, timely ? -NOTICE_DAYS - draw(p, 1, 6) : -4);
	enter(p, told, 8 * HOUR + draw(p, 0, 40), PLAN);
	enter(p, told, 9 * HOUR + draw(p, 0, 40), ANNOUNCE);
	if (chance(p, sloth(p->u) / 10)) {
		enter(p, date_add(day, -1), 16 * HOUR, CANCEL);
		return;
	}
	enter(p, day, 11 * HOUR + 30, HOLD);
	for (int i = 0, n = draw(p, 1, ASKED_MOST); i < n; i++)
		enter(p, day, 13 * HOUR + 40 + 5 * i, PUT);
	for (int i = 0; i < PROMISED_MOST; i++) {
		enter(p, day, 14 * HOUR + 30 + 5 * i, PROMISE);
		write_promise(p, day, topic->promised[i].days);
	}
	if (chance(p, 900))
		enter(p, working(p, date_add(day, timely ? draw(p, 1, 4) : 9)), 10 * HOUR, PUBLISH);
}

void demo_write_talks(struct demo *d)
{
	struct rng rng;
	struct pen p = { .d = d, .calendar = d->home->office.calendar, .rng = &rng };
	for (p.unit = 0; p.unit < d->unit_count; p.unit++) {
		p.u = &d->units[p.unit];
		if (!p.u->commune)
			continue;
		demo_stream(d, str_printf(d->mem, "talks %.*s", STR_ARG(p.u->unit.code)), &rng);
		/* Some hold none in the whole year. */
		if (!p.unit || chance(&p, 400 + p.u->diligence / 2))
			write_one(&p, working(&p, day_of(draw(&p, 3, 11), draw(&p, 1, 28))));
		if (!p.unit) /* one that is still to come when the demonstration opens */
			write_one(&p, working(&p, date_add(instant_date(d->end), 6)));
	}
}

/* --- Its steps --- */

static enum err plan(struct demo *d, struct tx *tx, struct demo_talk *t)
{
	const struct demo_unit *u = &d->units[t->unit];
	const struct topic *topic = &topics[t->topic];
	struct step_input in = { .on = NO_DATE };
	struct demo_form f = demo_form_of(tx, &dialogue_kind, step_names[PLAN]);
	struct dossier *made;
	demo_text(&f, "title", str_of(topic->title));
	demo_text(&f, "body", str_of(topic->body));
	demo_date(&f, "day", t->day);
	demo_text(&f, "hour", S("8 giờ 00"));
	demo_text(&f, "place",
		  str_printf(tx->mem, "Hội trường UBND %.*s", STR_ARG(u->facts.title)));
	demo_text(&f, "chair", S("Chủ tịch UBND xã và Chủ tịch Ủy ban MTTQ Việt Nam xã"));
	enum err e = demo_open(d, tx, &dialogue_kind, u->unit.id, &f, &in, &made);
	if (!e)
		t->dossier = made->id;
	return e;
}

/* The commitment that waits longest; its number among the lines. */
static const struct line *waiting(const struct dossier *x)
{
	for (size_t i = 0; i < x->lines.n; i++)
		if (x->lines.at[i].kind == &x->kind->lines[LINE_COMMITMENT] &&
		    !date_is_set(((const struct commitment *)x->lines.at[i].data)->done_on))
			return &x->lines.at[i];
	return NULL;
}

static const char *result_of(const struct topic *topic, const struct line *l)
{
	const struct commitment *c = l->data;
	for (int i = 0; i < PROMISED_MOST; i++)
		if (str_eq(c->what, str_of(topic->promised[i].what)))
			return topic->promised[i].result;
	return topic->promised[0].result;
}

static void fill_commitment(struct tx *tx, struct demo_form *f, const struct topic *topic,
			    const struct line *l, enum talk_step step)
{
	demo_text(f, "commitment", str_printf(tx->mem, "%d", l->no));
	if (step == KEEP) {
		demo_text(f, "result", str_of(result_of(topic, l)));
		return;
	}
	demo_date(f, "until", date_add(((const struct commitment *)l->data)->due, 14));
	demo_text(f, "reason", S("Chờ vật tư, đã báo với thôn và các hộ."));
}

static void fill(struct demo_form *f, struct demo_talk *t, enum talk_step step)
{
	const struct topic *topic = &topics[t->topic];
	switch (step) {
	case CANCEL:
		demo_text(f, "reason", S("Xã tập trung phòng, chống bão; sẽ thông báo ngày khác."));
		break;
	case HOLD:
		demo_number(f, "people", 40 + (int64_t)(t->dossier % 70));
		demo_text(
			f, "minutes",
			S("Chủ tịch UBND xã trình bày nội dung; nhân dân nêu ý kiến; các công chức "
			  "trả lời. Chủ tịch Ủy ban MTTQ xã kết luận phần trao đổi."));
		break;
	case PUT:
		demo_text(f, "text", str_of(topic->asked[t->asked].text));
		demo_text(f, "answer", str_of(topic->asked[t->asked].answer));
		t->asked++;
		break;
	case PROMISE:
		demo_text(f, "what", str_of(topic->promised[t->promised].what));
		demo_text(f, "who", str_of(topic->promised[t->promised].who));
		demo_date(f, "due", date_add(t->day, topic->promised[t->promised].days));
		t->promised++;
		break;
	case PUBLISH:
		demo_text(f, "conclusions", str_of(topic->conclusions));
		demo_tick(f, "no_secret");
		demo_tick(f, "nobody_named");
		break;
	default:
		break; /* asks for nothing that must be said */
	}
}

enum err demo_take_talk(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	enum talk_step step = (enum talk_step)entry->arg;
	struct demo_talk *t = &d->talks[entry->item];
	const struct demo_unit *u = &d->units[t->unit];
	struct step_input in = { .on = NO_DATE };
	struct dossier *now;
	tx->who = 1u << step & LEADERS ? demo_leader_on(u, entry->day) : &u->clerk;
	if (step == PLAN)
		return plan(d, tx, t);
	enum err e = t->dossier ? dossier_load(tx, t->dossier, &now) : ERR_NOT_FOUND;
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	const struct line *owed = waiting(now);
	bool about = step == KEEP || step == EXTEND;
	if (!(kind_step(&dialogue_kind, str_of(step_names[step]))->from & now->state) ||
	    (about && !owed))
		return OK;
	struct demo_form f = demo_form_of(tx, &dialogue_kind, step_names[step]);
	if (about)
		fill_commitment(tx, &f, &topics[t->topic], owed, step);
	else
		fill(&f, t, step);
	return demo_step(d, tx, now, &f, &in);
}
