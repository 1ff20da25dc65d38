/* The units are real rows, made by the functions that administrators' pages call; the words are drawn
 * from short lists, so that searches find many, few and one. */
#include "bench/million.h"

#include "office/person.h"
#include "office/unit_edit.h"

enum { SCHOOLS = 40, MATTERS_MOST = 20, UNITS_MOST = 10000 };

/* --- Units --- */

static enum err appoint(struct tx *tx, int64_t unit, enum role role, struct date from,
			struct appointment *out)
{
	int64_t person, id;
	struct str name = str_printf(tx->mem, "Người thử %d %d", (int)unit, (int)role);
	enum err e = person_add(tx, name, unit, true, &person);
	struct appointment_new n = { .person = person,
				     .unit = unit,
				     .role = role,
				     .field = S(""),
				     .from = from,
				     .to = NO_DATE };
	if (e || (e = appointment_make(tx, &n, &id)))
		return e;
	*out = (struct appointment){ .id = id, .person = person, .unit = unit, .role = role };
	return OK;
}

static enum err find_officer(struct tx *tx, int64_t unit, enum role role, struct appointment *out)
{
	struct query q = db_query(tx, "SELECT id, person FROM appointment WHERE unit = $1"
				      " AND role = $2 AND valid_to >= $3 ORDER BY id LIMIT 1");
	BIND(&q, unit, role_word(role), tx_today(tx));
	enum err e = db_one(&q);
	if (!e)
		*out = (struct appointment){
			.id = col_int(&q, 0), .person = col_int(&q, 1), .unit = unit, .role = role
		};
	return e;
}

/* What the step asks the law and the unit, asked once for each matter in force. */
static enum err find_matters(struct tx *tx, const struct unit *unit, struct mill_unit *u)
{
	const struct step *record = kind_step(&disclosure_kind, S("record"));
	struct disclosure_matters in_force =
		law_matters(tx->office->law, tx->mem, unit->regime, tx_today(tx));
	struct disclosure *facts = NEW_N(tx->mem, struct disclosure, in_force.n);
	struct dossier *blank = dossier_blank(tx->mem, &disclosure_kind, unit->id);
	for (; u->matters < in_force.n && u->matters < MATTERS_MOST; u->matters++) {
		struct disclosure *x = &facts[u->matters];
		fields_init(record->form, x);
		x->matter = in_force.at[u->matters]->code;
		x->issued_on = tx_today(tx);
		x->issuer = u->title;
		enum err e = record->prepare(tx, blank, x);
		if (e)
			return e;
	}
	u->facts = facts;
	return OK;
}

static enum err add_school(struct tx *tx, const struct unit *above, size_t no, struct date from,
			   struct mill_unit *out)
{
	struct unit unit;
	struct unit_new n = { .parent = above->id,
			      .level = LEVEL_AGENCY,
			      .code = S(""),
			      .type = S("trường"),
			      .name = str_printf(tx->mem, "Mẫu số %zu, %.*s", no + 1,
						 STR_ARG(above->name)),
			      .name_en = S(""),
			      .from = from,
			      .to = NO_DATE };
	enum err e = unit_add(tx, &n, &out->id);
	if (e || (e = unit_declare(tx, out->id, from, &(struct unit_facts){ .has_web = true })) ||
	    (e = unit_find(tx, out->id, tx_today(tx), &unit)) ||
	    (e = appoint(tx, out->id, CLERK, from, &out->clerk)) ||
	    (e = appoint(tx, out->id, LEADER, from, &out->leader)))
		return e;
	out->code = unit.code;
	out->title = unit_title(tx->mem, &unit, LANG_VI);
	out->place = S("Bảng tin nhà trường");
	return find_matters(tx, &unit, out);
}

static enum err know_commune(struct tx *tx, const struct unit *unit, struct mill_unit *out)
{
	out->id = unit->id;
	out->code = unit->code;
	out->title = unit_title(tx->mem, unit, LANG_VI);
	out->place = str_printf(tx->mem, "Trụ sở UBND %.*s", STR_ARG(out->title));
	return find_matters(tx, unit, out);
}

static enum err find_commune(struct tx *tx, const struct unit *unit, struct mill_unit *out)
{
	enum err e = find_officer(tx, unit->id, CLERK, &out->clerk);
	if (e || (e = find_officer(tx, unit->id, LEADER, &out->leader)))
		return e;
	return know_commune(tx, unit, out);
}

static enum err settle_demo(struct tx *tx, int64_t root, struct mill_units *out)
{
	struct unit_list districts, communes;
	struct date today = tx_today(tx);
	enum err e = unit_children(tx, root, today, 100, &districts);
	out->shares = 4;
	out->days = (struct mill_days){ date_add(date_year_start(2015), 60),
					date_add(date_year_start(2021), 3) };
	for (size_t i = 0; !e && i < districts.n; i++) {
		if (districts.at[i].level != LEVEL_DISTRICT)
			continue;
		for (size_t k = 0; !e && k < SCHOOLS; k++)
			e = add_school(tx, &districts.at[i], k, date_year_start(2015),
				       &out->schools[out->school_n++]);
		if (!e)
			e = unit_children(tx, districts.at[i].id, today, 100, &communes);
		for (size_t k = 0; !e && k < communes.n; k++) {
			if (communes.at[k].level != LEVEL_COMMUNE)
				continue;
			e = find_commune(tx, &communes.at[k], &out->communes[out->commune_n]);
			out->commune_n += !e;
			if (e == ERR_NOT_FOUND) /* a small demonstration has few officers */
				e = OK;
		}
	}
	tx->err = OK;
	return e;
}

static enum err settle_commune(struct tx *tx, const struct unit *unit, struct date from,
			       struct mill_units *out)
{
	struct mill_unit *commune = &out->communes[out->commune_n++];
	enum err e = unit_declare(tx, unit->id, from,
				  &(struct unit_facts){ .has_web = true, .has_loudspeaker = true });
	if (e || (e = appoint(tx, unit->id, CLERK, from, &commune->clerk)) ||
	    (e = appoint(tx, unit->id, LEADER, from, &commune->leader)) ||
	    (e = know_commune(tx, unit, commune)))
		return e;
	return add_school(tx, unit, 0, from, &out->schools[out->school_n++]);
}

static enum err settle_country(struct tx *tx, int64_t root, struct mill_units *out)
{
	struct unit_list provinces, communes;
	struct date today = tx_today(tx), from = date_add_months(date_year_start(2025), 6);
	enum err e = unit_children(tx, root, today, 100, &provinces);
	out->shares = 7;
	out->days = (struct mill_days){ from, today };
	for (size_t i = 0; !e && i < provinces.n; i++) {
		e = unit_children(tx, provinces.at[i].id, today, 1000, &communes);
		for (size_t k = 0; !e && k < communes.n; k++)
			e = settle_commune(tx, &communes.at[k], from, out);
	}
	return e;
}

enum err mill_settle(struct tx *tx, int64_t root, struct mill_units *out)
{
	struct unit top;
	enum err e = unit_find(tx, root, tx_today(tx), &top);
	if (e)
		return e;
	out->schools = NEW_N(tx->mem, struct mill_unit, UNITS_MOST);
	out->communes = NEW_N(tx->mem, struct mill_unit, UNITS_MOST);
	return top.level == LEVEL_COUNTRY ? settle_country(tx, root, out)
					  : settle_demo(tx, root, out);
}

/* --- Words --- */

static const char *const subjects[] = {
	"dự toán thu, chi ngân sách",
	"quyết toán ngân sách",
	"kế hoạch công tác quý",
	"danh sách hỗ trợ",
	"kết quả lấy ý kiến",
	"mức thu phí, lệ phí",
	"tiến độ công trình",
	"kế hoạch sử dụng đất",
	"nội quy, quy chế làm việc",
	"kết quả thi đua, khen thưởng",
	"mua sắm tài sản",
	"tuyển dụng, bổ nhiệm",
};

static const char *const places[] = {
	"nhà văn hóa",         "sân vận động", "trạm y tế", "đường trục chính", "kênh tưới",
	"cầu dân sinh",        "lớp học",      "thư viện",  "nhà bếp",          "vườn trường",
	"hệ thống chiếu sáng", "chợ",          "bãi rác",   "nhà công vụ",      "bể nước",
};

static const char *const rare[] = {
	"bồ nông", "cá chuối hoa", "măng tây", "gốm Bồ Bát", "chiếu cói", "đá Ninh Vân", "thêu ren",
};

static const char *pick(struct rng *rng, const char *const *list, size_t n)
{
	return list[rng_below(rng, n)];
}

void mill_words(struct arena *a, struct rng *rng, const struct mill_unit *u, struct date day,
		struct disclosure *out)
{
	struct ymd c = date_ymd(day);
	int serial = (int)rng_below(rng, 9000) + 1;
	const char *subject = pick(rng, subjects, LENGTH(subjects));
	const char *place = pick(rng, places, LENGTH(places));
	struct buf body = { .a = a };
	out->title =
		str_printf(a, "Công khai %s năm %d của %.*s", subject, c.year, STR_ARG(u->title));
	out->number = str_printf(a, "%d/TB-%.*s", serial, STR_ARG(u->code));
	buf_printf(&body, "Nội dung %s cho %s, theo văn bản số %d.\n", subject, place, serial);
	if (rng_below(rng, 1000) == 0)
		buf_printf(&body, "Có phần về %s.\n", pick(rng, rare, LENGTH(rare)));
	out->body = buf_str(&body);
}
