/* What the province asks, the districts ask in turn of their communes; how soon each answers hangs on its
 * diligence. */
#include "main/demo/documents.h"

#include "main/demo/fill.h"
#include "main/demo/news.h"
#include "main/demo/pen.h"
#include "modules/know/assignment.h"
#include "modules/know/document.h"

/* The steps, in the order in which they can come: `arg` of an entry. For the last, `unit` is the paper
 * of who was asked. */
enum document_step { RECORD, SUBMIT, PUBLISH, MOVE, REPLACE, REDACT, ACKNOWLEDGE };

static int diligence(const struct demo_paper *paper)
{
	return paper->commune ? paper->commune->diligence : 900;
}

static void enter(struct pen *p, int document, int paper, struct date day, int minute,
		  enum document_step step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = DEED_DOCUMENT,
					       .unit = paper,
					       .item = document,
					       .arg = (int)step,
					       .on = NO_DATE });
}

static int issue(struct pen *p, struct demo_document made)
{
	struct demo *d = p->d;
	int id = d->document_count;
	d->documents = demo_room(d, d->documents, d->document_count++, &d->document_cap,
				 sizeof *d->documents);
	made.code = S("");
	d->documents[id] = made;
	enter(p, id, made.paper, made.day, 8 * HOUR + draw(p, 10, 140), RECORD);
	enter(p, id, made.paper, made.day, 11 * HOUR + draw(p, 0, 25), SUBMIT);
	enter(p, id, made.paper, made.day, 14 * HOUR + draw(p, 0, 170), PUBLISH);
	return id;
}

static struct str titled(struct pen *p, int paper, const char *what)
{
	return str_printf(p->d->mem, "%s của %.*s", what, STR_ARG(p->d->papers[paper].facts.title));
}

static struct str numbered(struct pen *p, const char *series)
{
	return str_printf(p->d->mem, "%02d/%s-UBND", draw(p, 3, 60), series);
}

/* Timely, late or never: what somebody makes of a day by which he was asked. */
static bool answers(struct pen *p, const struct demo_paper *who, struct date from, struct date due,
		    struct date *day)
{
	int care = diligence(who), fate = draw(p, 1, 1000), length = due.days - from.days;
	if (fate > care + (1000 - care) * 6 / 10)
		return false;
	*day = fate <= care ? working(p, date_add(from, draw(p, 3, length > 8 ? length - 4 : 4)))
			    : working(p, date_add(due, draw(p, 1, 30)));
	return true;
}

/* --- The yearly plan, three levels deep --- */

static void plan_of_commune(struct pen *p, int above, int paper)
{
	const struct demo_document *district = &p->d->documents[above];
	struct date day;
	if (!answers(p, &p->d->papers[paper], district->day, district->due, &day))
		return;
	issue(p, (struct demo_document){
			 .paper = paper,
			 .above = above,
			 .type = "plan",
			 .day = day,
			 .due = NO_DATE,
			 .title = titled(p, paper,
					 "Kế hoạch thực hiện quy chế dân chủ ở cơ sở năm 2020"),
			 .number = numbered(p, "KH"),
			 .body = S("1. Công khai đủ 11 nội dung, đúng hạn, đúng hình thức.\n"
				   "2. Họp thôn ít nhất hai lần trong năm.\n"
				   "3. Đối thoại với Nhân dân trong quý III.\n") });
}

static void plan_of_district(struct pen *p, int above, int paper)
{
	const struct demo_document *province = &p->d->documents[above];
	struct date day;
	if (!answers(p, &p->d->papers[paper], province->day, province->due, &day))
		return;
	int own = issue(
		p, (struct demo_document){
			   .paper = paper,
			   .above = above,
			   .type = "plan",
			   .day = day,
			   .due = date_add(day, 55),
			   .group = "communes",
			   .asked = "issue",
			   .title = titled(p, paper,
					   "Kế hoạch thực hiện quy chế dân chủ ở cơ sở năm 2020"),
			   .number = numbered(p, "KH"),
			   .body = S("Các xã, phường, thị trấn ban hành kế hoạch của mình, nêu rõ "
				     "người chịu trách nhiệm từng nội dung.\n\nHuyện kiểm tra mỗi "
				     "xã ít nhất một lần trong năm.\n") });
	for (int i = 0; i < p->d->paper_count; i++)
		if (p->d->papers[i].commune &&
		    p->d->papers[i].unit.parent == p->d->papers[paper].unit.id)
			plan_of_commune(p, own, i);
}

static void write_plan(struct pen *p, int province)
{
	int top = issue(p, (struct demo_document){
				   .paper = province,
				   .above = -1,
				   .type = "plan",
				   .day = day_of(1, 13),
				   .due = day_of(2, 21),
				   .group = "districts",
				   .asked = "issue",
				   .title = S("Kế hoạch thực hiện quy chế dân chủ ở cơ sở năm 2020 "
					      "của tỉnh Ninh Bình"),
				   .number = S("08/KH-UBND"),
				   .body = S("- Trên 90% nội dung công khai đúng hạn.\n"
					     "- 100% xã đối thoại với Nhân dân ít nhất một lần.\n"
					     "- Các huyện, thành phố ban hành kế hoạch của mình "
					     "và đôn đốc các xã.\n") });
	for (int i = 0; i < p->d->paper_count; i++)
		if (p->d->papers[i].unit.level == LEVEL_DISTRICT)
			plan_of_district(p, top, i);
}

/* --- A directive that every commune takes note of --- */

/* Those of a level who were asked to. */
static void take_note(struct pen *p, int document, enum unit_level level)
{
	const struct demo_document *x = &p->d->documents[document];
	for (int i = 0; i < p->d->paper_count; i++) {
		const struct demo_paper *who = &p->d->papers[i];
		struct date day;
		if (who->unit.level == level && answers(p, who, x->day, x->due, &day))
			enter(p, document, i, day, 9 * HOUR + draw(p, 0, 300), ACKNOWLEDGE);
	}
}

static void write_directive(struct pen *p, int province)
{
	int id = issue(
		p, (struct demo_document){
			   .paper = province,
			   .above = -1,
			   .type = "directive",
			   .day = day_of(4, 13),
			   .due = day_of(4, 24),
			   .group = "communes",
			   .asked = "acknowledge",
			   .title = S("Chỉ thị về công khai kinh phí, hàng hỗ trợ phòng, "
				      "chống dịch"),
			   .number = S("03/CT-UBND"),
			   .body = S("Mọi khoản hỗ trợ phải được niêm yết tại trụ sở và nhà văn "
				     "hóa thôn trước khi chi.\n\nCác xã, phường, thị trấn xác "
				     "nhận đã phổ biến tới trưởng thôn.\n") });
	take_note(p, id, LEVEL_COMMUNE);
}

/* --- Guidance for the review, a day moved, a letter replaced --- */

static void write_review(struct pen *p, int province)
{
	int id =
		issue(p, (struct demo_document){
				 .paper = province,
				 .above = -1,
				 .type = "guidance",
				 .day = day_of(11, 9),
				 .due = day_of(12, 18),
				 .group = "districts",
				 .asked = "issue",
				 .title = S("Hướng dẫn tổng kết thực hiện quy chế dân chủ ở cơ sở "
					    "năm 2020"),
				 .number = S("21/HD-UBND"),
				 .body = S("Các huyện, thành phố gửi báo cáo, số liệu lấy từ trang "
					   "này; nêu rõ việc còn quá hạn.\n") });
	enter(p, id, province, day_of(12, 10), 15 * HOUR, MOVE);
	for (int i = 0; i < p->d->paper_count; i++) {
		struct date day;
		if (p->d->papers[i].unit.level != LEVEL_DISTRICT ||
		    !answers(p, &p->d->papers[i], date_add(day_of(12, 18), -18), day_of(12, 18),
			     &day))
			continue;
		issue(p, (struct demo_document){
				 .paper = i,
				 .above = id,
				 .type = "report",
				 .day = day,
				 .due = NO_DATE,
				 .title = titled(
					 p, i, "Báo cáo tổng kết quy chế dân chủ ở cơ sở năm 2020"),
				 .number = numbered(p, "BC"),
				 .body = S("Số liệu chi tiết xem ở trang tổng kết của huyện.\n") });
	}
}

static struct demo_document letter(int paper, struct date day, const char *number)
{
	return (struct demo_document){ .paper = paper,
				       .above = -1,
				       .type = "letter",
				       .day = day,
				       .due = NO_DATE,
				       .title = S("Công văn hướng dẫn mẫu biên bản niêm yết"),
				       .number = str_of(number),
				       .body = S("Biên bản ghi rõ nơi niêm yết, ngày treo, ngày hạ "
						 "và người chứng kiến.\n") };
}

static void write_letters(struct pen *p, int province)
{
	int old = issue(p, letter(province, day_of(3, 2), "115/UBND-NC"));
	issue(p, letter(province, day_of(9, 1), "642/UBND-NC"));
	enter(p, old, province, day_of(9, 3), 9 * HOUR, REPLACE);
}

/* --- A letter that names somebody, in its title too: hidden the next day, in its tasks as well --- */

#define NAMED "Phạm Thị Thử Nghiệm"
#define PHONE "0900 000 000"

static void write_named(struct pen *p, int province)
{
	struct date day = day_of(10, 6);
	int id = issue(
		p,
		(struct demo_document){
			.paper = province,
			.above = -1,
			.type = "letter",
			.day = day,
			.due = day_of(10, 23),
			.group = "districts",
			.asked = "acknowledge",
			.title = S(
				"Công văn về niêm yết danh sách hỗ trợ, từ phản ánh của bà " NAMED),
			.number = S("733/UBND-NC"),
			.body = S("Bà " NAMED ", số điện thoại " PHONE
				  ", phản ánh có nơi chưa niêm yết danh sách hỗ trợ.\n\n"
				  "Các huyện, thành phố kiểm tra lại nơi niêm yết.\n") });
	enter(p, id, province, date_add(day, 1), 9 * HOUR, REDACT);
	take_note(p, id, LEVEL_DISTRICT);
}

void demo_write_documents(struct demo *d)
{
	struct rng rng;
	struct pen p = { .d = d, .calendar = d->home->office.calendar, .rng = &rng };
	demo_stream(d, S("documents"), &rng);
	for (int i = 0; i < d->paper_count; i++) {
		if (d->papers[i].unit.level != LEVEL_PROVINCE)
			continue;
		write_plan(&p, i);
		write_letters(&p, i);
		write_directive(&p, i);
		write_review(&p, i);
		write_named(&p, i);
	}
}

/* --- Its steps --- */

static const struct member *who_acts(const struct demo *d, int paper, enum document_step step,
				     struct date day)
{
	const struct demo_paper *x = &d->papers[paper];
	bool leads = step == PUBLISH || step == MOVE || step == REPLACE || step == REDACT;
	if (x->commune)
		return leads ? demo_leader_on(x->commune, day) : &x->commune->clerk;
	return leads ? &x->leader : &x->clerk;
}

static enum err record(struct demo *d, struct tx *tx, struct demo_document *x)
{
	struct step_input in = { .on = NO_DATE };
	struct demo_form f = demo_form_of(tx, &document_kind, "record");
	struct dossier *made;
	if (x->above >= 0 && !d->documents[x->above].code.len)
		return OK;
	demo_text(&f, "type", str_of(x->type));
	demo_text(&f, "title", x->title);
	demo_text(&f, "number", x->number);
	demo_text(&f, "issuer",
		  str_printf(tx->mem, "UBND %.*s", STR_ARG(d->papers[x->paper].facts.title)));
	demo_date(&f, "issued_on", x->day);
	demo_text(&f, "body", x->body);
	if (x->above >= 0)
		demo_text(&f, "parent", d->documents[x->above].code);
	if (date_is_set(x->due)) {
		demo_one(tx->mem, &f, "groups", str_of(x->group));
		demo_text(&f, "asked", str_of(x->asked));
		demo_date(&f, "due_on", x->due);
	}
	enum err e = demo_open(d, tx, &document_kind, d->papers[x->paper].unit.id, &f, &in, &made);
	if (!e) {
		x->dossier = made->id;
		x->code = str_dup(d->mem, made->code);
	}
	return e;
}

static enum err acknowledge(struct demo *d, struct tx *tx, const struct demo_document *x, int paper)
{
	struct demo_form f = demo_form_of(tx, &assignment_kind, "acknowledge");
	struct step_input in = { .on = NO_DATE };
	struct dossier *task;
	int64_t id;
	enum err e = assignment_find(tx, x->dossier, d->papers[paper].unit.id, S(""), &id);
	if (e || !id || (e = dossier_load(tx, id, &task)))
		return e;
	return demo_step(d, tx, task, &f, &in);
}

static void fill(struct demo *d, struct tx *tx, const struct demo_document *x,
		 enum document_step step, struct demo_form *f)
{
	if (step == SUBMIT) {
		demo_tick(f, "no_secret");
		demo_tick(f, "names_lawful");
	} else if (step == MOVE) {
		demo_date(f, "to_due", day_of(12, 25));
		demo_text(f, "reason", S("Các huyện cần thêm thời gian đối chiếu số liệu của xã."));
	} else if (step == REPLACE) {
		/* write_letters issues the two one after the other. */
		demo_text(f, "replaced_by", d->documents[x - d->documents + 1].code);
		demo_date(f, "from", tx_today(tx));
	} else if (step == REDACT) {
		demo_text(f, "passages", S(NAMED "\n" PHONE));
		demo_text(f, "redaction_ground", S("personal"));
		demo_text(f, "redaction_note", S("Có tên và số điện thoại của người phản ánh."));
		demo_tick(f, "reviewed");
	}
}

enum err demo_take_document(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	static const char *const steps[] = { [RECORD] = "record",          [SUBMIT] = "submit",
					     [PUBLISH] = "publish",        [MOVE] = "move",
					     [REPLACE] = "replace",        [REDACT] = "redact",
					     [ACKNOWLEDGE] = "acknowledge" };
	struct demo_document *x = &d->documents[entry->item];
	enum document_step step = (enum document_step)entry->arg;
	struct step_input in = { .on = NO_DATE };
	struct dossier *made;
	tx->who = who_acts(d, entry->unit, step, entry->day);
	if (step == RECORD)
		return record(d, tx, x);
	if (!x->dossier)
		return OK;
	if (step == ACKNOWLEDGE)
		return acknowledge(d, tx, x, entry->unit);
	enum err e = dossier_load(tx, x->dossier, &made);
	const struct step *s = kind_step(&document_kind, str_of(steps[step]));
	if (e || !(s->from & made->state))
		return e;
	struct demo_form f = demo_form_of(tx, &document_kind, steps[step]);
	fill(d, tx, x, step, &f);
	return demo_step(d, tx, made, &f, &in);
}
