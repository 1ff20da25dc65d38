/* A version is the public content of an act, byte for byte. When its names have expired those bytes
 * are gone; what the act said besides them was kept with it, and is shown instead. */
#include "web/version_page.h"

#include "base/encode.h"
#include "gen/web_pages.h"
#include "ledger/log.h"
#include "office/access.h"
#include "office/file.h"
#include "office/gate.h"
#include "office/sealed.h"
#include "web/dossier_page.h"
#include "web/house.h"
#include "web/markdown.h"

/* The n-th act that is a version, from 1; NULL: there is none. */
static const struct act *version_at(const struct acts *acts, int64_t n)
{
	for (size_t i = 0; i < acts->n; i++)
		if (acts->at[i].step->version && --n == 0)
			return &acts->at[i];
	return NULL;
}

static enum err version_load(struct req *r, const struct acts *acts, const struct act *act,
			     struct json *out, struct version_page *p)
{
	struct content c;
	struct str why, text;
	enum err e = content_load(&r->tx, act->id, &c);
	if (e || (e = content_shown(&r->tx, acts, (size_t)(act - acts->at), &text)))
		return e;
	p->erased |= c.erased;
	p->redacted |= c.redacted_by != 0 || !str_eq(act->shown, act->data);
	if (!json_parse(r->mem, c.erased ? act->shown : text, out, &why))
		return tx_fail(&r->tx, ERR_CORRUPT, "public content of act %d", act->no);
	return OK;
}

static void add_part(struct req *r, struct version_page *p, const struct field *f,
		     struct str before, struct str after, bool compare)
{
	struct version_part *part = &p->parts.at[p->parts.n];
	*part = (struct version_part){ .label = msg_plain(r->lang, f->label) };
	if (compare && !str_eq(before, after)) {
		struct diff diff;
		diff_texts(r->mem, before, after, &diff);
		part->pieces.at = diff.at;
		part->pieces.n = diff.n;
	} else if (compare) {
		return; /* what did not change is left out */
	} else if (f->markdown) {
		markdown_html(r->mem, after, &part->html);
	} else {
		part->html = html_of(r->mem, after);
	}
	p->parts.n++;
}

/* A choice in the words of the form that asks for it; one that only carries it along does not know them. */
static struct str said(struct req *r, const struct dossier *d, const struct field *f,
		       const struct json *version)
{
	const struct field *asks = f->hidden ? field_find(d->kind->fields, str_of(f->name)) : f;
	return choice_words(r, d, asks ? asks : f, json_get_str(version, f->name));
}

static void fill_parts(struct req *r, const struct dossier *d, const struct field *form,
		       const struct json *before, const struct json *after, struct version_page *p)
{
	size_t n = 0;
	for (const struct field *f = form; f->type; f++)
		n++;
	p->parts.at = arena_get_n(r->mem, n, sizeof *p->parts.at);
	for (const struct field *f = form; f->type; f++) {
		struct str is = said(r, d, f, after);
		struct str was = before ? said(r, d, f, before) : S("");
		if (f->personal && p->erased)
			continue;
		if (f->type == FIELD_TEXT && !f->internal && (is.len || was.len))
			add_part(r, p, f, was, is, before != NULL);
	}
}

enum err dossier_version(struct req *r)
{
	struct dossier *d;
	struct acts acts;
	int64_t no;
	struct json is, was;
	struct version_page p = { 0 };
	enum err e = dossier_asked(r, &d);
	if (e || (e = req_id(r, "no", &no)) || (e = act_list(&r->tx, d, &acts)))
		return e;
	int64_t other = req_query_int(r, "so", 1, d->versions, 0);
	const struct act *act = version_at(&acts, no),
			 *old = other ? version_at(&acts, other) : NULL;
	if (!act || !gate_may_see_content(&r->tx, d))
		return ERR_NOT_FOUND;
	if ((e = version_load(r, &acts, act, &is, &p)) ||
	    (old && (e = version_load(r, &acts, old, &was, &p))))
		return e;
	struct buf title = { .a = r->mem };
	if (old)
		msg_dossier_compare_title(&title, r->lang, other, no);
	else
		msg_dossier_version_title(&title, r->lang, no);
	p.title = buf_str(&title);
	p.frame = req_frame(r, p.title, kind_door(d->kind));
	p.back = (struct link){ .text = dossier_title(d), .url = dossier_url(r, d->code) };
	p.at = act->at;
	p.compares = old != NULL;
	if (dossier_state(d)->tone == TONE_WAIT)
		p.state = (struct tag){ TONE_WAIT, msg_plain(r->lang, dossier_state(d)->label) };
	fill_parts(r, d, act->step->form, old ? &was : NULL, &is, &p);
	page_version(&r->out, &p);
	return OK;
}

/* --- What proves an act to a stranger --- */

static enum err act_asked(struct req *r, struct dossier **d, struct act *out)
{
	struct acts acts;
	int64_t no;
	enum err e = dossier_asked(r, d);
	if (e || (e = req_id(r, "no", &no)) || (e = act_list(&r->tx, *d, &acts)))
		return e;
	if (no < 1 || (uint64_t)no > acts.n || (*d)->kind->is_private)
		return ERR_NOT_FOUND;
	*out = acts.at[no - 1];
	return OK;
}

enum err dossier_content(struct req *r)
{
	struct dossier *d;
	struct act act;
	struct content c;
	enum err e = act_asked(r, &d, &act);
	if (e || (e = content_load(&r->tx, act.id, &c)))
		return e;
	r->gone = c.redacted_by != 0 && gate_may_see_content(&r->tx, d);
	if (c.erased || c.redacted_by || !gate_may_see_content(&r->tx, d))
		return ERR_NOT_FOUND;
	req_header(r, S("X-Dinh-Salt"), base64_encode(r->mem, c.public_salt.at, c.public_salt.len));
	r->reply.sandbox = true;
	return req_bytes(r, S("application/json; charset=utf-8"),
			 (struct str){ c.public_bytes.at, c.public_bytes.len });
}

enum err dossier_receipt(struct req *r)
{
	struct dossier *d;
	struct act act;
	struct content c;
	struct str receipt, salt = { NULL, 0 };
	enum err e = act_asked(r, &d, &act);
	if (e || (e = content_load(&r->tx, act.id, &c)))
		return e;
	if (!c.erased && !c.redacted_by && gate_may_see_content(&r->tx, d))
		salt = (struct str){ c.public_salt.at, c.public_salt.len };
	if ((e = log_receipt(r->house->log, &r->tx, act.leaf, salt, &receipt)))
		return e;
	struct str name = str_printf(r->mem, "attachment; filename=\"%.*s-%d.tlog-proof\"",
				     STR_ARG(d->code), act.no);
	req_header(r, S("Content-Disposition"), name);
	return req_bytes(r, S("text/plain; charset=utf-8"), receipt);
}

/* --- Files --- */

enum err dossier_file_send(struct req *r, const struct dossier *d, enum file_seal sees)
{
	struct file_ref file;
	struct file_header headers[FILE_HEADERS];
	int fd;
	int64_t size;
	bool thumb = str_eq(req_query(r, "co"), S("nho")), hidden = false;
	enum err e = sealed_file_hidden(&r->tx, d, req_param(r, "sha256"), &hidden);
	if (hidden)
		r->gone = false;
	if (e || hidden)
		return e ? e : ERR_NOT_FOUND;
	e = file_find(&r->tx, d->id, req_param(r, "sha256"), sees, &file);
	if (e || (e = file_open(r->house->office->files, file.sha256, thumb, &fd, &size)))
		return e;
	file_headers(r->mem, &file, headers);
	/* The type is told once, by the reply itself: a thumbnail's is not that of its picture. */
	for (size_t i = 0; i < FILE_HEADERS; i++)
		if (!str_eq(str_of(headers[i].name), S("Content-Type")))
			req_header(r, str_of(headers[i].name), headers[i].value);
	r->reply.sandbox = true;
	return req_file(r, thumb ? S("image/jpeg") : file.type, S(""), fd, size);
}

enum err dossier_file(struct req *r)
{
	struct dossier *d;
	enum err e = dossier_asked(r, &d);
	if (e || !gate_may_see_content(&r->tx, d))
		return e ? e : ERR_NOT_FOUND;
	bool inside = gate_is_official_of(&r->tx, d->holder) || dossier_is_author(&r->tx, d);
	bool original = false;
	if ((e = access_granted_of(&r->tx, d->id, ACCESS_ORIGINAL, &original)))
		return e;
	enum file_seal sees = original ? FILE_REDACTED : inside ? FILE_SEALED : FILE_OPEN;
	struct file_ref once;
	r->gone = !original &&
		  !file_find(&r->tx, d->id, req_param(r, "sha256"), FILE_REDACTED, &once) &&
		  file_find(&r->tx, d->id, req_param(r, "sha256"), FILE_SEALED, &once);
	return dossier_file_send(r, d, sees);
}
