/* The units are real rows, made by the functions that administrators' pages call; the words are drawn
 * from short lists, so that searches find many, few and one. */
#include "bench/million.h"

#include "office/person.h"
#include "office/unit_edit.h"

enum { SCHOOLS = 40, MATTERS_MOST = 20 };

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

static enum err add_school(struct tx *tx, const struct unit *district, size_t no,
			   struct mill_unit *out)
{
	struct date from = date_year_start(2015);
	struct unit unit;
	struct unit_new n = { .parent = district->id,
			      .level = LEVEL_AGENCY,
			      .code = S(""),
			      .type = S("trường"),
			      .name = str_printf(tx->mem, "Mẫu số %zu, %.*s", no + 1,
						 STR_ARG(district->name)),
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

static enum err find_commune(struct tx *tx, const struct unit *unit, struct mill_unit *out)
{
	enum err e = find_officer(tx, unit->id, CLERK, &out->clerk);
	if (e || (e = find_officer(tx, unit->id, LEADER, &out->leader)))
		return e;
	out->id = unit->id;
	out->code = unit->code;
	out->title = unit_title(tx->mem, unit, LANG_VI);
	out->place = str_printf(tx->mem, "Trụ sở UBND %.*s", STR_ARG(out->title));
	return find_matters(tx, unit, out);
}

enum err mill_settle(struct tx *tx, int64_t root, struct mill_units *out)
{
	struct unit_list districts, communes;
	struct date today = tx_today(tx);
	enum err e = unit_children(tx, root, today, 100, &districts);
	if (e)
		return e;
	out->schools = NEW_N(tx->mem, struct mill_unit, districts.n * SCHOOLS);
	out->communes = NEW_N(tx->mem, struct mill_unit, districts.n * 100);
	for (size_t i = 0; i < districts.n; i++) {
		if (districts.at[i].level != LEVEL_DISTRICT)
			continue;
		for (size_t k = 0; k < SCHOOLS; k++)
			if ((e = add_school(tx, &districts.at[i], k,
					    &out->schools[out->school_n++])))
				return e;
		if ((e = unit_children(tx, districts.at[i].id, today, 100, &communes)))
			return e;
		for (size_t k = 0; k < communes.n; k++) {
			if (communes.at[k].level != LEVEL_COMMUNE)
				continue;
			e = find_commune(tx, &communes.at[k], &out->communes[out->commune_n]);
			if (e && e != ERR_NOT_FOUND) /* a small demonstration has few officers */
				return e;
			out->commune_n += !e;
		}
	}
	tx->err = OK;
	return OK;
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
