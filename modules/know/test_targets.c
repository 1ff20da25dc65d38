/* Whom a document names. */
#include "modules/know/test_document.h"

static const struct {
	const char *names;
	int64_t n;
	const char *wrong;
} typed[] = {
	{ "14536", 1, "" },
	{ "xã Ninh Vân", 1, "" },
	{ "ninh van", 1, "" },
	{ "Ninh Vân; Ninh Hải\n14542", 3, "" },
	{ "Ninh Vân\nxã Ninh Vân\n14536", 1, "" }, /* the same unit three times */
	{ "ninh", 0, "ninh" },                     /* several */
	{ "Hoa Lư", 1, "" },
	{ "37", 0, "37" }, /* itself */
	{ "Không Có", 0, "Không Có" },
	{ "14536\n99999", 1, "99999" },
	{ " ;; \n ", 0, "" },
};

TEST(units_are_named_by_code_or_by_the_name_of_exactly_one)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct strs none = { NULL, 0 }, ids;
	struct str wrong;
	bool many;
	for (size_t i = 0; i < LENGTH(typed); i++) {
		CHECK_INT(targets_find(tx, province, &none, str_of(typed[i].names), &ids, &wrong,
				       &many),
			  OK);
		if ((int64_t)ids.n != typed[i].n || !str_eq(wrong, str_of(typed[i].wrong)))
			FAIL("\"%s\" finds %zu units, wrong is \"%.*s\"", typed[i].names, ids.n,
			     STR_ARG(wrong));
		CHECK(!many);
	}
	/* A district names what lies beneath it and nothing beside it. */
	CHECK_INT(targets_find(tx, district, &none, S("14362"), &ids, &wrong, &many), OK);
	CHECK_INT(ids.n, 0);
	CHECK_STR(wrong, S("14362"));
	CHECK_INT(targets_find(tx, district, list("communes:370"), S(""), &ids, &wrong, &many), OK);
	CHECK_INT(ids.n, 0);
}

TEST(at_most_four_hundred_units_are_asked_at_a_time)
{
	struct tx *tx = site("2021-04-15T08:00");
	struct strs ids;
	struct str wrong;
	bool many;
	tx->who = &program;
	for (int i = 0; i < 401; i++) {
		struct unit_new n = { .parent = ninh_van,
				      .level = LEVEL_VILLAGE,
				      .code = S(""),
				      .type = S("thôn"),
				      .name = str_printf(tx->mem, "Mẫu %d", i),
				      .from = NO_DATE,
				      .to = NO_DATE };
		int64_t id;
		CHECK_INT(unit_add(tx, &n, &id), OK);
	}
	CHECK_INT(targets_find(tx, ninh_van, list("villages"), S(""), &ids, &wrong, &many), OK);
	CHECK(many);
	struct document form = plan("Kế hoạch rộng", "2021-02-01");
	struct faults faults = { .a = tx->mem };
	struct dossier *d;
	form.groups = *list("villages");
	form.asked = S("issue");
	form.due_on = test_date("2021-03-31");
	CHECK_INT(record(tx, &of_ninh_van, form, "2021-02-01", &faults, &d), ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("units"));
}
