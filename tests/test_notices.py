#!/usr/bin/python3
"""Notices as people get them: the real program, a mail server of Debian's python3-aiosmtpd that can be told to refuse,
and a command for text messages. Speaks TAP. What it is run by is Debian's own python3, which has that module."""
import email
import email.policy
import os
import re
import stat
import sys
import time

sys.path.insert(0, "tests")
from aiosmtpd.controller import Controller  # noqa: E402
from aiosmtpd.smtp import SMTP  # noqa: E402
from port import free_port  # noqa: E402
from site_of_tests import Browser, Site, faults, wait_until  # noqa: E402
from tap import tell  # noqa: E402


class Sink:
    """Keeps what it takes; says before that what it was told to."""

    def __init__(self):
        self.taken, self.say, self.times, self.slow = [], [], 0, 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.times += 1
        if self.say and self.say[0].startswith("rcpt "):
            return self.say.pop(0)[5:]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.say:
            return self.say.pop(0)
        if self.slow:
            time.sleep(self.slow)
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 taken"


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=False, data_size_limit=100000)


sink = Sink()
MAIL_PORT = free_port()
mail_server = None
site = Site()
GATEWAY = site.folder.name + "/gateway"
MAIL = ["--mail", "smtp://127.0.0.1:%d" % MAIL_PORT, "--mail-from", "thong-bao@ninhvan.example"]
people = {}


def mail_up():
    global mail_server
    mail_server = Server(sink, hostname="127.0.0.1", port=MAIL_PORT)
    mail_server.start()


def mail_down():
    mail_server.stop()


def read(n):
    sender, to, content = sink.taken[n]
    m = email.message_from_bytes(content, policy=email.policy.default)
    return sender, to, m, m.get_content()


def petition(contact, title="Đường vào thôn Vườn bị ngập"):
    """Sent without an account; its code, and the browser that may read it."""
    b = Browser(site)
    status, where = b.send("/ghi-moi/kien-nghi/14554", {
        "type": "feedback", "title": title, "body": "Mưa là ngập, trẻ con không đi học được. BÍ-MẬT",
        "name": "Nguyễn Thị Thử", "address": "thôn Vườn", "contact": contact})
    assert status == 303, faults(where)
    return re.search(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}", where).group(0), b


def take(code, step, fields, files=()):
    status, where = people["lead"].act("/ho-so/%s/lam/%s" % (code, step), fields, files)
    assert status == 303, faults(where)


def ways(code):
    return site.sql("SELECT w.way, w.state, w.tries, w.why FROM notice_way w JOIN notice n ON n.id = w.notice"
                    " JOIN dossier d ON d.id = n.dossier WHERE d.code = ? ORDER BY n.id, w.way", code)


def now():
    """Whoever waits for the next try waits no longer."""
    site.sql("UPDATE notice_way SET next_at = 0 WHERE state = 0")


# --- what is promised ---

def a_receipt_goes_out_once_and_says_nothing_of_the_matter():
    mail_up()
    code, _ = petition("an.nguyen@vi-du.vn")
    wait_until(lambda: sink.taken, what=site.said()[-1000:])
    sender, to, m, text = read(0)
    assert sender == "thong-bao@ninhvan.example" and to == ["an.nguyen@vi-du.vn"], (sender, to)
    assert m["Subject"] == "Hồ sơ %s: đã nhận" % code, m["Subject"]
    assert "Ninh Vân" in m["From"] and "UBND xã Ninh Vân" in text and code in text, text
    assert site.url + "/bien-nhan?ma=" + code in text.replace("=\n", ""), text
    for word in ("ngập", "BÍ-MẬT", "Nguyễn Thị Thử", "thôn Vườn"):
        assert word not in sink.taken[0][2].decode() and word not in text and word not in m["Subject"], word
    assert m["Auto-Submitted"] == "auto-generated" and m["Message-ID"].endswith("@ninhvan.example>")
    assert m["List-Unsubscribe"] is None
    wait_until(lambda: ways(code) == [(0, 1, 1, "")], what=ways(code))
    time.sleep(2)
    assert len(sink.taken) == 1, len(sink.taken)


PROMISES = [a_receipt_goes_out_once_and_says_nothing_of_the_matter]

print("1..%d" % len(PROMISES), flush=True)
try:
    site.serve(*MAIL)
    tell(PROMISES)
finally:
    site.stop()
    if mail_server:
        mail_down()
