/* The page around an answer: the two forms, and how to check without this site. */
#include "web/verify_page.h"

#include "base/embed.h"
#include "gen/web_pages.h"
#include "ledger/log.h"
#include "web/house.h"
#include "web/throttle.h"
#include "web/verify_parts.h"
#include "web/verify_witness.h"

enum { CONTENT_SIGNS = 100000 };

const struct field verify_fields[] = {
	FIELD(struct verify_form, bien_nhan, .lines = true, .optional = true,
	      .label = MSG_VERIFY_RECEIPT_LABEL, .hint = MSG_VERIFY_RECEIPT_HINT),
	FIELD(struct verify_form, noi_dung, .lines = true, .optional = true, .max = CONTENT_SIGNS,
	      .label = MSG_VERIFY_CONTENT_LABEL, .hint = MSG_VERIFY_CONTENT_HINT),
	{ 0 },
};

static struct verify_page *page_new(struct req *r)
{
	struct verify_page *p = NEW(r->mem, struct verify_page);
	*p = (struct verify_page){
		.action = req_url(r, "/kiem-chung"),
		.typed = req_query(r, "ma"),
		.keys = r->house->log ? log_vkeys(r->house->log, r->mem) : (struct strs){ 0 },
		.checkpoint = url_path(r->mem, LANG_VI, "/log/checkpoint"),
		.key_url = url_path(r->mem, LANG_VI, "/log/vkey"),
		.format = url_path(r->mem, LANG_VI, "/kiem-chung/log-format.md"),
		.program = url_path(r->mem, LANG_VI, "/kiem-chung/verify-log.py"),
		.help = url_at(r->mem, req_url(r, "/tro-giup"), S("kiem-chung")),
	};
	return p;
}

/* LOG.md section 4: what may not be signed is served for reading, and that is said. */
static void say_stopped(struct req *r, struct verify_page *p)
{
	struct banner *b = NEW(r->mem, struct banner);
	if (p->banner || !r->house->log || log_fault(r->house->log) == LOG_FINE)
		return;
	*b = (struct banner){ .tone = TONE_LATE,
			      .title = verify_word(r, MSG_VERIFY_STOPPED_TITLE),
			      .text = verify_word(r, MSG_VERIFY_STOPPED) };
	p->banner = b;
}

static enum err show(struct req *r, struct verify_page *p, const struct verify_form *form)
{
	say_stopped(r, p);
	struct str title = p->banner ? p->banner->title : verify_word(r, MSG_VERIFY_TITLE);
	p->frame = req_frame(r, title, DOOR_NONE);
	p->frame->invalid = r->faults.n > 0;
	p->form_open = form != NULL || r->again;
	struct form *shown;
	enum err e = form_show(r, verify_fields, form, NULL, p->action, MSG_VERIFY_SUBMIT, &shown);
	if (e)
		return e;
	p->form = shown;
	verify_show_witnesses(r, p);
	page_verify(&r->out, p);
	return OK;
}

enum err verify_show(struct req *r)
{
	struct verify_page *p = page_new(r);
	struct answering a = { .r = r, .p = p, .content = S(""), .salt = S("") };
	enum err e = OK;
	if (p->typed.len && r->ask->method == GET) {
		if ((e = req_throttle(r, THROTTLE_SEARCH, S("kiem-chung"))) ||
		    (e = verify_answer(&a, p->typed)))
			return e;
	}
	return show(r, p, NULL);
}

enum err verify_prepare(struct req *r)
{
	struct verify_page *p = page_new(r);
	/* The exact bytes that came, not the tidied text of the field: one sign more is another content. */
	struct answering a = {
		.r = r, .p = p, .content = pairs_get(&r->fields, S("noi_dung")), .salt = S("")
	};
	r->prepared = p;
	return verify_answer(&a, pairs_get(&r->fields, S("bien_nhan")));
}

enum err verify_post(struct req *r)
{
	return show(r, r->prepared, r->form);
}

enum err verify_file(struct req *r)
{
	static const char *const files[] = { "log-format.md", "verify-log.py" };
	for (size_t i = 0; i < LENGTH(files); i++) {
		if (!str_eq(req_param(r, "file"), str_of(files[i])))
			continue;
		const struct embedded *f =
			embedded_find(str_printf(r->mem, "docs/%s", files[i]).at);
		if (!f)
			return ERR_NOT_FOUND;
		return req_bytes(r, S("text/plain; charset=utf-8"),
				 (struct str){ (const char *)f->at, f->len });
	}
	return ERR_NOT_FOUND;
}
