/* The reception book: slots that nobody gets twice, what is counted and on which day, what becomes of a
 * visit, and that nothing of who came is anywhere but in sealed content. */
#include "modules/inspect/denunciation.h"
#include "modules/inspect/petition.h"
#include "modules/inspect/statistic_tables.h"
#include "modules/inspect/test_reception.h"
#include "modules/inspect/visit_steps.h"

#include "office/gate.h"
#include "office/notice.h"

enum { CITIZEN_PERSON = 21 };
static const struct member citizen = { .person = CITIZEN_PERSON, .name = S_INIT("Người Mẫu") };

static struct visit blank(void)
{
	struct visit x = { 0 };
	fields_init(visit_kind.fields, &x);
	x.story = S("Xin cấp lại trang bìa sổ hộ nghèo");
	x.people = 1;
	x.name = S("Nguyễn Văn Mẫu");
	x.address = S("Thôn Đông, xã Mẫu");
	return x;
}

static struct str slot_of(struct tx *tx, const struct dossier *day, const char *hour)
{
	return str_printf(tx->mem, "%.*s %s", STR_ARG(day->code), hour);
}

static enum err open_visit(struct tx *tx, const struct member *who, const char *step,
			   struct visit form, struct dossier **d)
{
	struct step_input in = { .on = NO_DATE };
	tx->who = who;
	tx->err = OK;
	return dossier_open(tx, &visit_kind, SMALL_COMMUNE, step, &form, &in, NULL, d);
}

static enum err book(struct tx *tx, const struct member *who, const struct dossier *day,
		     const char *hour, struct dossier **d)
{
	struct visit form = blank();
	form.slot = slot_of(tx, day, hour);
	return open_visit(tx, who, "book", form, d);
}

static struct dossier *announced(struct tx *tx, const char *day, const char *on)
{
	struct dossier *d = planned(tx, "head", day, on);
	announce(tx, d, "head", day, on);
	return d;
}

/* As a clerk writes down who stands before him. */
static struct dossier *came(struct tx *tx, const struct dossier *day, int64_t people,
			    const char *round, const char *by)
{
	struct visit form = blank();
	struct dossier *d = NULL;
	form.slot = day->code;
	form.people = people;
	form.round = str_of(round);
	form.type = S("proposal");
	form.by = str_of(by);
	if (open_visit(tx, &s.clerk, "enter", form, &d))
		FAIL("%s", tx->why);
	return d;
}

TEST(nobody_gets_a_slot_twice_and_a_cancelled_one_is_free)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-06"), *d = NULL, *other = NULL;
	struct strs free;
	CHECK_INT(visit_free_slots(tx, day, &free), OK);
	CHECK_INT(free.n, 7); /* 07:30 to 11:00, half an hour each */
	CHECK_INT(book(tx, NULL, day, "08:00", &d), OK);
	CHECK_INT(d->state, VISIT_BOOKED);
	CHECK_INT(d->parent, day->id);
	CHECK_STR(dossier_title(d), S("Đến buổi tiếp công dân 08:00, ngày 17/03/2026"));
	CHECK_INT(book(tx, &citizen, day, "08:00", &other), ERR_INVALID);
	CHECK_INT(book(tx, &citizen, day, "08:10", &other), ERR_INVALID);
	CHECK_INT(book(tx, &citizen, day, "", &other), ERR_INVALID);
	CHECK_INT(visit_free_slots(tx, day, &free), OK);
	CHECK_INT(free.n, 6);
	/* By the receipt alone, and only by it. */
	CHECK_INT(small_site_take(tx, d, NULL, "cancel", NULL, "2026-03-06", NULL), ERR_DENIED);
	CHECK_INT(small_site_take(tx, d, &citizen, "cancel", NULL, "2026-03-06", NULL), ERR_DENIED);
	tx->receipt = d->id;
	CHECK_INT(small_site_take(tx, d, NULL, "cancel", NULL, "2026-03-06", NULL), OK);
	tx->receipt = 0;
	CHECK_INT(book(tx, &citizen, day, "08:00", &other), OK);
	CHECK_INT(figure(tx, "visit.came.office"), 0);
	small_site_verify(tx);
}

TEST(hours_that_have_passed_and_days_that_are_called_off_take_no_bookings)
{
	struct tx *tx = site("2026-03-17T09:10");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-17");
	struct strs free;
	CHECK_INT(visit_free_slots(tx, day, &free), OK);
	CHECK_INT(free.n, 3); /* 09:30, 10:00, 10:30 */
	CHECK_STR(free.at[0], S("09:30"));
	void *form = form_of(tx, "cancel");
	put("cancel", form, "reason", S("Trùng kỳ họp HĐND xã"));
	put("cancel", form, "notice", S("Bảng tin trụ sở UBND xã"));
	small_site_done(tx, day, &s.leader, "cancel", form, "2026-03-17");
	CHECK_INT(visit_free_slots(tx, day, &free), OK);
	CHECK_INT(free.n, 0);
}

/* The columns of TCD01: the whole is the sum of who received. */
TEST(a_visit_is_counted_on_the_day_of_the_reception_by_who_received)
{
	struct tx *tx = site("2026-03-17T08:00");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-17");
	struct visits all;
	came(tx, day, 1, "first", "in_person");
	came(tx, day, 5, "again", "in_person");
	test_now(tx, "2026-04-02T08:00"); /* from the paper book */
	came(tx, day, 2, "first", "office");
	CHECK_INT(figure(tx, "visit.came.in_person"), 2);
	CHECK_INT(figure(tx, "visit.people.in_person"), 6);
	CHECK_INT(figure(tx, "visit.group.in_person"), 1);
	CHECK_INT(figure(tx, "visit.came.office"), 1);
	CHECK_INT(figure(tx, "visit.matter.first"), 2);
	CHECK_INT(figure(tx, "visit.matter.again"), 1);
	struct query q = db_query(tx, "SELECT COUNT(*) FROM figure WHERE figure_key = $1"
				      " AND counted_on = '2026-03-17'");
	BIND(&q, S("visit.came.office"));
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 1);
	CHECK_INT(visit_book(tx, day->id, &all), OK);
	CHECK_INT(all.n, 3);
	small_site_verify(tx);
}

TEST(who_stands_there_is_received_by_somebody_for_something)
{
	struct tx *tx = site("2026-03-17T08:00");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-17"), *d = NULL;
	struct visit form = blank();
	form.slot = day->code;
	CHECK_INT(open_visit(tx, &s.clerk, "enter", form, &d), ERR_INVALID);
	form.by = S("office");
	form.type = S("other");
	CHECK_INT(open_visit(tx, &s.clerk, "enter", form, &d), ERR_INVALID);
	form.round = S("first");
	CHECK_INT(open_visit(tx, &s.neighbour, "enter", form, &d), ERR_DENIED);
	CHECK_INT(open_visit(tx, &s.clerk, "enter", form, &d), OK);
	CHECK_INT(d->state, VISIT_RECEIVED);
	/* Ten working days to say what becomes of it: art. 28.1. */
	CHECK_DAY(small_site_duty(d, "reception.intake_answer")->due, "2026-03-31");
	/* By telephone, for an hour to come. */
	struct dossier *next = announced(tx, "2026-03-24", "2026-03-17");
	struct visit ahead = blank();
	ahead.slot = slot_of(tx, next, "10:00");
	ahead.name = S("");
	CHECK_INT(open_visit(tx, &s.clerk, "enter", ahead, &d), ERR_INVALID);
	ahead.name = S("Trần Thị Mẫu");
	CHECK_INT(open_visit(tx, &s.clerk, "enter", ahead, &d), OK);
	CHECK_INT(d->state, VISIT_BOOKED);
	CHECK_INT(d->duties.n, 0);
}

TEST(a_booking_follows_a_day_that_is_postponed)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct dossier *day = announced(tx, "2026-03-12", "2026-03-06"), *d = NULL;
	CHECK_INT(book(tx, NULL, day, "08:00", &d), OK);
	CHECK_INT(postpone(tx, day, "2026-03-17", "2026-03-06"), OK);
	test_now(tx, "2026-03-12T08:00");
	struct visit form = blank();
	form.round = S("first");
	form.type = S("feedback");
	form.by = S("in_person");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "receive", &form, "2026-03-12", NULL),
		  ERR_INVALID);
	CHECK_INT(small_site_take(tx, d, &s.clerk, "absent", NULL, "2026-03-12", NULL),
		  ERR_INVALID);
	test_now(tx, "2026-03-17T08:00");
	small_site_done(tx, d, &s.clerk, "receive", &form, "2026-03-17");
	CHECK_DAY(((const struct visit *)d->data)->day, "2026-03-17");
	CHECK_STR(dossier_title(d), S("Đến buổi tiếp công dân 08:00, ngày 17/03/2026"));
	small_site_verify(tx);
}

/* Decree 154/2026 art. 14.4: several matters are split. */
TEST(each_matter_becomes_a_petition_of_its_own)
{
	struct tx *tx = site("2026-03-17T08:00");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-17");
	struct dossier *d = came(tx, day, 3, "first", "in_person"), *made;
	struct visit_take matter = { .which = S("feedback"),
				     .summary = S("Mương thôn Đông bị lấp"),
				     .told = S("Từ tháng trước mương bị đổ đất lấp."),
				     .name = S("Nguyễn Văn Mẫu"),
				     .address = S("Thôn Đông, xã Mẫu") };
	int64_t id;
	CHECK_INT(small_site_take(tx, d, &s.leader, "take", &matter, "2026-03-17", NULL),
		  ERR_DENIED); /* petitions are entered by clerks */
	small_site_done(tx, d, &s.clerk, "take", &matter, "2026-03-17");
	matter.which = S("complaint");
	small_site_done(tx, d, &s.clerk, "take", &matter, "2026-03-17");
	CHECK_INT(d->state, VISIT_TAKEN);
	CHECK_INT(d->lines.n, 2);
	CHECK_STR(((const struct visit *)d->data)->type, S("proposal")); /* the visit's own */
	CHECK_INT(small_site_duty(d, "reception.intake_answer")->state, DUTY_MET);
	const struct visit_petition *second = d->lines.at[1].data;
	CHECK_INT(dossier_by_code(tx, second->code, &id), OK);
	CHECK_INT(dossier_load(tx, id, &made), OK);
	CHECK_INT(made->state, COMPLAINT_LODGED);
	CHECK_INT(((const struct petition *)made->data)->people, 3);
	struct petition whose = { 0 };
	CHECK_INT(dossier_personal(tx, made, petition_kind.fields, &whose), OK);
	CHECK_STR(whose.name, S("Nguyễn Văn Mẫu"));
	small_site_verify(tx);
}

/* Otherwise the book would name who denounced, and what. */
TEST(when_what_was_told_becomes_a_denunciation_the_visit_is_sealed_with_it)
{
	struct tx *tx = site("2026-03-17T08:00");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-17");
	struct dossier *d = came(tx, day, 1, "first", "in_person"), *made;
	struct visit_take matter = { .which = S("feedback"),
				     .summary = S("Thu tiền ngoài quy định"),
				     .told = S("Công chức đòi thêm tiền khi nhận hồ sơ."),
				     .name = S("Trần Thị Zzqx"),
				     .address = S("Thôn Đông, xã Mẫu") };
	struct denunciation_seal seal = { .accused = S("Lê Văn B"),
					  .reason = S("Nội dung là tố cáo hành vi nhận tiền") };
	int64_t id;
	small_site_done(tx, d, &s.clerk, "take", &matter, "2026-03-17");
	const struct visit_petition *line = d->lines.at[0].data;
	CHECK_INT(dossier_by_code(tx, line->code, &id), OK);
	CHECK_INT(dossier_load(tx, id, &made), OK);
	int64_t before = figure(tx, "visit.came.in_person");
	small_site_done(tx, made, &s.clerk, "seal", &seal, "2026-03-17");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, VISIT_SEALED);
	CHECK_INT(figure(tx, "visit.came.in_person"), before);
	tx->who = &s.clerk;
	CHECK_INT(sealed_right(tx, d, NULL), SEALED_NOTHING);
	struct query q = db_query(tx, "SELECT sealed_bytes FROM content WHERE sealed_bytes"
				      " IS NOT NULL");
	while (db_next(&q)) {
		struct bytes b = col_bytes(&q, 0);
		CHECK(!str_has((struct str){ b.at, b.len }, S("Zzqx")));
	}
	small_site_verify(tx);
}

/* Law 42/2013 art. 9; Decree 154/2026 art. 4.3: in writing within three working days, since July 2026. */
TEST(a_refusal_has_a_ground_and_is_notified_in_writing)
{
	struct tx *tx = site("2026-07-14T08:00");
	struct dossier *day = announced(tx, "2026-07-14", "2026-07-14");
	struct dossier *d = came(tx, day, 1, "again", "office");
	struct visit form = blank();
	form.detail = S("Đã giải quyết tại Quyết định 12/QĐ-UBND, thông báo ngày 01/06/2026");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "refuse", &form, "2026-07-14", NULL),
		  ERR_INVALID);
	form.ground = S("settled");
	small_site_done(tx, d, &s.clerk, "refuse", &form, "2026-07-14");
	CHECK_DAY(small_site_duty(d, "reception.refusal")->due, "2026-07-17");
	CHECK_INT(small_site_duty(d, "reception.intake_answer")->state, DUTY_MET);
	form.number = S("05/TB-UBND");
	test_now(tx, "2026-07-20T08:00");
	small_site_done(tx, d, &s.clerk, "notify", &form, "2026-07-20");
	CHECK_INT(small_site_duty(d, "reception.refusal")->state, DUTY_LATE);
	CHECK_DAY(((const struct visit *)d->data)->notified_on, "2026-07-20");
	small_site_verify(tx);
}

TEST(who_came_stands_in_sealed_content_and_nowhere_else)
{
	struct tx *tx = site("2026-03-17T08:00");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-17");
	struct dossier *d = came(tx, day, 1, "first", "office");
	struct query q = db_query(tx, "SELECT d.data, d.title, a.data FROM dossier d"
				      " JOIN act a ON a.dossier = d.id WHERE d.id = $1");
	BIND(&q, d->id);
	while (db_next(&q))
		for (int i = 0; i < 3; i++) {
			CHECK(!str_has(col_str(&q, i), S("Nguyễn Văn Mẫu")));
			CHECK(!str_has(col_str(&q, i), S("Thôn Đông")));
		}
	CHECK_INT(q.err, OK);
	/* Nobody reads it without a reason, not even who works there; the neighbour never. */
	tx->who = &s.clerk;
	CHECK(!gate_may_read(tx, d));
	tx->who = &s.neighbour;
	CHECK(!gate_may_read(tx, d));
	tx->who = NULL;
	CHECK(!gate_may_read(tx, d));
	CHECK(gate_may_read(tx, day));
}

TEST(one_account_holds_at_most_twenty_bookings)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct dossier *d = NULL;
	int n = 0;
	for (int i = 10; i < 14; i++) {
		const char *on = str_printf(tx->mem, "2026-03-%d", i).at;
		struct dossier *day = announced(tx, on, "2026-03-06");
		struct strs free;
		CHECK_INT(visit_free_slots(tx, day, &free), OK);
		for (size_t k = 0; k < free.n && n < 20; k++, n++)
			CHECK_INT(book(tx, &citizen, day, str_z(tx->mem, free.at[k]), &d), OK);
		if (n == 20)
			CHECK_INT(book(tx, &citizen, day, "10:30", &d), ERR_INVALID);
	}
	CHECK_INT(n, 20);
}

/* Nothing is typed into a total: what was entered wrong is put right by an act, and the figures follow. */
TEST(a_line_entered_wrong_is_corrected_or_struck_out_and_the_figures_follow)
{
	struct tx *tx = site("2026-03-17T08:00");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-17");
	struct dossier *d = came(tx, day, 7, "first", "in_person");
	struct visit_correct right = { .people = 2,
				       .by = S("office"),
				       .type = S("complaint"),
				       .round = S("again"),
				       .reason = S("Ghi nhầm dòng trên") };
	small_site_done(tx, d, &s.clerk, "correct", &right, "2026-03-17");
	CHECK_INT(figure(tx, "visit.came.in_person"), 0);
	CHECK_INT(figure(tx, "visit.people.in_person"), 0);
	CHECK_INT(figure(tx, "visit.group.in_person"), 0);
	CHECK_INT(figure(tx, "visit.people.office"), 2);
	CHECK_INT(figure(tx, "visit.matter.first"), 0);
	CHECK_INT(figure(tx, "visit.matter.again"), 1);
	CHECK_INT(small_site_take(tx, d, &s.clerk, "strike", &right, "2026-03-17", NULL),
		  ERR_DENIED);
	small_site_done(tx, d, &s.leader, "strike", &right, "2026-03-17");
	CHECK_INT(d->state, VISIT_STRUCK);
	CHECK_INT(figure(tx, "visit.came.office"), 0);
	CHECK_INT(figure(tx, "visit.people.office"), 0);
	CHECK_INT(small_site_duty(d, "reception.intake_answer")->state, DUTY_EXCUSED);
	small_site_verify(tx);
}

/* What was booked for a day that moves is told to whoever booked it, and to nobody who came on his own. */
TEST(a_day_that_moves_is_told_to_who_booked_a_slot)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-06"), *a = NULL, *b = NULL,
		       *gone = NULL;
	struct notices all;
	CHECK_INT(book(tx, NULL, day, "08:00", &a), OK);
	CHECK_INT(book(tx, &citizen, day, "08:30", &b), OK);
	CHECK_INT(book(tx, &citizen, day, "09:00", &gone), OK);
	small_site_done(tx, gone, &citizen, "cancel", NULL, "2026-03-06");
	CHECK_INT(postpone(tx, day, "2026-03-24", "2026-03-06"), OK);
	const struct dossier *booked[] = { a, b };
	for (size_t i = 0; i < LENGTH(booked); i++) {
		CHECK_INT(notice_list(tx, booked[i]->id, 0, &all), OK);
		CHECK_INT((int64_t)all.n, 2); /* the slot, and that it moved */
		CHECK_STR(str_of(all.at[0].step->name), S("postpone"));
		CHECK_INT(all.at[0].class, NOTICE_MINE);
		CHECK_STR(all.at[0].code, booked[i]->code);
	}
	CHECK_INT(notice_list(tx, gone->id, 0, &all), OK);
	CHECK_INT((int64_t)all.n, 1);
	small_site_verify(tx);
}

/* TCD01: who received, for the first time or again, alone or in a large group, and the sums that are printed. */
TEST(the_table_of_receptions_counts_each_visit_in_its_columns)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct dossier *day = announced(tx, "2026-03-17", "2026-03-06");
	struct unit u;
	struct stat x;
	small_site_day(tx, "2026-03-17T08:00");
	(void)came(tx, day, 1, "first", "office");
	(void)came(tx, day, 2, "again", "office");
	(void)came(tx, day, 5, "again", "office");
	(void)came(tx, day, 1, "first", "in_person");
	(void)came(tx, day, 7, "first", "in_person");
	(void)came(tx, day, 4, "again", "proxy");
	CHECK_INT(hold(tx, day, "in_person", "2026-03-17"), OK);
	CHECK_INT(unit_find(tx, SMALL_COMMUNE, test_date("2026-03-17"), &u), OK);
	CHECK_INT(stat_make(tx, &statistic_tables[0], &u, test_date("2026-03-17"),
			    test_date("2026-03-17"), &x),
		  OK);
	static const int expected[] = { 6, 20, 6, 3, 8, 1, 2, 1, 5, 0, 1, /* regular */
					1, 2,  8, 2, 0, 1, 7, 1, 0,       /* the head */
					0, 1,  4, 0, 1, 0, 0, 0, 0 };     /* by proxy */
	CHECK_INT(x.table->n, LENGTH(expected));
	for (int c = 0; c < x.table->n; c++)
		if (x.values[STAT_PERIOD][c] != expected[c])
			FAIL("column %d: %d instead of %d", c + 1, (int)x.values[STAT_PERIOD][c],
			     expected[c]);
	for (const struct stat_identity *i = x.table->identities; i->left; i++)
		CHECK(stat_holds(i, x.values[STAT_PERIOD]));
	CHECK_INT(stat_make(tx, &statistic_tables[0], &u, test_date("2026-03-01"),
			    test_date("2026-03-16"), &x),
		  OK);
	for (int c = 0; c < x.table->n; c++)
		CHECK_INT(x.values[STAT_PERIOD][c], 0);
}
