/* The telephone of somebody who enrols an authenticator: what it reads from the page, what it shows. */
#pragma once

#include "crypto/totp.h"
#include "web/test_house.h"

#include <string.h>

static inline struct str secret_on(struct browser *b)
{
	CHECK_INT(browser_get(b, "/tai-khoan/ma-xac-thuc").status, 200);
	CHECK_INT(browser_post(b, "/tai-khoan/ma-xac-thuc/bat-dau", "").status, 303);
	struct answer a = browser_get(b, "/tai-khoan/ma-xac-thuc");
	CHECK(answer_has(a, "<svg"));
	const char *at = memmem(a.body.at, a.body.len, "class=\"code\">", 13);
	CHECK(at != NULL);
	struct str rest = str_from(a.body, (size_t)(at - a.body.at) + 13), secret;
	CHECK(str_next(&rest, '<', &secret));
	CHECK_INT(secret.len, 39); /* 32 signs in fours */
	return secret;
}

/* RFC 4648's alphabet, as authenticators read it. */
static inline struct totp_secret secret_read(struct str text)
{
	struct totp_secret s = { { 0 } };
	uint64_t bits = 0;
	int n = 0;
	size_t used = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == ' ')
			continue;
		bits = bits << 5 | (uint64_t)(c >= 'A' ? c - 'A' : c - '2' + 26);
		n += 5;
		if (n >= 8) {
			s.b[used++] = (uint8_t)(bits >> (n - 8));
			n -= 8;
		}
	}
	CHECK_INT(used, sizeof s.b);
	return s;
}

static inline const char *code_field(const struct totp_secret *s, int64_t step)
{
	struct str code = totp_code(test_arena(), s, step, TOTP_DIGITS);
	return str_printf(test_arena(), "code=%.*s", STR_ARG(code)).at;
}
