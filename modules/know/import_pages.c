/* Two steps: what the file says is shown first, with every fault at its line; only a file without
 * faults can be recorded, and what is recorded is what was shown. */
#include "gen/know_pages.h"
#include "modules/know/import.h"
#include "modules/know/know_pages.h"
#include "office/unit.h"
#include "web/form.h"

#include <fcntl.h>
#include <unistd.h>

enum { FILE_MOST = 2 << 20 };

static enum err unit_asked(struct req *r, struct unit *u)
{
	enum err e = unit_by_code(&r->tx, req_param(r, "unit"), tx_today(&r->tx), u);
	if (e)
		return e;
	if (!r->tx.who || !member_may(r->tx.who, LEADER, u->id, S("know")))
		return tx_fail(&r->tx, ERR_DENIED, "import at unit %.*s", STR_ARG(u->code));
	return OK;
}

static enum err show(struct req *r, const struct unit *u, struct import_page *p)
{
	p->frame = req_frame(r, msg_plain(r->lang, MSG_KNOW_IMPORT), DOOR_KNOW);
	p->frame->invalid = p->problem.len || p->bad;
	p->back = (struct link){ .text = unit_heading(r->mem, u, r->lang),
				 .url = req_url(r, "/don-vi/%s", u->code) };
	p->action = req_url(r, "/cong-khai/nhap/%s", u->code);
	p->token = form_token(r);
	page_import(&r->out, p);
	return OK;
}

enum err import_show(struct req *r)
{
	struct unit u;
	enum err e = unit_asked(r, &u);
	return e ? e : show(r, &u, &(struct import_page){ .good = 0 });
}

static struct str field_text(struct req *r, const char *name)
{
	for (size_t i = 0; i < r->fields.n; i++)
		if (str_eq(r->fields.at[i].name, str_of(name)))
			return r->fields.at[i].value;
	return S("");
}

static enum err file_text(struct req *r, struct str *out)
{
	struct buf b = { .a = r->mem };
	*out = field_text(r, "noi-dung");
	if (!r->uploads.n)
		return OK;
	AUTO_CLOSE int fd = open(r->uploads.at[0].path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return tx_fail(&r->tx, ERR_IO, "an upload is gone");
	for (;;) {
		ssize_t n = read(fd, buf_reserve(&b, 65536), 65536);
		if (n < 0)
			return tx_fail(&r->tx, ERR_IO, "reading an upload");
		if (!n || b.len > FILE_MOST)
			break;
		b.len += (size_t)n;
	}
	*out = buf_str(&b);
	return OK;
}

static struct str row_day(struct req *r, struct date day)
{
	if (!date_is_set(day))
		return S("");
	struct ymd c = date_ymd(day);
	return str_printf(r->mem, "%02d/%02d/%04d", c.day, c.month, c.year);
}

static void fill_rows(struct req *r, const struct past_rows *rows, struct import_page *p)
{
	p->rows.at = arena_get_n(r->mem, rows->n, sizeof *p->rows.at);
	for (size_t i = 0; i < rows->n; i++) {
		const struct past_row *row = &rows->at[i];
		struct import_row *to = &p->rows.at[p->rows.n++];
		*to = (struct import_row){
			.line = (int64_t)row->line,
			.title = row->content.title,
			.matter = row->content.matter,
			.issued_on = row_day(r, row->content.issued_on),
			.published_on = row_day(r, row->published_on),
		};
		to->faults.at = NEW_N(r->mem, struct str, row->faults.n);
		for (size_t k = 0; k < row->faults.n; k++)
			to->faults.at[to->faults.n++] =
				str_printf(r->mem, "%s: %.*s", row->faults.at[k].field,
					   STR_ARG(row->faults.at[k].text));
	}
	p->bad = (int64_t)rows->bad;
	p->good = (int64_t)(rows->n - rows->bad);
}

enum err import_post(struct req *r)
{
	struct unit u;
	struct past_rows rows;
	struct import_page p = { .preview = true };
	enum err e = unit_asked(r, &u);
	if (e || (e = file_text(r, &p.text)) ||
	    (e = past_read(&r->tx, u.id, p.text, r->lang, &rows)))
		return e;
	bool record = field_text(r, "ghi").len > 0;
	if (record && !rows.bad && !rows.problem.len) {
		e = past_record(&r->tx, u.id, &rows, r->token);
		return e ? e : req_redirect(r, req_url(r, "/don-vi/%s", u.code));
	}
	p.problem = rows.problem;
	fill_rows(r, &rows, &p);
	return show(r, &u, &p);
}
