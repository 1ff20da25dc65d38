#!/usr/bin/env python3
"""The first day of an operator: the commands of docs/operating/README.md in their order on a machine without Đình
(tests/own_systemd.py), and what the first administrator meets in a browser. Speaks TAP; skipped without systemd or
the rights for namespaces."""
import base64
import hashlib
import hmac
import re
import shutil
import struct
import sys
import time
import urllib.parse

sys.path.insert(0, "tests")
from own_systemd import ask, begin, end, hidden, need, order, skip, tell, wait_served, work  # noqa: E402
from page import Page  # noqa: E402

PAGE = Page("docs/operating/README.md", "docs/van-hanh/README.md")
run = PAGE.run
PASSWORD = "một câu dài dễ nhớ"
jar = {}


def visit(path, fields=None, form=None):
    """As a browser with cookies; with `fields` what its form at that path sends."""
    token = hidden(form if form else visit(path)[1]) if fields is not None else None
    headers = {"Cookie": "; ".join("%s=%s" % cookie for cookie in jar.items())}
    if fields is None:
        status, answer, text = ask(path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, answer, text = ask(path, "POST",
                                   urllib.parse.urlencode(dict(fields, **{"ma-gui": token})), headers)
    for cookie in answer.get_all("Set-Cookie") or []:
        name, value = cookie.split(";")[0].split("=", 1)
        jar[name] = value
    return (status, text) if status != 303 else (status, answer["Location"])


def forms(text):
    """Each by its address."""
    return {re.search(r'action="([^"]*)"', form).group(1): form
            for form in re.findall(r'<form .*?</form>', text, re.S) if 'method="post"' in form}


def code_of_the_telephone(secret):
    """RFC 6238."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return "%06d" % ((struct.unpack(">I", digest[at:at + 4])[0] & 0x7fffffff) % 1000000)


def setup_code():
    return re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", run("code")).group(0)


# --- what is promised ---

def both_languages_print_the_same_commands():
    PAGE.check_translation()
    assert len(PAGE.blocks) >= 6, len(PAGE.blocks)


def it_is_installed_for_a_user_of_its_own():
    run("install")
    assert order("stat -c '%U %G %a' /var/lib/dinh /var/backups/dinh").split() == ["dinh", "dinh", "700"] * 2
    assert "/nologin" in order("getent passwd dinh")


def a_site_is_made_and_says_which_units_it_knows():
    said = run("site")
    assert "April 2023" in said and "setup code" in said, said
    assert not re.search(r"([0-9A-Z]{4}-){3}", said), said
    assert order("stat -c %a /var/lib/dinh/log.key /var/lib/dinh/dinh.db").split() == ["600"] * 2


def the_units_serve_it_and_keep_the_days_of_the_timers():
    run("serve")
    for name in ("dinh", "dinh-backup.timer", "dinh-verify.timer"):
        assert order("systemctl is-enabled " + name).strip() == "enabled", name
        assert order("systemctl is-active " + name).strip() == "active", name
    assert order("stat -c %U /var/backups/dinh/checkpoint").strip() == "dinh"


def the_newest_code_makes_the_first_administrator():
    old = setup_code()
    order("systemctl restart dinh")
    wait_served()
    new = setup_code()
    fields = {"name": "Nguyễn Văn Thử", "login": "thu.qt", "fresh": PASSWORD, "again": PASSWORD}
    assert visit("/thiet-lap", dict(fields, slip=old))[0] == 422
    assert visit("/thiet-lap", dict(fields, slip=new.lower())) == (303, "/dang-nhap?xong=thiet-lap")
    order("systemctl restart dinh")
    wait_served()
    assert "Mã thiết lập" not in order("tail -n 1 " + work + "/said")


def an_administrator_sets_up_an_authenticator_before_anything_else():
    assert visit("/dang-nhap", {"login": "thu.qt", "password": PASSWORD})[0] == 303
    assert visit("/quan-tri")[1].startswith("/dang-nhap")
    assert visit("/dang-nhap") == (303, "/tai-khoan/ma-xac-thuc")
    start = "/tai-khoan/ma-xac-thuc/bat-dau"
    form = forms(visit("/tai-khoan/ma-xac-thuc")[1])[start]
    assert visit(start, {}, form)[0] == 303
    text = visit("/tai-khoan/ma-xac-thuc")[1]
    secret = re.sub("[^A-Z2-7]", "", re.search(r"([A-Z2-7]{4}[ ]){7}[A-Z2-7]{4}", text).group(0))
    form = forms(text)["/tai-khoan/ma-xac-thuc"]
    assert visit("/tai-khoan/ma-xac-thuc", {"code": code_of_the_telephone(secret)}, form)[0] == 303
    assert visit("/quan-tri") == (303, "/quan-tri/don-vi/14554")


def people_get_accounts_slips_and_work():
    unit = "/quan-tri/don-vi/14554"
    text = visit(unit)[1]
    for name in ("them-nguoi", "giao-viec", "khai-bao", "noi-niem-yet", "nhap"):
        assert '"%s/%s"' % (unit, name) in text, name
    status, there = visit(unit + "/them-nguoi", {"name": "Trần Thị Mẫu", "login": "mau.tt"})
    assert status == 303, there
    person = there.split("?")[0]
    status, slip = visit(person + "/ma", {}, forms(visit(person)[1])[person + "/ma"])
    assert status == 200 and "mau.tt" in slip and re.search(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", slip)
    today = re.search(r'name="from" value="([^"]*)"', visit(unit + "/giao-viec")[1]).group(1)
    status, there = visit(unit + "/giao-viec", {"login": "mau.tt", "role": "clerk", "work": "*",
                                               "from": today, "to": ""})
    assert status == 303, there
    assert "Trần Thị Mẫu" in visit(unit)[1]
    for path in ("/quan-tri/lich", "/quan-tri/y-kien", "/quan-tri/ma-xac-thuc"):
        assert visit(path)[0] == 200, path


def when_nobody_can_sign_in_the_machine_helps():
    said = run("people")
    assert "mau.tt" in said and "thu.qt" in said, said


def everything_agrees_after_the_first_day():
    run("week")


PROMISES = [
    both_languages_print_the_same_commands, it_is_installed_for_a_user_of_its_own,
    a_site_is_made_and_says_which_units_it_knows, the_units_serve_it_and_keep_the_days_of_the_timers,
    the_newest_code_makes_the_first_administrator,
    an_administrator_sets_up_an_authenticator_before_anything_else,
    people_get_accounts_slips_and_work, when_nobody_can_sign_in_the_machine_helps,
    everything_agrees_after_the_first_day,
]

need()
if not shutil.which("adduser"):
    skip("adduser is missing: apt-get install adduser")
print("1..%d" % len(PROMISES), flush=True)
try:
    begin("", "sed -i '/^dinh:/d' /etc/passwd /etc/group /etc/shadow /etc/gshadow")
    tell(PROMISES)
finally:
    end()
