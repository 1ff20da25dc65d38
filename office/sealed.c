/* The newest line that speaks of an appointment decides; of a person shut out, whatever he is appointed to. */
#include "office/sealed.h"

#include "base/encode.h"
#include "office/access.h"
#include "office/person.h"

#include <inttypes.h>

static const struct field_choice accesses[] = {
	{ "content", MSG_SEALED_ACCESS_CONTENT },
	{ "identity", MSG_SEALED_ACCESS_IDENTITY },
	{ "none", MSG_SEALED_ACCESS_NONE },
	{ 0 },
};

/* --- Naming --- */

static enum msg role_label(enum role role)
{
	return role == CLERK    ? MSG_DOSSIER_ROLE_CLERK
	       : role == LEADER ? MSG_DOSSIER_ROLE_LEADER
				: MSG_DOSSIER_ROLE_OTHER;
}

static struct str official_words(struct arena *a, enum lang lang, struct str name, enum role role)
{
	struct buf b = { .a = a };
	msg_sealed_official(&b, lang, name, msg_plain(lang, role_label(role)));
	return buf_str(&b);
}

static enum err official_options(struct tx *tx, const void *subject, enum lang lang,
				 struct choices *out)
{
	const struct dossier *d = subject;
	struct appointment_list all;
	struct date today = tx_today(tx);
	enum err e = appointment_list_unit(tx, d->holder, today, &all);
	if (e)
		return e;
	*out = (struct choices){ arena_get_n(tx->mem, all.n, sizeof *out->at), 0 };
	for (size_t i = 0; i < all.n; i++) {
		const struct appointment *a = &all.at[i].a;
		if (!(a->role & ACCESS_ROLES) || date_cmp(a->from, today) > 0)
			continue;
		out->at[out->n++] = (struct choice){
			str_printf(tx->mem, "%" PRId64, a->id),
			official_words(tx->mem, lang, all.at[i].person_name, a->role),
		};
	}
	return OK;
}

static bool official_label(struct tx *tx, const void *subject, enum lang lang, struct str value,
			   struct str *out)
{
	struct appointment a;
	struct person p;
	int64_t id;
	(void)subject;
	if (!str_int(value, &id) || appointment_find(tx, id, &a) || person_find(tx, a.person, &p))
		return false;
	*out = official_words(tx->mem, lang, p.name, a.role);
	return true;
}

const struct field admission_fields[] = {
	FIELD(struct admission, official, .label = MSG_SEALED_WHO, .label_of = official_label),
	FIELD(struct admission, access, .choices = accesses, .label = MSG_SEALED_ACCESS),
	FIELD(struct admission, since, .label = MSG_SEALED_SINCE),
	FIELD(struct admission, until, .optional = true, .label = MSG_SEALED_UNTIL),
	FIELD(struct admission, reason, .optional = true, .lines = true,
	      .label = MSG_SEALED_REASON),
	FIELD(struct admission, person, .optional = true, .hidden = true, .label = MSG_SEALED_WHO),
	{ 0 },
};

const struct field admit_fields[] = {
	FIELD(struct admission, official, .options = official_options, .label = MSG_SEALED_WHO,
	      .hint = MSG_SEALED_WHO_HINT),
	FIELD(struct admission, access, .choices = accesses, .label = MSG_SEALED_ACCESS,
	      .hint = MSG_SEALED_ACCESS_HINT),
	FIELD(struct admission, until, .optional = true, .sometimes = true,
	      .label = MSG_SEALED_UNTIL, .hint = MSG_SEALED_UNTIL_HINT),
	FIELD(struct admission, reason, .min = 5, .max = 500, .lines = true,
	      .label = MSG_SEALED_REASON),
	FIELD(struct admission, person, .optional = true, .hidden = true, .label = MSG_SEALED_WHO),
	{ 0 },
};

enum err admit_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct admission *x = form;
	struct appointment a;
	int64_t id;
	(void)d;
	x->person = 0;
	if (!str_int(x->official, &id))
		return OK;
	enum err e = appointment_find(tx, id, &a);
	if (!e)
		x->person = a.person;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err admit_check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
		     struct faults *faults)
{
	const struct admission *x = form;
	bool none = str_eq(x->access, S("none"));
	if (!d->sealed)
		return tx_fail(tx, ERR_CONFLICT, "nobody is named for what is not sealed");
	if (none && tx->who && x->person == tx->who->person)
		fault_add_msg(faults, "official", MSG_SEALED_FAULT_SELF);
	if (none)
		return OK;
	if (!date_is_set(x->until))
		fault_add_msg(faults, "until", MSG_SEALED_FAULT_UNTIL);
	else if (date_cmp(x->until, on) < 0 ||
		 date_cmp(x->until, date_add(on, SEALED_DAYS_MOST)) > 0)
		fault_add_msg(faults, "until", MSG_SEALED_FAULT_DAYS);
	return OK;
}

static int line_index(const struct kind *k)
{
	for (int i = 0; k->lines && k->lines[i].name; i++)
		if (str_eq(str_of(k->lines[i].name), S(ADMISSION_LINE)))
			return i;
	return -1;
}

static void add(struct fold *f, const struct admission *x)
{
	int index = line_index(f->d->kind);
	if (index < 0) {
		fold_fail(f, "%s names nobody", f->d->kind->name);
		return;
	}
	struct admission *line = fold_line_add(f, index)->data;
	*line = *x;
	line->since = f->act->on;
	if (str_eq(x->access, S("none")))
		line->until = NO_DATE;
}

void admit_apply(struct fold *f, const void *form)
{
	add(f, form);
}

void admit_intake(struct fold *f)
{
	struct admission x = {
		.official = str_printf(f->mem, "%" PRId64, f->act->appointment),
		.access = S("identity"),
		.until = date_add(f->act->on, SEALED_INTAKE_DAYS),
		.reason = S(""),
		.person = f->act->person,
	};
	if (f->act->appointment)
		add(f, &x);
}

static struct admission *admission_of(const struct line *l)
{
	return str_eq(str_of(l->kind->name), S(ADMISSION_LINE)) ? l->data : NULL;
}

void admissions_end(struct fold *f)
{
	for (size_t i = 0; i < f->d->lines.n; i++) {
		struct admission *x = admission_of(&f->d->lines.at[i]);
		if (!x || str_eq(x->access, S("none")))
			continue;
		x->access = S("none");
		x->until = f->act->on;
		x->person = 0; /* nobody is shut out: he has nothing to do with it any more */
		f->d->lines.at[i].changed = true;
	}
}

/* --- Who may --- */

static bool is_official(const struct admission *x, int64_t appointment)
{
	int64_t id;
	return appointment && str_int(x->official, &id) && id == appointment;
}

/* The newest line about this appointment, its holder or whom he stands in for. */
static const struct admission *about(const struct dossier *d, const struct appointment *a)
{
	for (size_t i = d->lines.n; i > 0; i--) {
		const struct admission *x = admission_of(&d->lines.at[i - 1]);
		if (!x)
			continue;
		bool out = str_eq(x->access, S("none"));
		if (is_official(x, a->id) ||
		    (out && x->person &&
		     (x->person == a->person || is_official(x, a->substitute_of))))
			return x;
	}
	return NULL;
}

static enum sealed_right right_of(const struct dossier *d, const struct appointment *a,
				  struct date today)
{
	const struct admission *x = about(d, a);
	enum sealed_right own = a->role == LEADER ? SEALED_CONTENT : SEALED_NOTHING;
	if (a->unit != d->holder || !(a->role & ACCESS_ROLES) ||
	    (a->field.len && !str_eq(a->field, str_of(d->kind->work))))
		return SEALED_NOTHING;
	if (!x)
		return own;
	/* Of those that ended with a transfer the leaders have what they had as leaders. */
	if (str_eq(x->access, S("none")))
		return x->person ? SEALED_NOTHING : own;
	if (date_cmp(x->until, today) < 0)
		return own;
	return str_eq(x->access, S("identity")) ? SEALED_IDENTITY : SEALED_CONTENT;
}

enum sealed_right sealed_right(const struct tx *tx, const struct dossier *d,
			       const struct appointment **by)
{
	enum sealed_right best = SEALED_NOTHING;
	for (size_t i = 0; tx->who && i < tx->who->n; i++) {
		enum sealed_right is = right_of(d, &tx->who->at[i], tx_today(tx));
		if (is <= best)
			continue;
		best = is;
		if (by)
			*by = &tx->who->at[i];
	}
	return best;
}

const struct appointment *sealed_may(const struct tx *tx, unsigned roles, const struct dossier *d)
{
	const struct appointment *found = NULL;
	for (size_t i = 0; tx->who && i < tx->who->n; i++) {
		const struct appointment *a = &tx->who->at[i];
		if (!(a->role & roles) || !right_of(d, a, tx_today(tx)))
			continue;
		if (!a->substitute_of)
			return a; /* one's own before a substitution */
		if (!found)
			found = a;
	}
	return found;
}

/* Who was shut out stays so when the matter goes (admissions_end). */
static bool is_shut_out(const struct dossier *d, const struct appointment *a)
{
	const struct admission *x = about(d, a);
	return x && x->person && str_eq(x->access, S("none"));
}

const struct appointment *sealed_sent_on(const struct tx *tx, const struct dossier *d, int64_t unit)
{
	for (size_t i = 0; tx->who && i < tx->who->n; i++) {
		const struct appointment *a = &tx->who->at[i];
		bool serves = !a->field.len || str_eq(a->field, str_of(d->kind->work));
		if (a->unit == unit && a->role == LEADER && serves && !is_shut_out(d, a))
			return a;
	}
	return NULL;
}

bool sealed_identity_shown(struct tx *tx, const struct dossier *d)
{
	bool granted = false;
	if (dossier_is_author(tx, d))
		return true;
	return sealed_right(tx, d, NULL) == SEALED_IDENTITY &&
	       !access_granted_of(tx, d->id, ACCESS_IDENTITY, &granted) && granted;
}

/* --- Who sent it --- */

static bool not_personal(const struct field *f)
{
	return !f->personal;
}

struct str sealed_identity_bytes(struct arena *a, const struct step *s, const void *form)
{
	struct buf b = { .a = a };
	buf_putc(&b, '{');
	fields_write(&b, s->form, form, not_personal);
	buf_putc(&b, '}');
	return b.len > 2 ? buf_str(&b) : S("");
}

struct hash sealed_identity_hash(const void *salt, struct str bytes)
{
	static const char domain[] = "dinh/identity/1"; /* with its NUL, as LOG.md 5 has it */
	struct sha256 h;
	struct hash out;
	sha256_begin(&h);
	sha256_add(&h, domain, sizeof domain);
	sha256_add(&h, salt, sizeof(struct hash));
	sha256_add(&h, bytes.at, bytes.len);
	sha256_end(&h, &out);
	return out;
}

enum err sealed_identity_put(struct tx *tx, const struct act *act, int64_t dossier,
			     struct bytes salt, struct str bytes)
{
	struct bytes text = { bytes.at, bytes.len };
	struct query q = db_query(tx, "INSERT INTO sealed_identity (act, dossier, salt, bytes)"
				      " VALUES ($1, $2, $3, $4)");
	BIND(&q, act->id, dossier, salt, text);
	return db_exec(&q);
}

static enum err read_rows(struct query *q, const struct field *table, void *owner)
{
	while (db_next(q)) {
		struct json j;
		struct str why;
		struct bytes bytes = col_bytes(q, 0);
		if (!json_parse(q->tx->mem, (struct str){ bytes.at, bytes.len }, &j, &why)) {
			db_end(q);
			return tx_fail(q->tx, ERR_CORRUPT, "who sent a sealed matter");
		}
		fields_read(q->tx->mem, table, &j, owner);
	}
	return q->err;
}

/* What a later act says replaces what an earlier one did; what it does not say stays. */
enum err sealed_identity_read(struct tx *tx, int64_t dossier, const struct field *table,
			      void *owner)
{
	struct query q = db_query(tx, "SELECT bytes FROM sealed_identity WHERE dossier = $1"
				      " ORDER BY act");
	BIND(&q, dossier);
	return read_rows(&q, table, owner);
}

enum err sealed_identity_of(struct tx *tx, int64_t act, const struct field *table, void *owner)
{
	struct query q = db_query(tx, "SELECT bytes FROM sealed_identity WHERE act = $1");
	BIND(&q, act);
	return read_rows(&q, table, owner);
}

/* The name of a file in the store is long and random enough to be found in the text as it stands. */
enum err sealed_file_hidden(struct tx *tx, const struct dossier *d, struct str sha256, bool *out)
{
	struct query q = db_query(tx, "SELECT bytes FROM sealed_identity WHERE dossier = $1");
	*out = false;
	if (!d->sealed || sealed_identity_shown(tx, d))
		return OK;
	BIND(&q, d->id);
	while (db_next(&q)) {
		struct bytes bytes = col_bytes(&q, 0);
		*out |= str_has((struct str){ bytes.at, bytes.len }, sha256);
	}
	return q.err;
}

enum err sealed_identity_agrees(struct tx *tx, int64_t act, struct str committed, bool *out)
{
	struct query q = db_query(tx, "SELECT salt, bytes FROM sealed_identity WHERE act = $1");
	BIND(&q, act);
	enum err e = db_one(&q);
	*out = !committed.len;
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	struct bytes salt = col_bytes(&q, 0), bytes = col_bytes(&q, 1);
	db_end(&q);
	if (salt.len != sizeof(struct hash)) {
		*out = false;
		return OK;
	}
	struct hash h = sealed_identity_hash(salt.at, (struct str){ bytes.at, bytes.len });
	*out = str_eq(hash_hex(tx->mem, &h), committed);
	return OK;
}
