/* The same matter in other words, and what is none. */
#include "office/alike.h"

#include "office/test_office.h"
#include "store/search.h"

static const struct state states[] = { { 2, "out", MSG_NONE, TONE_INFO, VISIBLE_PUBLIC }, { 0 } };
static const struct step steps[] = { { 0 } };
static const struct field fields[] = { { 0 } };
static const struct kind paper_kind = { .name = "paper",
					.code = "GI",
					.slug = "giay",
					.fields = fields,
					.states = states,
					.steps = steps };
static const struct kind *const kinds[] = { &paper_kind, NULL };
static struct office office = { .kinds = kinds };

static int score(const char *x, const char *y)
{
	return alike(test_arena(), str_of(x), str_of(y));
}

TEST(two_titles_are_alike_by_their_words_and_not_by_their_signs)
{
	CHECK_INT(score("Xe tải làm hỏng đường", "xe TAI lam hong duong"), 100);
	CHECK(score("Xe tải chở đá làm hỏng đường trục thôn Đông",
		    "Đường trục thôn Đông bị xe tải làm hỏng") >= ALIKE_LEAST);
	CHECK(score("Đèn đường ngã ba chợ không sáng", "Cống thoát nước bị tắc") < ALIKE_LEAST);
	CHECK_INT(score("", "Cống thoát nước bị tắc"), 0);
	CHECK_INT(score("...", "..."), 0);
	CHECK_INT(score("Rác", "Rác"), 100);
}

static int64_t paper(struct tx *tx, int64_t visibility, const char *title)
{
	static int n;
	struct query q =
		db_query(tx, "INSERT INTO dossier (code, kind, unit, holder, state, visibility,"
			     " channel, title, number, facet, opened_on, shown_on, changed_at,"
			     " unverified, acts, versions, data) VALUES ($1, 'paper', 1, 1, 2, $2,"
			     " 0, $3, '', '', '2026-03-01', '2026-03-01', 0, 0, 1, 1, '{}')"
			     " RETURNING id");
	BIND(&q, str_printf(test_arena(), "GI-%d", n++), visibility, str_of(title));
	CHECK_INT(db_one(&q), OK);
	int64_t id = col_int(&q, 0);
	db_end(&q);
	struct query u = db_query(tx, "INSERT INTO dossier_under (ancestor, kind, facet, shown_on,"
				      " dossier, timing) VALUES (1, 'paper', '', '2026-03-01', $1,"
				      " 0)");
	BIND(&u, id);
	CHECK_INT(db_exec(&u), OK);
	CHECK_INT(search_put(tx, id, str_of(title), S(""), S("")), OK);
	return id;
}

TEST(what_is_public_is_found_the_most_alike_first_and_nothing_else)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct list_rows found;
	tx->office = &office;
	int64_t near = paper(tx, VISIBLE_PUBLIC, "Sửa đường trục thôn Đông bị xe tải làm hỏng");
	int64_t nearest = paper(tx, VISIBLE_PUBLIC, "Xe tải làm hỏng đường trục thôn Đông");
	paper(tx, VISIBLE_PUBLIC, "Thu tiền nước sạch quý hai");
	paper(tx, VISIBLE_INTERNAL, "Xe tải làm hỏng đường trục thôn Đông");
	CHECK_INT(alike_public(tx, 1, S("xe tai lam hong duong truc thon dong"), 5, &found), OK);
	CHECK_INT(found.n, 2);
	CHECK_INT(found.at[0].id, nearest);
	CHECK_INT(found.at[1].id, near);
	CHECK_INT(alike_public(tx, 2, S("xe tai lam hong duong truc thon dong"), 5, &found), OK);
	CHECK_INT(found.n, 0); /* elsewhere */
	CHECK_INT(alike_public(tx, 1, S(""), 5, &found), OK);
	CHECK_INT(found.n, 0);
}
