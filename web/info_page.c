/* What can be downloaded is asked of the router and of the binary, so that the page never promises an
 * address that nobody serves. */
#include "web/info_page.h"

#include "base/embed.h"
#include "gen/web_pages.h"
#include "ledger/log.h"
#include "web/house.h"

enum { DATA_ROWS = 80, DATA_TABLES = 40 };

static struct str words(struct req *r, enum msg m)
{
	return msg_plain(r->lang, m);
}

static bool served(struct req *r, struct str path, unsigned format)
{
	struct match m;
	return router_find(r->house->router, r->mem, GET, path, &m) && m.route &&
	       (!format || (m.route->formats & format));
}

static struct data_row *add_row(struct data_page *p, struct req *r, struct str name, enum msg what)
{
	struct data_row *row = &p->rows.at[p->rows.n++];
	*row = (struct data_row){ .name = name, .what = words(r, what) };
	row->files.at = NEW_N(r->mem, struct link, 4);
	return row;
}

static void add_file(struct data_row *row, struct str name, struct url url)
{
	row->files.at[row->files.n++] = (struct link){ name, url, false };
}

static void add_lists(struct req *r, struct data_page *p)
{
	for (const struct kind *const *k = r->tx.office ? r->tx.office->kinds : NULL; k && *k;
	     k++) {
		struct str slug = str_of((*k)->slug);
		struct str path = str_printf(r->mem, "/%.*s", STR_ARG(slug));
		if (!kind_is_listed(*k) || !served(r, path, FORMAT_CSV) ||
		    p->rows.n + 4 > DATA_ROWS)
			continue;
		struct data_row *row = add_row(p, r, words(r, (*k)->titles), MSG_INFO_LIST);
		add_file(row, S("CSV"), req_url(r, "/%s.csv", slug));
		add_file(row, S("JSON"), req_url(r, "/%s.json", slug));
		add_file(row, S("Atom"), req_url(r, "/%s.atom", slug));
		if ((*k)->happens)
			add_file(row, S("iCalendar"), req_url(r, "/%s.ics", slug));
	}
}

static void add_rest(struct req *r, struct data_page *p)
{
	if (served(r, S("/han"), FORMAT_CSV))
		add_file(add_row(p, r, words(r, MSG_INFO_DUTIES), MSG_INFO_DUTIES_WHAT), S("CSV"),
			 req_url(r, "/han.csv"));
	struct data_row *due = add_row(p, r, words(r, MSG_CALC_TITLE), MSG_INFO_DUE_WHAT);
	struct url example = url_with(r->mem, req_url(r, "/tinh-han.json"), S("quy-tac"),
				      S("disclosure.commune.publish"));
	add_file(due, S("JSON"),
		 url_with(r->mem, example, S("ngay"), date_iso(r->mem, tx_today(&r->tx))));
	if (!r->house->log)
		return;
	struct data_row *log = add_row(p, r, words(r, MSG_INFO_LOG), MSG_INFO_LOG_WHAT);
	add_file(log, S("/log/checkpoint"), url_path(r->mem, LANG_VI, "/log/checkpoint"));
	add_file(log, S("/log/vkey"), url_path(r->mem, LANG_VI, "/log/vkey"));
	p->keys = log_vkeys(r->house->log, r->mem);
}

enum err data_show(struct req *r)
{
	struct data_page p = {
		.frame = req_frame(r, words(r, MSG_WEB_MENU_DATA), DOOR_NONE),
		.verify = req_url(r, "/kiem-chung"),
	};
	p.rows.at = arena_get_n(r->mem, DATA_ROWS, sizeof *p.rows.at);
	p.tables.at = NEW_N(r->mem, struct link, DATA_TABLES);
	add_lists(r, &p);
	add_rest(r, &p);
	for (size_t i = 0; i < embedded_count && p.tables.n < DATA_TABLES; i++) {
		struct str name = str_of(embedded_files[i].name);
		if (!str_starts(name, S("law/")) || !str_ends(name, S(".tsv")))
			continue;
		name = str_from(name, 4);
		p.tables.at[p.tables.n++] =
			(struct link){ name, url_path(r->mem, LANG_VI, "/du-lieu/luat/%s", name),
				       false };
	}
	page_data(&r->out, &p);
	return OK;
}

enum err data_table(struct req *r)
{
	struct str file = req_param(r, "file");
	const struct embedded *f = embedded_find(str_printf(r->mem, "law/%.*s", STR_ARG(file)).at);
	if (!f || !str_ends(file, S(".tsv")))
		return ERR_NOT_FOUND;
	r->reply.keep = KEEP_HOUR;
	return req_bytes(r, S("text/tab-separated-values; charset=utf-8"),
			 (struct str){ (const char *)f->at, f->len });
}

/* The words of design README 5.2, and what each promises. */
static const struct {
	const char *id;
	enum tone tone;
	enum msg word, means;
} status_words[] = {
	{ "chua-den-han", TONE_WAIT, MSG_HELP_NOT_DUE, MSG_HELP_NOT_DUE_MEANS },
	{ "con-ngay", TONE_SOON, MSG_HELP_LEFT, MSG_HELP_LEFT_MEANS },
	{ "den-han", TONE_SOON, MSG_HELP_TODAY, MSG_HELP_TODAY_MEANS },
	{ "qua-han", TONE_LATE, MSG_HELP_OVERDUE, MSG_HELP_OVERDUE_MEANS },
	{ "dung-han", TONE_OK, MSG_HELP_ON_TIME, MSG_HELP_ON_TIME_MEANS },
	{ "muon", TONE_LATE, MSG_HELP_LATE, MSG_HELP_LATE_MEANS },
	{ "niem-yet", TONE_INFO, MSG_HELP_POSTED, MSG_HELP_POSTED_MEANS },
	{ "gian-doan", TONE_LATE, MSG_HELP_BROKEN, MSG_HELP_BROKEN_MEANS },
	{ "khong-phat-sinh", TONE_WAIT, MSG_HELP_NIL, MSG_HELP_NIL_MEANS },
	{ "dinh-chinh", TONE_SOON, MSG_HELP_CORRECTED, MSG_HELP_CORRECTED_MEANS },
	{ "het-hieu-luc", TONE_WAIT, MSG_HELP_ENDED, MSG_HELP_ENDED_MEANS },
};

struct url help_url(struct req *r, const char *id)
{
	return url_at(r->mem, req_url(r, "/tro-giup"), str_of(id));
}

/* What each door leads to, as far as the frame has it. */
static void fill_doors(struct req *r, struct help_page *p)
{
	static const struct {
		enum msg word, about;
	} six[] = {
		{ MSG_WEB_DOOR_KNOW, MSG_HELP_KNOW },
		{ MSG_WEB_DOOR_DISCUSS, MSG_HELP_DISCUSS },
		{ MSG_WEB_DOOR_DO, MSG_HELP_DO },
		{ MSG_WEB_DOOR_INSPECT, MSG_HELP_INSPECT },
		{ MSG_WEB_DOOR_SUPERVISE, MSG_HELP_SUPERVISE },
		{ MSG_WEB_DOOR_BENEFIT, MSG_HELP_BENEFIT },
	};
	const struct links *served = &p->frame->doors;
	struct buf later = { .a = r->mem };
	p->doors.at = NEW_N(r->mem, struct link, LENGTH(six));
	for (size_t i = 0; i < LENGTH(six); i++) {
		struct str word = words(r, six[i].word);
		size_t k = 0;
		while (k < served->n && !str_eq(served->at[k].name, word))
			k++;
		if (k < served->n) {
			p->doors.at[p->doors.n++] = (struct link){
				.text = word,
				.about = words(r, six[i].about),
			};
			continue;
		}
		buf_put(&later, later.len ? S(", ") : S(""));
		buf_put(&later, word);
	}
	p->later = buf_str(&later);
}

enum err help_show(struct req *r)
{
	struct help_page p = {
		.frame = req_frame(r, words(r, MSG_WEB_MENU_HELP), DOOR_NONE),
		.verify = req_url(r, "/kiem-chung"),
		.due = req_url(r, "/tinh-han"),
		.data = req_url(r, "/du-lieu"),
	};
	fill_doors(r, &p);
	p.words.at = arena_get_n(r->mem, LENGTH(status_words), sizeof *p.words.at);
	for (size_t i = 0; i < LENGTH(status_words); i++)
		p.words.at[p.words.n++] = (struct help_word){
			.id = str_of(status_words[i].id),
			.means = words(r, status_words[i].means),
			.tag = { .tone = status_words[i].tone,
				 .text = words(r, status_words[i].word) },
		};
	page_help(&r->out, &p);
	return OK;
}
