#include "web/unit_filter.h"

#include "base/utf8.h"
#include "office/unit_search.h"
#include "web/root.h"

enum { SEARCHED = 50, OFFERED = 12 };

#define FIELD_NAME S("don-vi")

static void put_code(struct req *r, struct str code)
{
	for (size_t i = 0; i < r->query.n; i++)
		if (str_eq(r->query.at[i].name, FIELD_NAME))
			r->query.at[i].value = code;
}

/* A name with its code behind it finds itself again, whatever else bears the name. */
static struct str name_and_code(struct req *r, const struct unit *u)
{
	return str_printf(r->mem, "%.*s, %.*s", STR_ARG(unit_title(r->mem, u, r->lang)),
			  STR_ARG(u->code));
}

static void settle(struct req *r, const struct unit *u, struct unit_filter *out)
{
	out->unit = *u;
	out->narrowed = u->id != out->root.id;
	out->text = out->narrowed ? name_and_code(r, u) : S("");
	put_code(r, out->narrowed ? u->code : S(""));
}

/* A code alone, or what name_and_code wrote: units that are no more are found by it too. */
static enum err by_code(struct req *r, struct str typed, struct unit *out)
{
	struct str rest = typed, last = typed, part;
	while (str_next(&rest, ',', &part))
		last = str_trim(part);
	return unit_by_code_any(&r->tx, last, tx_today(&r->tx), out);
}

/* "xã Ninh Vân, huyện Hoa Lư": the first part by its name, the rest as where it lies. */
static enum err by_name(struct req *r, const struct unit_filter *f, struct str typed,
			struct str *name, struct unit_list *out)
{
	struct str rest = typed;
	enum err e = str_next(&rest, ',', name) ? OK : ERR_NOT_FOUND;
	*name = str_trim(*name);
	if (e || (e = unit_search(&r->tx, *name, f->root.id, tx_today(&r->tx), SEARCHED, out)))
		return e;
	struct str within = utf8_fold(r->mem, rest.len ? str_trim(rest) : S(""));
	size_t n = 0;
	for (size_t i = 0; i < out->n; i++) {
		struct str place;
		if ((e = req_place_words(r, out->at[i].id, &place)))
			return e;
		if (!within.len || str_has(utf8_fold(r->mem, place), within))
			out->at[n++] = out->at[i];
	}
	out->n = n;
	return OK;
}

/* Exactly this name, with or without its type. */
static bool is_called(struct req *r, const struct unit *u, struct str folded)
{
	return str_eq(utf8_fold(r->mem, u->name), folded) ||
	       str_eq(utf8_fold(r->mem, unit_title(r->mem, u, LANG_VI)), folded);
}

static const struct unit *only_one(struct req *r, const struct unit_list *found, struct str typed)
{
	struct str folded = utf8_fold(r->mem, typed);
	const struct unit *one = NULL;
	for (size_t i = 0; i < found->n; i++) {
		if (!is_called(r, &found->at[i], folded))
			continue;
		if (one)
			return NULL;
		one = &found->at[i];
	}
	return found->n == 1 ? &found->at[0] : one;
}

static enum err offer(struct req *r, const struct unit_list *found, struct str typed,
		      struct unit_filter *out)
{
	struct buf b = { .a = r->mem };
	size_t n = found->n < OFFERED ? found->n : OFFERED;
	if (r->format != FORMAT_HTML)
		return tx_fail(&r->tx, ERR_NOT_FOUND, "%zu units are called %.*s", found->n,
			       STR_ARG(typed));
	if (!found->n)
		msg_list_unit_none(&b, r->lang, typed);
	else if (found->n > OFFERED)
		msg_list_unit_too_many(&b, r->lang, typed, (int64_t)OFFERED);
	else
		msg_list_unit_several(&b, r->lang, typed, (int64_t)n);
	out->problem = buf_str(&b);
	out->choices.at = NEW_N(r->mem, struct link, n);
	for (size_t i = 0; i < n; i++) {
		const struct unit *u = &found->at[i];
		struct link *link = &out->choices.at[out->choices.n++];
		enum err e = req_place_words(r, u->id, &link->text);
		if (e)
			return e;
		link->url = url_query(r->mem, r->path, &r->query, FIELD_NAME, u->code);
	}
	return OK;
}

enum err unit_filter_read(struct req *r, struct unit_filter *out)
{
	struct str typed = str_trim(req_query(r, "don-vi")), name;
	struct unit_list found;
	struct unit u;
	enum err e = req_root(r, &out->root);
	if (e)
		return e;
	*out = (struct unit_filter){ .root = out->root, .unit = out->root, .text = typed };
	if (!typed.len)
		return OK;
	if (!(e = by_code(r, typed, &u))) {
		settle(r, &u, out);
		return OK;
	}
	if (e != ERR_NOT_FOUND || (e = by_name(r, out, typed, &name, &found)))
		return e;
	const struct unit *one = only_one(r, &found, name);
	if (!one)
		return offer(r, &found, typed, out);
	settle(r, one, out);
	return OK;
}

struct filter unit_filter_field(struct req *r, const struct unit_filter *f)
{
	return (struct filter){ .name = FIELD_NAME,
				.label = msg_plain(r->lang, MSG_LIST_UNIT),
				.text = f->text };
}
