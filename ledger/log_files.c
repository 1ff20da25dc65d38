/* Files that must survive a power cut in one piece, and the secret ones among them. */
#include "ledger/log_files.h"

#include "base/encode.h"
#include "ledger/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE_BYTES = 8192 };

static const struct str key_prefix = S_INIT("PRIVATE+KEY+");

void log_keys_wipe(struct log_keys *keys)
{
	wipe(keys, sizeof *keys);
}

static enum err io_error(struct arena *a, const char *doing, const char *path, struct str *why)
{
	enum err e = errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;

	*why = str_printf(a, "cannot %s %s: %s", doing, path, strerror(errno));
	return e;
}

/* Where a missing folder is no answer but a failure. */
static enum err write_error(struct arena *a, const char *doing, const char *path, struct str *why)
{
	(void)io_error(a, doing, path, why);
	return ERR_IO;
}

static bool read_all(int fd, char *to, size_t max, size_t *len)
{
	ssize_t n;

	for (*len = 0; *len < max; *len += (size_t)n) {
		n = read(fd, to + *len, max - *len);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n <= 0)
			return n == 0;
	}
	errno = EFBIG;
	return false;
}

static bool write_all(int fd, struct str bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.at, bytes.len);
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

enum err file_read(const char *path, size_t max, struct arena *a, struct str *out, struct str *why)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *to = arena_get(a, max + 1);
	size_t len;

	if (fd < 0)
		return io_error(a, "open", path, why);
	if (!read_all(fd, to, max + 1, &len))
		return io_error(a, "read", path, why);
	*out = (struct str){ to, len };
	return OK;
}

/* The folder a path is in, so that the rename itself reaches the disk. */
static bool sync_folder_of(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');
	struct str folder = slash ? (struct str){ path, (size_t)(slash - path) + 1 } : S(".");
	AUTO_CLOSE int fd = open(str_z(a, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd >= 0 && fsync(fd) == 0;
}

enum err file_replace(const char *path, struct str bytes, unsigned mode, struct arena *a,
		      struct str *why)
{
	const char *fresh = str_z(a, str_printf(a, "%s.new", path));

	/* What a crash left behind under that name is nobody's. */
	if (unlink(fresh) != 0 && errno != ENOENT)
		return write_error(a, "remove", fresh, why);
	AUTO_CLOSE int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0)
		return write_error(a, "create", fresh, why);
	if (!write_all(fd, bytes) || fsync(fd) != 0 || rename(fresh, path) != 0 ||
	    !sync_folder_of(path, a)) {
		enum err e = write_error(a, "write", path, why);
		unlink(fresh);
		return e;
	}
	return OK;
}

/* --- The key file --- */

static const char *key_path(struct str dir, enum key_type type, struct arena *a)
{
	return str_z(a, str_printf(a, "%.*s/%s", STR_ARG(dir),
				   type == KEY_LOG ? "log.key" : "witness.key"));
}

static bool key_line(struct str line, enum key_type type, struct log_key *out)
{
	SECRET_SEED struct key_seed seed;
	struct public_key pub;
	struct key_id id;
	uint8_t typed[1 + sizeof seed.b];
	struct str rest = str_from(line, key_prefix.len), name, id_text;

	if (!str_starts(line, key_prefix) || !str_next(&rest, '+', &name) ||
	    !str_next(&rest, '+', &id_text) || !rest.at ||
	    !hex_decode(id_text, id.b, sizeof id.b) ||
	    !base64_decode_exact(rest, typed, sizeof typed))
		return false;
	memcpy(seed.b, typed + 1, sizeof seed.b);
	bool good = typed[0] == type && key_name_valid(name);
	wipe(typed, sizeof typed);
	key_from_seed(&seed, &out->secret, &pub);
	vkey_make(name, type, &pub, &out->vkey);
	return good && memcmp(out->vkey.id.b, id.b, sizeof id.b) == 0;
}

static enum err refuse(struct arena *a, const char *path, const char *reason, struct str *why)
{
	*why = str_printf(a, "%s: %s", path, reason);
	return ERR_DENIED;
}

static enum err parse_keys(struct str text, struct str origin, struct arena *a, const char *path,
			   struct log_keys *out, struct str *why)
{
	struct str rest = text, line;

	out->n = 0;
	while (str_next(&rest, '\n', &line)) {
		if (!line.len && (!rest.at || !rest.len))
			break;
		if (out->n == LOG_KEYS || !key_line(line, KEY_LOG, &out->at[out->n]))
			return refuse(a, path, "this is no key file of a log", why);
		if (!str_eq(out->at[out->n].vkey.name, origin))
			return refuse(a, path, "the key belongs to a log of another name (origin)",
				      why);
		out->at[out->n++].vkey.name = origin;
	}
	return out->n ? OK : refuse(a, path, "there is no key in it", why);
}

/* The bytes of a key file that only we may read, in `text`, which the caller wipes. */
static enum err key_file_read(const char *path, char text[KEY_FILE_BYTES], size_t *len,
			      struct arena *a, struct str *why)
{
	struct stat st;

	AUTO_CLOSE int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ELOOP
			       ? refuse(a, path, "a link; the key must be the file itself", why)
			       : io_error(a, "open", path, why);
	if (fstat(fd, &st) != 0)
		return io_error(a, "look at", path, why);
	if (!S_ISREG(st.st_mode))
		return refuse(a, path, "not a regular file", why);
	if (st.st_uid != geteuid())
		return refuse(a, path,
			      "it belongs to another user: chown it to the user who runs dinh",
			      why);
	if (st.st_mode & 077)
		return refuse(a, path, "others may read it: chmod 600, and consider a new key",
			      why);
	return read_all(fd, text, KEY_FILE_BYTES, len) ? OK : io_error(a, "read", path, why);
}

enum err log_keys_read(struct str dir, struct str origin, struct arena *a, struct log_keys *out,
		       struct str *why)
{
	const char *path = key_path(dir, KEY_LOG, a);
	char text[KEY_FILE_BYTES];
	struct log_keys keys = { 0 };
	size_t len = 0;
	enum err e = key_file_read(path, text, &len, a, why);

	if (!e)
		e = parse_keys((struct str){ text, len }, str_dup(a, origin), a, path, &keys, why);
	if (!e)
		*out = keys;
	wipe(text, sizeof text);
	log_keys_wipe(&keys);
	return e;
}

enum err witness_key_read(struct str dir, struct arena *a, struct log_key *out, struct str *why)
{
	const char *path = key_path(dir, KEY_COSIGNER, a);
	char text[KEY_FILE_BYTES];
	struct log_key key = { .vkey = { .name = S("") } };
	size_t len = 0;
	enum err e = key_file_read(path, text, &len, a, why);
	struct str rest = { text, len }, line = S("");

	if (!e &&
	    (!str_next(&rest, '\n', &line) || rest.len || !key_line(line, KEY_COSIGNER, &key)))
		e = refuse(a, path, "this is no key file of a witness", why);
	if (!e) {
		key.vkey.name = str_dup(a, key.vkey.name);
		*out = key;
	}
	wipe(text, sizeof text);
	wipe(&key, sizeof key);
	return e;
}

/* One line of secret text, in a buffer the caller wipes. */
static void put_key_line(struct buf *b, struct str name, enum key_type type,
			 const struct key_seed *seed, struct vkey *vkey)
{
	SECRET struct secret_key secret;
	struct public_key pub;
	uint8_t typed[1 + sizeof seed->b] = { (uint8_t)type };

	key_from_seed(seed, &secret, &pub);
	vkey_make(name, type, &pub, vkey);
	memcpy(typed + 1, seed->b, sizeof seed->b);
	buf_put(b, key_prefix);
	buf_put(b, name);
	buf_putc(b, '+');
	buf_put_hex(b, vkey->id.b, sizeof vkey->id.b);
	buf_putc(b, '+');
	buf_put_base64(b, typed, sizeof typed);
	buf_putc(b, '\n');
	wipe(typed, sizeof typed);
}

static struct str vkey_text(struct arena *a, const struct vkey *k)
{
	struct buf b = { .a = a };

	buf_put_vkey(&b, k);
	return buf_str(&b);
}

/* `before`: the lines already there. Nothing is reallocated, so no copy of a secret stays behind. */
static enum err write_key(struct str dir, struct str name, enum key_type type, struct str before,
			  struct rng *rng, struct arena *a, struct str *vkey, struct str *why)
{
	SECRET_SEED struct key_seed seed;
	struct vkey k;

	if (!key_name_valid(name)) {
		*why = str_printf(a, "\"%.*s\" cannot name a log or a witness: no spaces, no plus",
				  STR_ARG(name));
		return ERR_INVALID;
	}
	if (!key_seed_make(rng, &seed)) {
		*why = S("a key is never made from a seed");
		return ERR_DENIED;
	}
	struct buf lines = { .a = a };
	buf_reserve(&lines, KEY_FILE_BYTES);
	buf_put(&lines, before);
	put_key_line(&lines, name, type, &seed, &k);
	enum err e = file_replace(key_path(dir, type, a), buf_str(&lines), 0600, a, why);
	wipe(lines.at, lines.len);
	if (!e)
		*vkey = vkey_text(a, &k);
	return e;
}

/* Where there is none yet. */
static enum err first_key(struct str dir, struct str name, enum key_type type, struct rng *rng,
			  struct arena *a, struct str *vkey, struct str *why)
{
	const char *path = key_path(dir, type, a);
	struct stat st;

	if (lstat(path, &st) == 0) {
		*why = str_printf(a, "%s exists: a key is made once", path);
		return ERR_CONFLICT;
	}
	if (errno != ENOENT)
		return io_error(a, "look at", path, why);
	return write_key(dir, name, type, S(""), rng, a, vkey, why);
}

enum err log_key_make(struct str dir, struct str origin, struct rng *rng, struct arena *a,
		      struct str *vkey, struct str *why)
{
	return first_key(dir, origin, KEY_LOG, rng, a, vkey, why);
}

enum err witness_key_make(struct str dir, struct str name, struct rng *rng, struct arena *a,
			  struct str *vkey, struct str *why)
{
	return first_key(dir, name, KEY_COSIGNER, rng, a, vkey, why);
}

static bool is_one_of(struct strs list, struct str text)
{
	for (size_t i = 0; i < list.n; i++)
		if (str_eq(list.at[i], text))
			return true;
	return false;
}

enum err log_key_add(struct str dir, struct str origin, struct strs retired, struct rng *rng,
		     struct arena *a, struct str *vkey, struct str *why)
{
	struct buf before = { .a = a };
	struct log_keys keys;
	enum err e = log_keys_read(dir, origin, a, &keys, why); /* all its refusals hold here too */
	size_t kept = 0;

	if (e)
		return e;
	buf_reserve(&before, KEY_FILE_BYTES);
	for (size_t i = 0; i < keys.n; i++) {
		SECRET_SEED struct key_seed seed;
		struct vkey same;
		if (is_one_of(retired, vkey_text(a, &keys.at[i].vkey)))
			continue;
		memcpy(seed.b, keys.at[i].secret.b, sizeof seed.b);
		put_key_line(&before, origin, KEY_LOG, &seed, &same);
		kept++;
	}
	log_keys_wipe(&keys);
	if (kept == LOG_KEYS) {
		*why = S("log.key is full: it holds keys that this site does not know; remove "
			 "their lines");
		e = ERR_CONFLICT;
	} else {
		e = write_key(dir, origin, KEY_LOG, buf_str(&before), rng, a, vkey, why);
	}
	wipe(before.at, before.len);
	return e;
}
