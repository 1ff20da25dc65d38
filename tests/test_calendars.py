#!/usr/bin/python3
"""Calendars read by others' programs: python3-icalendar and khal of Debian, and a reader of our own for what both forgive
(the length of lines, signs cut in two). Speaks TAP. What it is run by is Debian's own python3, which has that module."""
import datetime
import os
import re
import subprocess
import sys

sys.path.insert(0, "tests")
from icalendar import Calendar  # noqa: E402
from site_of_tests import UNIT, Browser, Site, faults, today  # noqa: E402
from tap import tell  # noqa: E402

site = Site()
lead = visitor = None
DAY = today() + datetime.timedelta(days=20)
LATER = DAY + datetime.timedelta(days=7)
PLACE = "Phòng tiếp công dân, tầng 1; trụ sở Ủy ban nhân dân xã, đường Trục xã, thôn Đông, cạnh Trạm y tế và Trường tiểu học"
TITLE = "Đối thoại với nhân dân về đường, nước sạch và nghĩa trang nhân dân ở các thôn Vườn, Phú Lăng, Xuân Thành và Đông Hội"
codes = {}


def taken(status, where):
    assert status == 303, faults(where)
    return re.search(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}", where).group(0)


def opened(kind, fields):
    return taken(*lead.act("/ghi-moi/%s/%s" % (kind, UNIT), fields))


def take(code, step, fields):
    return taken(*lead.act("/ho-so/%s/lam/%s" % (code, step), fields))


def reception(day, opens="07:30", closes="11:00"):
    session = {"way": "regular", "post": "Chủ tịch UBND xã", "day": day.isoformat(), "opens": opens, "closes": closes,
               "place": PLACE, "every": "30"}
    code = opened("buoi-tiep-dan", session)
    take(code, "announce", dict(session, notice="Bảng tin của xã"))
    return code


def calendar(path, who=None):
    status, headers, text = (who or visitor).ask(path)
    assert status == 200, (path, status)
    assert headers["Content-Type"] == "text/calendar; charset=utf-8", headers["Content-Type"]
    return text


def events(path):
    found = {}
    for event in Calendar.from_ical(calendar(path)).walk("VEVENT"):
        found[str(event["UID"]).split("@")[0]] = event
    return found


def local(event, name="DTSTART"):
    at = event[name].dt
    assert at.utcoffset() == datetime.timedelta(hours=7), at
    return at.strftime("%Y-%m-%d %H:%M")


def khal(path, start, days):
    """As khal lists them, from a calendar it has imported."""
    home = site.folder.name + "/khal"
    subprocess.run(["rm", "-rf", home], check=True)
    os.makedirs(home + "/calendar")
    with open(home + "/config", "w") as f:
        f.write("[calendars]\n[[x]]\npath = %s/calendar\ntype = calendar\n[locale]\nlocal_timezone = Asia/Ho_Chi_Minh\n"
                "default_timezone = Asia/Ho_Chi_Minh\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\n"
                "longdateformat = %%Y-%%m-%%d\ndatetimeformat = %%Y-%%m-%%d %%H:%%M\n"
                "longdatetimeformat = %%Y-%%m-%%d %%H:%%M\n[sqlite]\npath = %s/db\n" % (home, home))
    with open(home + "/in.ics", "w", newline="") as f:
        f.write(calendar(path))
    told = dict(os.environ, HOME=home, LC_ALL="C.UTF-8", TZ="Asia/Ho_Chi_Minh")
    for words in (["import", "--batch", home + "/in.ics"],
                  ["list", "--format", "{start}|{end}|{title}|{location}|{status}", "--day-format", "", start.isoformat(),
                   "%dd" % days]):
        done = subprocess.run(["khal", "-c", home + "/config", *words], capture_output=True, text=True, env=told)
        assert done.returncode == 0, (words, done.stderr)
    return done.stdout


# --- what is promised ---

def a_day_that_is_only_planned_is_in_no_calendar():
    planned = opened("buoi-tiep-dan", {"way": "regular", "post": "UBND xã", "day": DAY.isoformat(), "opens": "13:30",
                                       "closes": "16:30", "place": "Nhà văn hóa", "every": "0"})
    assert not events("/tiep-dan.ics") and not events("/buoi-tiep-dan.ics")
    assert visitor.ask("/ho-so/%s.ics" % planned)[0] == 404


def days_of_reception_are_read_with_day_hour_and_place():
    codes["day"] = reception(DAY)
    event = events("/tiep-dan.ics")[codes["day"]]
    assert local(event) == "%s 07:30" % DAY and local(event, "DTEND") == "%s 11:00" % DAY
    assert str(event["LOCATION"]) == PLACE, event["LOCATION"]
    assert str(event["URL"]) == site.url + "/ho-so/" + codes["day"]
    assert event["STATUS"] == "CONFIRMED" and "UBND xã Ninh Vân" in event["SUMMARY"], event["SUMMARY"]
    told = khal("/tiep-dan.ics", DAY, 1)
    assert "%s 07:30|%s 11:00|" % (DAY, DAY) in told and PLACE in told, told


def no_line_is_longer_than_75_bytes_and_none_cuts_a_sign_in_two():
    c = Browser(site)
    status, headers, text = c.ask("/tiep-dan.ics")
    raw = text.encode()
    lines = raw.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75 and any(line[:1] == b" " for line in lines)
    for line in lines:
        line.decode()
    assert ("LOCATION:" + PLACE.replace(",", "\\,").replace(";", "\\;")).encode() in raw.replace(b"\r\n ", b"")


def a_day_that_is_postponed_moves_and_keeps_its_name():
    before = events("/tiep-dan.ics")[codes["day"]]
    take(codes["day"], "postpone", {"day": LATER.isoformat(), "opens": "08:00", "closes": "10:00", "place": "Hội trường",
                                    "reason": "Bão số 3", "notice": "Bảng tin"})
    event = events("/tiep-dan.ics")[codes["day"]]
    assert event["UID"] == before["UID"] and event["SEQUENCE"] > before["SEQUENCE"]
    assert local(event) == "%s 08:00" % LATER and str(event["LOCATION"]) == "Hội trường"
    assert not khal("/tiep-dan.ics", DAY, 1).strip(), "khal still shows the old day"
    assert "08:00" in khal("/tiep-dan.ics", LATER, 1)


def a_day_that_is_cancelled_says_so():
    take(codes["day"], "cancel", {"reason": "Không còn phòng họp", "notice": "Bảng tin"})
    event = events("/tiep-dan.ics")[codes["day"]]
    assert event["STATUS"] == "CANCELLED"
    assert "|CANCELLED" in khal("/tiep-dan.ics", LATER, 1)


def dialogues_are_read_with_an_hour_in_words():
    code = codes["dialogue"] = opened("doi-thoai", {
        "title": TITLE, "body": "Nghe và trả lời nhân dân về các việc nêu trên.", "day": LATER.isoformat(),
        "hour": "8 giờ 30", "place": PLACE, "chair": "Chủ tịch UBND xã"})
    take(code, "announce", {})
    event = events("/doi-thoai.ics")[code]
    assert local(event) == "%s 08:30" % LATER and "DTEND" not in event
    assert TITLE in event["SUMMARY"], event["SUMMARY"]
    assert "08:30" in khal("/doi-thoai.ics", LATER, 1)


def one_dossier_is_a_calendar_of_its_own_and_what_does_not_happen_is_none():
    one = events("/ho-so/%s.ics" % codes["dialogue"])
    assert list(one) == [codes["dialogue"]]
    assert visitor.ask("/cong-khai.ics")[0] == 404
    page = visitor.visit("/ho-so/" + codes["dialogue"])[1]
    assert 'href="/ho-so/%s.ics"' % codes["dialogue"] in page and "Thêm vào lịch" in page
    assert "/tiep-dan.ics?don-vi=" + UNIT in visitor.visit("/tiep-dan?don-vi=" + UNIT)[1]


def a_unit_has_its_own_and_an_unknown_one_has_none():
    assert codes["dialogue"] in events("/doi-thoai.ics?don-vi=" + UNIT)
    assert visitor.ask("/doi-thoai.ics?don-vi=khong-co-don-vi-nay")[0] == 404


def who_asks_again_is_told_that_nothing_changed():
    status, headers, text = visitor.ask("/tiep-dan.ics")
    again = visitor.ask("/tiep-dan.ics", headers={"If-None-Match": headers["ETag"]})
    assert again[0] == 304 and not again[2], again[0]
    assert visitor.ask("/tiep-dan.ics")[2] == text


PROMISES = [
    a_day_that_is_only_planned_is_in_no_calendar, days_of_reception_are_read_with_day_hour_and_place,
    no_line_is_longer_than_75_bytes_and_none_cuts_a_sign_in_two, a_day_that_is_postponed_moves_and_keeps_its_name,
    a_day_that_is_cancelled_says_so, dialogues_are_read_with_an_hour_in_words,
    one_dossier_is_a_calendar_of_its_own_and_what_does_not_happen_is_none,
    a_unit_has_its_own_and_an_unknown_one_has_none, who_asks_again_is_told_that_nothing_changed,
]

print("1..%d" % len(PROMISES), flush=True)
try:
    login, password, _ = site.person("chu.tich", "Lê Văn Chủ", "leader")
    site.serve()
    lead, visitor = Browser(site).sign_in(login, password), Browser(site)
    tell(PROMISES)
finally:
    site.stop()
