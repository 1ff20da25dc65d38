/* What a server refuses for good about an addressee is told apart from what is wrong with us: a password,
 * a sender it does not like, a certificate. The former ends a notice, the latter waits for the operator. */
#include "main/postman.h"

#include "ledger/log_files.h"

#include <curl/curl.h>

#include <string.h>

enum { CONNECT_SECONDS = 10, ALL_SECONDS = 60, SECRET_MOST = 1000 };

struct postman {
	CURL *curl;
	struct postman_setup setup;
	const atomic_bool *stop;
	char reason[CURL_ERROR_SIZE];
	struct str rest; /* of the letter under way */
};

static size_t give(char *out, size_t size, size_t n, void *of)
{
	struct postman *p = of;
	size_t take = p->rest.len < size * n ? p->rest.len : size * n;
	memcpy(out, p->rest.at, take);
	p->rest = str_from(p->rest, take);
	return take;
}

static int is_over(void *of, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct postman *p = of;
	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return p->stop && atomic_load(p->stop);
}

/* --- Settings --- */

static struct str host_of(struct str url)
{
	struct str host = str_from(url, str_starts(url, S("smtps://")) ? 8 : 7);
	size_t n = 0;
	if (host.len && host.at[0] == '[')
		while (n < host.len && host.at[n] != ']')
			n++;
	while (n < host.len && host.at[n] != ':' && host.at[n] != '/')
		n++;
	return str_cut(host, n);
}

static bool is_here(struct str host)
{
	return str_eq(host, S("localhost")) || str_eq(host, S("127.0.0.1")) ||
	       str_eq(host, S("[::1]"));
}

static enum err read_password(struct arena *a, const struct postman_setup *s, struct str *out,
			      struct str *why)
{
	enum err e = file_read(str_z(a, s->password), SECRET_MOST, a, out, why);
	if (!e)
		*out = str_trim(*out);
	return e == ERR_NOT_FOUND ? ERR_INVALID : e;
}

static enum err set_up(struct postman *p, struct arena *a, struct str *why)
{
	const struct postman_setup *s = &p->setup;
	bool tls = str_starts(s->url, S("smtps://"));
	struct str host = str_starts(s->url, S("smtp://")) || tls ? host_of(s->url) : S("");
	struct str domain = s->from, local, password = S("");
	if (!host.len || str_has(str_from(s->url, 8), S("@"))) {
		*why = S("--mail: smtp://HOST:PORT or smtps://HOST:PORT, without a name");
		return ERR_INVALID;
	}
	if (!mail_address_ok(s->from) || !str_next(&domain, '@', &local)) {
		*why = S("--mail-from: the address of the site, such as thong-bao@ninhvan.vn");
		return ERR_INVALID;
	}
	if (!s->user.len != !s->password.len) {
		*why = S("--mail-user and --mail-password FILE belong together");
		return ERR_INVALID;
	}
	enum err e = s->user.len ? read_password(a, s, &password, why) : OK;
	if (e)
		return e;
	/* What follows the host is the name we greet with. */
	size_t base = s->url.len;
	while (base && s->url.at[base - 1] == '/')
		base--;
	curl_easy_setopt(
		p->curl, CURLOPT_URL,
		str_z(a, str_printf(a, "%.*s/%.*s", (int)base, s->url.at, STR_ARG(domain))));
	if (!tls && !is_here(host))
		curl_easy_setopt(p->curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
	else if (!tls && s->ca.len)
		curl_easy_setopt(p->curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
	if (s->ca.len)
		curl_easy_setopt(p->curl, CURLOPT_CAINFO, str_z(a, s->ca));
	if (s->user.len) {
		curl_easy_setopt(p->curl, CURLOPT_USERNAME, str_z(a, s->user));
		curl_easy_setopt(p->curl, CURLOPT_PASSWORD, str_z(a, password));
	}
	curl_easy_setopt(p->curl, CURLOPT_MAIL_FROM,
			 str_z(a, str_printf(a, "<%.*s>", STR_ARG(s->from))));
	return OK;
}

enum err postman_open(struct arena *a, const struct postman_setup *setup, struct postman **out,
		      struct str *why)
{
	struct postman *p = NEW(a, struct postman);
	p->setup = *setup;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (!(p->curl = curl_easy_init())) {
		curl_global_cleanup();
		*why = S("libcurl does not start");
		return ERR_IO;
	}
	curl_easy_setopt(p->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(p->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(p->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(p->curl, CURLOPT_TIMEOUT, (long)ALL_SECONDS);
	curl_easy_setopt(p->curl, CURLOPT_ERRORBUFFER, p->reason);
	curl_easy_setopt(p->curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(p->curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(p->curl, CURLOPT_READDATA, p);
	curl_easy_setopt(p->curl, CURLOPT_XFERINFOFUNCTION, is_over);
	curl_easy_setopt(p->curl, CURLOPT_XFERINFODATA, p);
	curl_easy_setopt(p->curl, CURLOPT_NOPROGRESS, 0L);
	enum err e = set_up(p, a, why);
	if (e) {
		postman_close(p);
		return e;
	}
	*out = p;
	return OK;
}

void postman_close(struct postman *p)
{
	if (!p)
		return;
	curl_easy_cleanup(p->curl);
	curl_global_cleanup();
}

void postman_stop_by(struct postman *p, const atomic_bool *stop)
{
	p->stop = stop;
}

/* --- Sending --- */

/* After the greeting and our own name: what is said about this addressee or this letter. */
static bool is_about_the_letter(const struct postman *p, CURLcode code)
{
	return (code == CURLE_SEND_ERROR && strncmp(p->reason, "RCPT failed", 11) == 0) ||
	       (code == CURLE_SEND_ERROR && strncmp(p->reason, "DATA failed", 11) == 0) ||
	       (code == CURLE_WEIRD_SERVER_REPLY && !p->rest.len &&
		!strstr(p->reason, "unexpected"));
}

enum notice_outcome postman_send(struct postman *p, const struct mail *m, struct arena *a,
				 struct str *why)
{
	struct buf letter = { .a = a };
	struct mail full = *m;
	full.from = p->setup.from;
	if (!mail_write(&letter, &full)) {
		*why = S("not an address a letter can go to");
		return OUTCOME_NEVER;
	}
	struct curl_slist to = {
		.data = str_z(a, str_printf(a, "<%.*s>", STR_ARG(m->to))),
	};
	long said = 0;
	p->rest = buf_str(&letter);
	p->reason[0] = '\0';
	curl_easy_setopt(p->curl, CURLOPT_MAIL_RCPT, &to);
	CURLcode code = curl_easy_perform(p->curl);
	curl_easy_setopt(p->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &said);
	if (!code) {
		*why = S("");
		return OUTCOME_SENT;
	}
	*why = str_printf(a, "%s%s%.0ld", p->reason[0] ? p->reason : curl_easy_strerror(code),
			  said && !strstr(p->reason, "failed: ") ? ": " : "",
			  strstr(p->reason, "failed: ") ? 0 : said);
	return said / 100 == 5 && is_about_the_letter(p, code) ? OUTCOME_NEVER : OUTCOME_LATER;
}
