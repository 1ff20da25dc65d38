/* Whatever is typed, a letter and a calendar have lines of their bounds, no header and no component that we did
 * not write, and no address that is more than one. */
#include "base/ical.h"
#include "base/mail.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void must(bool good)
{
	if (!good)
		abort();
}

static void check_letter(struct str mail)
{
	static const struct str names[] = {
		S_INIT("Date: "),
		S_INIT("From: "),
		S_INIT("To: "),
		S_INIT("Message-ID: "),
		S_INIT("Subject: "),
		S_INIT("Auto-Submitted: "),
		S_INIT("MIME-Version: "),
		S_INIT("Content-Type: "),
		S_INIT("Content-Transfer-Encoding: "),
	};
	bool head = true;
	size_t n = 0;
	for (struct str rest = mail, line; str_next(&rest, '\n', &line);) {
		if (!rest.at)
			break;
		must(line.len && line.at[line.len - 1] == '\r' && line.len <= 79);
		line.len--;
		for (size_t i = 0; i < line.len; i++)
			must(line.at[i] >= 0x20 && line.at[i] <= 0x7e);
		head = head && line.len;
		if (!head)
			must(!str_starts(line, S(".")) && !str_starts(line, S("From ")));
		else if (line.at[0] != ' ')
			must(n < LENGTH(names) && str_starts(line, names[n++]));
	}
	must(!head && n == LENGTH(names));
}

static void check_calendar(struct str text)
{
	size_t components = 0;
	for (struct str rest = text, line; str_next(&rest, '\n', &line);) {
		must(line.len <= 76);
		components += str_starts(line, S("BEGIN:"));
	}
	must(components == 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(0);
	struct str all = { (const char *)data, len }, rest = all, name = S(""), subject = S("");
	struct buf mail = { .a = a }, calendar = { .a = a };
	str_next(&rest, '|', &name);
	str_next(&rest, '|', &subject);
	struct mail m = { .from_name = str_some(name),
			  .from = S("a@b.vn"),
			  .to = S("c@d.vn"),
			  .id = S("e@f.vn"),
			  .subject = str_some(subject),
			  .text = str_some(rest),
			  .unsubscribe = S("") };
	must(mail_write(&mail, &m));
	check_letter(buf_str(&mail));
	if (mail_address_ok(all))
		for (size_t i = 0; i < len; i++)
			must(data[i] > ' ' && data[i] < 0x7f &&
			     !str_has(S("<>,;:\"()[]\\"), (struct str){ &all.at[i], 1 }));
	ical_begin(&calendar, str_some(name));
	ical_put(&calendar, &(struct ical_event){ .uid = str_some(name),
						  .summary = str_some(subject),
						  .place = str_some(rest),
						  .url = all,
						  .day = { 20000 } });
	ical_end(&calendar);
	check_calendar(buf_str(&calendar));
	arena_free(a);
	return 0;
}
