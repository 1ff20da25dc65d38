/* From pairs to a struct. A person may write "1.404" or "1 404", "25/11/2026" or "25-11-2026"; what
 * is kept is a number and a day. */
#include "web/form.h"

#include "base/utf8.h"
#include "web/guard.h"
#include "web/house.h"

#include <string.h>

enum { FIELDS_LEAST = 64 * 1024, FIELDS_MOST = 1024 * 1024, BYTES_A_SIGN = 4 };
#define FILE_MOST (INT64_C(20) * 1024 * 1024)

size_t form_size(const struct field *fields)
{
	static const size_t sizes[] = {
		[FIELD_TEXT] = sizeof(struct str),  [FIELD_INT] = sizeof(int64_t),
		[FIELD_DATE] = sizeof(struct date), [FIELD_BOOL] = sizeof(bool),
		[FIELD_LIST] = sizeof(struct strs), [FIELD_FILES] = sizeof(struct file_refs),
	};
	size_t size = 1;
	for (const struct field *f = fields; f && f->type; f++)
		if (f->offset + sizes[f->type] > size)
			size = f->offset + sizes[f->type];
	return size;
}

struct body_limits form_limits(const struct field *fields)
{
	struct body_limits l = { .fields = FIELDS_LEAST };
	size_t text = FIELDS_LEAST / 2;
	for (const struct field *f = fields; f && f->type; f++) {
		if (f->type == FIELD_TEXT)
			text += (size_t)field_max(f) * BYTES_A_SIGN;
		if (f->type != FIELD_FILES)
			continue;
		l.file = FILE_MOST;
		l.files = 5 * l.file;
		l.file_count += (size_t)field_max(f);
	}
	if (text > l.fields)
		l.fields = text < FIELDS_MOST ? text : FIELDS_MOST;
	return l;
}

/* Points and spaces between the digits go when they stand before each group of three. */
static bool read_number(struct arena *a, struct str text, int64_t *out)
{
	struct buf b = { .a = a };
	size_t since = 0;
	bool grouped = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		bool space = (unsigned char)c == 0xC2 && i + 1 < text.len &&
			     (unsigned char)text.at[i + 1] == 0xA0;
		if (c == '.' || c == ' ' || space) {
			if (!since || (grouped && since != 3) || since > 3)
				return false;
			grouped = true;
			since = 0;
			i += space;
			continue;
		}
		since += c != '-';
		buf_putc(&b, c);
	}
	return (!grouped || since == 3) && str_int(buf_str(&b), out);
}

static struct str one_line(struct arena *a, struct str text)
{
	char *z = str_z(a, text);
	for (size_t i = 0; i < text.len; i++)
		if (z[i] == '\n' || z[i] == '\t')
			z[i] = ' ';
	return (struct str){ z, text.len };
}

static struct strs read_list(struct req *r, const struct field *f, struct strs sent)
{
	bool lines = !f->choices && !f->options;
	struct strs all = { NULL, 0 };
	size_t most = 0;
	for (size_t i = 0; i < sent.n; i++) {
		most++;
		for (size_t k = 0; k < sent.at[i].len; k++)
			most += sent.at[i].at[k] == '\n';
	}
	all.at = NEW_N(r->mem, struct str, most);
	for (size_t i = 0; i < sent.n; i++) {
		struct str rest = utf8_clean(r->mem, sent.at[i]), line;
		while (str_next(&rest, lines ? '\n' : 0, &line)) {
			line = str_trim(line);
			if (line.len)
				all.at[all.n++] = line;
		}
	}
	return all;
}

static void put_fault(struct req *r, const struct field *f, enum msg text)
{
	fault_add_msg(&r->faults, f->name, text);
}

static void put_large(struct req *r, const struct field *f, const struct upload *u)
{
	enum { MB = 1024 * 1024 };
	struct buf b = { .a = r->mem };
	msg_web_fault_file_large(&b, r->lang, u->name, (u->size + MB - 1) / MB, FILE_MOST / MB);
	fault_add(&r->faults, f->name, buf_str(&b));
}

static void put_named(struct req *r, const struct field *f, const struct upload *u, struct str why)
{
	struct buf b = { .a = r->mem };
	msg_web_fault_file_named(&b, r->lang, u->name, why);
	fault_add(&r->faults, f->name, buf_str(&b));
}

static bool takes(const struct field *f)
{
	return f && f->type == FIELD_FILES && !f->hidden;
}

enum err form_keep(struct req *r, const struct field *fields)
{
	for (size_t i = 0; i < r->uploads.n; i++) {
		struct upload *u = &r->uploads.at[i];
		if (u->kept || u->too_large || !takes(field_find(fields, u->field)))
			continue;
		struct file_ref *ref = NEW(r->mem, struct file_ref);
		enum err e = r->house->upload_keep ? r->house->upload_keep(r, u, ref, &u->refused)
						   : ERR_INVALID;
		if (e && e != ERR_INVALID)
			return e;
		if (!e)
			u->kept = ref;
	}
	return OK;
}

static void read_files(struct req *r, const struct field *f, struct strs sent,
		       struct file_refs *out)
{
	struct file_refs all = { NEW_N(r->mem, struct file_ref, sent.n + r->uploads.n), 0 };
	struct str tie = r->session.len ? r->session : r->visitor;
	for (size_t i = 0; i < sent.n; i++) {
		if (sent.at[i].len &&
		    kept_read(r->mem, r->house->secret, tie, sent.at[i], &all.at[all.n]))
			all.n++;
		else if (sent.at[i].len)
			put_fault(r, f, MSG_WEB_FAULT_FILE_GONE);
	}
	for (size_t i = 0; i < r->uploads.n; i++) {
		const struct upload *u = &r->uploads.at[i];
		if (!str_eq(u->field, str_of(f->name)))
			continue;
		if (u->too_large)
			put_large(r, f, u);
		else if (u->kept)
			all.at[all.n++] = *u->kept;
		else if (u->refused.len)
			put_named(r, f, u, u->refused);
		else
			put_fault(r, f, MSG_WEB_FAULT_FILE_REFUSED);
	}
	*out = all;
}

static void read_field(struct req *r, const struct field *f, void *out)
{
	struct strs sent = pairs_all(r->mem, &r->fields, str_of(f->name));
	struct str text = sent.n ? utf8_clean(r->mem, sent.at[0]) : S("");
	switch (f->type) {
	case FIELD_TEXT:
		*field_str(f, out) = f->lines ? text : one_line(r->mem, text);
		break;
	case FIELD_INT:
		if (text.len && !read_number(r->mem, text, field_int(f, out)))
			put_fault(r, f, MSG_WEB_FAULT_NUMBER);
		break;
	case FIELD_DATE:
		if (text.len && !date_parse_any(text, field_date(f, out)))
			put_fault(r, f, MSG_WEB_FAULT_DATE);
		break;
	case FIELD_BOOL:
		*field_bool(f, out) = text.len > 0;
		break;
	case FIELD_LIST:
		*field_list(f, out) = read_list(r, f, sent);
		break;
	case FIELD_FILES:
		read_files(r, f, sent, field_files(f, out));
		break;
	case FIELD_END:
		break;
	}
}

void form_read(struct req *r, const struct field *fields, void *out)
{
	fields_init(fields, out);
	r->form = out;
	r->form_fields = fields;
	for (const struct field *f = fields; f && f->type; f++)
		if (!f->hidden)
			read_field(r, f, out);
}
