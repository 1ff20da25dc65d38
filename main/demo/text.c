/* Sums first, parts after: a writer draws a total, has it divided, and puts both on paper. */
#include "main/demo/text.h"

#include "base/msg.h"

#include <stdarg.h>
#include <stdio.h>

int64_t demo_between(struct demo_text *t, int64_t least, int64_t most)
{
	return least + (int64_t)rng_below(t->rng, (uint64_t)(most - least + 1));
}

void demo_split(struct demo_text *t, int64_t total, int64_t unit, const int *weights, size_t n,
		int64_t *out)
{
	int64_t sum = 0, left = total;
	int64_t drawn[16] = { 0 };
	for (size_t i = 0; i < n && i < LENGTH(drawn); i++)
		sum += drawn[i] = weights[i] * demo_between(t, 85, 115);
	for (size_t i = 0; i + 1 < n; i++) {
		out[i] = total * drawn[i] / sum / unit * unit;
		left -= out[i];
	}
	out[n - 1] = left;
}

void demo_put(struct demo_text *t, const char *format, ...)
{
	char small[2048];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (n > 0)
		buf_put_bytes(&t->body, small,
			      (size_t)n < sizeof small ? (size_t)n : sizeof small - 1);
}

const char *demo_money(struct demo_text *t, int64_t thousands)
{
	struct buf b = { .a = t->mem };
	lang_put_int(&b, LANG_VI, thousands * 1000);
	buf_put(&b, S(" đồng"));
	buf_putc(&b, '\0');
	return b.at;
}

const char *demo_count(struct demo_text *t, int64_t n)
{
	struct buf b = { .a = t->mem };
	lang_put_int(&b, LANG_VI, n);
	buf_putc(&b, '\0');
	return b.at;
}

const char *demo_percent(struct demo_text *t, int64_t part, int64_t whole)
{
	struct buf b = { .a = t->mem };
	lang_put_tenths(&b, LANG_VI, whole ? (part * 2000 + whole) / (whole * 2) : 0);
	buf_putc(&b, '%');
	buf_putc(&b, '\0');
	return b.at;
}

const char *demo_day(struct demo_text *t, struct date d)
{
	struct buf b = { .a = t->mem };
	lang_put_date(&b, LANG_VI, d);
	buf_putc(&b, '\0');
	return b.at;
}

const char *demo_village(struct demo_text *t)
{
	return t->unit->villages[rng_below(t->rng, (uint64_t)t->unit->village_count)].at;
}

const char *demo_person(struct arena *a, struct rng *rng, struct str code, int64_t n)
{
	static const char *const families[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ",
						"Đinh",   "Bùi",  "Đỗ", "Tạ",   "Lương" };
	static const char *const women[] = { "Thị Thí Dụ", "Thị Minh Họa", "Thị Giả Định" };
	static const char *const men[] = { "Văn Mẫu", "Văn Thí Dụ", "Đức Giả Định",
					   "Văn Minh Họa" };
	const char *family = families[rng_below(rng, LENGTH(families))];
	const char *given = rng_below(rng, 2) ? women[rng_below(rng, LENGTH(women))]
					      : men[rng_below(rng, LENGTH(men))];
	return str_printf(a, "%s %s %.*s-%02d", family, given, STR_ARG(code), (int)n).at;
}

static void number(struct demo_text *t, int *series, const char *sort)
{
	*series += 1 + (int)rng_below(t->rng, 6);
	t->number = str_printf(t->mem, "%d/%s-%.*s", *series, sort, STR_ARG(t->unit->short_name));
}

void demo_decision(struct demo_text *t)
{
	number(t, &t->unit->decisions, "QĐ");
}

void demo_report(struct demo_text *t)
{
	number(t, &t->unit->reports, "BC");
}

void demo_plan(struct demo_text *t)
{
	number(t, &t->unit->plans, "KH");
}

void demo_notice(struct demo_text *t)
{
	number(t, &t->unit->notices, "TB");
}
