/* dinh report: the review of a year on standard output, for a unit and what is beneath it. */
#include "main/home.h"
#include "main/options.h"

#include "office/recount.h"
#include "office/report.h"
#include "web/report_out.h"
#include "web/report_page.h"

struct report_options {
	struct home_where at;
	struct str unit, year, from, to, format, url;
};

static const struct option options[] = {
	HOME_OPTIONS(struct report_options),
	OPTION(struct report_options, unit, .value = "CODE", .help = MSG_CMD_REPORT_UNIT,
	       .required = true),
	OPTION(struct report_options, year, .value = "YEAR", .help = MSG_CMD_REPORT_YEAR,
	       .required = true),
	OPTION(struct report_options, from, .value = "MONTH", .help = MSG_CMD_REPORT_FROM),
	OPTION(struct report_options, to, .value = "MONTH", .help = MSG_CMD_REPORT_TO),
	OPTION(struct report_options, format, .value = "html|json|csv",
	       .help = MSG_CMD_REPORT_FORMAT, .absent = "html"),
	OPTION(struct report_options, url, .value = "URL", .help = MSG_CMD_REPORT_URL),
	{ 0 },
};

/* What is asked for, or a sentence for whoever typed it. */
static enum err find(struct tx *tx, const struct report_options *o, struct unit *u,
		     struct report_span *span)
{
	if (!report_span_read(o->year, o->from, o->to, tx_today(tx), span))
		return tx_fail(tx, ERR_INVALID,
			       "--year is a year from 2000 to the present one, --from and --to are "
			       "months from 1 to 12 that have begun");
	enum err e = unit_by_code_any(tx, o->unit, report_tree_day(span, tx_today(tx)), u);
	return e == ERR_NOT_FOUND
		       ? tx_fail(tx, e, "no unit has the code %.*s; see the list at /don-vi",
				 STR_ARG(o->unit))
		       : e;
}

/* Without an address of the site, figures lead nowhere: a file may be read anywhere. */
static enum err write_page(struct tx *tx, struct cli *c, const struct report_options *o,
			   const struct report *r, struct buf *out)
{
	struct page page = { .body = { .a = c->mem }, .lang = c->lang };
	struct report_page p = { .frame = NULL };
	struct report_view view = { .tx = tx,
				    .mem = c->mem,
				    .lang = c->lang,
				    .report = r,
				    .links = o->url.len > 0,
				    .base = url_none(),
				    .ask = { NEW_N(c->mem, struct pair, 2), 0 } };
	if (o->url.len && !url_external(c->mem, o->url, &view.base))
		return tx_fail(tx, ERR_INVALID,
			       "--url is the site's address, such as https://ninhvan.example");
	if (o->from.len)
		view.ask.at[view.ask.n++] = (struct pair){ S("tu"), o->from };
	if (o->to.len)
		view.ask.at[view.ask.n++] = (struct pair){ S("den"), o->to };
	enum err e = report_fill(&view, &p);
	if (e)
		return e;
	report_alone(&page, &p);
	buf_put(out, buf_str(&page.body));
	return OK;
}

static enum err write(struct tx *tx, struct cli *c, const struct report_options *o, struct buf *out)
{
	struct unit u;
	struct report_span span;
	struct report r;
	enum err e = recount_refuse(tx);
	if (e || (e = find(tx, o, &u, &span)) || (e = report_make(tx, &u, &span, S(""), &r)))
		return e;
	if (str_eq(o->format, S("json")))
		report_json(out, c->lang, &r);
	else if (str_eq(o->format, S("csv")))
		report_csv(out, c->lang, &r);
	else
		return write_page(tx, c, o, &r, out);
	return OK;
}

static int report(struct cli *c, const struct report_options *o)
{
	static const char *const formats[] = { "html", "json", "csv" };
	struct home home;
	struct str why = S("");
	struct tx tx = { .err = OK };
	struct buf out = { .a = c->mem };
	bool known = false;
	for (size_t i = 0; i < LENGTH(formats); i++)
		known |= str_eq(o->format, str_of(formats[i]));
	if (!known)
		return cli_fail(c, EXIT_USAGE, msg_plain(c->lang, MSG_CMD_REPORT_BAD_FORMAT));
	enum err e = home_open(&home, c->mem, &o->at, DB_READ, &why);
	if (!e && !(e = home_begin(&home, &tx, c->mem, DB_READ)))
		e = tx_end(&tx, write(&tx, c, o, &out));
	int code = e ? cli_fail_err(c, e, why.len ? why : str_of(tx.why))
		     : cli_print(c, buf_str(&out));
	home_close(&home);
	return code;
}

int cmd_report(int argc, char **argv)
{
	struct cli c = { .name = "report",
			 .what = MSG_CMD_REPORT_WHAT,
			 .options = options,
			 .mem = arena_new(0) };
	struct report_options o = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code))
		code = report(&c, &o);
	arena_free(c.mem);
	return code;
}
