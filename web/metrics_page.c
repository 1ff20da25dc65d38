/* What the server counted, then what is asked of the other rooms at this moment: each is one short
 * question, so that asking every few seconds costs nothing. */
#include "web/metrics_page.h"

#include "ledger/log.h"
#include "office/duty.h"
#include "office/notice_queue.h"
#include "office/site.h"
#include "office/stamp.h"
#include "store/writer.h"
#include "web/cache.h"
#include "web/house.h"
#include "web/metrics.h"
#include "web/req.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define G "gauge"
#define C "counter"

static void put_writer(struct buf *b, struct writer *w)
{
	struct writer_stats s = writer_stats(w);
	const struct writer_timing *t = writer_timing(w);
	metrics_line(b, "dinh_writer_jobs_total", C, "Forms taken by the writer.", s.jobs);
	metrics_line(b, "dinh_writer_commits_total", C, "Commits, those of chores too.", s.commits);
	metrics_line(b, "dinh_writer_refused_total", C,
		     "Forms refused because the queue was full or the site is stopping.",
		     s.refused);
	metrics_line(b, "dinh_writer_waiting", G, "Forms in the writer's queue.", s.waiting);
	metrics_head(b, "dinh_writer_batch", "histogram", "Forms that shared a commit.");
	metrics_histogram(b, "dinh_writer_batch", "", &t->batch, WRITER_BATCH_UNIT, 1);
	metrics_head(b, "dinh_commit_seconds", "histogram",
		     "How long a commit took to be durable.");
	metrics_histogram(b, "dinh_commit_seconds", "", &t->commit, WRITER_COMMIT_UNIT, 1e-6);
}

static enum err put_database(struct req *r, struct buf *b)
{
	struct db_size size;
	enum err e = db_size(r->tx.db, &size);
	if (e)
		return e == ERR_DENIED ? OK : e;
	metrics_line(b, "dinh_database_bytes", G, "Size of the database.", size.bytes);
	metrics_line(b, "dinh_database_wal_bytes", G,
		     "Size of the write-ahead log beside the database.", size.waiting);
	return OK;
}

/* When the file of the last signed checkpoint was written, by the clock of the machine. */
static void put_checkpoint_time(struct req *r, struct buf *b)
{
	struct stat st;
	const char *path = str_z(r->mem, str_printf(r->mem, "%s/checkpoint", r->house->dir));
	if (stat(path, &st) == 0)
		metrics_line(b, "dinh_log_signed_timestamp_seconds", G,
			     "When the last checkpoint was signed.", (int64_t)st.st_mtim.tv_sec);
}

static enum err put_log(struct req *r, struct buf *b)
{
	struct log_head head;
	struct log_published p = { .size = 0 };
	enum err e = log_head(&r->tx, &head);
	if (e)
		return e;
	struct query q = db_query(&r->tx, "SELECT COUNT(*) FROM log_leaf WHERE idx IS NULL");
	if ((e = db_one(&q)))
		return e;
	if ((e = log_checkpoint(r->house->log, r->mem, &p)) && e != ERR_NOT_FOUND)
		return e;
	metrics_line(b, "dinh_log_size", G, "Entries of the public log.", (int64_t)head.size);
	metrics_line(b, "dinh_log_queued", G, "Entries that wait for their place in the log.",
		     col_int(&q, 0));
	metrics_line(b, "dinh_log_signed_size", G, "Entries under the newest checkpoint.",
		     (int64_t)p.size);
	put_checkpoint_time(r, b);
	metrics_line(b, "dinh_log_read_only", G,
		     "1: nothing may be signed, so nothing is written; dinh log says why.",
		     log_fault(r->house->log) != LOG_FINE);
	return OK;
}

static enum err put_duties(struct req *r, struct buf *b)
{
	struct duty_counts n;
	int64_t root;
	enum err e = site_root(&r->tx, &root);
	if (e || (e = duty_count(&r->tx, root, &n)))
		return e;
	metrics_line(b, "dinh_duties_overdue", G, "Duties past their day, in the whole site.",
		     n.overdue);
	metrics_line(b, "dinh_duties_due_today", G, "Duties whose last day is today.", n.today);
	metrics_line(b, "dinh_units_overdue", G, "Units with an overdue duty.", n.units_overdue);
	return OK;
}

static void put_stamp(struct req *r, struct buf *b, enum stamp s, const char *when,
		      const char *help, const char *result, const char *result_help)
{
	struct instant at;
	bool fine;
	if (!stamp_read(r->mem, str_of(r->house->dir), s, &at, &fine))
		return;
	metrics_line(b, when, G, help, at.ms / 1000);
	if (result)
		metrics_line(b, result, G, result_help, fine);
}

static void put_stamps(struct req *r, struct buf *b)
{
	put_stamp(r, b, STAMP_BACKUP, "dinh_backup_timestamp_seconds",
		  "When dinh backup last ended well.", NULL, NULL);
	put_stamp(r, b, STAMP_VERIFY, "dinh_verify_timestamp_seconds",
		  "When dinh verify last looked at this site.", "dinh_verify_ok",
		  "1: everything agreed when dinh verify last looked.");
}

static enum err put_notices(struct req *r, struct buf *b)
{
	struct instant oldest;
	int64_t n;
	enum err e = notice_waiting(&r->tx, &n, &oldest);
	if (e)
		return e;
	metrics_line(b, "dinh_notices_waiting", G, "Notices that wait to be sent.", n);
	metrics_line(b, "dinh_notices_oldest_seconds", G,
		     "For how long the oldest of them has waited.",
		     oldest.ms ? (r->tx.now.ms - oldest.ms) / 1000 : 0);
	return OK;
}

static enum err put_site(struct req *r, struct buf *b)
{
	enum err e = put_database(r, b);
	if (e || !r->house->log || !r->house->office)
		return e; /* a witness */
	if ((e = put_log(r, b)) || (e = put_duties(r, b)) || (e = put_notices(r, b)))
		return e;
	put_stamps(r, b);
	return OK;
}

/* --- The machine --- */

static void put_disk(struct req *r, struct buf *b)
{
	struct statvfs disk;
	if (!r->house->dir || statvfs(r->house->dir, &disk) != 0)
		return;
	int64_t block = (int64_t)disk.f_frsize;
	metrics_line(b, "dinh_disk_free_bytes", G, "Free for this user where the data stands.",
		     (int64_t)disk.f_bavail * block);
	metrics_line(b, "dinh_disk_size_bytes", G, "Size of the disk where the data stands.",
		     (int64_t)disk.f_blocks * block);
}

/* "size resident ...", in pages. */
static int64_t resident_pages(void)
{
	char text[128];
	int64_t n = 0;
	struct str rest, one;
	AUTO_CLOSE int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof text);
	rest = (struct str){ text, got > 0 ? (size_t)got : 0 };
	for (int i = 0; i < 2; i++)
		if (!str_next(&rest, ' ', &one))
			return 0;
	return str_int(one, &n) ? n : 0;
}

static int64_t open_files(void)
{
	DIR *d = opendir("/proc/self/fd");
	int64_t n = -3; /* ".", ".." and the folder itself */
	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n > 0 ? n : 0;
}

/* Under the names every exporter has for them. */
static void put_process(struct buf *b)
{
	struct rusage used = { 0 };
	struct rlimit files = { 0 };
	getrusage(RUSAGE_SELF, &used);
	getrlimit(RLIMIT_NOFILE, &files);
	double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
		     1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
	metrics_head(b, "process_cpu_seconds_total", C, "Processor time used.");
	buf_printf(b, "process_cpu_seconds_total %.2f\n", cpu);
	metrics_line(b, "process_resident_memory_bytes", G, "Resident memory.",
		     resident_pages() * (int64_t)sysconf(_SC_PAGESIZE));
	metrics_line(b, "process_open_fds", G, "Open files and connections.", open_files());
	metrics_line(b, "process_max_fds", G, "Files and connections that may be open.",
		     files.rlim_cur == RLIM_INFINITY ? INT64_MAX : (int64_t)files.rlim_cur);
}

enum err metrics_show(struct req *r)
{
	struct buf b = { .a = r->mem };
	metrics_head(&b, "dinh_build_info", G, "Which program this is.");
	buf_put(&b, S("dinh_build_info{version=\"" DINH_VERSION "\"} 1\n"));
	metrics_write(r->house->metrics, &b);
	if (r->house->writer)
		put_writer(&b, r->house->writer);
	/* What is away is away for a reason that may need these numbers. */
	struct buf site = { .a = r->mem };
	enum err e = r->tx.db ? put_site(r, &site) : ERR_BUSY;
	if (e && e != ERR_BUSY)
		return e;
	metrics_line(&b, "dinh_database_reachable", G, "1: the database answers.",
		     e != ERR_BUSY && reach_is_there(&r->house->metrics->database));
	if (!e)
		buf_put(&b, buf_str(&site));
	put_disk(r, &b);
	put_process(&b);
	r->reply.keep = KEEP_NEVER;
	return req_bytes(r, S("text/plain; version=0.0.4; charset=utf-8"), buf_str(&b));
}
