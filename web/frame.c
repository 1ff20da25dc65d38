/* What of the frame is the same on every page, and what of it depends on who reads. */
#include "web/frame.h"

#include "base/utf8.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/req.h"
#include "web/statics.h"

#include <string.h>

const struct menu_item menu_items[] = {
	{ "/cong-khai", MSG_WEB_DOOR_KNOW_NAME, DOOR_KNOW, MSG_WEB_DOOR_KNOW,
	  MSG_WEB_DOOR_KNOW_ABOUT, ICON_KNOW },
	{ "/quyet-dinh", MSG_WEB_DOOR_DISCUSS_NAME, DOOR_DISCUSS, MSG_WEB_DOOR_DISCUSS,
	  MSG_WEB_DOOR_DISCUSS_ABOUT, ICON_TALK },
	{ "/doi-thoai", MSG_WEB_DOOR_DISCUSS_NAME, DOOR_DISCUSS, MSG_WEB_DOOR_DISCUSS,
	  MSG_WEB_DOOR_DISCUSS_DIALOGUE, ICON_TALK },
	{ "/cong-trinh", MSG_WEB_DOOR_DO_NAME, DOOR_DO, MSG_WEB_DOOR_DO, MSG_WEB_DOOR_DO_ABOUT,
	  ICON_DO },
	{ "/kien-nghi", MSG_WEB_DOOR_INSPECT_NAME, DOOR_INSPECT, MSG_WEB_DOOR_INSPECT,
	  MSG_WEB_DOOR_INSPECT_ABOUT, ICON_CHECK },
	{ "/giam-sat", MSG_WEB_DOOR_SUPERVISE_NAME, DOOR_SUPERVISE, MSG_WEB_DOOR_SUPERVISE,
	  MSG_WEB_DOOR_SUPERVISE_ABOUT, ICON_SUPERVISE },
	{ "/kiem-chung", MSG_WEB_DOOR_INSPECT_NAME, DOOR_INSPECT, MSG_WEB_DOOR_INSPECT,
	  MSG_WEB_DOOR_INSPECT_RECORD, ICON_CHECK },
	{ "/han", MSG_WEB_DOOR_SUPERVISE_NAME, DOOR_SUPERVISE, MSG_WEB_DOOR_SUPERVISE,
	  MSG_WEB_DOOR_SUPERVISE_DUE, ICON_SUPERVISE },
	{ "/khao-sat", MSG_WEB_DOOR_BENEFIT_NAME, DOOR_BENEFIT, MSG_WEB_DOOR_BENEFIT,
	  MSG_WEB_DOOR_BENEFIT_ABOUT, ICON_BENEFIT },
	{ "/kien-nghi/gui", MSG_WEB_MENU_PETITION, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/yeu-cau-thong-tin", MSG_WEB_MENU_INFORMATION, DOOR_NONE, MSG_NONE, MSG_NONE,
	  ICON_NONE },
	{ "/van-ban", MSG_WEB_MENU_DOCUMENTS, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/lay-y-kien", MSG_WEB_MENU_OPINION, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/doi-thoai", MSG_WEB_MENU_DIALOGUE, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/tiep-dan", MSG_WEB_MENU_RECEPTION, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/ke-hoach", MSG_WEB_MENU_PLAN, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/tong-ket", MSG_WEB_MENU_REVIEW, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/bau-cu", MSG_WEB_MENU_ELECTION, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/tin", MSG_WEB_MENU_NEWS, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/thong-tin-chinh-thuc", MSG_WEB_MENU_OFFICIAL, DOOR_NONE, MSG_NONE, MSG_NONE,
	  ICON_NONE },
	{ "/tinh-han", MSG_WEB_MENU_DUE, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/kiem-chung", MSG_WEB_MENU_VERIFY, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/du-lieu", MSG_WEB_MENU_DATA, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/tro-giup", MSG_WEB_MENU_HELP, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ "/dang-nhap", MSG_WEB_MENU_SIGN_IN, DOOR_NONE, MSG_NONE, MSG_NONE, ICON_NONE },
	{ 0 },
};

enum door kind_door(const struct kind *kind)
{
	static const struct {
		const char *work;
		enum door door;
	} doors[] = {
		{ "discuss", DOOR_DISCUSS }, { "decide", DOOR_DISCUSS },
		{ "works", DOOR_DO },        { "inspect", DOOR_INSPECT },
		{ "benefit", DOOR_BENEFIT }, { "supervise", DOOR_SUPERVISE },
	};
	for (size_t i = 0; i < LENGTH(doors); i++)
		if (strcmp(kind->work, doors[i].work) == 0)
			return doors[i].door;
	return DOOR_KNOW;
}

static bool served(const struct req *r, const char *path)
{
	struct match m;
	return router_find(r->house->router, r->mem, GET, str_of(path), &m) && m.route;
}

static struct url address(struct req *r, enum lang lang, const char *path)
{
	return url_path_n(r->mem, lang, path, NULL, 0);
}

static void fill_menus(struct req *r, struct frame *f)
{
	size_t n = 0;
	unsigned opened = 0; /* doors that have their place */
	while (menu_items[n].path)
		n++;
	f->doors.at = NEW_N(r->mem, struct link, n);
	f->menu.at = NEW_N(r->mem, struct link, n);
	for (const struct menu_item *m = menu_items; m->path; m++) {
		bool signing = m->label == MSG_WEB_MENU_SIGN_IN; /* done already */
		if (!served(r, m->path) || (m->door && opened & 1u << m->door) ||
		    (signing && r->tx.who))
			continue;
		opened |= 1u << m->door;
		struct link l = { msg_plain(r->lang, m->label), address(r, r->lang, m->path),
				  false };
		f->menu.at[f->menu.n++] = l;
		if (!m->door)
			continue;
		l.name = l.text;
		l.text = msg_plain(r->lang, m->word);
		l.about = msg_plain(r->lang, m->about);
		l.icon = m->icon;
		l.here = m->door == f->door;
		f->doors.at[f->doors.n++] = l;
	}
}

static struct url other_language(struct req *r)
{
	struct str path = r->address;
	if (r->lang == LANG_EN)
		path = str_from(path, 3);
	return (struct url){ r->lang == LANG_EN
				     ? path.len && path.at[0] == '/'
					       ? path
					       : str_printf(r->mem, "/%.*s", STR_ARG(path))
			     : str_eq(path, S("/"))
				     ? S("/en")
				     : str_printf(r->mem, "/en%.*s", STR_ARG(path)) };
}

static void fill_receipt(struct req *r, struct frame *f)
{
	struct str code;
	struct instant made;
	struct buf b = { .a = r->mem };
	if (!r->tx.receipt ||
	    !receipt_pass_read(r->mem, r->house->secret, r->receipt, &code, &made))
		return;
	msg_receipt_holds(&b, r->lang, code);
	f->holds = buf_str(&b);
	f->receipt = req_url(r, "/bien-nhan/%s", code);
}

struct frame *req_frame(struct req *r, struct str title, enum door door)
{
	struct frame *f = NEW(r->mem, struct frame);
	*f = (struct frame){
		.title = title,
		.place = utf8_capital(r->mem, r->house->name[r->lang]),
		.door = door,
		.invalid = r->faults.n > 0,
		.demo = r->house->demo,
		.today = tx_today(&r->tx),
		.index = r->ask->method == GET && !r->tx.who && !r->tx.receipt && !r->house->demo,
		.style = statics_style(),
		.home = address(r, r->lang, "/"),
		.other_lang = r->ask->method == GET
				      ? lang_code(r->lang == LANG_VI ? LANG_EN : LANG_VI)
				      : S(""),
		.other = other_language(r),
		.canonical = req_absolute(r, (struct url){ r->address }),
		.member = r->tx.who ? r->tx.who->name : S(""),
	};
	fill_menus(r, f);
	fill_receipt(r, f);
	if (served(r, "/tim"))
		f->find = address(r, r->lang, "/tim");
	if (r->tx.who && served(r, "/ho-so-cua-toi"))
		f->mine = address(r, r->lang, "/ho-so-cua-toi");
	/* Who holds no office has no queue. */
	if (r->tx.who && r->tx.who->n && served(r, "/viec"))
		f->queue = address(r, r->lang, "/viec");
	if (r->tx.who) {
		r->has_form = true;
		f->account = address(r, r->lang, "/tai-khoan");
		f->sign_out = address(r, r->lang, "/thoat");
		f->sign_out_token = token_make(r->mem, r->house->secret, r->session, r->tx.rng);
	}
	return f;
}

void req_script(struct req *r, struct frame *f)
{
	r->has_script = true;
	f->script = statics_script();
}

void frame_crumb(struct arena *a, struct frame *f, struct str text, struct url url)
{
	struct links *c = &f->crumbs;
	c->at = arena_grow(a, c->at, c->n * sizeof *c->at, (c->n + 1) * sizeof *c->at);
	c->at[c->n++] = (struct link){ text, url, false };
}
