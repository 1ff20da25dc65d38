/* One line after the other, each complaint with its number: this file is written by hand and decides
 * what somebody believes. */
#include "ledger/policy.h"

#include <string.h>

struct reading {
	struct arena *a;
	struct policy *p;
	struct str *why;
	int line;
	bool asked; /* the list of whom to ask: addresses needed, no quorum */
	bool quorum;
	struct str rest; /* of the line */
};

static bool complain(struct reading *r, const char *what)
{
	*r->why = str_printf(r->a, "line %d: %s", r->line, what);
	return false;
}

/* The next word of the line, "" at its end. */
static struct str word(struct reading *r)
{
	struct str s = r->rest;
	size_t n = 0;

	while (s.len && (s.at[0] == ' ' || s.at[0] == '\t'))
		s = str_from(s, 1);
	while (n < s.len && s.at[n] != ' ' && s.at[n] != '\t')
		n++;
	r->rest = str_from(s, n);
	return str_cut(s, n);
}

static bool ended(struct reading *r)
{
	return !word(r).len || complain(r, "something stands after the end of the line");
}

static bool key_read(struct reading *r, enum key_type type, struct vkey *out)
{
	if (!vkey_parse(word(r), out) || out->type != type)
		return complain(r, type == KEY_LOG ? "here stands no verifier key of a log"
						   : "here stands no verifier key of a witness");
	return true;
}

static bool url_read(struct reading *r, struct str *out)
{
	*out = word(r);
	if (out->len && !str_starts(*out, S("https://")) && !str_starts(*out, S("http://")))
		return complain(r, "an address begins with https://");
	return true;
}

static int find(const struct policy *p, struct str name)
{
	for (size_t i = 0; i < p->names.n; i++)
		if (str_eq(p->names.at[i].name, name))
			return (int)i;
	return -1;
}

static bool same_bytes(const struct vkey *x, const struct vkey *y)
{
	return memcmp(x->key.b, y->key.b, sizeof x->key.b) == 0;
}

static bool log_line(struct reading *r)
{
	struct policy *p = r->p;
	struct policy_log log;

	if (!key_read(r, KEY_LOG, &log.key) || !url_read(r, &log.url) || !ended(r))
		return false;
	for (size_t i = 0; i < p->logs.n; i++)
		if (same_bytes(&p->logs.at[i].key, &log.key))
			return complain(r, "this log stands here twice");
	if (p->logs.n == POLICY_LOGS)
		return complain(r, "there are too many logs");
	p->logs.at[p->logs.n++] = log;
	return true;
}

/* A place for one more name, which no other line has. */
static struct policy_name *name_new(struct reading *r)
{
	struct policy *p = r->p;
	struct str name = word(r);

	if (!name.len || str_eq(name, S("none")))
		complain(r, "here stands no name");
	else if (find(p, name) >= 0)
		complain(r, "this name stands here twice");
	else if (p->names.n == POLICY_NAMES)
		complain(r, "there are too many names");
	else {
		struct policy_name *n = &p->names.at[p->names.n];
		*n = (struct policy_name){ .name = name, .url = S("") };
		return n;
	}
	return NULL;
}

static bool witness_line(struct reading *r)
{
	struct policy *p = r->p;
	struct policy_name *w = name_new(r);

	if (!w || !key_read(r, KEY_COSIGNER, &w->key) || !url_read(r, &w->url) || !ended(r))
		return false;
	if (r->asked && !w->url.len)
		return complain(r, "the address of this witness is missing");
	for (size_t i = 0; i < p->names.n; i++)
		if (!p->names.at[i].is_group && same_bytes(&p->names.at[i].key, &w->key))
			return complain(r, "this witness stands here twice");
	p->names.n++;
	return true;
}

static bool member_add(struct reading *r, struct policy_name *g, struct str name)
{
	int at = find(r->p, name);

	if (at < 0)
		return complain(r, "a group is made of witnesses and groups of earlier lines");
	for (size_t i = 0; i < g->members.n; i++)
		if (g->members.at[i] == (size_t)at)
			return complain(r, "a member stands here twice");
	if (g->members.n == POLICY_MEMBERS)
		return complain(r, "there are too many members");
	g->members.at[g->members.n++] = (size_t)at;
	return true;
}

static bool group_line(struct reading *r)
{
	struct policy_name *g = name_new(r);
	struct str many, name;
	int64_t k = 0;

	if (!g)
		return false;
	g->is_group = true;
	many = word(r);
	while ((name = word(r)).len)
		if (!member_add(r, g, name))
			return false;
	if (!g->members.n)
		return complain(r, "a group has members");
	if (str_eq(many, S("any")))
		k = 1;
	else if (str_eq(many, S("all")))
		k = (int64_t)g->members.n;
	else if (!str_int(many, &k))
		k = 0;
	if (k < 1 || k > (int64_t)g->members.n)
		return complain(r, "a group says how many of its members are enough: a number up "
				   "to theirs, any or all");
	g->needed = (size_t)k;
	r->p->names.n++;
	return true;
}

static bool quorum_line(struct reading *r)
{
	struct str name = word(r);

	if (r->quorum)
		return complain(r, "there is one quorum line");
	r->quorum = true;
	r->p->quorum = str_eq(name, S("none")) ? -1 : find(r->p, name);
	if (r->p->quorum < 0 && !str_eq(name, S("none")))
		return complain(r, "the quorum is a witness or a group of an earlier line, or "
				   "none");
	return ended(r);
}

static bool line_read(struct reading *r)
{
	static const struct {
		struct str word;
		bool (*read)(struct reading *r);
	} lines[] = {
		{ S_INIT("log"), log_line },
		{ S_INIT("witness"), witness_line },
		{ S_INIT("group"), group_line },
		{ S_INIT("quorum"), quorum_line },
	};
	struct str first;

	for (size_t i = 0; i < r->rest.len; i++)
		if ((uint8_t)r->rest.at[i] < ' ' && r->rest.at[i] != '\t')
			return complain(r, "there is a control sign in it");
	first = word(r);
	if (!first.len || first.at[0] == '#')
		return true;
	for (size_t i = 0; i < LENGTH(lines); i++)
		if (str_eq(first, lines[i].word))
			return lines[i].read(r);
	return complain(r, "a line begins with log, witness, group or quorum");
}

static bool parse(struct arena *a, struct str text, bool asked, struct policy *out, struct str *why)
{
	struct reading r = { .a = a, .p = NEW(a, struct policy), .why = why, .asked = asked };

	if (text.len > POLICY_BYTES) {
		*why = S("the file is too large");
		return false;
	}
	r.p->quorum = -1;
	for (struct str rest = text; str_next(&rest, '\n', &r.rest);) {
		r.line++;
		if (!line_read(&r))
			return false;
	}
	if (!asked && !r.quorum) {
		*why = S("there is no quorum line: quorum NAME, or quorum none");
		return false;
	}
	*out = *r.p;
	return true;
}

bool policy_parse(struct arena *a, struct str text, struct policy *out, struct str *why)
{
	return parse(a, text, false, out, why);
}

bool policy_parse_witnesses(struct arena *a, struct str text, struct policy *out, struct str *why)
{
	return parse(a, text, true, out, why);
}

void policy_look(const struct policy *p, const struct note *n, struct policy_seen *out)
{
	*out = (struct policy_seen){ .enough = p->quorum < 0 };
	bool reached[POLICY_NAMES] = { false };

	/* Members stand before their groups, so one walk is enough. */
	for (size_t i = 0; i < p->names.n; i++) {
		const struct policy_name *name = &p->names.at[i];
		size_t count = 0;
		if (!name->is_group) {
			out->cosigned[i] = note_verify(n, &name->key, &out->time[i]);
			out->witnesses += out->cosigned[i];
		}
		for (size_t m = 0; m < name->members.n; m++)
			count += reached[name->members.at[m]];
		reached[i] = name->is_group ? count >= name->needed : out->cosigned[i];
	}
	if (p->quorum >= 0)
		out->enough = reached[p->quorum];
}
