/* A step that the page does not offer is refused to whoever posts it all the same: every step of a
 * denunciation that can be futile, where it is, with a form that would do. */
#include "modules/inspect/test_denunciation.h"

static struct petition petition_form;
static struct denunciation_check check_form = { S_INIT("Phải xác minh ở ba xã") };
static struct denunciation_seal seal_form = { .accused = S_INIT("Lê Văn B"),
					      .reason = S_INIT("Nội dung tố cáo việc nhận tiền") };
static struct petition_retype retype_form = { .type = S_INIT("feedback"),
					      .reason = S_INIT("Chỉ phản ánh thái độ phục vụ") };
static struct admission admit_form;
static struct petition_secret secret_form = { S_INIT("Người gửi làm mất biên nhận") };
static struct denunciation_extend extend_form;
static struct denunciation_act act_form = { .measures_taken =
						    S_INIT("Kiểm điểm và buộc trả lại tiền.") };
static struct denunciation_publish publish_form = {
	.published_how = S_INIT("posted"),
	.published = S_INIT("Kết luận: thu tiền ngoài quy định là có thật."),
	.no_name = true,
	.no_trace = true,
};
static struct petition_reply reply_form = { .reply = S_INIT("15/UBND-VP"),
					    .told = S_INIT("Đã thụ lý ngày 2 tháng 3.") };
static struct complaint_again again_form = { .reason = S_INIT("Kết luận bỏ sót một nửa nội dung") };

static void fill_forms(struct tx *tx)
{
	static struct str criteria[] = { S_INIT("places"), S_INIT("many"), S_INIT("bodies") };
	petition_form = blank();
	petition_form.number = S("7/QĐ-UBND");
	petition_form.passed_to = S("inspection");
	petition_form.detail = S("Nêu rõ người, việc và có hóa đơn kèm theo.");
	extend_form = (struct denunciation_extend){ { criteria, LENGTH(criteria) },
						    S("Vụ việc ở nhiều nơi, nhiều người") };
	admit_form = (struct admission){
		.official = str_printf(tx->mem, "%lld", (long long)s.clerk.at[0].id),
		.access = S("content"),
		.until = test_date("2021-12-31"),
		.reason = S("Phân công xác minh"),
	};
}

static struct tx *sealed_alone(const char *now)
{
	struct tx *tx = lone_site(now);
	for (size_t i = 0; i < LENGTH(s.held); i++)
		seat(tx, &s.held[i]);
	return tx;
}

/* --- Where it stands --- */

static struct dossier *lodged(struct tx *tx)
{
	return denounced(tx, "2021-03-01");
}

static struct dossier *unnamed(struct tx *tx)
{
	struct petition x = breach();
	struct dossier *d = NULL;
	x.name = x.address = x.contact = S("");
	x.anonymous = true;
	if (denounce_as(tx, &s.clerk, "enter_denunciation", &x, "2021-03-01", NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static struct dossier *long_checked(struct tx *tx)
{
	struct dossier *d = lodged(tx);
	small_site_done(tx, d, &s.leader, "extend_check", &check_form, "2021-03-09");
	return d;
}

static struct dossier *unsealed(struct tx *tx)
{
	struct dossier *d = lodged(tx);
	small_site_done(tx, d, &s.leader, "unseal", &retype_form, "2021-03-02");
	return d;
}

static struct dossier *named_for_the_content(struct tx *tx)
{
	struct dossier *d = lodged(tx);
	CHECK_INT(admit(tx, d, &s.leader, &s.clerk, "content", "2021-12-31", "2021-03-02"), OK);
	return d;
}

static struct dossier *never_sealed(struct tx *tx)
{
	return sent(tx, "feedback", "2021-03-01");
}

static struct dossier *notified(struct tx *tx)
{
	struct dossier *d = lodged(tx);
	accept(tx, d, "2021-03-02");
	small_site_done(tx, d, &s.leader, "notify", NULL, "2021-03-03");
	return d;
}

static struct dossier *extended(struct tx *tx)
{
	struct dossier *d = notified(tx);
	for (int i = 0; i < 2; i++)
		small_site_done(tx, d, &s.leader, "extend_resolve", &extend_form, "2021-03-20");
	return d;
}

/* Each step that ends it was taken, but one. */
static struct dossier *all_but(struct tx *tx, const char *step)
{
	struct dossier *d = notified(tx);
	conclude(tx, d, &s.leader, "part", "2021-03-20");
	if (!str_eq(str_of(step), S("send_conclusion")))
		small_site_done(tx, d, &s.leader, "send_conclusion", NULL, "2021-03-22");
	if (!str_eq(str_of(step), S("act_upon")))
		small_site_done(tx, d, &s.leader, "act_upon", &act_form, "2021-03-22");
	if (!str_eq(str_of(step), S("publish_conclusion")))
		small_site_done(tx, d, &s.leader, "publish_conclusion", &publish_form,
				"2021-03-22");
	CHECK_INT(d->state, DENUNCIATION_CONCLUDED);
	return d;
}

static struct dossier *acted(struct tx *tx)
{
	return all_but(tx, "send_conclusion");
}

static struct dossier *published(struct tx *tx)
{
	return all_but(tx, "act_upon");
}

static const struct futile {
	const char *step;
	struct dossier *(*stands)(struct tx *tx);
	void *form;
	const struct member *by; /* NULL: the leader */
	bool alone;              /* no unit lies above */
} futile[] = {
	{ "seal", unsealed, &seal_form },
	{ "reseal", never_sealed, &retype_form },
	{ "admit", never_sealed, &admit_form },
	{ "new_secret", named_for_the_content, &secret_form, &s.clerk },
	{ "extend_check", long_checked, &check_form },
	{ "accept_denunciation", unnamed, &petition_form },
	{ "pass_on", lodged, &petition_form },
	{ "notify", notified, NULL },
	{ "extend_resolve", extended, &extend_form },
	{ "send_conclusion", published, NULL },
	{ "act_upon", acted, &act_form },
	{ "publish_conclusion", acted, &publish_form },
	{ "renew", acted, &again_form, .alone = true },
	{ "reply", notified, &reply_form },
};

static const struct futile *row_of(const struct step *step)
{
	for (size_t i = 0; i < LENGTH(futile); i++)
		if (str_eq(str_of(futile[i].step), str_of(step->name)))
			return &futile[i];
	return NULL;
}

static bool is_of_denunciations(const struct step *step)
{
	for (const struct state *state = petition_kind.states; state->name; state++)
		if (state->visibility == VISIBLE_SEALED && ((step->from | step->to) & state->bit))
			return true;
	return false;
}

TEST(a_step_that_is_not_offered_is_refused_to_whoever_posts_it)
{
	for (const struct step *step = petition_kind.steps; step->name; step++) {
		const struct futile *row = row_of(step);
		if (!step->futile || !is_of_denunciations(step))
			continue;
		if (!row)
			FAIL("%s can be futile, and no row says where", step->name);
		struct tx *tx = row->alone ? sealed_alone("2021-12-01T08:00")
					   : sealed_site("2021-12-01T08:00");
		fill_forms(tx);
		struct dossier *d = row->stands(tx);
		int64_t acts = d->acts;
		CHECK(d->state & step->from);
		tx->who = row->by ? row->by : &s.leader;
		if (!step_is_futile(tx, d, step))
			FAIL("%s is offered", step->name);
		enum err e = small_site_take(tx, d, row->by ? row->by : &s.leader, step->name,
					     row->form, "2021-03-24", NULL);
		if (e != ERR_CONFLICT && e != ERR_INVALID)
			FAIL("%s: %d", step->name, (int)e);
		CHECK_INT(d->acts, acts);
	}
}
