/* One pass over the file; what a later request needs of an earlier answer is kept in between. */
#include "tests/http_file.h"

#include "tests/http_client.h"
#include "web/query.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COOKIES = 8, MASKS = 32 };

struct talk {
	struct arena *a;
	int port;
	struct pair cookies[COOKIES];
	size_t cookie_n;
	struct str token;
	struct str masks[MASKS];
	size_t mask_n;
};

static const char *const usual_masks[] = {
	"name=\"ma-gui\" value=\"[0-9a-f.]*\"",
	"R-[0-9A-Z]{4}-[0-9A-Z]{2}",
	"/dinh-[0-9a-f]{8}\\.css",
};
static const char *const masked_as[] = { "name=\"ma-gui\" value=\"{token}\"", "R-{code}",
					 "/dinh-{hash}.css" };

static struct str mask(struct talk *t, struct str text, const char *pattern, const char *with)
{
	regex_t re;
	regmatch_t m;
	struct buf out = { .a = t->a };
	const char *at = str_z(t->a, text);
	if (regcomp(&re, pattern, REG_EXTENDED) != 0)
		return text;
	while (regexec(&re, at, 1, &m, 0) == 0 && m.rm_eo > m.rm_so) {
		buf_put_bytes(&out, at, (size_t)m.rm_so);
		buf_put(&out, str_of(with));
		at += m.rm_eo;
	}
	buf_put(&out, str_of(at));
	regfree(&re);
	return buf_str(&out);
}

static struct str read_file(struct arena *a, const char *path, bool *found)
{
	struct buf b = { .a = a };
	FILE *f = fopen(path, "rb");
	*found = f != NULL;
	if (!f)
		return S("");
	size_t n;
	while ((n = fread(buf_reserve(&b, 65536), 1, 65536, f)) > 0)
		b.len += n;
	fclose(f);
	return buf_str(&b);
}

static struct str part(struct str text, const char *from, const char *to)
{
	const char *start = memmem(text.at, text.len, from, strlen(from));
	if (!start)
		return S("");
	struct str rest = str_from(text, (size_t)(start - text.at));
	const char *end = memmem(rest.at, rest.len, to, strlen(to));
	return end ? str_cut(rest, (size_t)(end - rest.at) + strlen(to)) : S("");
}

static void keep_cookies(struct talk *t, const struct http_reply *r)
{
	struct str line, rest, whole, name;
	for (int i = 0; (line = http_header(r, "Set-Cookie", i)).len; i++) {
		if (!str_next(&line, ';', &whole))
			continue;
		rest = whole;
		if (!str_next(&rest, '=', &name) || !rest.at)
			continue;
		size_t k = 0;
		while (k < t->cookie_n && !str_eq(t->cookies[k].name, name))
			k++;
		if (k == COOKIES)
			continue;
		t->cookies[k] = (struct pair){ name, rest };
		t->cookie_n += k == t->cookie_n;
	}
}

static void keep_token(struct talk *t, const struct http_reply *r)
{
	static const struct str before = S_INIT("name=\"ma-gui\" value=\"");
	struct str last = r->body, found;
	while ((found = part(last, before.at, "\"")).len) {
		struct str value =
			part(str_from(last, (size_t)(found.at - last.at) + before.len), "", "\"");
		t->token = str_cut(value, value.len ? value.len - 1 : 0);
		last = str_from(last, (size_t)(value.at - last.at) + value.len);
	}
}

/* Lines of name=value become one escaped line. */
static struct str encode_form(struct talk *t, struct str lines)
{
	struct buf b = { .a = t->a };
	struct str rest = lines, line, name;
	bool has_token = str_starts(lines, S("ma-gui=")) || str_has(lines, S("\nma-gui="));
	if (t->token.len && !has_token)
		buf_printf(&b, "ma-gui=%.*s", STR_ARG(t->token));
	while (str_next(&rest, '\n', &line)) {
		struct str value = line;
		if (!line.len || !str_next(&value, '=', &name) || !value.at)
			continue;
		buf_put(&b, b.len ? S("&") : S(""));
		percent_encode(&b, name);
		buf_putc(&b, '=');
		percent_encode(&b, value);
	}
	return buf_str(&b);
}

static struct str build(struct talk *t, struct str first, struct str heads, struct str body,
			bool has_body)
{
	struct buf b = { .a = t->a };
	struct str rest = heads, line;
	bool typed = str_has(heads, S("Content-Type:"));
	buf_printf(&b, "%.*s HTTP/1.1\r\nConnection: close\r\n", STR_ARG(first));
	if (!str_has(heads, S("Host:")))
		buf_put(&b, S("Host: localhost\r\n"));
	while (str_next(&rest, '\n', &line))
		if (line.len)
			buf_printf(&b, "%.*s\r\n", STR_ARG(line));
	for (size_t i = 0; i < t->cookie_n; i++)
		buf_printf(&b, "%s%.*s=%.*s%s", i ? "; " : "Cookie: ", STR_ARG(t->cookies[i].name),
			   STR_ARG(t->cookies[i].value), i + 1 == t->cookie_n ? "\r\n" : "");
	if (has_body) {
		if (!typed)
			buf_put(&b, S("Content-Type: application/x-www-form-urlencoded\r\n"));
		body = typed ? body : encode_form(t, body);
		buf_printf(&b, "Content-Length: %zu\r\n", body.len);
	}
	buf_put(&b, S("\r\n"));
	if (has_body)
		buf_put(&b, body);
	return buf_str(&b);
}

static void put_reply(struct talk *t, const struct http_reply *r, bool whole, struct buf *out)
{
	static const char *const shown[] = { "Allow",        "Cache-Control", "Content-Disposition",
					     "Content-Type", "Location",      "Retry-After" };
	struct str type = http_header(r, "Content-Type", 0), body = r->body, line;
	buf_printf(out, "< %d\n", r->status);
	for (size_t i = 0; i < LENGTH(shown); i++)
		if (http_header(r, shown[i], 0).len)
			buf_printf(out, "< %s: %.*s\n", shown[i],
				   STR_ARG(http_header(r, shown[i], 0)));
	for (int i = 0; (line = http_header(r, "Set-Cookie", i)).len; i++) {
		struct str rest = line, value, name;
		if (str_next(&rest, ';', &value) && str_next(&value, '=', &name))
			buf_printf(out, "< Set-Cookie: %.*s={cookie};%.*s\n", STR_ARG(name),
				   STR_ARG(rest));
	}
	if (str_starts(type, S("text/html")) && !whole)
		body = str_printf(t->a, "%.*s\n%.*s", STR_ARG(part(body, "<title>", "</title>")),
				  STR_ARG(part(body, "<main", "</main>")));
	for (size_t i = 0; i < LENGTH(usual_masks); i++)
		body = mask(t, body, usual_masks[i], masked_as[i]);
	for (size_t i = 0; i < t->mask_n; i++)
		body = mask(t, body, str_z(t->a, t->masks[i]), "{masked}");
	buf_putc(out, '\n');
	buf_put(out, body);
	if (!str_ends(body, S("\n")))
		buf_putc(out, '\n');
	buf_putc(out, '\n');
}

static bool run_block(struct talk *t, struct str block, struct buf *out)
{
	struct str rest = str_trim(block), first, line;
	struct buf heads = { .a = t->a };
	bool has_body = false, whole;
	if (!str_next(&rest, '\n', &first))
		return false;
	whole = str_ends(first, S(" whole"));
	first = str_cut(first, first.len - (whole ? 6 : 0));
	while (!has_body && str_next(&rest, '\n', &line)) {
		has_body = !line.len;
		buf_printf(&heads, "%.*s\n", STR_ARG(line));
	}
	has_body |= str_starts(first, S("POST "));
	struct str request = build(t, first, buf_str(&heads), rest.at ? rest : S(""), has_body);
	struct http_reply r = http_ask(t->a, t->port, request, str_starts(first, S("HEAD ")));
	buf_printf(out, "> %.*s\n", STR_ARG(first));
	if (!r.status)
		return false;
	keep_cookies(t, &r);
	keep_token(t, &r);
	put_reply(t, &r, whole, out);
	return true;
}

/* Comments and masks before the first request. */
static struct str read_top(struct talk *t, struct str text)
{
	struct str rest = text, line;
	while (str_next(&rest, '\n', &line)) {
		if (str_starts(line, S("mask ")) && t->mask_n < MASKS)
			t->masks[t->mask_n++] = str_from(line, 5);
		else if (line.len && line.at[0] != '#')
			return str_from(text, (size_t)(line.at - text.at));
	}
	return S("");
}

bool http_file_run(struct arena *a, int port, const char *path, struct buf *out)
{
	struct talk *t = NEW(a, struct talk);
	bool found;
	struct str text = read_file(a, path, &found);
	*t = (struct talk){ .a = a, .port = port };
	if (!found) {
		buf_printf(out, "cannot read %s\n", path);
		return false;
	}
	text = read_top(t, text);
	while (text.len) {
		const char *end = memmem(text.at, text.len, "\n###", 4);
		size_t n = end ? (size_t)(end - text.at) : text.len;
		if (!run_block(t, str_cut(text, n), out)) {
			buf_printf(out, "nobody answers\n");
			return false;
		}
		text = str_from(text, end ? n + 4 : n);
	}
	return true;
}

static struct str difference(struct arena *a, const char *path, struct str is)
{
	char name[] = "/tmp/dinh-http-XXXXXX";
	struct buf b = { .a = a };
	int fd = mkstemp(name);
	if (fd < 0 || write(fd, is.at, is.len) != (ssize_t)is.len)
		return S("differs");
	close(fd);
	FILE *p = popen(str_z(a, str_printf(a, "diff -u '%s' '%s' | tail -n +3", path, name)), "r");
	size_t n;
	while (p && (n = fread(buf_reserve(&b, 4096), 1, 4096, p)) > 0)
		b.len += n;
	if (p)
		pclose(p);
	unlink(name);
	return b.len ? buf_str(&b) : S("differs");
}

struct str http_file_check(struct arena *a, int port, const char *path, bool accept)
{
	struct buf is = { .a = a };
	bool found;
	struct str stem = str_of(path);
	if (!http_file_run(a, port, path, &is))
		return buf_str(&is);
	if (str_ends(stem, S(".http")))
		stem = str_cut(stem, stem.len - 5);
	const char *expected = str_z(a, str_printf(a, "%.*s.out", STR_ARG(stem)));
	struct str should = read_file(a, expected, &found);
	if (accept) {
		FILE *f = fopen(expected, "wb");
		bool written = f && fwrite(is.at, 1, is.len, f) == is.len;
		return f && fclose(f) == 0 && written ? S("") : S("cannot write the expectation");
	}
	if (!found)
		return str_printf(a, "%s is missing: `ninja accept` writes it\n", expected);
	return str_eq(should, buf_str(&is)) ? S("") : difference(a, expected, buf_str(&is));
}
