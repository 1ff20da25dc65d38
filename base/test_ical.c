/* Calendars to the byte; tests/test_calendars.py has them read by others' programs. */
#include "base/ical.h"

#include "tests/test.h"

static struct str written(const struct ical_event *e)
{
	struct buf b = { .a = test_arena() };
	ical_begin(&b, S("Tiếp dân"));
	ical_put(&b, e);
	ical_end(&b);
	return buf_str(&b);
}

static struct ical_event event(void)
{
	return (struct ical_event){ .uid = S("TC-7K3Q-92MV@ninhvan.example"),
				    .summary = S("Tiếp công dân"),
				    .place = S("Phòng 1; nhà A, tầng 2"),
				    .url = S("https://ninhvan.example/ho-so/TC-7K3Q-92MV"),
				    .changed = date_instant(test_date("2026-03-01"), 8 * 60),
				    .sequence = 2,
				    .day = test_date("2026-03-10"),
				    .from = 7 * 60 + 30,
				    .to = 11 * 60 };
}

TEST(an_event_says_when_in_the_time_of_vietnam)
{
	struct ical_event e = event();
	struct str s = written(&e);
	CHECK(str_has(s, S("\r\nDTSTAMP:20260301T010000Z\r\n")));
	CHECK(str_has(s, S("\r\nDTSTART;TZID=Asia/Ho_Chi_Minh:20260310T073000\r\n")));
	CHECK(str_has(s, S("\r\nDTEND;TZID=Asia/Ho_Chi_Minh:20260310T110000\r\n")));
	CHECK(str_has(s, S("\r\nSEQUENCE:2\r\nSTATUS:CONFIRMED\r\n")));
	CHECK(str_has(s, S("\r\nLOCATION:Phòng 1\\; nhà A\\, tầng 2\r\n")));
	e.off = true;
	CHECK(str_has(written(&e), S("\r\nSTATUS:CANCELLED\r\n")));
}

TEST(without_an_hour_it_is_the_whole_day_and_without_an_end_none_is_invented)
{
	struct ical_event e = event();
	e.to = 0;
	CHECK(!str_has(written(&e), S("DTEND")));
	e.from = -1;
	CHECK(str_has(written(&e), S("\r\nDTSTART;VALUE=DATE:20260310\r\n")));
}

/* Unfolded it is what it was, wherever lines break. */
TEST(long_lines_are_folded_between_signs)
{
	static const char *const signs[] = { "a", "ư", "ễ", "𐍈" };
	for (int n = 0; n < 200; n++) {
		struct buf text = { .a = test_arena() };
		for (int i = 0; i < n; i++)
			buf_put(&text, str_of(signs[test_random() % LENGTH(signs)]));
		struct ical_event e = event();
		e.summary = buf_str(&text);
		struct buf whole = { .a = test_arena() };
		bool found = n == 0;
		for (struct str rest = written(&e), line; str_next(&rest, '\n', &line);) {
			if (!line.len)
				break;
			CHECK(line.len <= 76 && line.at[line.len - 1] == '\r');
			line.len--;
			CHECK(((unsigned char)line.at[line.at[0] == ' '] & 0xc0) != 0x80);
			if (line.at[0] != ' ') {
				found |= str_eq(buf_str(&whole),
						str_printf(test_arena(), "SUMMARY:%.*s",
							   STR_ARG(e.summary)));
				buf_reset(&whole);
			}
			buf_put(&whole, line.at[0] == ' ' ? str_from(line, 1) : line);
		}
		CHECK(found);
	}
}

TEST(nothing_typed_begins_a_line_of_its_own)
{
	struct ical_event e = event();
	e.summary = e.place = e.about = e.uid =
		S("a\r\nEND:VEVENT\r\nBEGIN:VALARM\rBEGIN:VALARM\nATTACH:http://x.vn");
	e.url = S("https://a.vn/\r\nATTENDEE:mailto:a@b.vn");
	for (struct str rest = written(&e), line; str_next(&rest, '\n', &line);)
		CHECK(!str_starts(line, S("BEGIN:VALARM")) && !str_starts(line, S("ATT")) &&
		      !str_starts(line, S("URL")));
}
