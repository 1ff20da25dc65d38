/* Who there is: the real tree of units, and in it villages and people that are plainly invented. */
#include "main/demo/boards.h"
#include "main/demo/talks.h"
#include "main/demo/voices.h"

#include "base/encode.h"
#include "main/demo/news.h"
#include "office/account.h"
#include "office/unit_edit.h"
#include "office/unit_load.h"

#include <inttypes.h>

#define FIRST_DAY "2020-01-01"

/* Type, name, and what stands in the numbers of its documents. */
static const char *const agencies[][3] = {
	{ "sở", "Nội vụ", "SNV" },
	{ "sở", "Tư pháp", "STP" },
	{ "sở", "Tài chính", "STC" },
	{ "sở", "Kế hoạch và Đầu tư", "SKHĐT" },
	{ "sở", "Nông nghiệp và Phát triển nông thôn", "SNNPTNT" },
	{ "sở", "Lao động - Thương binh và Xã hội", "SLĐTBXH" },
	{ "sở", "Giáo dục và Đào tạo", "SGDĐT" },
	{ "sở", "Y tế", "SYT" },
	{ "sở", "Văn hóa và Thể thao", "SVHTT" },
	{ "sở", "Du lịch", "SDL" },
	{ "sở", "Thông tin và Truyền thông", "STTTT" },
	{ "sở", "Tài nguyên và Môi trường", "STNMT" },
	{ "sở", "Xây dựng", "SXD" },
	{ "sở", "Giao thông vận tải", "SGTVT" },
	{ "sở", "Công Thương", "SCT" },
	{ "sở", "Khoa học và Công nghệ", "SKHCN" },
	{ "thanh tra", "tỉnh", "TTr" },
	{ "trung tâm", "Khuyến nông tỉnh", "TTKN" },
	{ "trung tâm", "Dịch vụ việc làm tỉnh", "TTDVVL" },
	{ "trung tâm", "Phục vụ hành chính công tỉnh", "TTPVHCC" },
};

void demo_stream(const struct demo *d, struct str word, struct rng *out)
{
	struct buf b = { .a = d->mem };
	struct hash h;
	uint64_t seed = 0;
	buf_printf(&b, "dinh demo %" PRIu64 " %.*s", d->seed, STR_ARG(word));
	sha256(b.at, b.len, &h);
	for (int i = 0; i < 8; i++)
		seed = seed << 8 | h.b[i];
	rng_seeded(out, seed);
}

static struct date first_day(void)
{
	struct date day = NO_DATE;
	return date_parse(S(FIRST_DAY), &day) ? day : NO_DATE;
}

static int64_t between(struct rng *rng, int64_t least, int64_t most)
{
	return least + (int64_t)rng_below(rng, (uint64_t)(most - least + 1));
}

/* --- People --- */

enum err demo_appoint(struct tx *tx, struct demo_unit *u, const struct unit *at, int no,
		      enum role role, struct member *out)
{
	int64_t person, id;
	struct str name = str_of(demo_person(tx->mem, &u->rng, at->code, no));
	enum err e = person_add(tx, name, at->id, true, &person);
	struct appointment_new n = { .person = person,
				     .unit = at->id,
				     .role = role,
				     .field = S(""),
				     .from = first_day(),
				     .to = NO_DATE };
	if (e || (e = appointment_make(tx, &n, &id)) || (e = member_load(tx, person, out)))
		return e;
	return OK;
}

/* --- A commune --- */

static const char *const corners[] = {
	"Đông", "Đoài", "Nam", "Bắc", "Trung", "Thượng", "Hạ", "Đình"
};

/* The head of a village takes what is asked of it. Who that is, a stream of its own says. */
static enum err appoint_head(struct demo *d, struct tx *tx, struct demo_unit *u, int64_t village,
			     int no)
{
	struct demo_unit at = { 0 };
	struct member head = { 0 };
	enum err e = unit_find(tx, village, first_day(), &at.unit);
	demo_stream(d, str_printf(tx->mem, "head %.*s %d", STR_ARG(u->unit.code), no), &at.rng);
	if (!e)
		e = demo_appoint(tx, &at, &at.unit, 1, CLERK, &head);
	if (!e && no == 0)
		u->head = head;
	return e;
}

static enum err settle_villages(struct demo *d, struct tx *tx, struct demo_unit *u)
{
	bool town = !str_eq(u->unit.type, S("xã"));
	bool numbered = town || rng_below(&u->rng, 2);
	int first = (int)rng_below(&u->rng, LENGTH(corners));
	enum err e = OK;
	u->facts.village_count = (int)between(&u->rng, 2, DEMO_VILLAGES);
	for (int i = 0; !e && i < u->facts.village_count; i++) {
		const char *type = town ? "tổ dân phố" : numbered ? "thôn" : "xóm";
		struct str name = numbered ? str_printf(tx->mem, "%d", i + 1)
					   : str_of(corners[(first + i) % (int)LENGTH(corners)]);
		struct unit_new n = { .parent = u->unit.id,
				      .level = LEVEL_VILLAGE,
				      .code = S(""),
				      .type = str_of(type),
				      .name = name,
				      .name_en = S(""),
				      .from = first_day(),
				      .to = NO_DATE };
		int64_t id;
		u->facts.villages[i] = str_printf(tx->mem, "%s %.*s", type, STR_ARG(name));
		e = unit_add(tx, &n, &id);
		if (!e)
			e = appoint_head(d, tx, u, id, i);
	}
	return e;
}

static enum err settle_places(struct tx *tx, struct demo_unit *u)
{
	enum err e = OK;
	u->places[u->place_count++] =
		u->commune ? str_printf(tx->mem, "Trụ sở UBND %.*s", STR_ARG(u->facts.title))
			   : S("Bảng tin cơ quan");
	for (int i = 0; i < u->facts.village_count; i++)
		u->places[u->place_count++] =
			str_printf(tx->mem, "Nhà văn hóa %.*s", STR_ARG(u->facts.villages[i]));
	for (int i = 0; !e && i < u->place_count; i++) {
		int64_t id;
		e = notice_place_add(tx, u->unit.id, u->places[i], first_day(), &id);
	}
	return e;
}

/* Most are diligent, some are not; the square pulls the average up. */
static int draw_diligence(struct rng *rng)
{
	int x = (int)rng_below(rng, 1000);
	return 450 + 535 * (1000000 - x * x) / 1000000;
}

static void draw_facts(struct tx *tx, struct demo_unit *u)
{
	struct demo_facts *f = &u->facts;
	f->title = unit_title(tx->mem, &u->unit, LANG_VI);
	f->place = u->unit.name;
	f->code = u->unit.code;
	if (u->commune)
		f->short_name = S("UBND");
	f->households = u->commune ? between(&u->rng, 900, 3400) : 0;
	f->people = u->commune ? f->households * between(&u->rng, 32, 38) / 10
			       : between(&u->rng, 28, 90);
	f->income = between(&u->rng, 5200, 14800) * 1000;
	f->spending_works = f->income * between(&u->rng, 28, 42) / 100 / 1000 * 1000;
	f->reserve = f->income * 2 / 100 / 1000 * 1000;
	f->spending_running = f->income - f->spending_works - f->reserve;
	u->loudspeaker = u->commune && rng_below(&u->rng, 100) < 92;
	u->diligence = draw_diligence(&u->rng);
}

/* Ninh Vân, which every demonstration has, and one commune in twelve. */
static bool draw_camera(const struct demo *d, const struct demo_unit *u)
{
	struct rng rng;
	demo_stream(d, str_printf(d->mem, "camera %.*s", STR_ARG(u->unit.code)), &rng);
	return u->commune && (u == d->units || rng_below(&rng, 12) == 0);
}

static enum err settle_unit(struct demo *d, struct tx *tx, struct demo_unit *u)
{
	demo_stream(d, u->unit.code, &u->rng);
	draw_facts(tx, u);
	u->camera = draw_camera(d, u);
	struct unit_facts facts = { rng_below(&u->rng, 100) < 70, u->loudspeaker,
				    u->facts.households, u->facts.people };
	enum err e = unit_declare(tx, u->unit.id, first_day(), &facts);
	if (!e && u->commune)
		e = settle_villages(d, tx, u);
	if (e || (e = settle_places(tx, u)) ||
	    (e = demo_appoint(tx, u, &u->unit, 1, CLERK, &u->clerk)))
		return e;
	return demo_appoint(tx, u, &u->unit, 2, LEADER, &u->leader);
}

/* --- The province --- */

/* Every commune, Ninh Vân first and the rest shuffled, so that a small demonstration has it too. */
static enum err list_communes(struct demo *d, struct tx *tx, int64_t root, struct unit_list *out)
{
	struct unit_list districts, communes, all = { NEW_N(d->mem, struct unit, 400), 0 };
	struct date day = first_day();
	struct rng rng;
	enum err e = unit_children(tx, root, day, 50, &districts);
	for (size_t i = 0; !e && i < districts.n; i++) {
		e = unit_children(tx, districts.at[i].id, day, 60, &communes);
		for (size_t k = 0; !e && k < communes.n && all.n < 400; k++)
			if (communes.at[k].level == LEVEL_COMMUNE)
				all.at[all.n++] = communes.at[k];
	}
	demo_stream(d, S("communes"), &rng);
	for (size_t i = all.n; i > 1; i--) {
		size_t k = rng_below(&rng, i);
		struct unit swap = all.at[k];
		all.at[k] = all.at[i - 1];
		all.at[i - 1] = swap;
	}
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.at[i].code, S("14554"))) {
			struct unit swap = all.at[i];
			all.at[i] = all.at[0];
			all.at[0] = swap;
		}
	*out = all;
	return e;
}

static int share(const struct demo *d, size_t of)
{
	int n = (int)((double)of * d->scale + 0.5);
	return n < 1 ? 1 : n;
}

static enum err add_agency(struct tx *tx, int64_t root, size_t i, struct unit *out)
{
	struct unit_new n = { .parent = root,
			      .level = LEVEL_AGENCY,
			      .code = S(""),
			      .type = str_of(agencies[i][0]),
			      .name = str_of(agencies[i][1]),
			      .name_en = S(""),
			      .from = first_day(),
			      .to = NO_DATE };
	int64_t id;
	enum err e = unit_add(tx, &n, &id);
	return e ? e : unit_find(tx, id, first_day(), out);
}

enum err demo_settle(struct demo *d, struct tx *tx, int64_t *root)
{
	struct unit_lists lists;
	struct unit_list communes;
	unit_lists_embedded(&lists);
	enum err e = unit_load(tx, &lists, S("37"), first_day(), root);
	if (e || (e = list_communes(d, tx, *root, &communes)))
		return e;
	int towns = share(d, communes.n), offices = share(d, LENGTH(agencies));
	d->units = NEW_N(d->mem, struct demo_unit, towns + offices);
	for (int i = 0; !e && i < towns + offices; i++) {
		struct demo_unit *u = &d->units[d->unit_count++];
		u->commune = i < towns;
		if (u->commune)
			u->unit = communes.at[i];
		else {
			u->facts.short_name = str_of(agencies[i - towns][2]);
			e = add_agency(tx, *root, (size_t)(i - towns), &u->unit);
		}
		if (!e)
			e = settle_unit(d, tx, u);
	}
	if (!e)
		e = demo_settle_papers(d, tx, *root);
	if (!e)
		e = demo_settle_voices(d, tx);
	if (!e)
		e = demo_settle_workplaces(d, tx, share(d, DEMO_WORKPLACES));
	return e ? e : demo_settle_boards(d, tx);
}

/* --- Accounts --- */

/* The password is nobody's but the terminal's and the file's: random, never from the seed. */
static enum err open_account(struct tx *tx, int64_t person, const char *login, const char *who,
			     struct buf *out)
{
	struct rng system;
	struct str code;
	struct password hashed;
	uint8_t bytes[10];
	int64_t same;
	struct buf password = { .a = tx->mem };
	rng_system(&system);
	rng_bytes(&system, bytes, sizeof bytes);
	buf_put_base32(&password, bytes, sizeof bytes);
	enum err e = account_add(tx, person, str_of(login));
	if (e || (e = code_make_password(tx, person, &code)) ||
	    (e = password_hash(buf_str(&password), &hashed)) ||
	    (e = code_use_password(tx, str_of(login), code, &hashed, &same)))
		return e;
	buf_printf(out, "%-18s %.*s  %s\n", login, STR_ARG(buf_str(&password)), who);
	return OK;
}

/* From the province down to a village of Ninh Vân, so that a task can be followed by hand. */
static enum err open_chain(struct demo *d, struct tx *tx, struct buf *out)
{
	const struct demo_unit *here = &d->units[0];
	struct unit_list path;
	enum err e = unit_path(tx, here->unit.id, first_day(), &path);
	if (e)
		return e;
	const struct demo_paper *province = demo_paper_at(d, path.at[0].id);
	const struct demo_paper *district =
		path.n > 2 ? demo_paper_at(d, path.at[path.n - 2].id) : NULL;
	const struct {
		int64_t person;
		const char *login, *who;
	} chosen[] = {
		{ province ? province->clerk.person : 0, "canbo.tinh", "cán bộ, tỉnh Ninh Bình" },
		{ province ? province->leader.person : 0, "lanhdao.tinh",
		  "lãnh đạo, tỉnh Ninh Bình" },
		{ district ? district->clerk.person : 0, "canbo.hoalu", "cán bộ, huyện Hoa Lư" },
		{ district ? district->leader.person : 0, "lanhdao.hoalu",
		  "lãnh đạo, huyện Hoa Lư" },
		{ here->clerk.person, "canbo.ninhvan", "cán bộ, xã Ninh Vân" },
		{ here->leader.person, "lanhdao.ninhvan", "lãnh đạo, xã Ninh Vân" },
		{ here->front.person, "mattran.ninhvan", "Mặt trận Tổ quốc, xã Ninh Vân" },
		{ here->head.person, "truongthon.ninhvan", "trưởng thôn đầu tiên, xã Ninh Vân" },
		{ d->citizen_count ? d->citizens[0].member.person : 0, "nguoidan.ninhvan",
		  "người dân, xã Ninh Vân" },
	};
	for (size_t i = 0; !e && i < LENGTH(chosen); i++)
		if (chosen[i].person)
			e = open_account(tx, chosen[i].person, chosen[i].login, chosen[i].who, out);
	return e;
}

enum err demo_accounts(struct demo *d, struct tx *tx, struct buf *out)
{
	static const struct {
		enum role role;
		const char *login, *who;
	} chosen[] = {
		{ ADMIN, "quantri", "quản trị, tỉnh Ninh Bình" },
		{ STEERING, "thuky.tinh", "thư ký Ban Chỉ đạo tỉnh" },
		{ FRONT, "mattran.tinh", "Mặt trận Tổ quốc tỉnh" },
		{ INSPECTOR, "thanhtra.tinh", "thanh tra tỉnh" },
	};
	struct demo_unit province = { 0 };
	enum err e = unit_find(tx, d->home->site.root, first_day(), &province.unit);
	demo_stream(d, S("province"), &province.rng);
	for (size_t i = 0; !e && i < LENGTH(chosen); i++) {
		struct member m;
		e = demo_appoint(tx, &province, &province.unit, (int)i + 1, chosen[i].role, &m);
		if (!e)
			e = open_account(tx, m.person, chosen[i].login, chosen[i].who, out);
	}
	return e ? e : open_chain(d, tx, out);
}
