/* The order of keys is that of LOG.md section 5 and of DESIGN.md section 6. */
#include "office/seal.h"

#include "base/encode.h"
#include "office/sealed.h"

struct sealing {
	struct arena *a;
	const struct dossier *d;
	const struct act *act;
	const void *form;
	const struct sealed_act *made;
};

static bool not_public(const struct field *f)
{
	return f->internal;
}

static bool not_kept(const struct field *f)
{
	return f->personal;
}

struct str act_data(struct arena *a, const struct step *step, const void *form)
{
	struct buf b = { .a = a };
	buf_putc(&b, '{');
	fields_write(&b, step->form, form, not_kept);
	buf_putc(&b, '}');
	return buf_str(&b);
}

static void write_name(struct buf *b, const struct sealing *s)
{
	json_key(b, "act");
	json_str(b, str_printf(b->a, "%s.%s", s->d->kind->name, s->act->step->name));
	json_key_str(b, "code", s->d->code);
}

static void write_head(struct buf *b, const struct sealing *s)
{
	write_name(b, s);
	json_key_date(b, "on", s->act->on);
}

static struct str public_bytes(const struct sealing *s)
{
	const struct step *step = s->act->step;
	struct buf b = { .a = s->a };
	buf_putc(&b, '{');
	write_head(&b, s);
	if (step->is_public && !s->d->kind->is_private)
		fields_write(&b, step->form, s->form, not_public);
	buf_putc(&b, '}');
	return buf_str(&b);
}

static struct str sealed_bytes(const struct sealing *s)
{
	const struct act *act = s->act;
	struct buf b = { .a = s->a };
	buf_putc(&b, '{');
	write_head(&b, s);
	json_key_str(&b, "at", instant_iso(b.a, act->at));
	json_key_int(&b, "from", act->from);
	json_key_int(&b, "to", act->to);
	json_key_int(&b, "person", act->person);
	json_key_int(&b, "appointment", act->appointment);
	json_key_int(&b, "substitute_of", act->substitute_of);
	json_key_int(&b, "channel", act->channel);
	if (s->made->identity.len) {
		struct hash h = sealed_identity_hash(s->made->salts[2], s->made->identity);
		json_key_str(&b, "identity", hash_hex(b.a, &h));
	}
	json_key(&b, "form");
	buf_putc(&b, '{');
	fields_write(&b, act->step->form, s->form, s->d->sealed ? not_kept : NULL);
	buf_put(&b, S("}}"));
	return buf_str(&b);
}

static struct hash commitment(struct str domain, const void *salt, struct str bytes)
{
	struct sha256 h;
	struct hash out;
	sha256_begin(&h);
	sha256_add(&h, domain.at, domain.len + 1); /* with its NUL: LOG.md 5 */
	sha256_add(&h, salt, SALT_BYTES);
	sha256_add(&h, bytes.at, bytes.len);
	sha256_end(&h, &out);
	return out;
}

struct hash content_public_hash(const void *salt, struct str bytes)
{
	return commitment(S("dinh/pub/1"), salt, bytes);
}

struct hash content_sealed_hash(const void *salt, struct str bytes)
{
	return commitment(S("dinh/sealed/1"), salt, bytes);
}

static void key_hash(struct buf *b, const char *key, struct hash h)
{
	json_key_str(b, key, hash_hex(b->a, &h));
}

/* The canonical leaf. */
static struct str leaf_bytes(const struct sealing *s, struct str unit,
			     const struct sealed_act *made)
{
	struct buf b = { .a = s->a };
	buf_put(&b, S("{\"v\":1"));
	if (s->d->kind->is_private) {
		json_key_date(&b, "at", instant_date(s->act->at));
	} else {
		write_name(&b, s);
		json_key_str(&b, "unit", unit);
		json_key_date(&b, "on", s->act->on);
		json_key_str(&b, "at", instant_iso(b.a, s->act->at));
		key_hash(&b, "pub", content_public_hash(made->salts[0], made->pub));
	}
	key_hash(&b, "sealed", content_sealed_hash(made->salts[1], made->sealed));
	buf_putc(&b, '}');
	return buf_str(&b);
}

void act_seal(struct arena *a, struct rng *rng, const struct dossier *d, const struct act *act,
	      const void *form, struct str unit, struct sealed_act *out)
{
	const struct sealing s = { a, d, act, form, out };
	rng_bytes(rng, out->salts, 2 * SALT_BYTES);
	out->identity = d->sealed ? sealed_identity_bytes(a, act->step, form) : S("");
	if (out->identity.len)
		rng_bytes(rng, out->salts[2], SALT_BYTES);
	out->pub = public_bytes(&s);
	out->sealed = sealed_bytes(&s);
	out->entry = leaf_bytes(&s, unit, out);
}
