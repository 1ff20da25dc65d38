/* Whatever a row says of a comment comes from office/comment_list.h, which has left out what may not be
 * shown; here it is only put into words. */
#include "web/comment_part.h"

#include "gen/web_pages.h"
#include "office/gate.h"
#include "office/step.h"
#include "web/dossier_page.h"
#include "web/root.h"

enum { ROWS_SHOWN = 10, ANSWERED_SHOWN = 3, OWN_SHOWN = 10 };

const struct field comment_web_fields[] = {
	FIELD(struct comment_web, text, .min = 1, .max = COMMENT_MOST, .lines = true,
	      .label = MSG_COMMENT_TEXT, .hint = MSG_COMMENT_TEXT_HINT),
	FIELD(struct comment_web, question, .label = MSG_COMMENT_IS_QUESTION, .optional = true),
	FIELD(struct comment_web, name, .optional = true, .max = COMMENT_NAME_MOST,
	      .label = MSG_COMMENT_NAME, .hint = MSG_COMMENT_NAME_HINT),
	{ 0 },
};

/* --- Words --- */

enum err comment_about(struct req *r, int64_t parent, struct str *out)
{
	struct buf b = { .a = r->mem };
	struct query q = db_query(&r->tx, "SELECT title FROM dossier WHERE id = $1"
					  " AND visibility = 0 AND title <> ''");
	BIND(&q, parent);
	enum err e = db_one(&q);
	if (e && e != ERR_NOT_FOUND)
		return e;
	if (e)
		buf_put(&b, msg_plain(r->lang, MSG_SAY_ABOUT_HIDDEN));
	else
		msg_say_about(&b, r->lang, col_str(&q, 0));
	*out = buf_str(&b);
	return OK;
}

enum err comment_heading(struct req *r, const struct dossier *d, struct str *out)
{
	if (gate_may_see_content(&r->tx, d) && d->state != COMMENT_WITHDRAWN)
		return comment_about(r, d->parent, out);
	*out = msg_plain(r->lang, d->state == COMMENT_WITHDRAWN ? MSG_SAY_WITHDRAWN_TITLE
								: MSG_SAY_HIDDEN_TITLE);
	return OK;
}

static struct str who_hid(struct req *r, const struct comment *x)
{
	bool leader = str_eq(x->hidden_role, role_word(LEADER));
	return msg_plain(r->lang, leader ? MSG_SAY_BY_LEADER : MSG_SAY_BY_CLERK);
}

static struct str stub_words(struct req *r, unsigned state, const struct comment *x)
{
	struct buf b = { .a = r->mem };
	msg_say_stub(&b, r->lang, x->hidden_on, msg_plain(r->lang, comment_ground_label(x->ground)),
		     comment_ground_number(x->ground), who_hid(r, x));
	if (state == COMMENT_APPEALED || state == COMMENT_UPHELD) {
		buf_putc(&b, ' ');
		buf_put(&b, msg_plain(r->lang, state == COMMENT_UPHELD ? MSG_SAY_STUB_UPHELD
								       : MSG_SAY_STUB_APPEALED));
	}
	return buf_str(&b);
}

static struct str when_words(struct req *r, const struct said *s)
{
	struct buf b = { .a = r->mem };
	if (s->channel == CHANNEL_WEB)
		msg_say_said_at(&b, r->lang, s->at);
	else
		msg_say_said_on(&b, r->lang, s->on, msg_plain(r->lang, channel_label(s->channel)));
	return buf_str(&b);
}

struct str comment_why_words(struct req *r, const struct strs *held)
{
	struct buf list = { .a = r->mem }, b = { .a = r->mem };
	for (size_t i = 0; i < held->n; i++) {
		if (i)
			buf_put(&list, S("; "));
		buf_put(&list, msg_plain(r->lang, comment_why_label(held->at[i])));
	}
	if (held->n)
		msg_say_why_held(&b, r->lang, buf_str(&list));
	return buf_str(&b);
}

static enum err fill_answer(struct req *r, const struct said *s, struct comment_row *out)
{
	struct buf who = { .a = r->mem }, on = { .a = r->mem };
	struct str unit;
	if (s->state != COMMENT_ANSWERED)
		return OK;
	enum err e = req_body_words(r, s->holder, &unit);
	if (e)
		return e;
	msg_say_answer_by(&who, r->lang, unit);
	msg_say_answered_on(&on, r->lang, s->x->answered_on);
	out->answerer = buf_str(&who);
	out->answered = buf_str(&on);
	out->answer = s->x->answer;
	return OK;
}

/* What this reader may do, as links to the pages of the steps. */
static void fill_ways(struct req *r, const struct dossier *d, struct comment_row *out)
{
	size_t n = 0;
	struct buf about = { .a = r->mem };
	if (!r->tx.who)
		return;
	for (const struct step *s = d->kind->steps; s->name; s++)
		n++;
	msg_say_of_row(&about, r->lang, out->name, out->when);
	out->ways.at = NEW_N(r->mem, struct link, n);
	for (const struct step *s = d->kind->steps; s->name; s++)
		if (step_is_offered(&r->tx, d, s))
			out->ways.at[out->ways.n++] = (struct link){
				.text = msg_plain(r->lang, s->label),
				.about = buf_str(&about),
				.url = req_url(r, "/ho-so/%s/lam/%s", d->code, str_of(s->name)),
			};
}

/* As much of a dossier as the right to a step asks for. */
static struct dossier shape_of(const struct said *s)
{
	return (struct dossier){
		.id = s->id,
		.code = s->code,
		.kind = &comment_kind,
		.holder = s->holder,
		.unit = s->holder,
		.author = s->author,
		.state = s->state,
		.data = (void *)(uintptr_t)s->x,
	};
}

static enum err fill_row(struct req *r, const struct said *s, bool over, struct comment_row *out)
{
	struct dossier d = shape_of(s);
	const struct state *state = kind_state(&comment_kind, s->state);
	struct buf about = { .a = r->mem };
	*out = (struct comment_row){
		.id = s->code,
		.url = dossier_url(r, s->code),
		.name = s->name.len ? s->name : msg_plain(r->lang, MSG_SAY_SOMEONE),
		.when = when_words(r, s),
		.text = s->text,
	};
	if (s->x->question || s->state == COMMENT_HELD || over)
		out->tag = (struct tag){ .tone = state->tone,
					 .text = msg_plain(r->lang, state->label) };
	if (s->x->erased)
		out->text = msg_plain(r->lang, MSG_SAY_WORDS_ERASED);
	if (over && s->parent_title.len) {
		msg_say_about(&about, r->lang, s->parent_title);
		out->about = buf_str(&about);
		out->about_url = dossier_url(r, s->parent_code);
	}
	fill_ways(r, &d, out);
	return fill_answer(r, s, out);
}

static bool same_stub(const struct said *x, const struct said *y)
{
	return x->state == y->state && str_eq(x->x->ground, y->x->ground);
}

/* A hundred advertisements leave one line. */
static size_t fill_stub(struct req *r, const struct said *at, size_t n, struct comment_row *out)
{
	size_t same = 1;
	while (same < n && same_stub(&at[0], &at[same]))
		same++;
	*out = (struct comment_row){ .id = at->code, .url = req_url(r, "/quy-tac-y-kien") };
	if (same == 1)
		out->history = dossier_url(r, at->code);
	struct buf b = { .a = r->mem };
	if (same > 1)
		msg_say_stub_many(&b, r->lang, (int64_t)same, at->x->hidden_on,
				  msg_plain(r->lang, comment_ground_label(at->x->ground)),
				  comment_ground_number(at->x->ground));
	out->stub = same > 1 ? buf_str(&b) : stub_words(r, at->state, at->x);
	return same;
}

enum err comment_rows_fill(struct req *r, const struct said_rows *said, bool over,
			   struct comment_rows *out)
{
	enum err e = OK;
	out->at = NEW_N(r->mem, struct comment_row, said->n);
	out->n = 0;
	for (size_t i = 0; !e && i < said->n;) {
		const struct said *s = &said->at[i];
		struct comment_row *row = &out->at[out->n++];
		if ((s->state & COMMENT_STUB) && !over) {
			i += fill_stub(r, s, said->n - i, row);
			continue;
		}
		e = fill_row(r, s, over, row);
		i++;
	}
	return e;
}

/* --- The section of a dossier --- */

enum err comment_form_show(struct req *r, const struct dossier *d, struct form **out)
{
	return form_show(r, comment_web_fields, NULL, NULL, req_url(r, "/ho-so/%s/y-kien", d->code),
			 MSG_COMMENT_SEND, out);
}

static enum err part_title(struct req *r, int64_t parent, struct str *out)
{
	enum { EXACT = 1000 };
	struct buf b = { .a = r->mem };
	int64_t n;
	enum err e = comment_total(&r->tx, parent, &n);
	if (e)
		return e;
	if (n > EXACT)
		msg_say_title_more(&b, r->lang, EXACT);
	else
		msg_say_title_n(&b, r->lang, n);
	*out = buf_str(&b);
	return OK;
}

static enum err fill_own(struct req *r, const struct dossier *d, struct comment_rows *out)
{
	struct said_rows own;
	if (!r->tx.who)
		return OK;
	enum err e = comment_list_own(&r->tx, d->id, r->tx.who->person, OWN_SHOWN, &own);
	return e ? e : comment_rows_fill(r, &own, false, out);
}

enum err comment_part_frame(struct req *r, const struct dossier *d, struct comment_part *p)
{
	struct form *form;
	bool official = member_may(r->tx.who, CLERK | LEADER, d->holder, str_of(comment_kind.work));
	enum err e = part_title(r, d->id, &p->title);
	if (e || (e = comment_holds_all(&r->tx, &p->holds_all)) || (e = fill_own(r, d, &p->own)))
		return e;
	p->closed = !comment_is_open(d);
	p->all = req_url(r, "/ho-so/%s/y-kien", d->code);
	p->rules = req_url(r, "/quy-tac-y-kien");
	if (p->closed && !r->again) /* what was typed meanwhile is shown once more */
		return OK;
	if (official)
		p->enter = req_url(r, "/ho-so/%s/y-kien/ghi", d->code);
	if (!r->tx.who) {
		p->sign_in = url_with(r->mem, req_url(r, "/dang-nhap"), S("den"), p->all.s);
		return OK;
	}
	e = comment_form_show(r, d, &form);
	p->form = form;
	return e;
}

static bool among(const struct said_rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->at[i].id == id)
			return true;
	return false;
}

enum err comment_part_fill(struct req *r, const struct dossier *d, struct comment_part *p)
{
	struct said_rows answered, rows;
	enum err e = comment_part_frame(r, d, p);
	if (e || (e = comment_list_answered(&r->tx, d->id, ANSWERED_SHOWN, &answered)) ||
	    (e = comment_list(&r->tx, d->id, NO_DATE, 0, ROWS_SHOWN, &rows)))
		return e;
	size_t n = 0; /* what stands above is not said twice */
	for (size_t i = 0; i < rows.n; i++)
		if (!among(&answered, rows.at[i].id))
			rows.at[n++] = rows.at[i];
	rows.n = n;
	p->more = rows.more || answered.more;
	if ((e = comment_rows_fill(r, &answered, false, &p->answered)))
		return e;
	return comment_rows_fill(r, &rows, false, &p->rows);
}

/* --- The page of a comment --- */

enum err comment_banner(struct req *r, const struct dossier *d, struct banner *out)
{
	const struct comment *x = d->data;
	struct buf b = { .a = r->mem };
	if (d->state == COMMENT_WITHDRAWN) {
		*out = (struct banner){ .tone = TONE_INFO,
					.title = msg_plain(r->lang, MSG_SAY_WITHDRAWN_TITLE),
					.text = msg_plain(r->lang, MSG_SAY_WITHDRAWN_TEXT) };
		return OK;
	}
	buf_put(&b, msg_plain(r->lang, MSG_SAY_STUB_TEXT));
	if (d->state == COMMENT_HIDDEN) {
		buf_putc(&b, ' ');
		msg_say_stub_text_author(&b, r->lang, date_add(x->hidden_on, COMMENT_APPEAL_DAYS));
	}
	struct link *way = NEW(r->mem, struct link);
	*way = (struct link){ .text = msg_plain(r->lang, MSG_SAY_STUB_RULES),
			      .url = req_url(r, "/quy-tac-y-kien") };
	*out = (struct banner){ .tone = TONE_LATE,
				.title = stub_words(r, d->state, x),
				.text = buf_str(&b),
				.ways = { way, 1 } };
	return OK;
}

/* The words, for whom they may be shown to; for officials also why they were held, and the appeal. */
static enum err show_self(struct req *r, const struct dossier *d)
{
	const struct comment *x = d->data;
	struct said s = { .id = d->id,
			  .code = d->code,
			  .state = d->state,
			  .author = d->author,
			  .holder = d->holder,
			  .channel = d->channel,
			  .on = d->opened_on,
			  .x = x };
	struct comment_row row;
	struct acts acts;
	struct str appeal = S(""), parent_title;
	struct buf note = { .a = r->mem };
	bool official = gate_is_official_of(&r->tx, d->holder);
	enum err e = comment_words(&r->tx, d, &s.name, &s.text);
	if (e || (e = act_list(&r->tx, d, &acts)))
		return e;
	s.at = acts.at[0].at;
	if ((e = fill_row(r, &s, false, &row)) ||
	    (e = comment_about(r, d->parent, &parent_title)) ||
	    (official && (e = comment_appeal_words(&r->tx, d, &appeal))))
		return e;
	row.ways.n = 0; /* they stand beside the page */
	row.about = parent_title;
	row.about_url = dossier_url(r, x->about);
	if (official)
		buf_put(&note, comment_why_words(r, &x->held));
	if (appeal.len) {
		if (note.len)
			buf_putc(&note, ' ');
		msg_dossier_detail(&note, r->lang, msg_plain(r->lang, MSG_SAY_APPEAL_WORDS),
				   appeal);
	}
	row.note = buf_str(&note);
	part_comment_self(&r->out, &row);
	return OK;
}

void dossier_comments(struct page *out, const struct dossier_page *p)
{
	struct req *r = p->r;
	struct comment_part part = { 0 };
	(void)out;
	if (r->tx.err || !p->content)
		return;
	if (p->d->kind == &comment_kind) {
		if (p->d->state != COMMENT_WITHDRAWN)
			r->tx.err = show_self(r, p->d);
		return;
	}
	if (p->d->kind->mute || p->d->kind->is_private ||
	    dossier_visibility(p->d) != VISIBLE_PUBLIC || dossier_state(p->d)->stub)
		return;
	enum err e = comment_part_fill(r, p->d, &part);
	if (e)
		r->tx.err = e;
	else
		part_comments(&r->out, &part);
}
