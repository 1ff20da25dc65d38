/* Every address of the program, asked by every role, on the way the server goes. What the tables of
 * routes and steps do not allow is refused, writes nothing and shows nothing; nothing at all is
 * answered with 500. Forms are tied to one browser, come from our own pages, and count once. */
#include "office/sealed.h"
#include "tests/asker.h"
#include "tests/walk_copy.h"

#include <stdio.h>
#include <string.h>

/* Who asks. */
struct who {
	int64_t person;     /* 0: a visitor */
	enum walk_place at; /* of the appointment */
	enum role role;     /* CITIZEN: none */
	struct str session;
	char name[60];
};

struct gang {
	struct who *at;
	size_t n;
};

static void join(struct gang *g, struct asker *a, enum walk_place place, enum role role,
		 bool visitor)
{
	static const char *const places[PLACES] = { "xã",           "thôn",  "cơ quan",
						    "doanh nghiệp", "huyện", "xã khác" };
	struct who *w = &g->at[g->n++];
	*w = (struct who){ .at = place, .role = role, .session = S("") };
	if (visitor) {
		strcpy(w->name, "a visitor");
		return;
	}
	w->person = a->s->person[place][walk_role_index(role)];
	w->session = asker_sign_in(a, test_arena(), w->person);
	snprintf(w->name, sizeof w->name, "%s (%s)", role_word(role).at, places[place]);
}

/* A visitor, and every role at each of the places. */
static struct gang gather(struct asker *a, const enum walk_place *places, size_t n)
{
	struct gang g = { NEW_N(test_arena(), struct who, n * WALK_ROLES + 1), 0 };
	join(&g, a, AT_COMMUNE, CITIZEN, true);
	for (size_t p = 0; p < n; p++)
		for (int i = 0; i < WALK_ROLES; i++)
			join(&g, a, places[p], (enum role)(1 << i), false);
	return g;
}

static struct reply_seen get(struct asker *a, struct arena *mem, struct str path,
			     const struct who *w)
{
	struct question q = { .method = GET, .path = path, .session = w->session };
	struct reply_seen r = asker_ask(a, mem, &q);
	if (r.status >= 500 || r.status < 200)
		FAIL("GET %.*s by %s is answered with %d", STR_ARG(path), w->name, r.status);
	return r;
}

static struct reply_seen post(struct asker *a, struct arena *mem, struct question q,
			      const struct who *w)
{
	q.method = POST;
	q.session = w->session;
	struct reply_seen r = asker_ask(a, mem, &q);
	if (r.status >= 500 || r.status < 200)
		FAIL("POST %.*s by %s is answered with %d", STR_ARG(q.path), w->name, r.status);
	return r;
}

static bool leads_to_sign_in(const struct reply_seen *r)
{
	return r->status == 303 && str_starts(r->location, S("/dang-nhap?den="));
}

static bool is_refused(const struct reply_seen *r)
{
	return r->status == 403 || r->status == 404 || leads_to_sign_in(r);
}

/* --- Every route of every table --- */

static const enum walk_place two_places[] = { AT_COMMUNE, AT_OTHER };

/* Each {name} of a path by something of the commune; several where several sorts could be meant. */
enum { FILLINGS = 3 };

static struct str fill_path(struct asker *a, struct arena *mem, const char *path, int filling)
{
	int64_t person = a->s->person[AT_COMMUNE][walk_role_index(CLERK)];
	int64_t citizen = a->s->person[AT_COMMUNE][0];
	int64_t ids[FILLINGS] = { person, citizen, 1 };
	struct buf b = { .a = mem };
	for (const char *c = path; *c; c++) {
		if (*c != '{') {
			buf_putc(&b, *c);
			continue;
		}
		const char *end = strchr(c, '}');
		struct str name = { c + 1, (size_t)(end - c - 1) };
		if (str_eq(name, S("code")) || str_eq(name, S("unit")))
			buf_put(&b, str_starts(str_of(path), S("/ho-so")) ? S("CK-0000-0000")
									  : a->s->code[AT_COMMUNE]);
		else if (str_eq(name, S("kind")))
			buf_put(&b, str_of(a->s->office.kinds[0]->slug));
		else
			buf_put_int(&b, ids[filling]);
		c = end;
	}
	return buf_str(&b);
}

static bool role_suffices(const struct route *r, const struct who *w)
{
	if (r->who == ANYONE)
		return true;
	if (r->who & MEMBER)
		return w->person != 0;
	return w->role != CITIZEN && (r->who & (unsigned)w->role);
}

/* What an address names is the commune's: an office elsewhere, not above it, does not serve. */
static bool unit_suffices(const struct route *r, const struct who *w)
{
	return !(strchr(r->path, '{') && r->who != ANYONE && !(r->who & MEMBER)) ||
	       w->at == AT_COMMUNE;
}

static void get_route(struct asker *a, struct arena *mem, const struct route *r, struct str path,
		      enum format format, const struct who *w)
{
	static const char *const endings[] = { [FORMAT_CSV] = ".csv",
					       [FORMAT_JSON] = ".json",
					       [FORMAT_ATOM] = ".atom",
					       [FORMAT_ICS] = ".ics" };
	if (format != FORMAT_HTML)
		path = str_printf(mem, "%.*s%s", STR_ARG(path), endings[format]);
	struct reply_seen seen = get(a, mem, path, w);
	bool html = format == FORMAT_HTML;
	if (!role_suffices(r, w) &&
	    !(w->person || !html ? seen.status == 403 : leads_to_sign_in(&seen)))
		FAIL("GET %.*s by %s is answered with %d", STR_ARG(path), w->name, seen.status);
	if (role_suffices(r, w) && !unit_suffices(r, w) && !is_refused(&seen))
		FAIL("GET %.*s by %s, who is nothing there, is answered with %d", STR_ARG(path),
		     w->name, seen.status);
}

static void must_not_pass(struct asker *a, struct arena *mem, struct question q,
			  const struct who *w, const char *why)
{
	struct reply_seen r = post(a, mem, q, w);
	bool back = r.status == 303 && str_starts(r.location, S("/dang-nhap"));
	if (r.reached || (r.status != 403 && r.status != 404 && r.status != 422 && !back))
		FAIL("POST %.*s by %s, %s, is answered with %d", STR_ARG(q.path), w->name, why,
		     r.status);
}

/* Forms that did not come from a page of ours, in this browser. */
static void forged(struct asker *a, struct arena *mem, struct question q, const struct who *w)
{
	struct question forgery = q;
	forgery.token = TOKEN_NONE;
	must_not_pass(a, mem, forgery, w, "without a token");
	forgery.token = asker_token(
		a, mem, S("fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"));
	must_not_pass(a, mem, forgery, w, "with the token of another browser");
	forgery = q;
	forgery.token = TOKEN_OWN;
	forgery.origin = S("https://evil.example");
	must_not_pass(a, mem, forgery, w, "from another site");
	forgery.origin = S("null");
	must_not_pass(a, mem, forgery, w, "from nowhere");
	forgery.origin = S("");
	forgery.fetch_site = S("cross-site");
	must_not_pass(a, mem, forgery, w, "from another site, as the browser says");
	forgery.fetch_site = S("same-site");
	must_not_pass(a, mem, forgery, w, "from a neighbour's site");
}

static void post_route(struct asker *a, struct arena *mem, const struct route *r, struct str path,
		       const struct who *w)
{
	struct question q = { .path = path, .body = S("x=1"), .token = TOKEN_OWN };
	struct reply_seen seen = post(a, mem, q, w);
	if (!role_suffices(r, w) && (seen.status != 403 || seen.wrote))
		FAIL("POST %.*s by %s is answered with %d", STR_ARG(path), w->name, seen.status);
	if (role_suffices(r, w) && !unit_suffices(r, w) && seen.status != 403 &&
	    seen.status != 404 && seen.status != 422)
		FAIL("POST %.*s by %s, who is nothing there, is answered with %d", STR_ARG(path),
		     w->name, seen.status);
	/* What programs send has no form: the key in the address is the proof, and wrong here. */
	if (!r->raw)
		forged(a, mem, q, w);
	else if (seen.wrote || !is_refused(&seen))
		FAIL("POST %.*s by %s is answered with %d", STR_ARG(path), w->name, seen.status);
}

TEST(every_address_refuses_every_role_that_its_table_does_not_name)
{
	struct walk_site s;
	struct asker a;
	const struct route *r;
	size_t n = 0;
	walk_site_make(&s);
	asker_open(&a, &s, s.dir, s.begins);
	struct gang all = gather(&a, two_places, LENGTH(two_places));
	struct hash before = copy_digest(s.dir);
	struct arena *mem = arena_new(0);
	for (; (r = router_at(a.house.router, n)); n++)
		for (size_t i = 0; i < all.n; i++)
			for (int f = 0; f < (strchr(r->path, '{') ? FILLINGS : 1); f++) {
				struct str path = fill_path(&a, mem, r->path, f);
				if (r->method == POST)
					post_route(&a, mem, r, path, &all.at[i]);
				for (unsigned x = 0; x <= FORMAT_ICS && r->method == GET;
				     x = x ? x << 1 : 1)
					if (!x || (r->formats & x))
						get_route(&a, mem, r, path, (enum format)x,
							  &all.at[i]);
				arena_clear(mem);
			}
	arena_free(mem);
	struct hash after = copy_digest(s.dir);
	CHECK(hash_eq(&before, &after));
	asker_close(&a);
	printf("# %d routes, %d people\n", (int)n, (int)all.n);
	CHECK(n > 40);
}

/* --- Every step, by its page --- */

enum { EVERY_ON_POSTGRES = 6 };

struct rounds {
	const char *dir; /* a copy of the site, as it stands before the act */
	int64_t acts;
	int64_t forms, refusals, conflicts, hidden;
};

/* Where the dossier of the act stands; NULL: it is not there yet. */
static const struct dossier *standing;
static struct date standing_on;

/* Of what is sealed the case's own lines say who may: the newest about him, or that he leads there. */
static bool is_named_by_case(const struct walk_act *act, const struct who *w)
{
	for (size_t i = standing->lines.n; i > 0; i--) {
		const struct line *l = &standing->lines.at[i - 1];
		const struct admission *x = l->data;
		if (strcmp(l->kind->name, ADMISSION_LINE) != 0 || x->person != w->person)
			continue;
		if (str_eq(x->access, S("none")))
			return false;
		if (date_cmp(standing_on, x->until) <= 0)
			return w->at == act->holder;
		break;
	}
	return w->at == act->holder && w->role == LEADER;
}

/* What the tables say of this person and this act. */
static bool may_take(const struct walk_act *act, const struct step *step, const struct who *w)
{
	if (!w->person)
		return act->kind->by_receipt && !act->dossier && (step->may & CITIZEN);
	if (step->follows)
		return false;
	if ((step->may & CITIZEN) && (!act->dossier || w->person == act->author))
		return true;
	if (act->dossier && standing->sealed && !is_named_by_case(act, w))
		return false;
	return w->at == act->holder && w->role != CITIZEN && (step->may & (unsigned)w->role);
}

/* Of a kind that the same people open in several ways, all but the first are asked for by name. */
static bool is_named(const struct walk_act *act, const struct step *step)
{
	for (const struct step *s = act->kind->steps; s->name && s != step; s++)
		if ((s->from & step->from & NEW) && !s->follows && (s->may & step->may))
			return true;
	return false;
}

static struct str step_path(struct asker *a, struct arena *mem, const struct walk_act *act,
			    const struct step *step)
{
	if (act->dossier)
		return str_printf(mem, "/ho-so/%.*s/lam/%s", STR_ARG(act->code), step->name);
	return str_printf(mem, "/ghi-moi/%s/%.*s%s%s", act->kind->slug,
			  STR_ARG(a->s->code[act->place]), is_named(act, step) ? "?buoc=" : "",
			  is_named(act, step) ? step->name : "");
}

/* By which step does somebody open a dossier of this kind? Its page offers the first that may; a kind
 * without lists has a page of its own, if any. */
static const struct step *opens_by(const struct walk_act *act, const struct who *w)
{
	for (const struct step *s = act->kind->steps; s->name && !act->kind->unlisted; s++)
		if ((s->from & NEW) && may_take(act, s, w))
			return s;
	return NULL;
}

static bool page_offers(const struct walk_act *act, const struct who *w)
{
	return act->dossier || is_named(act, act->step) ? may_take(act, act->step, w)
							: opens_by(act, w) != NULL;
}

static void ask_step(struct asker *a, struct arena *mem, const struct walk_act *act,
		     struct rounds *n, const struct who *w)
{
	struct question q = { .path = step_path(a, mem, act, act->step), .token = TOKEN_OWN };
	struct reply_seen page = get(a, mem, q.path, w);
	q.body = asker_form(a, mem, w->session, act);
	struct reply_seen sent = post(a, mem, q, w);
	if (!page_offers(act, w)) {
		n->refusals++;
		if (!is_refused(&page))
			FAIL("the form of %.*s is shown to %s: %d", STR_ARG(q.path), w->name,
			     page.status);
		if (sent.wrote || (sent.status != 403 && sent.status != 404))
			FAIL("POST %.*s by %s is answered with %d", STR_ARG(q.path), w->name,
			     sent.status);
		return;
	}
	if (page.status != 200)
		FAIL("the form of %.*s is not shown to %s: %d", STR_ARG(q.path), w->name,
		     page.status);
	bool this_one = act->dossier || is_named(act, act->step) || opens_by(act, w) == act->step;
	/* Whoever acts for an office is told to sign out first. */
	if (this_one && strcmp(act->step->name, "denounce") == 0 && w->role != CITIZEN) {
		if (sent.status != 422 || sent.wrote)
			FAIL("an office denounces: %d", sent.status);
		return;
	}
	/* Nor does anybody but who may hide say again what was hidden. */
	if (this_one && sent.status == 422 && !sent.wrote &&
	    str_has(sent.body, msg_plain(LANG_VI, MSG_REDACTION_FAULT_AGAIN)))
		return;
	if (this_one && (sent.status != 303 || !sent.wrote))
		FAIL("POST %.*s by %s is answered with %d:\n%.*s\n%.*s", STR_ARG(q.path), w->name,
		     sent.status, STR_ARG(q.body), STR_ARG(sent.body));
}

static struct dossier *load(struct asker *a, struct arena *mem, const struct walk_act *act)
{
	struct tx tx = { .mem = mem, .now = a->now, .rng = &a->rng, .office = &a->s->office };
	struct dossier *d = NULL;
	if (tx_begin(&tx, a->read, DB_READ) || dossier_load(&tx, act->dossier, &d) ||
	    tx_end(&tx, OK))
		FAIL("%s", tx.why);
	return d;
}

/* Steps that do not begin in the state in which it stands, and those nobody takes by a form. */
static void ask_other_steps(struct asker *a, struct arena *mem, const struct walk_act *act,
			    struct rounds *n, const struct who *w)
{
	const struct dossier *d = load(a, mem, act);
	for (const struct step *s = act->kind->steps; s->name; s++) {
		struct question q = { .path = step_path(a, mem, act, s), .token = TOKEN_OWN };
		if ((s->from & d->state) && !s->follows)
			continue;
		struct walk_act there = *act;
		there.holder = walk_place_of(a->s, s->at_home ? d->unit : d->holder);
		int should = s->follows ? 404 : may_take(&there, s, w) ? 409 : 403;
		struct reply_seen page = get(a, mem, q.path, w), sent = post(a, mem, q, w);
		n->conflicts++;
		bool fine =
			w->person ? page.status == should || page.status == 404 : is_refused(&page);
		if (!fine || sent.wrote ||
		    (sent.status != should && sent.status != 404 && sent.status != 403))
			FAIL("%.*s in the state %s by %s: GET %d, POST %d", STR_ARG(q.path),
			     dossier_state(d)->name, w->name, page.status, sent.status);
	}
}

/* By the tables alone: what stands in a public state is everybody's; what is internal is read by who
 * holds an office at the unit or above it; the rest by nobody, unless it is his own, or (personal
 * matters) he gives a reason first. */
static bool may_read(const struct walk_act *act, const struct dossier *d, const struct who *w)
{
	enum visibility v = dossier_visibility(d);
	bool above = w->at == act->place || w->at == act->holder || w->at == AT_ROOT ||
		     (w->at == AT_COMMUNE && act->place == AT_VILLAGE);
	if (v == VISIBLE_PUBLIC)
		return true;
	if (v == VISIBLE_INTERNAL)
		return w->person && ((w->role != CITIZEN && above) ||
				     (dossier_state(d)->own && w->person == act->author));
	return w->person && w->person == act->author;
}

/* Whom the page asks for a reason, instead of being no page. */
static bool may_give_reason(const struct walk_act *act, const struct dossier *d,
			    const struct who *w)
{
	if (d->sealed)
		return w->person && w->role != CITIZEN && is_named_by_case(act, w);
	return dossier_visibility(d) == VISIBLE_PERSONAL && w->person && w->at == act->holder &&
	       w->role != CITIZEN && w->role != ADMIN;
}

/* Where it went and what was replied, for the office that sent a petition on; its title stands there nowhere. */
#define PASSED_ON "/da-chuyen"
static bool may_read_apart(const struct dossier *d, const struct who *w, struct str tail)
{
	size_t hops = 0;
	for (size_t i = 0; i < d->lines.n; i++)
		hops += str_eq(str_of(d->lines.at[i].kind->name), S("hop"));
	unsigned roles = d->sealed ? LEADER : CLERK | LEADER;
	return hops > 1 && w->person && (roles & (unsigned)w->role) &&
	       (!tail.len || str_eq(tail, S(PASSED_ON)));
}

/* Everything there is to read of a dossier, by everybody. */
static void read_dossier(struct asker *a, struct arena *mem, const struct walk_act *act,
			 struct rounds *n, const struct who *w)
{
	const struct dossier *d = load(a, mem, act);
	bool may = may_read(act, d, w);
	const struct route *r;
	struct str page = str_printf(mem, "/ho-so/%.*s", STR_ARG(d->code));
	if (may && get(a, mem, page, w).status != 200)
		FAIL("%.*s is not shown to %s", STR_ARG(page), w->name);
	n->hidden += !may;
	for (size_t i = 0; (r = router_at(a->house.router, i)); i++) {
		if (r->method != GET || !str_starts(str_of(r->path), S("/ho-so/{code}")))
			continue;
		struct str tail = fill_path(a, mem, r->path + strlen("/ho-so/{code}"), 2);
		struct str path =
			str_printf(mem, "/ho-so/%.*s%.*s", STR_ARG(d->code), STR_ARG(tail));
		for (int json = 0; json <= ((r->formats & FORMAT_JSON) != 0); json++) {
			struct reply_seen seen =
				get(a, mem,
				    json ? str_printf(mem, "%.*s.json", STR_ARG(path)) : path, w);
			bool asks = may_give_reason(act, d, w) && !json && !tail.len;
			bool apart = !json && may_read_apart(d, w, tail) &&
				     (tail.len ? seen.status == 200
					       : str_ends(seen.location, S(PASSED_ON)));
			if (!may && !apart && !is_refused(&seen) && !(asks && seen.status == 200))
				FAIL("%.*s is shown to %s: %d", STR_ARG(path), w->name,
				     seen.status);
			/* A few digits stand in many a page by chance: its tokens are random. */
			if (!may && dossier_title(d).len > 8 &&
			    str_has(seen.body, dossier_title(d)))
				FAIL("%.*s tells %s its title", STR_ARG(path), w->name);
		}
	}
	if (may)
		return;
	struct str list = str_printf(mem, "/%s", d->kind->slug);
	static const char *const endings[] = { "", ".csv", ".json", ".atom" };
	for (size_t i = 0; i < LENGTH(endings) && kind_is_listed(d->kind); i++)
		if (str_has(get(a, mem, str_printf(mem, "%.*s%s", STR_ARG(list), endings[i]), w)
				    .body,
			    d->code))
			FAIL("%.*s%s shows %s a dossier that is not for everybody", STR_ARG(list),
			     endings[i], w->name);
}

static void give_reason(struct asker *a, struct arena *mem, const struct walk_act *act,
			const struct who *w)
{
	struct question q = { .path = str_printf(mem, "/ho-so/%.*s/mo", STR_ARG(act->code)),
			      .body = S("reason=Xem+theo+ph%C3%A2n+c%C3%B4ng"),
			      .token = TOKEN_OWN,
			      .keep = true };
	struct reply_seen r = post(a, mem, q, w);
	if (r.status != 303 || !r.wrote)
		FAIL("POST %.*s by %s is answered with %d", STR_ARG(q.path), w->name, r.status);
}

/* A form counts once: sent again, it finds the first result. */
static void send_twice(struct asker *a, struct arena *mem, const struct walk_act *act,
		       struct rounds *n, const struct who *w)
{
	struct question q = { .path = step_path(a, mem, act, act->step),
			      .body = asker_form(a, mem, w->session, act),
			      .token = asker_token(a, mem, w->session),
			      .keep = true };
	forged(a, mem, q, w);
	struct reply_seen first = post(a, mem, q, w);
	if (first.status != 303 || !first.wrote)
		FAIL("POST %.*s by %s is answered with %d", STR_ARG(q.path), w->name, first.status);
	for (int i = 0; i < 2; i++) {
		struct reply_seen again = post(a, mem, q, w);
		if (again.status != 303 || again.wrote || !str_eq(first.location, again.location))
			FAIL("POST %.*s again is answered with %d, to %.*s, and %s",
			     STR_ARG(q.path), again.status, STR_ARG(again.location),
			     again.wrote ? "writes" : "writes nothing");
	}
	n->forms++;
}

static void visit_by_page(struct walk_site *s, const struct walk_act *act, void *what)
{
	struct rounds *n = what;
	struct asker a;
	const struct who *first = NULL;
	enum walk_place elsewhere = act->holder != act->place ? act->holder
				    : act->place == AT_OTHER  ? AT_COMMUNE
							      : AT_OTHER;
	enum walk_place places[] = { act->place, elsewhere, AT_ROOT };
	if (!act->kind)
		return; /* the calendar asks for no page */
	/* Who may do what does not depend on the engine; that its statements run there, one act of a few
	 * shows. */
	if (test_on_postgres() && n->acts++ % EVERY_ON_POSTGRES)
		return;
	copy_site(s->dir, n->dir);
	copy_verify(s, n->dir, act->now); /* and sign: receipts wait for it */
	asker_open(&a, s, n->dir, act->now);
	struct gang all = gather(&a, places, act->place == AT_ROOT || elsewhere == AT_ROOT ? 2 : 3);
	struct arena *mem = arena_new(0), *keep = arena_new(0);
	standing = act->dossier ? load(&a, keep, act) : NULL;
	standing_on = instant_date(act->now);
	for (size_t i = 0; i < all.n; i++) {
		const struct who *w = &all.at[i];
		/* The unit's own people always; of the others some, by chance. */
		bool asks = !w->person || w->at == act->place || w->at == act->holder ||
			    test_below(4) == 0;
		if (act->dossier && (asks || !may_read(act, load(&a, mem, act), w)))
			read_dossier(&a, mem, act, n, w);
		if (act->dossier && may_give_reason(act, load(&a, mem, act), w))
			give_reason(&a, mem, act, w);
		ask_step(&a, mem, act, n, w);
		if (act->dossier && asks)
			ask_other_steps(&a, mem, act, n, w);
		if (w->person == act->person)
			first = w;
		arena_clear(mem);
	}
	if (first && page_offers(act, first))
		send_twice(&a, mem, act, n, first);
	arena_free(mem);
	arena_free(keep);
	asker_close(&a);
}

TEST(every_step_is_offered_by_its_page_to_whom_its_table_names_and_counts_once)
{
	struct walk_site s;
	struct rounds n = { .dir = test_dir(), .acts = (int64_t)test_below(EVERY_ON_POSTGRES) };
	walk_site_make(&s);
	walk_all(&s, visit_by_page, &n);
	printf("# %d forms sent twice, %d refusals, %d steps out of their state, %d readers of "
	       "what is"
	       " not for them\n",
	       (int)n.forms, (int)n.refusals, (int)n.conflicts, (int)n.hidden);
	CHECK(n.forms > 10 && n.refusals > n.forms * 10 && n.hidden > 20);
}
