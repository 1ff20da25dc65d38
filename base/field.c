/* Walks over field tables. Each walk is one switch, so a new field type is one case in each. */
#include "base/field.h"

#include <string.h>

static void *member(const struct field *f, const void *owner)
{
	return (char *)(uintptr_t)owner + f->offset;
}

struct str *field_str(const struct field *f, const void *owner)
{
	return member(f, owner);
}

int64_t *field_int(const struct field *f, const void *owner)
{
	return member(f, owner);
}

struct date *field_date(const struct field *f, const void *owner)
{
	return member(f, owner);
}

bool *field_bool(const struct field *f, const void *owner)
{
	return member(f, owner);
}

struct strs *field_list(const struct field *f, const void *owner)
{
	return member(f, owner);
}

struct file_refs *field_files(const struct field *f, const void *owner)
{
	return member(f, owner);
}

const struct field *field_find(const struct field *table, struct str name)
{
	for (const struct field *f = table; f && f->type; f++)
		if (str_eq(str_of(f->name), name))
			return f;
	return NULL;
}

bool field_is_empty(const struct field *f, const void *owner)
{
	switch (f->type) {
	case FIELD_TEXT:
		return !field_str(f, owner)->len;
	case FIELD_INT:
		return !*field_int(f, owner);
	case FIELD_DATE:
		return !date_is_set(*field_date(f, owner));
	case FIELD_BOOL:
		return !*field_bool(f, owner);
	case FIELD_LIST:
		return !field_list(f, owner)->n;
	case FIELD_FILES:
		return !field_files(f, owner)->n;
	case FIELD_END:
		break;
	}
	return true;
}

int64_t field_max(const struct field *f)
{
	if (f->max)
		return f->max;
	switch (f->type) {
	case FIELD_TEXT:
		return f->lines ? 20000 : 200;
	case FIELD_LIST:
		return 50;
	case FIELD_FILES:
		return 10;
	default:
		return INT64_MAX;
	}
}

void fields_init(const struct field *table, void *owner)
{
	for (const struct field *f = table; f && f->type; f++)
		if (f->type == FIELD_DATE)
			*field_date(f, owner) = NO_DATE;
}

static void write_files(struct buf *b, const struct file_refs *files)
{
	buf_putc(b, '[');
	for (size_t i = 0; i < files->n; i++) {
		json_comma(b);
		buf_putc(b, '{');
		json_key_str(b, "sha256", files->at[i].sha256);
		json_key_str(b, "name", files->at[i].name);
		json_key_str(b, "type", files->at[i].type);
		json_key_int(b, "size", files->at[i].size);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

static void write_value(struct buf *b, const struct field *f, const void *owner)
{
	const struct strs *list;
	switch (f->type) {
	case FIELD_TEXT:
		json_str(b, *field_str(f, owner));
		break;
	case FIELD_INT:
		buf_put_int(b, *field_int(f, owner));
		break;
	case FIELD_DATE:
		json_str(b, date_iso(b->a, *field_date(f, owner)));
		break;
	case FIELD_BOOL:
		buf_put(b, *field_bool(f, owner) ? S("true") : S("false"));
		break;
	case FIELD_LIST:
		list = field_list(f, owner);
		buf_putc(b, '[');
		for (size_t i = 0; i < list->n; i++) {
			json_comma(b);
			json_str(b, list->at[i]);
		}
		buf_putc(b, ']');
		break;
	case FIELD_FILES:
		write_files(b, field_files(f, owner));
		break;
	case FIELD_END:
		break;
	}
}

void fields_write(struct buf *b, const struct field *table, const void *owner,
		  bool (*skip)(const struct field *f))
{
	for (const struct field *f = table; f && f->type; f++) {
		if (field_is_empty(f, owner) || (skip && skip(f)))
			continue;
		json_key(b, f->name);
		write_value(b, f, owner);
	}
}

static void read_files(struct arena *a, const struct json *j, struct file_refs *out)
{
	*out = (struct file_refs){ NEW_N(a, struct file_ref, j->count), j->count };
	for (size_t i = 0; i < j->count; i++)
		out->at[i] = (struct file_ref){
			.sha256 = json_get_str(&j->items[i], "sha256"),
			.name = json_get_str(&j->items[i], "name"),
			.type = json_get_str(&j->items[i], "type"),
			.size = json_get_int(&j->items[i], "size"),
		};
}

static void read_list(struct arena *a, const struct json *j, struct strs *out)
{
	*out = (struct strs){ NEW_N(a, struct str, j->count), j->count };
	for (size_t i = 0; i < j->count; i++)
		out->at[i] = j->items[i].kind == J_STR ? j->items[i].s : S("");
}

void fields_read(struct arena *a, const struct field *table, const struct json *j, void *owner)
{
	for (const struct field *f = table; f && f->type; f++) {
		const struct json *v = json_get(j, f->name);
		if (f->type == FIELD_TEXT && v->kind == J_STR)
			*field_str(f, owner) = v->s;
		else if (f->type == FIELD_INT && v->kind == J_INT)
			*field_int(f, owner) = v->n;
		else if (f->type == FIELD_DATE && v->kind == J_STR)
			*field_date(f, owner) = json_get_date(j, f->name);
		else if (f->type == FIELD_BOOL && v->kind != J_NULL)
			*field_bool(f, owner) = v->kind == J_TRUE;
		else if (f->type == FIELD_LIST && v->kind == J_LIST)
			read_list(a, v, field_list(f, owner));
		else if (f->type == FIELD_FILES && v->kind == J_LIST)
			read_files(a, v, field_files(f, owner));
	}
}

static bool lists_equal(const struct strs *x, const struct strs *y)
{
	for (size_t i = 0; x->n == y->n && i < x->n; i++)
		if (!str_eq(x->at[i], y->at[i]))
			return false;
	return x->n == y->n;
}

static bool files_equal(const struct file_refs *x, const struct file_refs *y)
{
	for (size_t i = 0; x->n == y->n && i < x->n; i++)
		if (!str_eq(x->at[i].sha256, y->at[i].sha256) ||
		    !str_eq(x->at[i].name, y->at[i].name))
			return false;
	return x->n == y->n;
}

static bool equal(const struct field *f, const void *x, const void *y)
{
	switch (f->type) {
	case FIELD_TEXT:
		return str_eq(*field_str(f, x), *field_str(f, y));
	case FIELD_INT:
		return *field_int(f, x) == *field_int(f, y);
	case FIELD_DATE:
		return date_cmp(*field_date(f, x), *field_date(f, y)) == 0;
	case FIELD_BOOL:
		return *field_bool(f, x) == *field_bool(f, y);
	case FIELD_LIST:
		return lists_equal(field_list(f, x), field_list(f, y));
	case FIELD_FILES:
		return files_equal(field_files(f, x), field_files(f, y));
	case FIELD_END:
		break;
	}
	return true;
}

bool fields_equal(const struct field *table, const void *x, const void *y)
{
	for (const struct field *f = table; f && f->type; f++)
		if (!equal(f, x, y))
			return false;
	return true;
}

void fields_copy(const struct field *table, const void *from, void *to)
{
	static const size_t sizes[] = {
		[FIELD_TEXT] = sizeof(struct str),  [FIELD_INT] = sizeof(int64_t),
		[FIELD_DATE] = sizeof(struct date), [FIELD_BOOL] = sizeof(bool),
		[FIELD_LIST] = sizeof(struct strs), [FIELD_FILES] = sizeof(struct file_refs),
	};
	for (const struct field *f = table; f && f->type; f++)
		memcpy(member(f, to), member(f, from), sizes[f->type]);
}
