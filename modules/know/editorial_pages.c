/* Parts that articles and official answers share. */
#include "modules/know/editorial_pages.h"

#include "gen/know_pages.h"
#include "modules/know/sources.h"
#include "office/gate.h"
#include "web/dossier_page.h"

enum err editorial_when(struct req *r, const struct dossier *d, struct str place)
{
	struct when_part p = { .place = place };
	struct buf b = { .a = r->mem };
	enum err e = editorial_times(&r->tx, d->id, &p.times);
	if (e || !date_is_set(p.times.on))
		return e;
	if (date_is_set(p.times.corrected_on))
		msg_editorial_corrected_on(&b, r->lang, p.times.corrected_on);
	p.corrected = buf_str(&b);
	part_when(&r->out, &p);
	return OK;
}

/* --- Sources --- */

/* A record by its title, where this reader may see it; else by the words given and without a link. */
static enum err record_row(struct req *r, const struct source *s, struct source_row *row)
{
	struct dossier *d;
	struct buf meta = { .a = r->mem };
	enum err e = gate_read(&r->tx, s->code, &d);
	if (e == ERR_NOT_FOUND || (!e && !gate_may_see_content(&r->tx, d))) {
		row->text = s->words.len ? s->words : s->code;
		return OK;
	}
	if (e)
		return e;
	msg_editorial_record_meta(&meta, r->lang, msg_plain(r->lang, d->kind->title), d->code);
	row->text = s->words.len ? s->words : dossier_title(d);
	row->meta = buf_str(&meta);
	row->url = dossier_url(r, d->code);
	return OK;
}

static enum err source_row(struct req *r, const struct source *s, struct source_row *row)
{
	*row = (struct source_row){ .text = s->words.len ? s->words : s->address };
	if (s->code.len)
		return record_row(r, s, row);
	row->away = s->address.len && url_external(r->mem, s->address, &row->url);
	if (s->address.len && !row->away) /* an address that is none stays what was typed */
		row->meta = s->words.len ? s->address : S("");
	return OK;
}

enum err editorial_sources(struct req *r, struct str lines, enum msg title,
			   const struct source_part **out)
{
	struct sources all = sources_read(r->mem, lines);
	struct source_part *p = NEW(r->mem, struct source_part);
	enum err e = OK;
	*out = NULL;
	if (!all.n)
		return OK;
	p->title = msg_plain(r->lang, title);
	p->rows.at = NEW_N(r->mem, struct source_row, all.n);
	for (size_t i = 0; !e && i < all.n; i++)
		e = source_row(r, &all.at[i], &p->rows.at[p->rows.n++]);
	*out = p;
	return e;
}

/* --- Files --- */

const struct attached_part *editorial_files(struct req *r, const struct dossier *d,
					    const struct file_refs *files)
{
	struct attached_part *p = NEW(r->mem, struct attached_part);
	if (!files->n)
		return NULL;
	p->files.at = NEW_N(r->mem, struct link, files->n);
	for (size_t i = 0; i < files->n; i++) {
		struct buf b = { .a = r->mem };
		msg_dossier_file(&b, r->lang, files->at[i].name, (files->at[i].size + 1023) / 1024);
		p->files.at[p->files.n++] =
			(struct link){ .text = buf_str(&b), .url = file_url(r, d, &files->at[i]) };
	}
	return p;
}
