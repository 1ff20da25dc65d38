#include "tests/walk.h"

#include "ledger/log.h"
#include "ledger/log_files.h"
#include "office/account.h"
#include "office/file.h"
#include "office/site.h"
#include "office/unit_edit.h"
#include "office/unit_load.h"
#include "tests/log_vectors.h"
#include "web/module.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DO(call)                                                          \
	do {                                                              \
		enum err e_ = (call);                                     \
		if (e_)                                                   \
			FAIL("%s: %s: %s", #call, err_name(e_), tx->why); \
	} while (0)

static const struct member system_member = { .system = true };

static const char units[] = "code\tparent\tlevel\ttype_vi\tname_vi\tname_en\n"
			    "37\t\t1\ttỉnh\tNinh Bình\t\n"
			    "374\t37\t2\thuyện\tHoa Lư\t\n"
			    "14536\t374\t3\txã\tNinh Vân\t\n"
			    "14539\t374\t3\txã\tNinh Hải\t\n";

int walk_role_index(enum role role)
{
	int i = 0;
	while ((unsigned)role >> (i + 1))
		i++;
	return i;
}

static int64_t add_unit(struct tx *tx, int64_t parent, enum unit_level level, const char *code,
			const char *type, const char *name)
{
	struct unit_new n = { .parent = parent,
			      .level = level,
			      .code = str_of(code),
			      .type = str_of(type),
			      .name = str_of(name),
			      .from = NO_DATE,
			      .to = NO_DATE,
			      .households = level == LEVEL_VILLAGE ? 100 : 0,
			      .head_count = level == LEVEL_VILLAGE ? 400 : 60 };
	int64_t id = 0;
	DO(unit_add(tx, &n, &id));
	return id;
}

static int64_t unit_of(struct tx *tx, const char *code)
{
	struct unit u = { 0 };
	if (unit_by_code(tx, str_of(code), tx_today(tx), &u))
		FAIL("no unit %s", code);
	return u.id;
}

/* The connection goes with the test, however it ends. */
static void close_db(void *db)
{
	db_close(*(struct db **)db);
}

static void make_units(struct walk_site *s, struct tx *tx)
{
	static const char *const codes[PLACES] = {
		[AT_COMMUNE] = "14536",    [AT_VILLAGE] = "14536-01", [AT_AGENCY] = "CQ-01",
		[AT_ENTERPRISE] = "DN-01", [AT_ROOT] = "374",         [AT_OTHER] = "14539"
	};
	struct unit_lists lists = { .units_2020 = str_of(units) };
	int64_t root = 0, place;
	DO(unit_load(tx, &lists, S("374"), tx_today(tx), &root));
	DO(site_make(tx, &(struct site){ .root = root,
					 .name = S("huyện Hoa Lư"),
					 .origin = S(VECTOR_ORIGIN) }));
	int64_t commune = unit_of(tx, "14536");
	add_unit(tx, commune, LEVEL_VILLAGE, codes[AT_VILLAGE], "thôn", "Xuân Thành");
	add_unit(tx, root, LEVEL_AGENCY, codes[AT_AGENCY], "", "Phòng Nội vụ");
	add_unit(tx, root, LEVEL_ENTERPRISE, codes[AT_ENTERPRISE], "", "Công ty Nhà nước Mẫu");
	for (int i = 0; i < PLACES; i++) {
		s->code[i] = str_of(codes[i]);
		s->unit[i] = unit_of(tx, codes[i]);
		struct unit_facts facts = { true, true, 1200, 4800 };
		DO(unit_declare(tx, s->unit[i], date_add(tx_today(tx), -400), &facts));
		DO(notice_place_add(tx, s->unit[i], S("Trụ sở"), date_add(tx_today(tx), -400),
				    &place));
		DO(notice_place_add(tx, s->unit[i], S("Nhà văn hóa"), date_add(tx_today(tx), -400),
				    &place));
	}
}

static int64_t add_person(struct tx *tx, int64_t unit, struct str login)
{
	static struct password hashed; /* the same for all: nobody signs in by it */
	struct credential c;
	int64_t id = 0;
	if (!hashed.text[0])
		DO(password_hash(S("mat khau thu 12"), &hashed));
	DO(person_add(tx, str_printf(tx->mem, "Nguyễn Văn %.*s", STR_ARG(login)), unit, true, &id));
	DO(account_add(tx, id, login));
	DO(account_set_password(tx, id, &hashed));
	DO(credential_of(tx, id, &c));
	c.passed = true; /* it was the person's own choice: need not be changed */
	DO(account_change_password(tx, &c, &hashed));
	return id;
}

static void make_people(struct walk_site *s, struct tx *tx)
{
	for (int p = 0; p < PLACES; p++)
		for (int i = 0; i < WALK_ROLES; i++) {
			struct appointment_new n = { .unit = s->unit[p],
						     .role = (enum role)(1 << i),
						     .field = S(""),
						     .from = date_add(tx_today(tx), -300),
						     .to = NO_DATE };
			int64_t id;
			n.person = s->person[p][i] = add_person(
				tx, s->unit[p], str_printf(tx->mem, "nguoi-%d-%d", p, i));
			if (i)
				DO(appointment_make(tx, &n, &id));
		}
}

/* A small text file, for steps that ask for evidence. */
static void keep_file(struct walk_site *s, struct tx *tx, struct str text, struct file_ref *out)
{
	struct arena *a = test_arena();
	const char *path = str_z(a, str_printf(a, "%s/bang-chung.txt", s->dir));
	struct str why = S("");
	DO(file_replace(path, text, 0600, a, &why));
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	CHECK(fd >= 0);
	if (file_keep(a, s->dir, fd, S("bang-chung.txt"), LANG_VI, out, &why))
		FAIL("%.*s", STR_ARG(why));
	unlink(path);
}

void walk_site_make(struct walk_site *s)
{
	struct arena *a = test_arena();
	struct rng rng;
	struct str why = S("");
	*s = (struct walk_site){ .dir = test_site(), .begins = test_instant("2024-03-04T08:00") };
	rng_seeded(&rng, 1);
	struct db **db = NEW(a, struct db *);
	arena_defer(a, close_db, db);
	*db = test_open(s->dir, DB_WRITE);
	if (law_builtin(a, &s->office.law, &why))
		FAIL("%.*s", STR_ARG(why));
	s->office.calendar = calendar_of_law(a, s->office.law);
	s->office.kinds = every_kind(a);
	s->office.files = s->dir;
	struct tx first = { .mem = a,
			    .rng = &rng,
			    .now = s->begins,
			    .office = &s->office,
			    .who = &system_member },
		  *tx = &first;
	const char *key = str_z(a, str_printf(a, "%s/log.key", s->dir));
	DO(file_replace(key,
			S("PRIVATE+KEY+" VECTOR_ORIGIN
			  "+04ccf484+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n"),
			0600, a, &why));
	CHECK(chmod(key, 0600) == 0);
	DO(tx_begin(tx, *db, DB_WRITE));
	DO(log_init(tx, S(VECTOR_ORIGIN), S(VECTOR_VKEY)));
	make_units(s, tx);
	make_people(s, tx);
	DO(tx_end(tx, OK));
	/* The first checkpoint, of the empty log. */
	struct log *log;
	DO(tx_begin(tx, *db, DB_READ));
	if (log_open(tx, str_of(s->dir), S(""), &log, &why))
		FAIL("%.*s", STR_ARG(why));
	log_close(log);
	DO(tx_end(tx, OK));
	keep_file(s, tx, S("Biên bản, ngày 4 tháng 3 năm 2024\n"), &s->file);
	keep_file(s, tx, S("Biên bản, ngày ---\n"), &s->blackened);
	db_close(*db);
	*db = NULL;
}
