/* Members are typed as they stand in the minutes, one a line: name; role; whom they stand for. */
#include "modules/inspect/board_steps.h"

#include "base/utf8.h"

static const struct {
	const char *word, *role;
} role_words[] = {
	{ "trưởng ban", "head" },   { "phó trưởng ban", "deputy" }, { "phó ban", "deputy" },
	{ "thành viên", "member" }, { "ủy viên", "member" },        { "head", "head" },
	{ "deputy", "deputy" },     { "member", "member" },
};

static bool read_role(struct arena *a, struct str word, struct str *out)
{
	struct str low = utf8_lower(a, str_trim(word));
	for (size_t i = 0; i < LENGTH(role_words); i++)
		if (str_eq(low, str_of(role_words[i].word))) {
			*out = str_of(role_words[i].role);
			return true;
		}
	return false;
}

static bool read_member(struct arena *a, struct str line, struct board_member *out)
{
	struct str rest = line, name = S(""), role = S("");
	*out = (struct board_member){ .from = NO_DATE, .to = NO_DATE, .reason = S("") };
	if (!str_next(&rest, ';', &name) || !str_next(&rest, ';', &role))
		return false;
	out->name = str_trim(name);
	out->represents = str_trim(rest);
	return out->name.len >= 2 && read_role(a, role, &out->role) && out->represents.len >= 2;
}

bool board_read_members(struct arena *a, struct str text, struct board_member *out, size_t most,
			size_t *n, int *line)
{
	struct str rest = text, one = S("");
	*n = 0;
	*line = 0;
	while (str_next(&rest, '\n', &one)) {
		++*line;
		if (!str_trim(one).len)
			continue;
		if (*n == most || !read_member(a, str_trim(one), &out[*n]))
			return false;
		++*n;
	}
	return true;
}

bool board_is_resident(struct arena *a, const struct board_member *m)
{
	struct str low = utf8_lower(a, m->represents);
	return !str_has(low, S("mặt trận")) && !str_has(low, S("mttq")) &&
	       !str_has(low, S("thanh tra nhân dân")) && !str_has(low, S("ban ttnd"));
}

const struct board_member *board_member(const struct dossier *d, const struct line *l)
{
	return l->kind == &d->kind->lines[LINE_MEMBER] ? l->data : NULL;
}

bool board_member_sits(const struct board_member *m, struct date on)
{
	return date_is_set(m->from) && date_cmp(m->from, on) <= 0 &&
	       (!date_is_set(m->to) || date_cmp(on, m->to) <= 0);
}

size_t board_sitting(const struct dossier *d, struct date on)
{
	size_t n = 0;
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct board_member *m = board_member(d, &d->lines.at[i]);
		n += m && board_member_sits(m, on);
	}
	return n;
}
