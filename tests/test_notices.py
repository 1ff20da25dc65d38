#!/usr/bin/python3
"""Notices as people get them: the real program, a mail server of Debian's python3-aiosmtpd that can be told to refuse,
Debian's Exim, and a command for text messages. Speaks TAP. What it is run by is Debian's own python3, which has that module."""
import datetime
import email
import email.policy
import os
import re
import sys
import time

sys.path.insert(0, "tests")
from aiosmtpd.controller import Controller  # noqa: E402
from aiosmtpd.smtp import SMTP  # noqa: E402
from exim import Exim  # noqa: E402
from port import free_port  # noqa: E402
from site_of_tests import Browser, Site, faults, today, wait_until  # noqa: E402
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
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


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
    """A personal matter is opened first, with a reason."""
    people["lead"].plain("/ho-so/%s/mo" % code, {"reason": "Giải quyết đơn được giao"}, "/ho-so/" + code)
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
    assert "Xã Ninh Vân" in m["From"] and "UBND xã Ninh Vân" in text and code in text, text
    assert site.url + "/bien-nhan?ma=" + code in text.replace("=\n", ""), text
    for word in ("ngập", "BÍ-MẬT", "Nguyễn Thị Thử", "thôn Vườn"):
        assert word not in sink.taken[0][2].decode() and word not in text and word not in m["Subject"], word
    assert m["Auto-Submitted"] == "auto-generated" and m["Message-ID"].endswith("@ninhvan.example>")
    assert m["List-Unsubscribe"] is None
    wait_until(lambda: ways(code) == [(0, 1, 1, "")], what=ways(code))
    time.sleep(2)
    assert len(sink.taken) == 1, len(sink.taken)


def an_answer_is_told_in_the_readers_words_and_read_by_code():
    code, b = petition("Thư: binh@vi-du.vn, ĐT 0912 345 678")
    wait_until(lambda: [w[:2] for w in ways(code)] == [(0, 1)])
    take(code, "handle", {"answer_by": (today() + datetime.timedelta(days=5)).isoformat()})
    take(code, "answer", {"outcome": "done", "answer": "Đã đổ đất, đặt cống BÍ-MẬT-HAI; mời bà con xem."},
         [("files", "bien-ban.pdf", "application/pdf", PDF)])
    wait_until(lambda: [w[:2] for w in ways(code)] == [(0, 1)] * 3)
    sender, to, m, text = read(-1)
    assert m["Subject"] == "Hồ sơ %s: có tin mới" % code and to == ["binh@vi-du.vn"]
    assert "BÍ-MẬT" not in text and "trả lời" not in text.replace("Xin không trả lời thư này", ""), text
    page = b.visit("/bien-nhan/" + code)[1]
    assert "Đã thông báo" in page and page.count("Đã gửi, ") == 3, page
    paper = re.search(r'/ho-so/%s/thong-bao/\d+' % code, page).group(0)
    status, text = b.visit(paper)
    assert status == 200 and "Người trao" in text and "Trả lời" in text, text
    assert Browser(site).visit(paper)[0] in (303, 404), "a stranger reads it"


def a_server_that_says_later_is_asked_again():
    before = len(sink.taken)
    sink.say = ["451 greylisted", "rcpt 450 mailbox busy"]
    code, _ = petition("cham@vi-du.vn")
    # The try is counted before it is made: only what came of it says that it is over.
    for tries, why in ((1, "451"), (2, "450")):
        wait_until(lambda: [w for w in ways(code) if w[1] == 0 and w[2] == tries and why in w[3]], what=ways(code))
        assert len(sink.taken) == before
        now()
    wait_until(lambda: ways(code)[0][1] == 1, what=ways(code))
    assert len(sink.taken) == before + 1 and ways(code)[0][2] == 3


def a_server_that_says_never_is_believed():
    before = len(sink.taken)
    sink.say = ["rcpt 550 5.1.1 <khong-co@vi-du.vn> no such user"]
    code, b = petition("khong-co@vi-du.vn")
    wait_until(lambda: ways(code)[0][1] == 2, what=ways(code))
    assert ways(code)[0][3] == "RCPT failed: 550", ways(code)
    sink.say = ["554 5.7.1 content refused"]
    other, _ = petition("loc@vi-du.vn")
    wait_until(lambda: ways(other)[0][1] == 2, what=ways(other))
    assert "554" in ways(other)[0][3], ways(other)
    assert len(sink.taken) == before
    assert "Bên nhận từ chối" in b.visit("/bien-nhan/" + code)[1]
    assert "khong-co@" not in site.said() and not site.sql("SELECT 1 FROM notice_way WHERE why LIKE '%@%'")


def a_server_that_is_down_loses_nothing():
    before = len(sink.taken)
    mail_down()
    code, _ = petition("sau@vi-du.vn")
    wait_until(lambda: ways(code)[0][3], what=ways(code))
    assert ways(code)[0][1] == 0, ways(code)
    values = site.metrics()
    assert values["dinh_notices_waiting"] >= 1 and values["dinh_notices_failed_total{way=\"email\"}"] >= 1
    mail_up()
    now()
    wait_until(lambda: ways(code)[0][1] == 1, what=ways(code))
    assert len(sink.taken) == before + 1


def killed_between_sending_and_marking_it_is_sent_again_by_the_same_name():
    sink.slow = 1.5
    before = len(sink.taken)
    code, _ = petition("hai-lan@vi-du.vn")
    wait_until(lambda: ways(code) and ways(code)[0][2] == 1)
    time.sleep(0.5)
    site.kill()
    sink.slow = 0
    wait_until(lambda: len(sink.taken) == before + 1)
    assert ways(code)[0][1] == 0
    now()
    site.serve(*site.options)
    wait_until(lambda: ways(code)[0][1] == 1, what=ways(code))
    assert read(-1)[2]["Message-ID"] == read(-2)[2]["Message-ID"] and len(sink.taken) == before + 2
    assert read(-1)[1] == ["hai-lan@vi-du.vn"]


def nothing_typed_becomes_a_header_or_an_addressee():
    before = len(sink.taken)
    for contact in ("a@vi-du.vn\r\nBcc: b@vi-du.vn", "a@vi-du.vn>,<b@vi-du.vn", '"a b"@vi-du.vn', "-oX@vi-du.vn"):
        code, _ = petition(contact, title="Đường\r\nBcc: b@vi-du.vn")
        time.sleep(0.1)
        wait_until(lambda: all(w[1] for w in ways(code)), what=ways(code))
    for sender, to, content in sink.taken[before:]:
        head = content.split(b"\r\n\r\n")[0]
        assert len(to) == 1 and b"Bcc" not in head, (to, head)


def an_account_proves_its_address_before_anything_goes_there():
    me = people["citizen"] = Browser(site).sign_in(*people["citizen"][:2])
    assert me.plain("/thong-bao", {"email": "không phải"})[0] == 422
    before = len(sink.taken)
    status, where = me.plain("/thong-bao", {"email": "Toi@vi-du.vn", "mine_email": "1", "digest_email": "1"})
    assert status == 303 and "xong=thu" in where, where
    wait_until(lambda: len(sink.taken) == before + 1)
    sender, to, m, text = read(-1)
    assert to == ["toi@vi-du.vn"] and m["Subject"] == "Xác nhận địa chỉ thư điện tử"
    link = re.search(r"/thong-bao/nhan/\S+", text).group(0)
    stranger = Browser(site)
    assert stranger.visit(link[:-1] + ("0" if link[-1] != "0" else "1"))[0] == 404
    assert "Xác nhận" in stranger.visit(link)[1] and "chưa được xác nhận" in me.visit("/thong-bao")[1]
    assert "Đã xác nhận" in stranger.ask(link, b"")[2]
    assert "đã được xác nhận" in me.visit("/thong-bao")[1]


def what_may_be_switched_off_stops_by_one_press_and_what_is_owed_does_not():
    me = people["citizen"]
    def ask():
        status, where = me.send("/ghi-moi/kien-nghi/14554", {
            "type": "feedback", "title": "Đèn đường thôn Đông hỏng", "body": "Ba tháng nay không sửa.",
            "name": "Trần Văn Thử", "address": "thôn Đông", "contact": ""})
        assert status == 303, faults(where)
        return re.search(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}", where).group(0)
    before = len(sink.taken)
    code = ask()
    wait_until(lambda: len(sink.taken) == before + 1)
    assert read(-1)[2]["List-Unsubscribe"] is None and "không tắt được" in read(-1)[3]
    key = site.sql("SELECT person FROM notice_wish")[0][0]
    monday = today() - datetime.timedelta(days=today().weekday())
    week = monday - datetime.timedelta(days=7)
    # Something to follow, and news of it within the week.
    status, where = people["lead"].act("/ghi-moi/doi-thoai/14554", {
        "title": "Đối thoại về nước sạch", "body": "Nghe và trả lời nhân dân.", "hour": "8 giờ", "place": "Hội trường",
        "day": (today() + datetime.timedelta(days=20)).isoformat(), "chair": "Chủ tịch UBND xã"})
    assert status == 303, faults(where)
    public = re.search(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}", where).group(0)
    status, where = people["lead"].act("/ho-so/%s/lam/announce" % public, {})
    shown = site.sql("SELECT id FROM dossier WHERE visibility = 0 AND code = ?", public)
    assert shown, faults(where)
    site.sql("INSERT INTO follow (person, unit, kind, facet, dossier, made_at) VALUES (?, 0, '', '', ?, 0)",
             key, shown[0][0])
    site.sql("UPDATE act SET recorded_at = recorded_at - ? WHERE dossier = ?", 7 * 86400000, shown[0][0])
    assert site.stop() == 0
    site.serve(*site.options)
    wait_until(lambda: len(sink.taken) == before + 2, what=site.said()[-800:])
    sender, to, m, text = read(-1)
    assert m["Subject"].startswith("Tin trong tuần") and "Đối thoại về nước sạch" in text, text
    assert m["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = m["List-Unsubscribe"].strip("<>").replace(site.url, "")
    time.sleep(2)
    assert len(sink.taken) == before + 2, "a digest twice"
    stranger = Browser(site)
    assert "Thôi nhận" in stranger.visit(link)[1]
    status, headers, text = stranger.ask(link, b"List-Unsubscribe=One-Click",
                                         {"Content-Type": "application/x-www-form-urlencoded"})
    assert status == 200 and "Đã thôi" in text
    assert site.sql("SELECT digest, mine FROM notice_wish") == [(0, 1)]
    # Owed all the same.
    ask()
    wait_until(lambda: len(sink.taken) == before + 3)


def a_digest_with_nothing_in_it_is_not_sent():
    before = len(sink.taken)
    site.sql("UPDATE notice_wish SET digest = 1")
    site.sql("DELETE FROM notice_way WHERE notice IN (SELECT id FROM notice WHERE class = 4)")
    site.sql("DELETE FROM notice WHERE class = 4")
    site.sql("UPDATE act SET recorded_at = recorded_at - ?", 30 * 86400000)
    assert site.stop() == 0
    site.serve(*site.options)
    time.sleep(3)
    assert len(sink.taken) == before and not site.sql("SELECT 1 FROM notice WHERE class = 4")
    site.sql("UPDATE act SET recorded_at = recorded_at + ?", 30 * 86400000)


def operators_see_the_queue_and_no_address():
    text = people["admin"].visit("/quan-tri/thong-bao")[1]
    assert "Gửi thông báo" in text and "RCPT failed: 550" in text, text[:800]
    assert "@vi-du.vn" not in text
    assert people["lead"].visit("/quan-tri/thong-bao")[0] == 403


def text_messages_go_through_a_command():
    def gateway(script):
        with open(GATEWAY, "w") as f:
            f.write("#!/bin/sh\n" + script)
        os.chmod(GATEWAY, 0o755)
    gateway("cat > %s.$$; mv %s.$$ %s.got; env > %s.env" % ((GATEWAY,) * 4))
    assert site.stop() == 0
    site.serve(*MAIL, "--sms-command", GATEWAY)
    code, b = petition("0912.345.678", title="Tin nhắn có dấu ngã và nặng")
    wait_until(lambda: [w[:2] for w in ways(code)] == [(1, 1)], what=ways(code))
    with open(GATEWAY + ".got") as f:
        head, text = f.read().split("\n\n", 1)
    assert re.fullmatch(r"to 0912345678\nid [0-9a-f]+", head), head
    text = text.rstrip("\n")
    assert text.isascii() and len(text) <= 160 and code in text and "UBND xa Ninh Van" in text, text
    with open(GATEWAY + ".env") as f:
        assert {line.split("=")[0] for line in f} <= {"PATH", "PWD", "_", "SHLVL", "OLDPWD"}
    gateway("exit 75")
    code, _ = petition("0912345678")
    wait_until(lambda: ways(code)[0][3], what=ways(code))
    assert ways(code)[0][1] == 0 and "75" in ways(code)[0][3], ways(code)
    gateway("exit 3")
    now()
    wait_until(lambda: ways(code)[0][1] == 2, what=ways(code))
    assert "3" in ways(code)[0][3], ways(code)


def a_command_that_hangs_holds_up_neither_the_site_nor_its_end():
    with open(GATEWAY, "w") as f:
        f.write("#!/bin/sh\necho $$ > %s.pid\nsleep 1000\n" % GATEWAY)
    code, b = petition("0987654321")
    wait_until(lambda: os.path.exists(GATEWAY + ".pid"))
    assert b.visit("/bien-nhan/" + code)[0] == 200
    assert site.stop() == 0 and site.took < 5, site.took
    with open(GATEWAY + ".pid") as f:
        pid = int(f.read())
    assert not os.path.exists("/proc/%d" % pid), "the command is left behind"
    assert ways(code)[0][1] == 0


def encryption_is_asked_for_and_the_certificate_looked_at():
    import ssl
    import subprocess
    base = site.folder.name
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", base + "/key.pem", "-out", base + "/cert.pem"],
                   check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(base + "/cert.pem", base + "/key.pem")

    async def authenticate(server, session, envelope, mechanism, data):
        raise AssertionError

    class Safe(Controller):
        def factory(self):
            from aiosmtpd.smtp import AuthResult
            def check(server, session, envelope, mechanism, data):
                good = data.login == b"trang" and data.password == "mật khẩu thư".encode()
                return AuthResult(success=good)
            return SMTP(self.handler, tls_context=context, require_starttls=True, authenticator=check,
                        auth_required=True)
    mail_down()
    safe = Safe(sink, hostname="127.0.0.1", port=MAIL_PORT)
    safe.start()
    try:
        secret = base + "/mail-password"
        with open(secret, "w") as f:
            f.write("sai rồi\n")
        options = [*MAIL, "--mail-ca", base + "/cert.pem", "--mail-user", "trang", "--mail-password", secret]
        site.serve(*options)
        before = len(sink.taken)
        code, _ = petition("kin@vi-du.vn")
        wait_until(lambda: ways(code)[0][3], what=ways(code))
        assert ways(code)[0][1] == 0, "a wrong password of ours is no refusal of theirs: %s" % ways(code)
        site.stop()
        with open(secret, "w") as f:
            f.write("mật khẩu thư\n")
        now()
        site.serve(*options)
        wait_until(lambda: ways(code)[0][1] == 1, what=ways(code))
        assert len(sink.taken) == before + 1
        site.stop()
        # The system knows nobody who signed this.
        now()
        site.serve(*MAIL[:1], MAIL[1].replace("smtp:", "smtps:"), *MAIL[2:])
        other, _ = petition("kin@vi-du.vn")
        wait_until(lambda: ways(other)[0][3], what=ways(other))
        assert ways(other)[0][1] == 0 and len(sink.taken) == before + 1
        assert "mật khẩu thư" not in site.said() and "sai rồi" not in site.said()
    finally:
        safe.stop()
        site.stop()
        mail_up()


def a_real_mail_server_puts_it_into_a_mailbox_and_refuses_whom_it_does_not_know():
    exim = Exim(site.folder.name)
    try:
        wait_until(exim.answers)
        site.serve("--mail", "smtp://127.0.0.1:%d" % exim.port, *MAIL[2:])
        code, _ = petition("hop.thu@vi-du.vn")
        other, _ = petition("khong-co@vi-du.vn")
        wait_until(lambda: ways(code)[0][1] == 1 and ways(other)[0][1] == 2, what=(ways(code), ways(other)))
        found = wait_until(lambda: [m for m in exim.letters() if m["Subject"] == "Hồ sơ %s: đã nhận" % code])
        assert len(found) == 1 and "Xã Ninh Vân" in found[0]["From"], [(m["Subject"], m["From"]) for m in exim.letters()]
        assert "UBND xã Ninh Vân" in found[0].get_content() and code in found[0].get_content()
        assert not [m for m in exim.letters() if other in m["Subject"]]
    finally:
        site.stop()
        exim.stop()


def settings_that_cannot_work_are_refused_at_the_start():
    import subprocess
    from site_of_tests import DINH
    for words, said in (
            (["--mail", "smtp://h:25"], "--mail-from"), (["--mail", "http://h", *MAIL[2:]], "--mail:"),
            (["--mail", "smtp://ai:mat@h", *MAIL[2:]], "--mail:"), ([*MAIL, "--mail-user", "a"], "--mail-password"),
            (["--sms-command", "gui-tin"], "--sms-command"), (["--sms-command", "/khong/co"], "--sms-command")):
        done = subprocess.run([DINH, "serve", "--data", site.dir, "--listen", "127.0.0.1:0", "--url", site.url, *words],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 2 and said in done.stderr and "mat@" not in done.stderr, (words, done)


PROMISES = [
    a_receipt_goes_out_once_and_says_nothing_of_the_matter, an_answer_is_told_in_the_readers_words_and_read_by_code,
    a_server_that_says_later_is_asked_again, a_server_that_says_never_is_believed, a_server_that_is_down_loses_nothing,
    killed_between_sending_and_marking_it_is_sent_again_by_the_same_name,
    nothing_typed_becomes_a_header_or_an_addressee, an_account_proves_its_address_before_anything_goes_there,
    what_may_be_switched_off_stops_by_one_press_and_what_is_owed_does_not, a_digest_with_nothing_in_it_is_not_sent,
    operators_see_the_queue_and_no_address, text_messages_go_through_a_command,
    a_command_that_hangs_holds_up_neither_the_site_nor_its_end, encryption_is_asked_for_and_the_certificate_looked_at,
    a_real_mail_server_puts_it_into_a_mailbox_and_refuses_whom_it_does_not_know,
    settings_that_cannot_work_are_refused_at_the_start,
]

print("1..%d" % len(PROMISES), flush=True)
try:
    people["citizen"] = site.person("0977123456", "Trần Văn Thử")
    lead = site.person("chu.tich", "Lê Văn Chủ", "leader")
    admin = site.person("quan.tri", "Vũ Thị Quản", "admin")
    site.run("user", "factor", "nobody")
    site.serve(*MAIL)
    people["lead"] = Browser(site).sign_in(*lead[:2])
    people["admin"] = Browser(site).sign_in(*admin[:2])
    tell(PROMISES)
finally:
    site.stop()
    if mail_server:
        mail_down()
