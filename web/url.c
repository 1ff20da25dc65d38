/* Literals come from the program, segments and values from data: only the latter are escaped. */
#include "web/url.h"

#include <string.h>

struct url url_path_n(struct arena *a, enum lang lang, const char *literal,
		      const struct str *segments, size_t n)
{
	struct buf b = { .a = a };
	size_t next = 0;
	if (lang == LANG_EN)
		buf_put(&b, S("/en"));
	if (lang == LANG_EN && strcmp(literal, "/") == 0)
		return (struct url){ buf_str(&b) };
	for (const char *c = literal; *c; c++) {
		if (c[0] == '%' && c[1] == 's') {
			percent_encode(&b, next < n ? segments[next] : S(""));
			next++;
			c++;
		} else {
			buf_putc(&b, *c);
		}
	}
	return (struct url){ buf_str(&b) };
}

struct url url_with(struct arena *a, struct url base, struct str name, struct str value)
{
	struct buf b = { .a = a };
	if (!value.len)
		return base;
	buf_put(&b, base.s);
	buf_putc(&b, str_has(base.s, S("?")) ? '&' : '?');
	percent_encode(&b, name);
	buf_putc(&b, '=');
	percent_encode(&b, value);
	return (struct url){ buf_str(&b) };
}

struct url url_with_int(struct arena *a, struct url base, struct str name, int64_t value)
{
	struct buf b = { .a = a };
	buf_put_int(&b, value);
	return url_with(a, base, name, buf_str(&b));
}

struct url url_at(struct arena *a, struct url base, struct str id)
{
	struct buf b = { .a = a };
	buf_put(&b, base.s);
	buf_putc(&b, '#');
	percent_encode(&b, id);
	return (struct url){ buf_str(&b) };
}

struct url url_none(void)
{
	return (struct url){ S("") };
}

struct url url_query(struct arena *a, struct str path, const struct pairs *query, struct str name,
		     struct str value)
{
	struct url out = { path };
	for (size_t i = 0; i < query->n; i++)
		if (!str_eq(query->at[i].name, name))
			out = url_with(a, out, query->at[i].name, query->at[i].value);
	return url_with(a, out, name, value);
}

static bool is_host(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
		if (!good)
			return false;
	}
	return s.len && s.len <= 255 && s.at[0] != '.' && s.at[0] != '-' && s.at[0] != ':';
}

bool url_external(struct arena *a, struct str text, struct url *out)
{
	struct str s = str_trim(text);
	size_t scheme = str_starts(s, S("https://")) ? 8 : str_starts(s, S("http://")) ? 7 : 0;
	size_t end = scheme;
	if (!scheme || s.len > QUERY_MAX)
		return false;
	while (end < s.len && !strchr("/?#", s.at[end]))
		end++;
	if (!is_host((struct str){ s.at + scheme, end - scheme }))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (c <= ' ' || c == 0x7F || strchr("<>\"\\^`{|}", c))
			return false;
	}
	*out = (struct url){ str_dup(a, s) };
	return true;
}

struct url url_on(struct arena *a, struct url site, struct url path)
{
	struct str at = site.s;
	while (at.len && at.at[at.len - 1] == '/')
		at.len--;
	return (struct url){ str_printf(a, "%.*s%.*s", STR_ARG(at), STR_ARG(path.s)) };
}

struct url url_local(struct arena *a, struct str text)
{
	char path[QUERY_MAX], query[QUERY_MAX];
	struct str rest = text, before;
	struct url home = { S("/") };
	if (!str_next(&rest, '?', &before))
		return home;
	int n = path_canonical(before, path, sizeof path);
	int m = rest.at ? query_canonical(rest, query, sizeof query) : 0;
	if (n <= 0 || m < 0)
		return home;
	return (struct url){ str_printf(a, "%.*s%s%.*s", n, path, m ? "?" : "", m, query) };
}

struct url url_tel(struct arena *a, struct str number)
{
	struct buf b = { .a = a };
	buf_put(&b, S("tel:"));
	for (size_t i = 0; i < number.len; i++)
		if ((number.at[i] >= '0' && number.at[i] <= '9') || (number.at[i] == '+' && i == 0))
			buf_putc(&b, number.at[i]);
	return (struct url){ buf_str(&b) };
}
