/* dinh user: accounts and appointments from the command line, for the first days of a site and for
 * the day on which nobody can sign in. The operator of the machine acts as the program itself. */
#include "main/home.h"
#include "main/options.h"
#include "main/terminal.h"

#include "base/encode.h"
#include "office/account.h"
#include "office/factor_rule.h"
#include "office/unit.h"

#include <inttypes.h>
#include <string.h>

struct user_options {
	struct home_where at;
	struct str login, name, unit, role, field, rule;
	bool random;
	struct date from, to, last;
	int64_t substitute_for, appointment;
};

struct work {
	struct cli *c;
	const struct user_options *o;
	struct home home;
	struct tx tx;
	struct unit unit;
	struct str login; /* in its one form */
	struct str shown; /* the random password */
	struct password hashed;
	struct buf said;      /* for standard output, once it is done */
	struct str complaint; /* a sentence about what was typed */
};

static struct buf words(const struct work *w)
{
	return (struct buf){ .a = w->c->mem };
}

static enum err refuse(struct work *w, const struct buf *sentence)
{
	w->complaint = buf_str(sentence);
	return ERR_INVALID;
}

static enum err refuse_msg(struct work *w, enum msg sentence)
{
	w->complaint = msg_plain(w->c->lang, sentence);
	return ERR_INVALID;
}

/* --- What the words mean --- */

static enum err find_unit(struct work *w)
{
	struct tx *tx = &w->tx;
	struct buf b = words(w);
	enum err e;

	if (!w->o->unit.len) {
		int64_t root;

		if ((e = unit_heir(tx, w->home.site.root, tx_today(tx), &root)))
			return e;
		return unit_find(tx, root, tx_today(tx), &w->unit);
	}
	e = unit_by_code(tx, w->o->unit, tx_today(tx), &w->unit);
	if (e != ERR_NOT_FOUND)
		return e;
	msg_cmd_user_no_unit(&b, w->c->lang, w->o->unit);
	return refuse(w, &b);
}

static enum err read_login(struct work *w)
{
	struct buf b = words(w);

	if (login_read(w->c->mem, w->o->login, &w->login))
		return OK;
	msg_cmd_user_bad_login(&b, w->c->lang, w->o->login);
	return refuse(w, &b);
}

static enum err find_account(struct work *w, struct account *out)
{
	struct buf b = words(w);
	enum err e = account_by_login(&w->tx, w->o->login, out);

	if (e != ERR_NOT_FOUND)
		return e;
	msg_cmd_user_no_login(&b, w->c->lang, w->o->login);
	return refuse(w, &b);
}

/* --- Passwords: typed or drawn before the transaction begins, because hashing is slow --- */

static enum err judge(struct work *w, struct str typed)
{
	struct buf b = words(w);

	switch (password_judge(w->c->mem, typed, w->login)) {
	case PASSWORD_FINE:
		return OK;
	case PASSWORD_SHORT:
		msg_cmd_user_password_short(&b, w->c->lang, PASSWORD_MIN_POINTS);
		return refuse(w, &b);
	case PASSWORD_LONG:
		msg_cmd_user_password_long(&b, w->c->lang, PASSWORD_MAX_POINTS);
		return refuse(w, &b);
	case PASSWORD_IS_LOGIN:
		return refuse_msg(w, MSG_CMD_USER_PASSWORD_IS_LOGIN);
	case PASSWORD_PLAIN:
		return refuse_msg(w, MSG_CMD_USER_PASSWORD_PLAIN);
	case PASSWORD_NOT_TEXT:
		break;
	}
	return refuse_msg(w, MSG_CMD_USER_PASSWORD_NOT_TEXT);
}

static enum err draw_password(struct work *w)
{
	uint8_t bytes[CHECK_VALUE_BYTES];
	struct rng rng;

	rng_system(&rng);
	rng_bytes(&rng, bytes, sizeof bytes);
	w->shown = check_value_text(w->c->mem, bytes);
	return password_hash(w->shown, &w->hashed);
}

static enum err ask_password(struct work *w)
{
	struct arena *a = w->c->mem;
	struct str once = { NULL, 0 }, twice = { NULL, 0 };
	enum err e;

	if (!terminal_secret(a, msg_plain(w->c->lang, MSG_CMD_USER_ASK), PASSWORD_MAX, &once) ||
	    !terminal_secret(a, msg_plain(w->c->lang, MSG_CMD_USER_ASK_AGAIN), PASSWORD_MAX,
			     &twice))
		e = refuse_msg(w, MSG_CMD_USER_NOT_TYPED);
	else if (!str_eq(once, twice))
		e = refuse_msg(w, MSG_CMD_USER_NOT_THE_SAME);
	else if (!(e = judge(w, once)))
		e = password_hash(password_normal(a, once), &w->hashed);
	terminal_forget(&once);
	terminal_forget(&twice);
	return e;
}

static enum err make_password(struct work *w)
{
	enum err e = read_login(w);

	if (e)
		return e;
	return w->o->random ? draw_password(w) : ask_password(w);
}

static void say_password(struct work *w)
{
	if (!w->shown.len)
		return;
	msg_cmd_user_password_is(&w->said, w->c->lang, w->shown);
	buf_putc(&w->said, '\n');
}

/* --- The words --- */

static enum err add(struct work *w)
{
	int64_t person;
	enum err e = find_unit(w);

	if (e || (e = person_add(&w->tx, w->o->name, w->unit.id, true, &person)) ||
	    (e = account_add(&w->tx, person, w->login)) ||
	    (e = account_set_password(&w->tx, person, &w->hashed)))
		return e;
	msg_cmd_user_added(&w->said, w->c->lang, w->o->name, w->login,
			   unit_title(w->c->mem, &w->unit, w->c->lang));
	buf_putc(&w->said, '\n');
	say_password(w);
	return OK;
}

/* Before anything is asked: is there such an account at all? */
static enum err passwd_first(struct work *w)
{
	struct account account;

	return find_account(w, &account);
}

static enum err passwd(struct work *w)
{
	struct account account;
	enum err e = find_account(w, &account);

	if (e || (e = account_set_password(&w->tx, account.person, &w->hashed)))
		return e;
	msg_cmd_user_password_set(&w->said, w->c->lang, w->login);
	buf_putc(&w->said, '\n');
	say_password(w);
	return OK;
}

static enum err appoint(struct work *w)
{
	struct tx *tx = &w->tx;
	struct buf b = words(w);
	struct account account;
	struct appointment made;
	enum role role = CLERK;
	int64_t id;
	enum err e = find_unit(w);

	if (e || (e = find_account(w, &account)))
		return e;
	if (!role_read(w->o->role, &role)) {
		msg_cmd_user_bad_role(&b, w->c->lang, w->o->role);
		return refuse(w, &b);
	}
	if ((e = appointment_make(
		     tx,
		     &(struct appointment_new){ .person = account.person,
						.unit = w->unit.id,
						.role = role,
						.field = w->o->field,
						.from = date_is_set(w->o->from) ? w->o->from
										: tx_today(tx),
						.to = w->o->to,
						.substitute_of = w->o->substitute_for },
		     &id)) ||
	    (e = appointment_find(tx, id, &made)) ||
	    (e = unit_find(tx, made.unit, tx_today(tx), &w->unit)))
		return e;
	msg_cmd_user_appointed(&w->said, w->c->lang, id, account.name, role_word(made.role),
			       unit_title(w->c->mem, &w->unit, w->c->lang), made.from);
	buf_putc(&w->said, '\n');
	return OK;
}

static enum err end(struct work *w)
{
	struct date last = date_is_set(w->o->last) ? w->o->last : tx_today(&w->tx);
	struct buf b = words(w);
	struct appointment a;
	enum err e = appointment_find(&w->tx, w->o->appointment, &a);

	if (e == ERR_NOT_FOUND) {
		msg_cmd_user_no_appointment(&b, w->c->lang, w->o->appointment);
		return refuse(w, &b);
	}
	if (e || (e = appointment_end(&w->tx, a.id, last)) ||
	    (e = appointment_find(&w->tx, a.id, &a)))
		return e;
	msg_cmd_user_ended(&w->said, w->c->lang, a.id, a.to);
	buf_putc(&w->said, '\n');
	return OK;
}

static enum err list_appointments(struct work *w, int64_t person)
{
	struct tx *tx = &w->tx;
	struct appointment_list held;
	enum err e = appointment_list_person(tx, person, &held);

	for (size_t i = 0; !e && i < held.n; i++) {
		const struct appointment *a = &held.at[i].a;
		struct unit unit;

		if (date_is_set(a->to) && date_cmp(a->to, tx_today(tx)) < 0)
			continue;
		if ((e = unit_find(tx, a->unit, tx_today(tx), &unit)))
			break;
		buf_printf(&w->said, "  %" PRId64 "  %.*s%s%.*s  %.*s  %.*s..%.*s", a->id,
			   STR_ARG(role_word(a->role)), a->field.len ? ":" : "", STR_ARG(a->field),
			   STR_ARG(unit_title(w->c->mem, &unit, w->c->lang)),
			   STR_ARG(date_iso(w->c->mem, a->from)),
			   STR_ARG(date_iso(w->c->mem, a->to)));
		if (a->substitute_of)
			buf_printf(&w->said, "  <- %" PRId64 " %.*s", a->substitute_of,
				   STR_ARG(held.at[i].substitute_of_name));
		buf_putc(&w->said, '\n');
	}
	return e;
}

static enum err list(struct work *w)
{
	enum { PAGE = 500 };
	struct account_list page;
	struct str after = S("");
	enum err e = find_unit(w);

	do {
		if (e || (e = account_list(&w->tx, w->unit.id, after, PAGE, &page)))
			return e;
		for (size_t i = 0; i < page.n; i++) {
			const struct account *a = &page.at[i];

			buf_printf(&w->said, "%.*s  %.*s", STR_ARG(a->login), STR_ARG(a->name));
			if (a->disabled || !a->has_password) {
				buf_putc(&w->said, ' ');
				buf_put(&w->said,
					msg_plain(w->c->lang,
						  a->disabled ? MSG_CMD_USER_LIST_DISABLED
							      : MSG_CMD_USER_LIST_NO_PASSWORD));
			}
			buf_putc(&w->said, '\n');
			if ((e = list_appointments(w, a->person)))
				return e;
			after = a->login;
		}
	} while (page.n == PAGE);
	return OK;
}

/* --- The authenticator --- */

/* The site's rule: shown, or set. */
static enum err factor(struct work *w)
{
	enum factor_rule rule = FACTOR_NOBODY;
	int64_t bound, without;
	struct buf b = words(w);

	if (w->o->rule.len && !factor_rule_read(w->o->rule, &rule)) {
		msg_cmd_user_bad_rule(&b, w->c->lang, w->o->rule);
		return refuse(w, &b);
	}
	enum err e =
		w->o->rule.len ? factor_rule_set(&w->tx, rule) : factor_rule_get(&w->tx, &rule);
	if (e || (e = factor_rule_count(&w->tx, rule, &bound, &without)))
		return e;
	if (rule == FACTOR_NOBODY)
		buf_put(&w->said, msg_plain(w->c->lang, MSG_CMD_USER_FACTOR_NOBODY));
	else if (rule == FACTOR_ADMINS)
		msg_cmd_user_factor_admins(&w->said, w->c->lang, bound, without);
	else
		msg_cmd_user_factor_officials(&w->said, w->c->lang, bound, without);
	buf_putc(&w->said, '\n');
	return OK;
}

/* For the day on which the only administrator has lost his telephone. */
static enum err lost(struct work *w)
{
	struct account account;
	enum err e = find_account(w, &account);

	if (e || (e = totp_drop(&w->tx, account.person, S(""))))
		return e;
	msg_cmd_user_factor_dropped(&w->said, w->c->lang, account.login);
	buf_putc(&w->said, '\n');
	return OK;
}

/* --- Reading the words, and running one of them --- */

#define LOGIN                                                                            \
	OPTION(struct user_options, login, .value = "LOGIN", .help = MSG_CMD_USER_LOGIN, \
	       .required = true, .plain = true)
#define UNIT OPTION(struct user_options, unit, .value = "CODE", .help = MSG_CMD_USER_UNIT)
#define RANDOM OPTION(struct user_options, random, .help = MSG_CMD_USER_RANDOM)

static const struct option add_options[] = {
	LOGIN,
	OPTION(struct user_options, name, .value = "NAME", .help = MSG_CMD_USER_NAME,
	       .required = true),
	UNIT,
	RANDOM,
	HOME_OPTIONS(struct user_options),
	{ 0 },
};
static const struct option passwd_options[] = {
	LOGIN,
	RANDOM,
	HOME_OPTIONS(struct user_options),
	{ 0 },
};
static const struct option appoint_options[] = {
	LOGIN,
	OPTION(struct user_options, role, .value = "ROLE", .help = MSG_CMD_USER_ROLE,
	       .required = true, .plain = true),
	UNIT,
	OPTION(struct user_options, field, .value = "FIELD", .help = MSG_CMD_USER_FIELD),
	OPTION(struct user_options, from, .value = "DATE", .help = MSG_CMD_USER_FROM),
	OPTION(struct user_options, to, .value = "DATE", .help = MSG_CMD_USER_TO),
	OPTION(struct user_options, substitute_for, .value = "N",
	       .help = MSG_CMD_USER_SUBSTITUTE_FOR),
	HOME_OPTIONS(struct user_options),
	{ 0 },
};
static const struct option end_options[] = {
	OPTION(struct user_options, appointment, .value = "N", .help = MSG_CMD_USER_APPOINTMENT,
	       .required = true, .plain = true),
	OPTION(struct user_options, last, .value = "DATE", .help = MSG_CMD_USER_LAST),
	HOME_OPTIONS(struct user_options),
	{ 0 },
};
static const struct option factor_options[] = {
	OPTION(struct user_options, rule, .value = "RULE", .help = MSG_CMD_USER_RULE,
	       .plain = true),
	HOME_OPTIONS(struct user_options),
	{ 0 },
};
static const struct option lost_options[] = {
	LOGIN,
	HOME_OPTIONS(struct user_options),
	{ 0 },
};
static const struct option list_options[] = {
	UNIT,
	HOME_OPTIONS(struct user_options),
	{ 0 },
};

static const struct action {
	const char *word, *name;
	enum msg what;
	enum db_mode mode;
	const struct option *options;
	/* Of those that need a password: reading only, before it is asked for. */
	enum err (*look)(struct work *w);
	enum err (*run)(struct work *w);
} actions[] = {
	{ "add", "user add", MSG_CMD_USER_ADD_WHAT, DB_WRITE, add_options, find_unit, add },
	{ "passwd", "user passwd", MSG_CMD_USER_PASSWD_WHAT, DB_WRITE, passwd_options, passwd_first,
	  passwd },
	{ "appoint", "user appoint", MSG_CMD_USER_APPOINT_WHAT, DB_WRITE, appoint_options, NULL,
	  appoint },
	{ "end", "user end", MSG_CMD_USER_END_WHAT, DB_WRITE, end_options, NULL, end },
	{ "factor", "user factor", MSG_CMD_USER_FACTOR_WHAT, DB_WRITE, factor_options, NULL,
	  factor },
	{ "lost", "user lost", MSG_CMD_USER_LOST_WHAT, DB_WRITE, lost_options, NULL, lost },
	{ "list", "user list", MSG_CMD_USER_LIST_WHAT, DB_READ, list_options, NULL, list },
	{ 0 },
};

static enum err in_transaction(struct work *w, enum db_mode mode, enum err (*run)(struct work *w))
{
	enum err e = home_begin(&w->home, &w->tx, w->c->mem, mode);

	return e ? e : tx_end(&w->tx, run(w));
}

static int run(struct cli *c, const struct action *a, const struct user_options *o)
{
	struct work w = { .c = c, .o = o, .said = { .a = c->mem } };
	struct str why = S("");
	enum err e = home_open(&w.home, c->mem, &o->at, a->mode, &why);

	if (!e && a->look)
		e = in_transaction(&w, DB_READ, a->look);
	if (!e && a->look)
		e = make_password(&w);
	if (!e)
		e = in_transaction(&w, a->mode, a->run);
	home_close(&w.home);
	if (!e)
		return cli_print(c, buf_str(&w.said));
	if (w.complaint.len)
		return cli_fail(c, EXIT_USAGE, w.complaint);
	return cli_fail_err(c, e, w.tx.why[0] ? str_of(w.tx.why) : why);
}

static struct str help_text(const struct cli *c)
{
	struct buf b = { .a = c->mem };

	buf_put(&b, msg_plain(c->lang, MSG_CMD_USER_HELP));
	buf_put(&b, S("\n\n"));
	for (const struct action *a = actions; a->word; a++) {
		buf_printf(&b, "  %-8s ", a->word);
		buf_put(&b, msg_plain(c->lang, a->what));
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}

int cmd_user(int argc, char **argv)
{
	struct arena *mem = arena_new(0);
	struct cli c = { .name = "user", .what = MSG_CMD_USER_WHAT, .mem = mem };
	const char *word = argc > 1 ? argv[1] : "";
	struct user_options o = { 0 };
	const struct action *a = actions;
	int code;

	while (a->word && strcmp(a->word, word) != 0)
		a++;
	if (a->word) {
		c = (struct cli){
			.name = a->name, .what = a->what, .options = a->options, .mem = mem
		};
		o.from = o.to = o.last = NO_DATE;
		if (cli_read(&c, argc - 1, argv + 1, &o, &code))
			code = run(&c, a, &o);
	} else if (!strcmp(word, "--help")) {
		c.lang = cli_lang(argc, argv);
		code = cli_print(&c, help_text(&c));
	} else if (*word) {
		struct buf b = { .a = mem };

		msg_cmd_user_no_action(&b, c.lang, str_of(word));
		code = cli_fail(&c, EXIT_USAGE, buf_str(&b));
	} else {
		code = cli_fail(&c, EXIT_USAGE, msg_plain(c.lang, MSG_CMD_USER_HELP));
	}
	arena_free(mem);
	return code;
}
