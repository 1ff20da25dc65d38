#include "web/upload.h"

#include "office/file.h"
#include "office/office.h"
#include "web/house.h"

#include <fcntl.h>

enum err upload_keep(struct req *r, const struct upload *u, struct file_ref *out, struct str *why)
{
	AUTO_CLOSE int fd = open(u->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return tx_fail(&r->tx, ERR_IO, "an upload is gone before it was kept");
	enum err e = file_keep(r->mem, r->house->office->files, fd, u->name, r->lang, out, why);
	return e && e != ERR_INVALID ? tx_fail(&r->tx, e, "%.*s", STR_ARG(*why)) : e;
}
