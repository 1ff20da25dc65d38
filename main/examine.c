#include "main/examine.h"

#include "ledger/log_files.h"
#include "main/options.h"
#include "office/recount.h"

#include <inttypes.h>
#include <stdio.h>

enum err examine_checkpoint(struct home *h, struct str *out, struct str *why)
{
	static const char *const names[] = { "checkpoint", "checkpoint.at-backup" };
	enum err e = ERR_NOT_FOUND;
	for (size_t i = 0; e == ERR_NOT_FOUND && i < LENGTH(names); i++)
		e = file_read(home_path(h, names[i]).at, NOTE_BYTES, h->mem, out, why);
	if (e == ERR_NOT_FOUND)
		*out = S("");
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err examine_site(struct home *h, void (*progress)(int64_t done, int64_t all),
		      struct verify_result *office, struct log_report *log, struct str *why)
{
	struct str checkpoint;
	struct tx tx = { .err = OK };
	enum err e = examine_checkpoint(h, &checkpoint, why);
	if (e)
		return e;
	if (!(e = home_begin(h, &tx, h->mem, DB_READ))) {
		if (!(e = recount_refuse(&tx)) && !(e = verify_office(&tx, progress, office)) &&
		    !(e = verify_files(&tx, office)))
			e = log_verify(&tx, checkpoint, log);
		e = tx_end(&tx, e);
	}
	if (e)
		*why = str_dup(h->mem, str_of(tx.why));
	else if (!checkpoint.len && log->size)
		log_problem(log, "%.*s/checkpoint is missing", STR_ARG(h->dir));
	return e;
}

bool examine_sound(const struct verify_result *o, const struct log_report *log)
{
	return !log->count && !o->dossiers_different && !o->duties_different &&
	       !o->tallies_different && !o->figures_different && !o->reviews_different &&
	       !o->files_different && !o->problems.n;
}

void examine_put_problems(struct buf *b, const struct verify_result *o,
			  const struct log_report *log)
{
	for (size_t i = 0; i < log->count && i < LOG_PROBLEMS; i++)
		buf_printf(b, "! %.*s\n", STR_ARG(log->problems[i]));
	for (size_t i = 0; i < o->problems.n; i++)
		buf_printf(b, "! %.*s\n", STR_ARG(o->problems.at[i]));
}

void examine_show(int64_t done, int64_t all)
{
	char line[64];
	int n = snprintf(line, sizeof line, "verify: %" PRId64 " / %" PRId64, done, all);
	cli_progress((struct str){ line, n > 0 ? (size_t)n : 0 });
}
