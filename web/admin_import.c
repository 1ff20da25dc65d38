/* A spreadsheet of villages, agencies or enterprises: read and shown before anything is written,
 * then the same text is sent back by the browser, read again, and taken whole. Nothing waits on the
 * server in between. */
#include "web/admin_import.h"
#include "gen/web_pages.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { CSV_MOST = 500 * 1000, ROWS_SHOWN = 100 };

struct import_form {
	struct str level;
	struct date from;
};

static const struct field_choice levels[] = {
	{ "village", MSG_ADMIN_LEVEL_VILLAGE },
	{ "agency", MSG_ADMIN_LEVEL_AGENCY },
	{ "enterprise", MSG_ADMIN_LEVEL_ENTERPRISE },
	{ 0 },
};

static const struct field import_fields[] = {
	FIELD(struct import_form, level, .label = MSG_ADMIN_IMPORT_LEVEL, .choices = levels),
	FIELD(struct import_form, from, .optional = true, .label = MSG_ADMIN_IMPORT_FROM,
	      .hint = MSG_ADMIN_IMPORT_FROM_HINT),
	{ 0 },
};

struct import {
	struct unit unit;
	struct import_form form;
	struct str csv;
	struct unit_import rows;
};

enum err admin_import_show(struct req *r)
{
	struct import_form initial = { .level = S("village"), .from = NO_DATE };
	struct form *form;
	struct unit u;
	struct str title = msg_plain(r->lang, MSG_ADMIN_IMPORT_TITLE);
	enum err e = admin_find(r, &u);
	if (e || (e = form_show(r, import_fields, &initial, NULL,
				req_url(r, "/quan-tri/don-vi/%s/nhap", u.code),
				MSG_ADMIN_IMPORT_LOOK, &form)))
		return e;
	form->has_files = true;
	page_admin(&r->out, &(struct admin_page){
				    .frame = admin_frame(r, &u, title),
				    .kicker = unit_heading(r->mem, &u, r->lang),
				    .title = title,
				    .lede = msg_plain(r->lang, MSG_ADMIN_IMPORT_LEDE),
				    .form = form,
				    .takes_table = true,
			    });
	return OK;
}

/* --- reading --- */

static enum err read_upload(struct req *r, const struct upload *u, struct str *out)
{
	AUTO_CLOSE int fd = open(u->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return tx_fail(&r->tx, ERR_IO, "%s: %s", u->path, strerror(errno));
	char *bytes = arena_get(r->mem, (size_t)u->size + 1);
	size_t n = 0;
	while (n < (size_t)u->size) {
		ssize_t got = read(fd, bytes + n, (size_t)u->size - n);
		if (got < 0)
			return tx_fail(&r->tx, ERR_IO, "%s: %s", u->path, strerror(errno));
		if (!got)
			break;
		n += (size_t)got;
	}
	*out = (struct str){ bytes, n };
	return OK;
}

/* The table comes as a file the first time, as a hidden text the second. */
static enum err read_table(struct req *r, struct str *out)
{
	if (!r->uploads.n) {
		*out = pairs_get(&r->fields, S("csv"));
		return out->len ? OK : req_fault(r, "", MSG_ADMIN_IMPORT_FILE_MISSING);
	}
	if (r->uploads.at[0].size > CSV_MOST)
		return req_fault(r, "", MSG_ADMIN_IMPORT_FILE_LARGE);
	return read_upload(r, &r->uploads.at[0], out);
}

static enum unit_level level_of(struct str word)
{
	return str_eq(word, S("village"))  ? LEVEL_VILLAGE
	       : str_eq(word, S("agency")) ? LEVEL_AGENCY
					   : LEVEL_ENTERPRISE;
}

static enum err read_import(struct req *r, struct import **out)
{
	struct import *i = NEW(r->mem, struct import);
	enum err e = admin_find(r, &i->unit);
	if (e)
		return e;
	form_read(r, import_fields, &i->form);
	if ((e = form_check(&r->tx, import_fields, &i->form, NULL, &r->faults)))
		return e;
	if ((e = read_table(r, &i->csv)) || r->faults.n)
		return e ? e : ERR_INVALID;
	struct unit_import_form form = { .level = level_of(i->form.level), .from = i->form.from };
	/* Villages lie in communes: above those every row says in which. */
	if (form.level != LEVEL_VILLAGE || i->unit.level == LEVEL_COMMUNE)
		form.parent = i->unit.id;
	e = unit_import_preview(&r->tx, i->csv, &form, r->lang, &i->rows);
	if (!e)
		*out = i;
	return e;
}

/* --- showing --- */

static struct table *faults_table(struct req *r, const struct import_faults *faults)
{
	static const enum msg columns[] = { MSG_ADMIN_IMPORT_LINE, MSG_ADMIN_IMPORT_COLUMN,
					    MSG_ADMIN_IMPORT_WHY };
	struct table *t = grid_new(r, MSG_ADMIN_IMPORT_FAULTS, faults->n, columns, LENGTH(columns));
	for (size_t i = 0; i < faults->n; i++) {
		const struct import_fault *f = &faults->at[i];
		struct cell *c = grid_row(r, t);
		c[0].text = f->line ? str_printf(r->mem, "%zu", f->line)
				    : msg_plain(r->lang, MSG_ADMIN_IMPORT_WHOLE);
		if (f->heading.len)
			c[1].text = f->heading;
		else if (f->column)
			c[1].text = str_printf(r->mem, "%zu", f->column);
		c[2].text = f->text;
	}
	return t;
}

static struct str number(struct req *r, int64_t n)
{
	struct buf b = { .a = r->mem };
	if (n)
		lang_put_int(&b, r->lang, n);
	return buf_str(&b);
}

static struct table *rows_table_of(struct req *r, const struct unit_import *rows)
{
	static const enum msg columns[] = { MSG_ADMIN_UNIT,      MSG_ADMIN_IMPORT_LINE,
					    MSG_ADMIN_CODE,      MSG_ADMIN_IMPORT_PARENT,
					    MSG_ADMIN_FROM,      MSG_ADMIN_HOUSEHOLDS,
					    MSG_ADMIN_HEAD_COUNT };
	size_t n = rows->n < ROWS_SHOWN ? rows->n : ROWS_SHOWN;
	struct table *t = grid_new(r, MSG_ADMIN_IMPORT_ROWS, n, columns, LENGTH(columns));
	for (size_t i = 0; i < n; i++) {
		const struct unit_import_row *row = &rows->at[i];
		struct buf name = { .a = r->mem }, from = { .a = r->mem };
		struct cell *c = grid_row(r, t);
		if (row->unit.type.len)
			buf_printf(&name, "%.*s ", STR_ARG(row->unit.type));
		buf_put(&name, row->unit.name);
		lang_put_date(&from, r->lang, row->unit.from);
		c[0].text = buf_str(&name);
		c[1].text = str_printf(r->mem, "%zu", row->line);
		c[2].text = row->unit.code;
		c[3].text = row->parent_title;
		c[4].text = buf_str(&from);
		c[5].text = number(r, row->unit.households);
		c[6].text = number(r, row->unit.head_count);
	}
	return t;
}

static const struct banner *verdict(struct req *r, const struct unit_import *rows)
{
	struct banner *b = NEW(r->mem, struct banner);
	struct buf title = { .a = r->mem };
	int64_t wrong = (int64_t)rows->faults.n;
	if (rows->faults.more)
		msg_admin_import_wrong_more(&title, r->lang, wrong);
	else if (wrong)
		msg_admin_import_wrong(&title, r->lang, wrong);
	else
		msg_admin_import_fine(&title, r->lang, (int64_t)rows->n);
	*b = (struct banner){
		.tone = wrong ? TONE_LATE : TONE_OK,
		.title = buf_str(&title),
		.text = msg_plain(r->lang, wrong ? MSG_ADMIN_IMPORT_MEND : MSG_ADMIN_IMPORT_CHECK),
	};
	return b;
}

static enum err show_preview(struct req *r, const struct import *i)
{
	static const struct field no_fields[] = { { 0 } };
	struct str title = msg_plain(r->lang, MSG_ADMIN_IMPORT_PREVIEW);
	struct url upload = req_url(r, "/quan-tri/don-vi/%s/nhap", i->unit.code);
	struct unit_import_page page = {
		.frame = admin_frame(r, &i->unit, title),
		.kicker = unit_heading(r->mem, &i->unit, r->lang),
		.title = title,
		.banner = verdict(r, &i->rows),
		.again = { msg_plain(r->lang, MSG_ADMIN_IMPORT_AGAIN), upload, false },
	};
	if (i->rows.faults.n) {
		page.faults = faults_table(r, &i->rows.faults);
		r->reply.status = 422;
		page_unit_import(&r->out, &page);
		return OK;
	}
	struct form *form;
	enum err e = form_show(r, no_fields, NULL, NULL,
			       req_url(r, "/quan-tri/don-vi/%s/nhap/ghi", i->unit.code),
			       MSG_ADMIN_IMPORT_WRITE, &form);
	if (e)
		return e;
	form->hidden.at = NEW_N(r->mem, struct pair, 2);
	form->hidden.at[form->hidden.n++] = (struct pair){ S("level"), i->form.level };
	form->hidden.at[form->hidden.n++] =
		(struct pair){ S("from"), date_iso(r->mem, i->form.from) };
	page.form = form;
	page.csv = i->csv;
	page.rows = rows_table_of(r, &i->rows);
	if (i->rows.n > ROWS_SHOWN) {
		struct buf first = { .a = r->mem };
		msg_admin_import_first(&first, r->lang, ROWS_SHOWN);
		page.note = buf_str(&first);
	}
	page_unit_import(&r->out, &page);
	return OK;
}

/* Before the writer, so that a large table holds nobody up. */
enum err admin_import_prepare(struct req *r)
{
	struct import *i;
	enum err e = read_import(r, &i);
	if (!e)
		r->prepared = i;
	return e;
}

enum err admin_import_preview(struct req *r)
{
	return show_preview(r, r->prepared);
}

enum err admin_import_write(struct req *r)
{
	struct import *i;
	enum err e = read_import(r, &i);
	if (e)
		return e;
	if (i->rows.faults.n) /* somebody was faster: say what is wrong now */
		return show_preview(r, i);
	e = unit_import_apply(&r->tx, &i->rows);
	return e ? e : admin_back(r, &i->unit, "nhap");
}
