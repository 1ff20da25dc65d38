/* Where people are reached, and of what they want to hear. */
#include "office/notice.h"

#include "base/mail.h"
#include "crypto/hmac.h"
#include "office/account.h"

/* --- What was left with a matter --- */

static bool is_phone(struct str login)
{
	return login.len && login.at[0] == '0';
}

static void read_piece(struct arena *a, struct str piece, struct buf *rest,
		       struct notice_reach *out)
{
	struct str mail = str_lower(a, piece);
	while (mail.len && str_has(S("<>().,;:"), str_cut(mail, 1)))
		mail = str_from(mail, 1);
	while (mail.len && str_has(S("<>().,;:"), str_from(mail, mail.len - 1)))
		mail.len--;
	if (!out->at[NOTICE_EMAIL].len && mail_address_ok(mail)) {
		out->at[NOTICE_EMAIL] = mail;
		return;
	}
	buf_put(rest, piece);
}

/* "0912 345 678 (gọi buổi tối), An@vi-du.vn": the pieces between spaces and commas; of what is no
 * address, digits that stand together are tried as a number. */
void notice_read_contact(struct arena *a, struct str contact, struct notice_reach *out)
{
	struct buf rest = { .a = a }, digits = { .a = a };
	struct str login;
	*out = (struct notice_reach){ .at = { S(""), S("") }, .lang = LANG_VI };
	size_t from = 0;
	for (size_t i = 0; i <= contact.len; i++) {
		if (i < contact.len && !str_has(S(" ,;\t\n/"), (struct str){ contact.at + i, 1 }))
			continue;
		read_piece(a, (struct str){ contact.at + from, i - from }, &rest, out);
		buf_putc(&rest, ' ');
		if (i < contact.len && contact.at[i] != ' ')
			buf_putc(&rest, ',');
		from = i + 1;
	}
	for (size_t i = 0; i <= rest.len && !out->at[NOTICE_SMS].len; i++) {
		char c = i < rest.len ? rest.at[i] : ',';
		if ((c >= '0' && c <= '9') || c == '+') {
			buf_putc(&digits, c);
		} else if (c != ' ' && c != '.' && c != '-' && digits.len) {
			if (login_read(a, buf_str(&digits), &login) && is_phone(login))
				out->at[NOTICE_SMS] = login;
			buf_reset(&digits);
		}
	}
}

struct left {
	struct str contact;
};
static const struct field left_fields[] = {
	FIELD(struct left, contact, .personal = true, .label = MSG_NONE),
	{ 0 },
};

/* The last act whose form asks for a contact; erased with it. */
static enum err left_contact(struct tx *tx, const struct dossier *d, struct str *out)
{
	struct left left = { S("") };
	int64_t act = 0;
	struct query q =
		db_query(tx, "SELECT id, step FROM act WHERE dossier = $1 ORDER BY no DESC");
	BIND(&q, d->id);
	while (!act && db_next(&q)) {
		const struct step *s = kind_step(d->kind, col_str(&q, 1));
		const struct field *f = s && s->form ? field_find(s->form, S("contact")) : NULL;
		if (f && f->personal && f->type == FIELD_TEXT)
			act = col_int(&q, 0);
	}
	db_end(&q);
	enum err e = q.err;
	if (!e && act)
		e = act_sealed_form(tx, act, left_fields, &left);
	*out = str_some(left.contact);
	return e == ERR_NOT_FOUND ? OK : e;
}

/* --- Accounts --- */

enum err notice_wish_load(struct tx *tx, int64_t person, struct notice_wish *out)
{
	*out = (struct notice_wish){ .email = S(""),
				     .mine = NOTICE_BY_EMAIL,
				     .digest = NOTICE_BY_EMAIL };
	struct query q = db_query(tx, "SELECT email, proved_at, mine, digest, lang, changed_at"
				      " FROM notice_wish WHERE person = $1");
	BIND(&q, person);
	enum err e = db_one(&q);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	*out = (struct notice_wish){ .email = col_str(&q, 0),
				     .proved = !col_is_null(&q, 1),
				     .mine = col_int(&q, 2),
				     .digest = col_int(&q, 3),
				     .lang = (enum lang)(col_int(&q, 4) == LANG_EN),
				     .changed_at = col_instant(&q, 5) };
	return OK;
}

static struct instant after(struct instant at, int64_t ms)
{
	return (struct instant){ at.ms + ms };
}

static void not_before(struct instant *at, struct instant free)
{
	if (free.ms > at->ms)
		*at = free;
}

/* What stands for an address where its letters are counted: no address can be read from it. */
static struct hash address_hash(struct arena *a, struct str key, struct str email)
{
	struct str text = str_printf(a, "proof letter %.*s", STR_ARG(email));
	struct hash h;
	hmac_sha256(key.at, key.len, text.at, text.len, &h);
	return h;
}

/* Nobody is written to any more. */
static enum err forget_all_waiting(struct tx *tx, int64_t person)
{
	struct query q = db_query(tx, "DELETE FROM notice_proof WHERE person = $1 AND at > $2");
	BIND(&q, person, tx->now);
	return db_exec(&q);
}

/* Whoever saves his wishes again while his letter waits keeps his place. */
static enum err waits_already(struct tx *tx, int64_t person, struct hash address, bool *out)
{
	struct query q = db_query(tx, "SELECT 1 FROM notice_proof WHERE person = $1 AND at > $2"
				      " AND address = $3");
	BIND(&q, person, tx->now, address);
	enum err e = db_one(&q);
	*out = !e;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* A letter that waits goes to the address that is asked for now, and no more to the other. */
static enum err forget_waiting(struct tx *tx, int64_t person, struct instant at)
{
	struct query q = db_query(tx, "DELETE FROM notice_proof WHERE person = $1 AND at = $2");
	BIND(&q, person, at);
	return db_exec(&q);
}

/* What was last asked for by this account: a letter that was tried, or waits. */
static enum err after_own(struct tx *tx, int64_t person, struct instant *at)
{
	struct query q = db_query(tx, "SELECT y.state, y.next_at, y.changed_at, y.tries"
				      " FROM notice n"
				      " JOIN notice_way y ON y.notice = n.id AND y.way = 0"
				      " WHERE n.act = 0 AND n.dossier = 0 AND n.person = $1"
				      " AND n.since = ''");
	BIND(&q, person);
	enum err e = db_one(&q);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	struct instant next = col_instant(&q, 1), free = after(col_instant(&q, 2), NOTICE_PROOF_MS);
	bool waits = col_int(&q, 0) == NOTICE_WAITING, untried = col_int(&q, 3) == 0;
	db_end(&q);
	not_before(at, waits && next.ms < free.ms ? next : free);
	return waits && untried ? forget_waiting(tx, person, next) : OK;
}

/* Whoever has many accounts, or goes from address to address, fills nobody's letter box. */
static enum err after_others(struct tx *tx, struct hash address, struct instant *at)
{
	struct query q = db_query(tx, "SELECT at FROM notice_proof WHERE address = $1"
				      " ORDER BY at DESC LIMIT $2");
	BIND(&q, address, (int64_t)NOTICE_PROOFS_A_DAY);
	for (int i = 1; db_next(&q); i++) {
		struct instant went = col_instant(&q, 0);
		if (i == 1)
			not_before(at, after(went, NOTICE_PROOF_MS));
		if (i == NOTICE_PROOFS_A_DAY)
			not_before(at, after(went, NOTICE_DAY_MS));
	}
	return q.err;
}

/* One letter waits for a person at most, whatever addresses he tries. It waits until neither he nor anybody
 * else has asked too much of that address. */
static enum err ask_for_proof(struct tx *tx, int64_t person, struct hash address)
{
	struct instant at = tx->now;
	bool waits;
	enum err e = waits_already(tx, person, address, &waits);
	if (e || waits)
		return e;
	e = after_own(tx, person, &at);
	if (e || (e = after_others(tx, address, &at)))
		return e;
	struct query counted =
		db_query(tx, "INSERT INTO notice_proof (person, at, address) VALUES ($1, $2, $3)"
			     " ON CONFLICT (person, at) DO UPDATE SET address = $3");
	BIND(&counted, person, at, address);
	if ((e = db_exec(&counted)))
		return e;
	struct query q =
		db_query(tx, "INSERT INTO notice (act, dossier, person, class, since, made_at)"
			     " VALUES (0, 0, $1, $2, '', $3)"
			     " ON CONFLICT (act, dossier, person, since)"
			     " DO UPDATE SET made_at = $3 RETURNING id");
	BIND(&q, person, (int64_t)NOTICE_PROOF, tx->now);
	if ((e = db_one(&q)))
		return e;
	/* The day of the last try stays: the next letter is counted from it. */
	struct query way = db_query(
		tx, "INSERT INTO notice_way (notice, way, state, tries, next_at, changed_at, why)"
		    " VALUES ($1, 0, 0, 0, $2, $3, '') ON CONFLICT (notice, way)"
		    " DO UPDATE SET state = 0, tries = 0, next_at = $2, why = ''");
	BIND(&way, col_int(&q, 0), at, tx->now);
	return db_exec(&way);
}

enum err notice_proof_at(struct tx *tx, int64_t person, struct instant *out)
{
	struct query q = db_query(tx, "SELECT y.next_at FROM notice n JOIN notice_way y"
				      " ON y.notice = n.id AND y.way = 0 WHERE n.act = 0"
				      " AND n.dossier = 0 AND n.person = $1 AND n.since = ''"
				      " AND y.state = 0 AND y.next_at > $2");
	BIND(&q, person, tx->now);
	enum err e = db_one(&q);
	*out = e ? (struct instant){ 0 } : col_instant(&q, 0);
	db_end(&q);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err notice_wish_save(struct tx *tx, const struct notice_wish *w, struct str key)
{
	struct notice_wish was;
	int64_t person = tx->who ? tx->who->person : 0;
	struct str email = str_lower(tx->mem, w->email);
	if (!person)
		return ERR_DENIED;
	if (email.len && !mail_address_ok(email))
		return tx_fail(tx, ERR_INVALID, "no address");
	enum err e = notice_wish_load(tx, person, &was);
	if (e)
		return e;
	bool same = str_eq(was.email, email);
	struct query q = db_query(
		tx, "INSERT INTO notice_wish (person, email, proved_at, mine, digest, lang,"
		    " changed_at) VALUES ($1, $2, NULL, $3, $4, $5, $6) ON CONFLICT (person)"
		    " DO UPDATE SET email = $2, mine = $3, digest = $4, lang = $5,"
		    " changed_at = $6, proved_at ="
		    " CASE WHEN notice_wish.email = $2 THEN notice_wish.proved_at ELSE NULL END");
	BIND(&q, person, str_some(email), w->mine, w->digest, (int64_t)w->lang, tx->now);
	if ((e = db_exec(&q)) || (same && was.proved))
		return e;
	if (!email.len)
		return forget_all_waiting(tx, person);
	return tx->office->ways & NOTICE_BY_EMAIL
		       ? ask_for_proof(tx, person, address_hash(tx->mem, key, email))
		       : OK;
}

enum err notice_wish_prove(struct tx *tx, int64_t person, struct instant changed_at)
{
	struct query q = db_query(tx, "UPDATE notice_wish SET proved_at = $1 WHERE person = $2"
				      " AND changed_at = $3 AND email <> ''");
	BIND(&q, tx->now, person, changed_at);
	enum err e = db_exec(&q);
	return e ? e : db_changes(&q) ? OK : ERR_NOT_FOUND;
}

enum err notice_wish_stop(struct tx *tx, int64_t person, enum notice_class class)
{
	struct notice_wish w;
	enum err e = notice_wish_load(tx, person, &w);
	if (e)
		return e;
	struct query q =
		db_query(tx, "UPDATE notice_wish SET mine = $1, digest = $2, changed_at = $3"
			     " WHERE person = $4");
	BIND(&q, class == NOTICE_MINE ? w.mine & ~(int64_t)NOTICE_BY_EMAIL : w.mine,
	     class == NOTICE_DIGEST ? w.digest & ~(int64_t)NOTICE_BY_EMAIL : w.digest, tx->now,
	     person);
	return db_exec(&q);
}

static enum err reach_account(struct tx *tx, int64_t person, struct notice_reach *out)
{
	struct notice_wish w;
	enum err e = notice_wish_load(tx, person, &w);
	struct query q = db_query(tx, "SELECT a.login, COALESCE(p.phone, '') FROM account a"
				      " LEFT JOIN person_private p ON p.person = a.person"
				      " WHERE a.person = $1 AND a.disabled = 0");
	BIND(&q, person);
	if (e || (e = db_one(&q)))
		return e == ERR_NOT_FOUND ? OK : e;
	struct str login = col_str(&q, 0), phone = col_str(&q, 1), normal;
	if (login_read(tx->mem, phone, &normal) && is_phone(normal))
		out->at[NOTICE_SMS] = normal;
	else if (is_phone(login))
		out->at[NOTICE_SMS] = login;
	if (w.proved)
		out->at[NOTICE_EMAIL] = w.email;
	out->lang = w.lang;
	return OK;
}

/* What he left with this matter serves where his account says nothing. */
enum err notice_reach(struct tx *tx, int64_t person, const struct dossier *d,
		      struct notice_reach *out)
{
	struct notice_reach left;
	struct str contact;
	*out = (struct notice_reach){ .at = { S(""), S("") }, .lang = LANG_VI };
	enum err e = person ? reach_account(tx, person, out) : OK;
	if (e || !d || (e = left_contact(tx, d, &contact)))
		return e;
	notice_read_contact(tx->mem, contact, &left);
	for (int way = 0; way < NOTICE_WAYS; way++)
		if (!out->at[way].len)
			out->at[way] = left.at[way];
	return OK;
}
