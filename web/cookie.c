/* The names carry __Host- over https, so that a neighbouring host cannot plant ours. */
#include "web/cookie.h"

enum { VALUE_MAX = 256, HEADER_MAX = 8192 };

static bool is_value(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
		if (!plain)
			return false;
	}
	return s.len <= VALUE_MAX;
}

struct str cookie_get(struct str header, struct str name)
{
	struct str rest = header, piece, found = { NULL, 0 };
	if (header.len > HEADER_MAX)
		return S("");
	while (str_next(&rest, ';', &piece)) {
		struct str value = str_trim(piece), key;
		if (!str_next(&value, '=', &key) || !value.at || !str_eq(key, name))
			continue;
		if (!is_value(value) || (found.at && !str_eq(found, value)))
			return S("");
		found = value;
	}
	return found.at ? found : S("");
}

struct str cookie_name(struct arena *a, struct str name, bool https)
{
	return https ? str_printf(a, "__Host-%.*s", STR_ARG(name)) : name;
}

struct str cookie_set(struct arena *a, struct str name, struct str value, bool https, int seconds,
		      bool strict)
{
	struct buf b = { .a = a };
	buf_put(&b, cookie_name(a, name, https));
	buf_printf(&b, "=%.*s; Path=/; HttpOnly; SameSite=%s", STR_ARG(value),
		   strict ? "Strict" : "Lax");
	if (https)
		buf_put(&b, S("; Secure"));
	if (seconds)
		buf_printf(&b, "; Max-Age=%d", seconds < 0 ? 0 : seconds);
	return buf_str(&b);
}
