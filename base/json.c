/* The writer, and asking a tree; the reader is json_read.c. */
#include "base/json.h"

#include "base/utf8.h"

static void put_escaped(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789abcdef";
	size_t from = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put_bytes(b, s.at + from, i - from);
		from = i + 1;
		if (c == '"' || c == '\\') {
			char pair[] = { '\\', (char)c };
			buf_put_bytes(b, pair, 2);
		} else if (c == '\n') {
			buf_put(b, S("\\n"));
		} else {
			char six[] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
			buf_put_bytes(b, six, 6);
		}
	}
	buf_put_bytes(b, s.at + from, s.len - from);
}

void json_str(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	if (utf8_valid(s))
		put_escaped(b, s);
	else
		buf_put(b, S("\xEF\xBF\xBD"));
	buf_putc(b, '"');
}

void json_comma(struct buf *b)
{
	char last = b->len ? b->at[b->len - 1] : '{';
	if (last != '{' && last != '[' && last != ':' && last != ',' && last != '\n')
		buf_putc(b, ',');
}

void json_key(struct buf *b, const char *key)
{
	json_comma(b);
	json_str(b, str_of(key));
	buf_putc(b, ':');
}

void json_key_str(struct buf *b, const char *key, struct str s)
{
	json_key(b, key);
	json_str(b, s);
}

void json_key_int(struct buf *b, const char *key, int64_t n)
{
	json_key(b, key);
	buf_put_int(b, n);
}

void json_key_bool(struct buf *b, const char *key, bool v)
{
	json_key(b, key);
	buf_put(b, v ? S("true") : S("false"));
}

void json_key_date(struct buf *b, const char *key, struct date d)
{
	json_key(b, key);
	if (!date_is_set(d)) {
		buf_put(b, S("null"));
		return;
	}
	buf_putc(b, '"');
	buf_put_date(b, d);
	buf_putc(b, '"');
}

const struct json *json_get(const struct json *j, const char *key)
{
	static const struct json nothing = { .kind = J_NULL };
	for (size_t i = 0; j->kind == J_OBJECT && i < j->count; i++)
		if (str_eq(j->members[i].key, str_of(key)))
			return &j->members[i].value;
	return &nothing;
}

struct str json_get_str(const struct json *j, const char *key)
{
	const struct json *v = json_get(j, key);
	return v->kind == J_STR ? v->s : S("");
}

int64_t json_get_int(const struct json *j, const char *key)
{
	return json_get(j, key)->n; /* 0 unless J_INT */
}

bool json_get_bool(const struct json *j, const char *key)
{
	return json_get(j, key)->kind == J_TRUE;
}

struct date json_get_date(const struct json *j, const char *key)
{
	struct date d = NO_DATE;
	return date_parse(json_get_str(j, key), &d) ? d : NO_DATE;
}
