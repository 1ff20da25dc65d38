#include "main/demo/criticisms.h"

#include "main/demo/fill.h"
#include "main/demo/pen.h"
#include "modules/inspect/criticism.h"

enum criticism_step { RECEIVE, HOLD, SEND, ANSWER, WITHDRAW };
static const char *const step_names[] = { "receive", "hold", "send", "answer", "withdraw" };

enum { ANSWER_DAYS = 15 };

static const struct {
	const char *title, *body, *way, *minutes, *opinion, *outcome, *answer;
} drafts[] = {
	{ "Dự thảo phương án thu gom rác thải sinh hoạt của xã",
	  "Giá thu theo người, lịch thu gom từng thôn, điểm tập kết mới.", "conference",
	  "Đại diện các thôn, Hội Phụ nữ, Đoàn Thanh niên dự; mười hai ý kiến phát biểu.",
	  "Đề nghị miễn phí vệ sinh cho hộ nghèo; dời điểm tập kết ra xa trường học; ghi rõ ngày "
	  "thu gom từng thôn.",
	  "accepted",
	  "Tiếp thu cả ba ý kiến; điểm tập kết chuyển về cạnh bãi vật liệu cũ, hộ nghèo được "
	  "miễn." },
	{ "Dự thảo đề án sắp xếp thôn, tổ dân phố", "Nhập các thôn dưới 150 hộ, đặt tên thôn mới.",
	  "dialogue", "Đối thoại với cán bộ địa chính và trưởng các thôn phải nhập.",
	  "Đề nghị lấy ý kiến từng hộ về tên thôn; giữ cả hai nhà văn hóa trong ba năm đầu.",
	  "part",
	  "Lấy ý kiến từng hộ về tên thôn. Chưa giữ được cả hai nhà văn hóa vì kinh phí chỉ đủ "
	  "sửa một nhà; nhà còn lại giao thôn dùng vào việc chung." },
	{ "Dự thảo kế hoạch chuyển đổi đất lúa kém hiệu quả",
	  "Vùng chuyển đổi, cây trồng thay thế, hỗ trợ giống.", "written", NULL,
	  "Đề nghị bỏ xứ đồng sát kênh tưới khỏi vùng chuyển đổi và công khai mức hỗ trợ giống.",
	  "declined",
	  "Xứ đồng ấy đã khảo sát và không còn nước tưới từ hai vụ trước nên vẫn giữ trong vùng "
	  "chuyển đổi; mức hỗ trợ giống công khai tại các thôn." },
	{ "Dự thảo quy chế quản lý chợ xã", "Sắp xếp ngành hàng, giá vé, giờ mở cửa, vệ sinh.",
	  "conference", "Hai mươi hộ kinh doanh và Ban quản lý chợ dự.",
	  "Đề nghị thu vé theo ngày với hộ bán ít; có chỗ riêng cho người bán rau tự trồng.",
	  "accepted", "Tiếp thu; quy chế ghi vé ngày và dành dãy phía đông cho hàng tự trồng." },
};

/* --- The diary --- */

static void enter(struct pen *p, struct date day, int minute, enum criticism_step step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = working(p, day),
					       .minute = minute + draw(p, 0, 50),
					       .deed = DEED_CRITICISM,
					       .unit = p->unit,
					       .item = p->d->criticism_count - 1,
					       .arg = (int)step,
					       .on = NO_DATE });
}

/* Whoever is sleepy sends the draft too late, and answers late or never. */
static void write_commune(struct pen *p)
{
	struct demo *d = p->d;
	if (p->unit && !chance(p, 550))
		return;
	d->criticisms = demo_room(d, d->criticisms, d->criticism_count, &d->criticism_cap,
				  sizeof *d->criticisms);
	struct demo_criticism *x = &d->criticisms[d->criticism_count++];
	bool late = chance(p, sloth(p->u));
	int month = draw(p, 3, 10), left = late ? draw(p, 5, 12) : draw(p, 18, 28);
	struct date came = working(p, day_of(month, draw(p, 1, 28)));
	*x = (struct demo_criticism){ .unit = p->unit,
				      .draft = draw(p, 0, LENGTH(drafts) - 1),
				      .submit_on = date_add(came, left) };
	enter(p, came, 8 * HOUR, RECEIVE);
	if (p->unit && chance(p, 60)) {
		enter(p, date_add(came, 2), 14 * HOUR, WITHDRAW);
		return;
	}
	struct date sent = working(p, date_add(came, left - draw(p, 2, 4)));
	if (drafts[x->draft].minutes)
		enter(p, date_add(came, 1), 15 * HOUR, HOLD);
	enter(p, sent, 9 * HOUR, SEND);
	if (p->unit && chance(p, sloth(p->u) / 3))
		return;
	bool slow = chance(p, sloth(p->u));
	enter(p, date_add(sent, slow ? ANSWER_DAYS + draw(p, 2, 20) : draw(p, 4, 12)), 14 * HOUR,
	      ANSWER);
}

void demo_write_criticisms(struct demo *d)
{
	demo_each_commune(d, "criticisms", write_commune);
}

/* --- Its steps --- */

static void fill(const struct demo *d, const struct demo_criticism *x, enum criticism_step step,
		 struct demo_form *f)
{
	switch (step) {
	case RECEIVE:
		demo_text(f, "title", str_of(drafts[x->draft].title));
		demo_text(f, "body", str_of(drafts[x->draft].body));
		demo_text(f, "way", str_of(drafts[x->draft].way));
		demo_text(f, "drafter", d->units[x->unit].unit.code);
		demo_date(f, "submit_on", x->submit_on);
		break;
	case HOLD:
		demo_text(f, "minutes", str_of(drafts[x->draft].minutes));
		break;
	case SEND:
		demo_text(f, "opinion", str_of(drafts[x->draft].opinion));
		break;
	case ANSWER:
		demo_text(f, "outcome", str_of(drafts[x->draft].outcome));
		demo_text(f, "answer", str_of(drafts[x->draft].answer));
		break;
	case WITHDRAW:
		demo_text(f, "reason", S("Xã rút dự thảo để chuẩn bị lại số liệu."));
		break;
	}
}

enum err demo_take_criticism(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_criticism *x = &d->criticisms[entry->item];
	const struct demo_unit *u = &d->units[x->unit];
	enum criticism_step step = (enum criticism_step)entry->arg;
	struct demo_move m = { .kind = &criticism_kind,
			       .step = step_names[step],
			       .unit = u->unit.id,
			       .dossier = &x->dossier,
			       .in = { .on = NO_DATE } };
	tx->who = step == ANSWER ? &u->clerk : &u->front;
	enum err e = demo_move_begin(tx, &m);
	if (e || !m.form.step)
		return e;
	fill(d, x, step, &m.form);
	return demo_move_end(d, tx, &m);
}
