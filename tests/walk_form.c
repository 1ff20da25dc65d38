/* Every field has a short list of values that could be right, the likeliest first; which of them are,
 * the step itself says, field by field, and the walk tries on. */
#include "tests/walk.h"

#include "office/comment_list.h"
#include "office/redaction.h"
#include "web/query.h"

#include <string.h>

/* What no table says: a value for a field of a step, or several parted by '|', tried in turn;
 * "{year}" is that of the walk's day. */
static const struct {
	const char *step, *field, *value;
} walk_hints[] = {
	{ "plan.issue", "year", "2024|2023|{year}" },      /* matters begin and end in July 2023 */
	{ "information.accept", "complexity", "complex" }, /* only these are extended */
	{ "information.transfer", "to", "14539" }, /* a unit of the walk, unlike the province */
	{ "petition.transfer", "to", "14539" },
	{ "petition.retype", "type", "complaint" },        /* their states are the others */
	{ "reception_plan.issue", "since", "2024-01-01" }, /* weeks that have begun are owed */
	{ "reception.plan", "way", "head" },
	{ "reception.plan", "post", "Chủ tịch UBND cấp xã" },
	{ "reception.plan", "opens", "07:30" },
	{ "reception.plan", "closes", "11:00" },
	{ "reception.announce", "way", "head" },
	{ "reception.announce", "post", "Chủ tịch UBND cấp xã" },
	{ "reception.announce", "opens", "07:30" },
	{ "reception.announce", "closes", "11:00" },
	{ "reception.postpone", "opens", "07:30" },
	{ "reception.postpone", "closes", "11:00" },
	{ "reception.hold", "by", "in_person" },
	{ "board.elect", "by", "pib_commune" },
	{ "board.elect", "members",
	  "Nguyễn Văn Mẫu; trưởng ban; thôn Đông\nTrần Thị Mẫu; thành viên; thôn Tây" },
	{ "board.recognise", "term_to",
	  "2030-03-04" }, /* seats that fall vacant are filled again */
	{ "board.add", "role", "member" },
	{ "check.plan", "by", "front" }, /* the only one whose subject reports */
	{ "check.change", "by", "front" },
	{ "recommendation.send", "check", "none" },
};

static const char *hint(const struct dossier *d, const struct step *step, const struct field *f)
{
	for (size_t i = 0; i < LENGTH(walk_hints); i++) {
		const char *dot = strchr(walk_hints[i].step, '.');
		if (dot && strcmp(dot + 1, step->name) == 0 &&
		    strncmp(walk_hints[i].step, d->kind->name,
			    (size_t)(dot - walk_hints[i].step)) == 0 &&
		    strcmp(walk_hints[i].field, f->name) == 0)
			return walk_hints[i].value;
	}
	return NULL;
}

static bool fits(struct tx *tx, const struct field *f, struct str s)
{
	(void)tx;
	int64_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
	return n >= f->min && n <= field_max(f);
}

static struct str text_value(const struct walk_site *s, struct tx *tx, const struct dossier *d,
			     const struct field *f, uint32_t pick, struct arena *mem)
{
	struct date today = tx_today(tx);
	struct str could[] = {
		S("Đường liên thôn đoạn qua nhà văn hóa"),
		str_printf(mem, "%d", date_ymd(today).year),
		S("Mẫu"),
		S("Nguyễn Văn Mẫu"),
		S("12"),
		S("0912345678"),
		str_printf(mem, "%d-Q%d", date_ymd(today).year, (date_ymd(today).month + 2) / 3),
		date_iso(mem, today),
		str_dup(mem, d->code),
		s->code[AT_COMMUNE],
		s->code[AT_OTHER],
		S("1=100"),
		S("1000000"),
	};
	if (f->lines && pick % 3 == 0)
		could[0] = S("Nguyễn Văn Mẫu\nTrần Thị Mẫu");
	for (size_t i = 0; i < LENGTH(could); i++) {
		struct str value = could[(pick + i) % LENGTH(could)];
		if (value.len && fits(tx, f, value))
			return value;
	}
	/* Longer than any of these, or shorter. */
	struct buf b = { .a = mem };
	int64_t n = f->min > 0 ? f->min : 1;
	for (int64_t i = 0; i < n; i++)
		buf_putc(&b, (char)('a' + (i + pick) % 26));
	return buf_str(&b);
}

static bool chosen_value(const struct field *f, const struct choices *all, uint32_t pick,
			 struct str *out)
{
	size_t fixed = 0;
	while (f->choices && f->choices[fixed].value)
		fixed++;
	if (!(fixed + all->n))
		return false;
	size_t i = pick % (fixed + all->n);
	*out = i < fixed ? str_of(f->choices[i].value) : all->at[i - fixed].value;
	return true;
}

static void fill_field(const struct walk_site *s, struct tx *tx, const struct dossier *d,
		       const struct field *f, const struct choices *all, uint32_t pick,
		       struct arena *mem, void *form)
{
	static const int days[] = { 0, -1, -3, -20, 1, 10, 40, -200 };
	static const int64_t numbers[] = { 1, 2, 10, 100, 0, 3, 1000000, 50 };
	struct str value = S("");
	bool choice = f->choices || f->options, skip = f->optional && pick % 3 == 2;
	bool has = choice && chosen_value(f, all, pick, &value);
	if (skip)
		return;
	if (choice && !has && !f->other)
		return;
	if (!has && (f->type == FIELD_TEXT || f->type == FIELD_LIST))
		value = text_value(s, tx, d, f, pick, mem);
	switch (f->type) {
	case FIELD_TEXT:
		*field_str(f, form) = str_dup(mem, value);
		break;
	case FIELD_INT: {
		int64_t n = numbers[pick % LENGTH(numbers)];
		n = n < f->min ? f->min : n;
		*field_int(f, form) = n > field_max(f) ? field_max(f) : n;
		break;
	}
	case FIELD_DATE:
		*field_date(f, form) = date_add(tx_today(tx), days[pick % LENGTH(days)]);
		break;
	case FIELD_BOOL:
		*field_bool(f, form) = pick % 2 == 0;
		break;
	case FIELD_LIST: {
		struct strs list = { NEW_N(mem, struct str, 1), 1 };
		list.at[0] = str_dup(mem, value);
		*field_list(f, form) = list;
		break;
	}
	case FIELD_FILES: {
		struct file_refs files = { NEW(mem, struct file_ref), 1 };
		bool hides = str_starts(str_of(f->name), S("redaction_"));
		*files.at = hides ? s->blackened : s->file;
		*field_files(f, form) = files;
		break;
	}
	case FIELD_END:
		break;
	}
}

static void fill_hint(struct tx *tx, const struct field *f, const char *known, uint32_t pick,
		      struct arena *mem, void *form)
{
	int64_t n = 1;
	for (const char *at = known; *at; at++)
		n += *at == '|';
	struct str rest = str_of(known), value = S("");
	for (int64_t i = pick % n; i >= 0; i--)
		CHECK(str_next(&rest, '|', &value));
	if (str_eq(value, S("{year}")))
		value = str_printf(mem, "%d", date_ymd(tx_today(tx)).year);
	if (f->type == FIELD_TEXT)
		*field_str(f, form) = value;
	else if (f->type == FIELD_INT && str_int(value, &n))
		*field_int(f, form) = n;
	else if (f->type == FIELD_BOOL)
		*field_bool(f, form) = value.len > 0;
	else if (f->type != FIELD_DATE || !date_parse(value, field_date(f, form)))
		FAIL("a hint for %s is no value of its type", f->name);
}

/* Something that the dossier says and that can be hidden; of a comment, whose words stand in no field,
 * those. */
static enum err something_said(struct tx *tx, const struct dossier *d, struct arena *mem,
			       struct str *out)
{
	struct str name;
	if (d->kind == &comment_kind && comment_words(tx, d, &name, out))
		return tx->err;
	for (const struct field *f = d->kind->fields; f->type && !out->len; f++)
		if (f->type == FIELD_TEXT && !f->choices && !f->options && !f->hidden)
			*out = *field_str(f, d->data);
	/* One word of it: what would leave nothing to be read is refused. */
	for (struct str words = *out; str_next(&words, ' ', &name);) {
		struct passages p = { NULL, 0 };
		passages_add(mem, name, &p);
		if (p.n && !passage_is_short(p.at)) {
			*out = p.at->text;
			return OK;
		}
	}
	*out = S("Mẫu");
	return OK;
}

enum err walk_fill(const struct walk_site *s, struct tx *tx, const struct dossier *d,
		   const struct step *step, const struct walk_picks *picks, struct arena *mem,
		   void **out)
{
	void *form = step_form(mem, step);
	size_t i = 0;
	for (const struct field *f = step->form; f && f->type; f++, i++) {
		struct choices all = { NULL, 0 };
		const char *known = hint(d, step, f);
		CHECK(i < WALK_FIELDS);
		if (f->hidden)
			continue;
		if (f->sealed && f->lines) {
			enum err e = something_said(tx, d, mem, field_str(f, form));
			if (e)
				return e;
			continue;
		}
		if (known) {
			fill_hint(tx, f, known, picks->of[i], mem, form);
			continue;
		}
		enum err e = f->options ? f->options(tx, d, LANG_VI, &all) : OK;
		if (e)
			return e;
		fill_field(s, tx, d, f, &all, picks->of[i], mem, form);
	}
	*out = form;
	return OK;
}

static void put_pair(struct buf *b, const char *name, struct str value)
{
	if (b->len)
		buf_putc(b, '&');
	buf_put(b, str_of(name));
	buf_putc(b, '=');
	percent_encode(b, value);
}

struct str walk_form_text(struct arena *a, const struct step *step, const void *form)
{
	struct buf b = { .a = a };
	for (const struct field *f = step->form; f && f->type; f++) {
		if (f->hidden || field_is_empty(f, form))
			continue;
		if (f->type == FIELD_TEXT)
			put_pair(&b, f->name, *field_str(f, form));
		else if (f->type == FIELD_INT)
			put_pair(&b, f->name,
				 str_printf(a, "%lld", (long long)*field_int(f, form)));
		else if (f->type == FIELD_DATE)
			put_pair(&b, f->name, date_iso(a, *field_date(f, form)));
		else if (f->type == FIELD_BOOL)
			put_pair(&b, f->name, S("on"));
		else if (f->type == FIELD_LIST)
			for (size_t i = 0; i < field_list(f, form)->n; i++)
				put_pair(&b, f->name, field_list(f, form)->at[i]);
	}
	return buf_str(&b);
}
