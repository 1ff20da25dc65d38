#include "web/notice_letter.h"

#include "base/utf8.h"
#include "office/follow.h"
#include "office/person.h"
#include "web/dossier_page.h"
#include "web/follow_page.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/root.h"

enum { DIGEST_ROWS = 60, OFFICE_SHORTEST = 12, WEEK = 7 };

struct str notice_words(struct req *r, const struct notice *n)
{
	if (!n->step)
		return S("");
	return msg_plain(r->lang, n->step->from & NEW ? MSG_NOTICE_OPENED : n->step->done);
}

/* --- Text messages --- */

/* The signs that take one place in a text message: of ASCII all but those of the extension table. */
static bool is_short(char c)
{
	return c == '\n' || (c >= 0x20 && c <= 0x7e && c != '[' && c != ']' && c != '{' &&
			     c != '}' && c != '\\' && c != '^' && c != '|' && c != '~' && c != '`');
}

/* Of signs that one place holds, each other one a blank. */
static struct str in_short_signs(struct arena *a, struct str text)
{
	struct str plain = utf8_unaccented(a, text);
	struct buf b = { .a = a };
	for (size_t i = 0; i < plain.len; i++)
		buf_putc(&b, is_short(plain.at[i]) ? plain.at[i] : ' ');
	return buf_str(&b);
}

struct str sms_plain(struct arena *a, struct str text)
{
	return str_trim(str_cut(in_short_signs(a, text), SMS_MOST));
}

/* The office's name gives way: code and address may not be cut. */
static struct str sms_text(struct req *r, struct str office, const struct notice *n, struct url to,
			   bool opened)
{
	struct str name = in_short_signs(r->mem, office);
	for (;;) {
		struct buf b = { .a = r->mem };
		if (opened)
			msg_notice_sms_received(&b, r->lang, name, n->code, to.s);
		else
			msg_notice_sms(&b, r->lang, name, n->code, to.s);
		struct str text = in_short_signs(r->mem, buf_str(&b));
		if (text.len <= SMS_MOST || name.len <= OFFICE_SHORTEST)
			return sms_plain(r->mem, text);
		size_t over = text.len - SMS_MOST;
		name = str_trim(str_cut(name, name.len > over + OFFICE_SHORTEST ? name.len - over
										: OFFICE_SHORTEST));
	}
}

/* --- Letters --- */

static void line(struct buf *b, struct str text)
{
	buf_put(b, text);
	buf_putc(b, '\n');
}

static void paragraph(struct buf *b, struct str text)
{
	line(b, text);
	buf_putc(b, '\n');
}

static struct url stop_url(struct req *r, const struct notice *n)
{
	struct str key =
		letter_key_make(r->mem, r->house->secret, S("stop"), n->person, (int64_t)n->class);
	return req_absolute(r, req_url(r, "/thong-bao/thoi/%s", key));
}

static void put_stop(struct req *r, struct buf *b, const struct notice *n,
		     struct notice_letter *out)
{
	if (n->class == NOTICE_LEGAL || !n->person) {
		line(b, msg_plain(r->lang, MSG_NOTICE_OWED));
		return;
	}
	struct url stop = stop_url(r, n);
	out->unsubscribe = stop.s;
	msg_notice_stop(b, r->lang, stop.s);
	buf_putc(b, '\n');
}

/* What has neither an author with an account nor a receipt is read at the counter alone. */
static bool is_read_here(const struct notice *n, const struct dossier *d)
{
	return n->person || d->kind->by_receipt;
}

static struct url read_url(struct req *r, const struct notice *n, const struct dossier *d)
{
	if (!is_read_here(n, d))
		return req_absolute(r, req_url(r, "/"));
	return req_absolute(
		r, n->person ? dossier_url(r, n->code)
			     : url_with(r->mem, req_url(r, "/bien-nhan"), S("ma"), n->code));
}

static enum err of_matter(struct req *r, const struct notice *n, const struct dossier *d,
			  enum notice_way way, struct notice_letter *out)
{
	struct buf b = { .a = r->mem }, subject = { .a = r->mem };
	struct date day = instant_date(n->made_at);
	const struct duty *due = dossier_main_duty(d);
	struct str office;
	bool opened = n->step && (n->step->from & NEW);
	enum err e = req_body_words(r, d->holder, &office);
	if (e)
		return e;
	struct url read = read_url(r, n, d);
	if (way == NOTICE_SMS) {
		out->text = sms_text(r, office, n, read, opened);
		return OK;
	}
	(opened ? msg_notice_subject_received : msg_notice_subject_news)(&subject, r->lang,
									 n->code);
	out->subject = buf_str(&subject);
	paragraph(&b, msg_plain(r->lang, MSG_NOTICE_HELLO));
	(opened ? msg_notice_received : msg_notice_news)(&b, r->lang, office, n->code, day);
	buf_putc(&b, '\n');
	if (!d->kind->is_private && n->step) {
		msg_notice_happened(&b, r->lang, notice_words(r, n));
		buf_putc(&b, '\n');
	}
	if (due && due->state == DUTY_OPEN) {
		msg_notice_due(&b, r->lang, due->due);
		buf_putc(&b, '\n');
	}
	buf_putc(&b, '\n');
	if (is_read_here(n, d)) {
		(n->person ? msg_notice_read_account : msg_notice_read_receipt)(&b, r->lang,
										read.s);
		buf_putc(&b, '\n');
	}
	paragraph(&b, msg_plain(r->lang, MSG_NOTICE_COUNTER));
	line(&b, msg_plain(r->lang, MSG_NOTICE_SHORT));
	put_stop(r, &b, n, out);
	out->text = buf_str(&b);
	return OK;
}

/* --- The digest --- */

/* What belongs to one dossier together, in the order of its newest. */
static void put_grouped(struct req *r, struct buf *b, const struct news *news, size_t n)
{
	bool *told = NEW_N(r->mem, bool, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct news_item *first = &news->at[i];
		struct str of = first->about_code.len ? first->about_code : first->code;
		if (told[i])
			continue;
		line(b, first->about_code.len ? first->about_title : first->title);
		line(b, req_absolute(r, dossier_url(r, of)).s);
		for (size_t k = i; k < n; k++) {
			const struct news_item *x = &news->at[k];
			if (told[k] || !str_eq(x->about_code.len ? x->about_code : x->code, of))
				continue;
			told[k] = true;
			buf_put(b, S("- "));
			lang_put_date(b, r->lang, x->day);
			buf_put(b, S(": "));
			line(b, news_title(r, x));
		}
		buf_putc(b, '\n');
	}
}

static enum err of_week(struct req *r, const struct notice *n, struct notice_letter *out)
{
	struct buf b = { .a = r->mem }, subject = { .a = r->mem };
	struct date end = date_add(n->since, WEEK);
	struct news_after after = { .day = end, .act = false, .id = 0 };
	struct news news;
	struct url page = req_absolute(r, req_url(r, "/theo-doi"));
	enum err e = news_list(&r->tx, n->person, &after, DIGEST_ROWS, &news);
	if (e)
		return e;
	size_t within = 0;
	while (within < news.n && date_cmp(news.at[within].day, n->since) >= 0)
		within++;
	out->empty = within == 0;
	if (out->empty)
		return OK;
	msg_notice_subject_digest(&subject, r->lang, date_add(end, -1));
	out->subject = buf_str(&subject);
	paragraph(&b, msg_plain(r->lang, MSG_NOTICE_HELLO));
	paragraph(&b, msg_plain(r->lang, MSG_NOTICE_DIGEST_LEDE));
	put_grouped(r, &b, &news, within);
	if (within == news.n && news.more) {
		msg_notice_digest_more(&b, r->lang, page.s);
		buf_put(&b, S("\n\n"));
	}
	put_stop(r, &b, n, out);
	out->text = buf_str(&b);
	return OK;
}

static enum err of_proof(struct req *r, const struct notice *n, struct notice_letter *out)
{
	struct buf b = { .a = r->mem };
	struct notice_wish w;
	struct person p;
	enum err e = notice_wish_load(&r->tx, n->person, &w);
	if (e || (e = person_find(&r->tx, n->person, &p)))
		return e;
	out->empty = !w.email.len || w.proved;
	out->to = w.email;
	struct str key = letter_key_make(r->mem, r->house->secret, S("prove"), n->person,
					 w.changed_at.ms > 0 ? w.changed_at.ms : 1);
	out->subject = msg_plain(r->lang, MSG_NOTICE_SUBJECT_PROOF);
	msg_notice_proof_text(&b, r->lang, p.name);
	buf_putc(&b, '\n');
	paragraph(&b, req_absolute(r, req_url(r, "/thong-bao/nhan/%s", key)).s);
	line(&b, msg_plain(r->lang, MSG_NOTICE_PROOF_NOT_YOU));
	out->text = buf_str(&b);
	return OK;
}

enum err notice_letter(struct req *r, const struct notice *n, enum notice_way way,
		       struct notice_letter *out)
{
	struct dossier *d = NULL;
	struct notice_reach reach;
	*out = (struct notice_letter){ .unsubscribe = S("") };
	enum err e = n->dossier ? dossier_load(&r->tx, n->dossier, &d) : OK;
	if (e || (e = notice_reach(&r->tx, n->person, d, &reach)))
		return e;
	r->lang = reach.lang;
	out->lang = reach.lang;
	out->to = reach.at[way];
	e = n->class == NOTICE_PROOF    ? of_proof(r, n, out)
	    : n->class == NOTICE_DIGEST ? of_week(r, n, out)
	    : d                         ? of_matter(r, n, d, way, out)
					: ERR_NOT_FOUND;
	out->empty |= !e && !out->to.len;
	return e;
}
