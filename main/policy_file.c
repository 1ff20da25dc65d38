#include "main/policy_file.h"

#include "ledger/log_files.h"

#include <inttypes.h>

enum err policy_file_read(struct arena *a, struct str path, struct policy **out, struct str *why)
{
	struct str text, reason = S("");
	enum err e = file_read(str_z(a, path), POLICY_BYTES, a, &text, why);
	if (e)
		return e;
	*out = NEW(a, struct policy);
	if (policy_parse(a, text, *out, &reason))
		return OK;
	*why = str_printf(a, "%.*s: %.*s", STR_ARG(path), STR_ARG(reason));
	return ERR_INVALID;
}

enum err policy_file_key(const struct policy *p, const struct log_source *from, struct arena *a,
			 struct str *vkey, struct str *why)
{
	struct str note, origin;
	struct buf b = { .a = a };
	*vkey = S("");
	if (!p->logs.n)
		return OK;
	enum err e = from->fetch(from->self, S("checkpoint"), NOTE_BYTES, a, &note, why);
	if (e)
		return e;
	str_next(&note, '\n', &origin);
	for (size_t i = 0; i < p->logs.n; i++)
		if (str_eq(p->logs.at[i].key.name, origin)) {
			buf_put_vkey(&b, &p->logs.at[i].key);
			*vkey = buf_str(&b);
			return OK;
		}
	*why = str_printf(a, "the policy names no log called %.*s", STR_ARG(str_cut(origin, 200)));
	return ERR_INVALID;
}

void policy_file_judge(const struct policy *p, struct log_report *r, struct policy_seen *out)
{
	struct buf missing = { .a = r->a };
	struct note n;
	*out = (struct policy_seen){ .enough = false };
	if (!r->note.len || !note_parse(r->a, r->note, &n))
		return;
	policy_look(p, &n, out);
	if (out->enough)
		return;
	for (size_t i = 0; i < p->names.n; i++)
		if (!p->names.at[i].is_group && !out->cosigned[i])
			buf_printf(&missing, "%s%.*s", missing.len ? ", " : "",
				   STR_ARG(p->names.at[i].name));
	log_problem(r,
		    "%zu of the witnesses of the policy cosigned this checkpoint, which is not "
		    "enough: whoever shows it may show others another log. Missing: %.*s",
		    out->witnesses, STR_ARG(buf_str(&missing)));
}
