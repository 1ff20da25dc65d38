/* A directive goes down the tree: who is named gets a task with a clock, his own document meets it, and
 * what is missing can be counted at each level. */
#include "modules/know/test_document.h"
#include "office/redaction.h"
#include "office/verify.h"
#include "store/search.h"

TEST(a_published_document_gives_each_unit_it_names_a_task_with_a_day)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = directive(tx);
	CHECK_INT(counts(tx, d, "commune").all, 4);
	CHECK_INT(counts(tx, d, "commune").overdue, 4);
	struct dossier *task = task_of(tx, d, ninh_van);
	const struct assignment *x = task->data;
	CHECK_INT(task->parent, d->id);
	CHECK_INT(task->holder, ninh_van);
	CHECK_STR(x->title, S("Kế hoạch năm 2021 của tỉnh"));
	CHECK_STR(x->document, d->code);
	CHECK_INT(task->duties.n, 1);
	CHECK_DAY(task->duties.at[0].due, "2021-03-31");
	CHECK_INT(task->duties.at[0].unit, ninh_van);
	/* It stands in the queue of who works there, and of nobody else. */
	struct queue q;
	tx->who = &of_ninh_van.m;
	CHECK_INT(queue_load(tx, 10, &q), OK);
	CHECK_INT(q.overdue.n, 1);
	CHECK_STR(q.overdue.at[0].code, task->code);
	tx->who = &of_district.m;
	CHECK_INT(queue_load(tx, 10, &q), OK);
	CHECK_INT(q.overdue.n, 0);
	small_site_verify(tx);
}

TEST(nothing_is_asked_of_anybody_before_a_leader_has_approved)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = NULL;
	struct document form = plan("Kế hoạch năm 2021", "2021-02-01");
	form.groups = *list("communes");
	form.asked = S("issue");
	form.due_on = test_date("2021-03-31");
	CHECK_INT(record(tx, &of_province, form, "2021-02-01", NULL, &d), OK);
	CHECK_INT(counts(tx, d, "commune").all, 0);
	/* And not when the day has passed while the draft lay there. */
	struct checklist ticks = { true, true, S("") };
	struct faults faults = { .a = tx->mem };
	CHECK_INT(take(tx, d, &of_province, "submit", &ticks, "2021-03-30"), OK);
	CHECK_INT(take_with(tx, d, &of_province, "publish",
			    step_form(tx->mem, kind_step(d->kind, S("publish"))), "2021-03-31",
			    &faults),
		  ERR_INVALID);
	says(&faults, "", MSG_DOCUMENT_FAULT_DUE_GONE);
	CHECK_INT(counts(tx, d, "commune").all, 0);
}

TEST(a_document_of_its_own_beneath_the_first_meets_a_units_task)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = directive(tx);
	struct document mine = plan("Kế hoạch của xã Ninh Vân", "2021-03-10");
	mine.parent = d->code;
	struct dossier *own = issued(tx, &of_ninh_van, mine, "2021-03-10");
	CHECK_INT(own->parent, d->id);
	struct dossier *task = task_of(tx, d, ninh_van);
	CHECK_INT(task->state, ASSIGNMENT_DONE);
	CHECK_INT(task->duties.at[0].state, DUTY_MET);
	CHECK_STR(((const struct assignment *)task->data)->answer, own->code);
	mine.title = S("Kế hoạch của xã Ninh Hải");
	mine.issued_on = test_date("2021-04-05");
	issued(tx, &of_ninh_hai, mine, "2021-04-05");
	CHECK_INT(task_of(tx, d, ninh_hai)->duties.at[0].state, DUTY_LATE);
	struct assignment_counts c = counts(tx, d, "commune");
	CHECK_INT(c.all, 4);
	CHECK_INT(c.done, 1);
	CHECK_INT(c.late, 1);
	CHECK_INT(c.open, 2);
	CHECK_INT(c.overdue, 2);
	small_site_verify(tx);
}

TEST(to_acknowledge_is_all_that_some_documents_ask)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct document form = plan("Hướng dẫn ghi chép", "2021-02-01");
	form.units = S("xã Ninh Vân\n14539");
	form.asked = S("acknowledge");
	form.due_on = test_date("2021-02-10");
	struct dossier *d = issued(tx, &of_district, form, "2021-02-01");
	struct dossier *task = task_of(tx, d, ninh_van);
	struct assignment_note note = { S("Đã phổ biến") };
	CHECK_INT(take(tx, task, &of_ninh_hai, "acknowledge", &note, "2021-02-03"), ERR_DENIED);
	CHECK_INT(take(tx, task, &of_ninh_van, "acknowledge", &note, "2021-02-03"), OK);
	CHECK_INT(task->state, ASSIGNMENT_DONE);
	CHECK_INT(task->duties.at[0].state, DUTY_MET);
	/* Of who must issue something, acknowledging is a first step and meets nothing. */
	task = task_of(tx, directive(tx), ninh_van);
	CHECK_INT(take(tx, task, &of_ninh_van, "acknowledge", &note, "2021-02-03"), OK);
	CHECK_INT(task->state, ASSIGNMENT_KNOWN);
	CHECK_INT(task->duties.at[0].state, DUTY_OPEN);
	small_site_verify(tx);
}

TEST(a_cascade_has_targets_of_its_own_at_every_level)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct document top = plan("Kế hoạch của tỉnh", "2021-02-01");
	top.groups = *list("districts");
	top.asked = S("issue");
	top.due_on = test_date("2021-02-28");
	struct dossier *d = issued(tx, &of_province, top, "2021-02-01");
	CHECK_INT(counts(tx, d, "district").all, 2);
	struct document middle = plan("Kế hoạch của huyện", "2021-02-10");
	middle.parent = d->code;
	middle.groups = *list("communes");
	middle.asked = S("issue");
	middle.due_on = test_date("2021-03-31");
	struct dossier *own = issued(tx, &of_district, middle, "2021-02-10");
	CHECK_INT(task_of(tx, d, district)->state, ASSIGNMENT_DONE);
	CHECK_INT(counts(tx, own, "commune").all, 3); /* not the city's ward */
	struct document low = plan("Kế hoạch của xã", "2021-03-01");
	low.parent = own->code;
	struct dossier *third = issued(tx, &of_ninh_van, low, "2021-03-01");
	struct document_line above;
	CHECK_INT(document_ancestors(tx, third, &above), OK);
	CHECK_INT(above.n, 2);
	CHECK_STR(above.at[0]->code, d->code);
	CHECK_STR(above.at[1]->code, own->code);
	/* What the review counts. */
	int64_t n;
	CHECK_INT(tally_sum(tx, province, S("document.publish"), 202101, 202112, &n), OK);
	CHECK_INT(n, 3);
	small_site_verify(tx);
}

TEST(the_issuing_unit_moves_the_day_or_cancels_through_its_document)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = directive(tx);
	struct document_cascade move = { .to_units = S("14536"),
					 .to_due = test_date("2021-04-30"),
					 .reason = S("Mưa lũ") };
	CHECK_INT(take(tx, d, &of_ninh_van, "move", &move, "2021-03-01"), ERR_DENIED);
	CHECK_INT(take(tx, d, &of_province, "move", &move, "2021-03-01"), OK);
	const struct dossier *task = task_of(tx, d, ninh_van);
	CHECK_DAY(task->duties.at[0].due, "2021-04-30");
	CHECK_DAY(task->duties.at[0].due_before, "2021-03-31");
	CHECK_DAY(task_of(tx, d, ninh_hai)->duties.at[0].due, "2021-03-31");
	/* Nobody named: all that are open. */
	move = (struct document_cascade){ .to_due = test_date("2021-05-31"),
					  .reason = S("Lùi chung") };
	CHECK_INT(take(tx, d, &of_province, "move", &move, "2021-03-02"), OK);
	CHECK_DAY(task_of(tx, d, ninh_hai)->duties.at[0].due, "2021-05-31");
	CHECK_DAY(((const struct document *)d->data)->due_on, "2021-05-31");
	struct document_cascade cancel = { .to_groups = *list("communes:370"),
					   .reason = S("Không còn cần"),
					   .to_due = NO_DATE };
	CHECK_INT(take(tx, d, &of_province, "cancel", &cancel, "2021-03-03"), OK);
	CHECK_INT(counts(tx, d, "commune").all, 3);
	struct faults faults = { .a = tx->mem };
	CHECK_INT(take_with(tx, d, &of_province, "cancel", &cancel, "2021-03-03", &faults),
		  ERR_INVALID);
	says(&faults, "to_groups", MSG_DOCUMENT_FAULT_NONE_OPEN);
	/* Where nothing is open any more neither is offered. */
	const struct step *moves = kind_step(d->kind, S("move")),
			  *cancels = kind_step(d->kind, S("cancel"));
	CHECK(step_is_offered(tx, d, moves) && step_is_offered(tx, d, cancels));
	cancel.to_groups = (struct strs){ 0 };
	CHECK_INT(take(tx, d, &of_province, "cancel", &cancel, "2021-03-04"), OK);
	CHECK(!step_is_offered(tx, d, moves) && !step_is_offered(tx, d, cancels));
	small_site_verify(tx);
}

TEST(units_are_asked_once_and_more_can_be_asked_later)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = directive(tx);
	struct document_cascade more = { .to_groups = *list("communes"),
					 .to_asked = S("issue"),
					 .to_due = test_date("2021-06-30") };
	struct faults faults = { .a = tx->mem };
	CHECK_INT(take_with(tx, d, &of_province, "assign", &more, "2021-03-01", &faults),
		  ERR_INVALID);
	says(&faults, "to_groups", MSG_DOCUMENT_FAULT_GIVEN);
	more.to_groups = *list("agencies");
	CHECK_INT(take(tx, d, &of_province, "assign", &more, "2021-03-01"), OK);
	CHECK_INT(counts(tx, d, "agency").all, 1);
	CHECK_INT(counts(tx, d, "commune").all, 4);
	/* Who was let off may be asked again. */
	struct document_cascade cancel = { .to_units = S("14536"),
					   .reason = S("Nhầm đơn vị"),
					   .to_due = NO_DATE };
	CHECK_INT(take(tx, d, &of_province, "cancel", &cancel, "2021-03-02"), OK);
	more = (struct document_cascade){ .to_units = S("14536"),
					  .to_asked = S("issue"),
					  .to_due = test_date("2021-06-30") };
	CHECK_INT(take(tx, d, &of_province, "assign", &more, "2021-03-03"), OK);
	CHECK_INT(counts(tx, d, "commune").all, 4);
	small_site_verify(tx);
}

TEST(what_answered_a_task_and_is_withdrawn_leaves_it_open_again)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = directive(tx);
	struct document mine = plan("Kế hoạch của xã Ninh Vân", "2021-03-10");
	mine.parent = d->code;
	struct dossier *own = issued(tx, &of_ninh_van, mine, "2021-03-10");
	struct takedown down = { S("wrong"), S("") };
	struct reason why = { S("Đăng nhầm bản thảo") };
	CHECK_INT(take(tx, own, &of_ninh_van, "take_down", &down, "2021-03-11"), OK);
	CHECK_INT(task_of(tx, d, ninh_van)->state, ASSIGNMENT_GIVEN);
	CHECK_INT(task_of(tx, d, ninh_van)->duties.at[0].state, DUTY_OPEN);
	CHECK_INT(take(tx, own, &of_ninh_van, "restore", &why, "2021-03-12"), OK);
	CHECK_INT(task_of(tx, d, ninh_van)->state, ASSIGNMENT_DONE);
	CHECK_INT(take(tx, own, &of_ninh_van, "withdraw", &why, "2021-03-13"), OK);
	CHECK_INT(counts(tx, d, "commune").open, 4);
	small_site_verify(tx);
}

TEST(who_had_taken_note_is_not_asked_to_do_so_again)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = directive(tx);
	struct assignment_note note = { S("") };
	struct dossier *task = task_of(tx, d, ninh_van);
	struct document mine = plan("Kế hoạch của xã Ninh Vân", "2021-03-10");
	struct takedown down = { S("wrong"), S("") };
	CHECK_INT(take(tx, task, &of_ninh_van, "acknowledge", &note, "2021-03-02"), OK);
	mine.parent = d->code;
	struct dossier *own = issued(tx, &of_ninh_van, mine, "2021-03-10");
	CHECK_INT(take(tx, own, &of_ninh_van, "take_down", &down, "2021-03-11"), OK);
	CHECK_INT(task_of(tx, d, ninh_van)->state, ASSIGNMENT_KNOWN);
	CHECK_INT(task_of(tx, d, ninh_van)->duties.at[0].state, DUTY_OPEN);
	small_site_verify(tx);
}

TEST(what_answered_a_task_is_not_moved_beneath_another_document)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *first = directive(tx), *second = directive(tx);
	struct document mine = plan("Kế hoạch của xã Ninh Vân", "2021-03-10");
	struct faults faults = { .a = tx->mem };
	mine.parent = first->code;
	struct dossier *own = issued(tx, &of_ninh_van, mine, "2021-03-10");
	mine.parent = second->code;
	mine.reason = S("Ghi nhầm văn bản cấp trên");
	mine.number = S("12/KH-UBND");
	CHECK_INT(take_with(tx, own, &of_ninh_van, "correct", &mine, "2021-03-11", &faults),
		  ERR_INVALID);
	says(&faults, "parent", MSG_DOCUMENT_FAULT_ANSWERED);
	CHECK_INT(task_of(tx, first, ninh_van)->state, ASSIGNMENT_DONE);
	CHECK_INT(task_of(tx, second, ninh_van)->state, ASSIGNMENT_GIVEN);
	mine.parent = first->code;
	CHECK_INT(take(tx, own, &of_ninh_van, "correct", &mine, "2021-03-11"), OK);
}

/* --- What is refused, and with what words --- */

TEST(a_task_needs_whom_what_and_when)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct document form = plan("Kế hoạch năm 2021", "2021-02-01");
	struct faults faults = { .a = tx->mem };
	struct dossier *d;
	form.groups = *list("communes");
	CHECK_INT(record(tx, &of_province, form, "2021-02-01", &faults, &d), ERR_INVALID);
	CHECK_INT(faults.n, 2);
	says(&faults, "asked", MSG_DOCUMENT_FAULT_ASKED);
	CHECK_STR(str_of(faults.at[1].field), S("due_on"));
	form = plan("Kế hoạch năm 2021", "2021-02-01");
	form.due_on = test_date("2021-03-31");
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(record(tx, &of_province, form, "2021-02-01", &faults, &d), ERR_INVALID);
	says(&faults, "groups", MSG_DOCUMENT_FAULT_NOBODY);
	form.groups = *list("communes");
	form.asked = S("issue");
	form.due_on = test_date("2021-02-01");
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(record(tx, &of_province, form, "2021-02-01", &faults, &d), ERR_INVALID);
	says(&faults, "due_on", MSG_DOCUMENT_FAULT_DUE_PAST);
	form.due_on = test_date("2021-03-31");
	form.units = S("Không Có");
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(record(tx, &of_province, form, "2021-02-01", &faults, &d), ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("units"));
}

TEST(a_document_stands_beneath_one_that_is_public_and_never_beneath_itself)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = NULL, *draft = NULL, *other;
	struct faults faults = { .a = tx->mem };
	struct document form = plan("Kế hoạch của huyện", "2021-02-01");
	CHECK_INT(record(tx, &of_province, form, "2021-02-01", NULL, &draft), OK);
	form.parent = draft->code;
	CHECK_INT(record(tx, &of_district, form, "2021-02-01", &faults, &other), ERR_INVALID);
	says(&faults, "parent", MSG_DOCUMENT_FAULT_PARENT);
	form.parent = S("VB-0000-0000");
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(record(tx, &of_district, form, "2021-02-01", &faults, &other), ERR_INVALID);
	says(&faults, "parent", MSG_DOCUMENT_FAULT_PARENT);
	form.parent = S("");
	d = issued(tx, &of_district, form, "2021-02-01");
	form.parent = d->code;
	other = issued(tx, &of_ninh_van, form, "2021-02-02");
	/* A correction would close the circle. */
	struct document fixed = plan("Kế hoạch của huyện", "2021-02-01");
	fixed.parent = other->code;
	fixed.reason = S("Sửa văn bản cấp trên");
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(take_with(tx, d, &of_district, "correct", &fixed, "2021-02-03", &faults),
		  ERR_INVALID);
	says(&faults, "parent", MSG_DOCUMENT_FAULT_CIRCLE);
	small_site_verify(tx);
}

TEST(a_document_is_in_force_by_the_calendar_and_until_another_replaces_it)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct document form = plan("Kế hoạch năm 2021", "2021-02-01"), next = form;
	struct faults faults = { .a = tx->mem };
	struct dossier *bad;
	form.effective_until = test_date("2021-01-31");
	CHECK_INT(record(tx, &of_province, form, "2021-02-01", &faults, &bad), ERR_INVALID);
	says(&faults, "effective_until", MSG_DOCUMENT_FAULT_UNTIL);
	form.effective_until = test_date("2021-03-31");
	struct dossier *d = issued(tx, &of_province, form, "2021-02-01");
	CHECK(!document_is_over(d->data, test_date("2021-03-31")));
	CHECK(document_is_over(d->data, test_date("2021-04-01")));
	next.title = S("Kế hoạch thay thế");
	struct dossier *other = issued(tx, &of_province, next, "2021-03-01");
	struct document_replace replace = { d->code, test_date("2021-03-01") };
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(take_with(tx, d, &of_province, "replace", &replace, "2021-03-01", &faults),
		  ERR_INVALID);
	says(&faults, "replaced_by", MSG_DOCUMENT_FAULT_OTHER);
	replace.replaced_by = other->code;
	replace.from = test_date("2021-01-01");
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(take_with(tx, d, &of_province, "replace", &replace, "2021-03-01", &faults),
		  ERR_INVALID);
	says(&faults, "from", MSG_DOCUMENT_FAULT_REPLACED_EARLY);
	replace.from = test_date("2021-03-01");
	CHECK_INT(take(tx, d, &of_province, "replace", &replace, "2021-03-01"), OK);
	CHECK(document_is_over(d->data, test_date("2021-03-01")));
	CHECK(!document_is_over(d->data, test_date("2021-02-28")));
	CHECK_STR(((const struct document *)d->data)->replaced_by, other->code);
	small_site_verify(tx);
}

/* --- What is hidden of a document --- */

static struct redaction hiding(const char *passages)
{
	return (struct redaction){ .passages = str_of(passages),
				   .redaction_ground = S("personal"),
				   .redaction_note = S("Có tên một hộ dân."),
				   .reviewed = true };
}

/* Names somebody in its title, and in why the day of one task was moved. */
static struct dossier *naming(struct tx *tx)
{
	struct document form = plan("Kế hoạch hỗ trợ bà Hoài Thương", "2021-02-01");
	struct document_cascade move = { .to_units = S("14536"),
					 .to_due = test_date("2021-04-30"),
					 .reason = S("Bà Hoài Thương đi vắng") };
	form.groups = *list("communes");
	form.asked = S("issue");
	form.due_on = test_date("2021-03-31");
	struct dossier *d = issued(tx, &of_province, form, "2021-02-01");
	CHECK_INT(take(tx, d, &of_province, "move", &move, "2021-03-01"), OK);
	return d;
}

static size_t found(struct tx *tx, const char *words)
{
	struct search_filter f = { .words = str_of(words), .limit = 10 };
	struct search_rows rows;
	CHECK_INT(list_search(tx, &f, &rows), OK);
	return rows.n;
}

TEST(what_is_hidden_of_a_document_is_hidden_in_every_task_it_gave)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = naming(tx);
	struct redaction form = hiding("Hoài Thương");
	struct verify_result result;
	struct acts acts;
	CHECK_INT(found(tx, "hoai thuong"), 5);
	CHECK_INT(take(tx, d, &of_province, "redact", &form, "2021-04-15"), OK);
	CHECK_INT(found(tx, "hoai thuong"), 0);
	const int64_t given[] = { ninh_van, ninh_hai };
	for (size_t i = 0; i < LENGTH(given); i++) {
		struct dossier *task = task_of(tx, d, given[i]);
		CHECK_STR(((const struct assignment *)task->data)->title,
			  S("Kế hoạch hỗ trợ bà █████"));
		CHECK_INT(act_list(tx, task, &acts), OK);
		CHECK_INT(acts.n, i ? 2 : 3); /* given, one moved, hidden */
		for (size_t k = 0; k < acts.n; k++) {
			bool last = k + 1 == acts.n;
			struct content c;
			CHECK(!str_has(acts.at[k].shown, S("Thương")));
			CHECK_INT(content_load(tx, acts.at[k].id, &c), OK);
			CHECK_INT(c.redacted_by, last ? 0 : acts.at[acts.n - 1].id);
			CHECK_INT(c.public_bytes.len > 0, last);
		}
		CHECK(str_has(acts.at[acts.n - 1].shown, S("Có tên một hộ dân.")));
	}
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.problems.n, 0);
	CHECK_INT(result.redacted, 7); /* the document and its move, four given, one moved */
}

TEST(verification_sees_a_task_that_still_hands_out_what_its_document_hides)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = naming(tx);
	struct redaction form = hiding("Hoài Thương");
	struct verify_result result;
	CHECK_INT(take(tx, d, &of_province, "redact", &form, "2021-04-15"), OK);
	struct query q = db_query(tx, "UPDATE content SET redacted_by = 0 WHERE act IN"
				      " (SELECT id FROM act WHERE dossier = $1)");
	BIND(&q, task_of(tx, d, ninh_hai)->id);
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.problems.n, 1);
	CHECK(str_ends(result.problems.at[0],
		       S("act 1 still hands out what a later act redacted")));
}

TEST(a_task_that_says_nothing_of_what_is_hidden_has_no_act_of_it)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct dossier *d = directive(tx);
	struct redaction form = hiding("quy chế dân chủ");
	CHECK_INT(take(tx, d, &of_province, "redact", &form, "2021-04-15"), OK);
	CHECK_INT(task_of(tx, d, ninh_van)->acts, 1);
	small_site_verify(tx);
}
