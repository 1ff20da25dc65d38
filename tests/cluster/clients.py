"""Whoever uses the site while it is shaken: officials and a citizen who write, visitors who read, each with a memory of what it was
told. Not a test itself.

An answer to a form is one of three: acknowledged (303), refused (503: nothing was done), unknown (no answer came). A *hasty* client
then goes on with something else; a *patient* one sends the same form again, to whichever server, until it is acknowledged."""
import http.client
import random
import re
import threading
import time
import urllib.parse

UNIT = "14554"  # xã Ninh Vân, in the demonstration
DAY = "5/1/2021"
REQUESTS_MOST, REQUEST_PAUSE = 18, 15  # nobody asks more than twenty questions a day
ACKNOWLEDGED, REFUSED, UNKNOWN = "acknowledged", "refused", "unknown"
# A step of a disclosure each, and what its form says besides token, channel and day.
STEPS = ["record", "submit", "publish"]
FIELDS = {
    "record": [("matter", "XA07-05-01"), ("body", "Nội dung"), ("issuer", "UBND xã"), ("issued_on", "4/1/2021")],
    "submit": [("no_secret", "on"), ("names_lawful", "on")],
    "publish": [],
    "send": [("wanted", "online"), ("purpose", "Để biết tiền làm đường đã dùng vào việc gì"),
             ("name", "Người Dân Mẫu"), ("address", "Xóm Mẫu, xã Ninh Vân")],
}


class Act:
    """One form, however often it was sent."""

    def __init__(self, title, step, token):
        self.title, self.step, self.token = title, step, token
        self.code, self.outcome = None, UNKNOWN


class Memory:
    """What everybody together was told. Lists only grow; no two threads change one entry."""

    def __init__(self):
        self.acts = []
        self.acknowledged_at = []   # when the answers came
        self.refused_at = []
        self.unknown_at = []
        self.writes = []            # (began, seconds) of those acknowledged at the first try
        self.reads = []             # (began, seconds, server, status; 0: no answer)
        self.late = []              # (began, seconds) until the other server showed strangers what was published
        self.wrong = []             # what must not happen and did
        self.again = 0              # acknowledged to a form that had been sent before
        self.signed_in = 0

    def fail(self, format, *values):
        self.wrong.append(format % values)


class Connection:
    """To the servers, as their proxy: each request from another address, so that nobody is throttled."""
    count = random.randrange(1 << 20)
    lock = threading.Lock()

    def __init__(self, servers):
        self.servers, self.open = servers, {}

    def ask(self, server, path, method="GET", cookie="", fields=None):
        """(status, headers, text); status 0 when no whole answer came."""
        with Connection.lock:
            Connection.count += 1
            n = Connection.count
        headers = {"Host": "ninhvan.example", "X-Forwarded-For": "10.%d.%d.%d" % (n >> 16 & 255, n >> 8 & 255, n & 255)}
        if cookie:
            headers["Cookie"] = cookie
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        c = self.open.pop(server, None) or http.client.HTTPConnection("127.0.0.1", server.port, timeout=90)
        try:
            c.request(method, path, body, headers)
            r = c.getresponse()
            text = r.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            c.close()
            return 0, {}, ""
        if r.will_close:
            c.close()
        else:
            self.open[server] = c
        return r.status, r.headers, text


def token_of(text):
    found = re.search(r'name="ma-gui" value="([^"]*)"', text)
    return found.group(1) if found else None


def cookie_of(headers, name):
    for value in headers.get_all("Set-Cookie") or []:
        if value.startswith(name + "="):
            return value.split(";")[0]
    return None


class Thread(threading.Thread):
    def __init__(self, site):
        super().__init__(daemon=True)
        self.site, self.memory, self.web = site, site.memory, Connection(site.servers)

    def run(self):
        try:
            while not self.site.stop.is_set():
                self.turn()
        except Exception as e:  # a fault of the test must not look like silence
            self.memory.fail("%s: %s: %s", type(self).__name__, type(e).__name__, e)

    def rest(self, seconds):
        self.site.stop.wait(seconds)


class Writer(Thread):
    def __init__(self, site, number, login, password, patient):
        super().__init__(site)
        self.number, self.login, self.password, self.patient = number, login, password, patient
        self.session, self.act, self.count, self.last = None, None, 0, 0.0
        self.title, self.code, self.step = None, None, self.first()

    def first(self):
        return "send" if self.login.startswith("nguoidan") else "record"

    def asked_enough(self):
        return self.first() == "send" and (self.count >= REQUESTS_MOST or
                                           time.monotonic() < self.last + REQUEST_PAUSE)

    def any(self):
        return random.choice(self.site.servers)

    def turn(self):
        if self.act is None and (self.site.drain.is_set() or self.asked_enough()):
            return self.rest(0.05)
        if self.session is None:
            self.sign_in()
        elif self.act is None:
            self.begin()
        else:
            self.send()
        self.rest(0.02)

    def sign_in(self):
        server = self.any()
        status, headers, text = self.web.ask(server, "/dang-nhap")
        token, tie = token_of(text), status and cookie_of(headers, "khach")
        if status != 200 or not token or not tie:
            if status not in (0, 503):
                self.memory.fail("the page of signing in: %d", status)
            return self.rest(0.2)
        status, headers, text = self.web.ask(server, "/dang-nhap", "POST", tie, [
            ("ma-gui", token), ("login", self.login), ("password", self.password)])
        if status == 303 and cookie_of(headers, "phien"):
            self.session = cookie_of(headers, "phien")
            self.memory.signed_in += 1
        elif status not in (0, 503):
            self.memory.fail("signing in: %d", status)

    def path(self):
        if self.step == "send":
            return "/ghi-moi/yeu-cau-thong-tin/" + UNIT
        return "/ghi-moi/cong-khai/" + UNIT if self.step == "record" else "/ho-so/%s/lam/%s" % (self.code, self.step)

    def begin(self):
        """Opens the form of the next step, for its token."""
        if self.step == self.first():
            self.count, self.last = self.count + 1, time.monotonic()
            self.title, self.code = "Viec-%d-%06d" % (self.number, self.count), None
        began, server = time.monotonic(), self.any()
        status, _, text = self.web.ask(server, self.path(), cookie=self.session)
        self.memory.reads.append((began, time.monotonic() - began, server.name, status))
        if status == 200 and token_of(text):
            self.act = Act(self.title, self.step, token_of(text))
            self.act.code = self.code
            self.memory.acts.append(self.act)
            self.tries = 0
        elif status in (0, 503):
            self.rest(0.2)
        else:
            self.memory.fail("%s of %s: the form is answered with %d", self.path(), self.title, status)
            self.give_up()

    def fields(self):
        first = [("title", self.title)] if self.step == self.first() else []
        return [("ma-gui", self.act.token)] + first + FIELDS[self.step] + [("channel", "web"), ("happened_on", DAY)]

    def send(self):
        began, server = time.monotonic(), self.any()
        self.tries += 1
        status, headers, text = self.web.ask(server, self.path(), "POST", self.session, self.fields())
        ended = time.monotonic()
        if status == 303:
            self.memory.acknowledged_at.append(ended)
            if self.tries == 1:
                self.memory.writes.append((began, ended - began))
            else:
                self.memory.again += 1
            self.acknowledged(server, headers["Location"])
        elif status == 503:
            self.memory.refused_at.append(ended)
            if not headers["Retry-After"]:
                self.memory.fail("a refusal does not say when to come again")
            self.unanswered(REFUSED)
        elif status == 0:
            self.memory.unknown_at.append(ended)
            self.unanswered(UNKNOWN)
        else:
            self.memory.fail("%s of %s is answered with %d: %s", self.step, self.title, status,
                             " ".join(re.findall(r'class="err".{0,200}', text)[:3]) or text[:200])
            self.give_up()

    def unanswered(self, outcome):
        self.rest(0.2)
        if self.patient and not (self.site.drain.is_set() and self.tries > 200):
            return
        self.act.outcome = outcome if self.tries == 1 else UNKNOWN
        self.give_up()

    def give_up(self):
        self.act, self.step = None, self.first()

    def acknowledged(self, server, location):
        found = re.match(r"/ho-so/([A-Z]{2}-[0-9A-Z-]+)", location or "")
        if not found or (self.code and found.group(1) != self.code):
            self.memory.fail("%s of %s leads to %s", self.step, self.title, location)
            return self.give_up()
        self.code = self.act.code = found.group(1)
        self.act.outcome, self.act = ACKNOWLEDGED, None
        self.look()
        if self.step == "publish":
            self.site.published = (time.monotonic(), self.code, self.title, server)
        after = STEPS.index(self.step) + 1 if self.step in STEPS else len(STEPS)
        self.step = STEPS[after] if after < len(STEPS) else self.first()

    def look(self):
        """Who just wrote sees it, whichever server is asked."""
        server = self.any()
        status, _, text = self.web.ask(server, "/ho-so/" + self.code, cookie=self.session)
        if status not in (0, 503) and (status != 200 or self.title not in text):
            self.memory.fail("whoever did %s of %s sees %d at server %s", self.step, self.title, status, server.name)


class Reader(Thread):
    """Strangers; every second one passes the page cache by."""
    PATHS = ["/", "/cong-khai", "/don-vi/" + UNIT, "/han", "/cong-khai.json", "/kiem-chung"]

    def turn(self):
        server, path = random.choice(self.site.servers), random.choice(self.PATHS)
        if self.site.published and random.random() < 0.3:
            path = "/ho-so/" + self.site.published[1]
            # It may be a moment until a stranger sees it.
            if time.monotonic() - self.site.published[0] < 5:
                path = "/"
        began = time.monotonic()
        status, _, text = self.web.ask(server, path, cookie=random.choice(["", "phien=" + "0" * 64]))
        self.memory.reads.append((began, time.monotonic() - began, server.name, status))
        if status not in (0, 200, 503):
            self.memory.fail("a stranger's %s is answered with %d", path, status)
        self.rest(0.03 if status == 200 else 0.2)


class Neighbour(Thread):
    """How long until strangers see at one server what was published at the other?"""

    def turn(self):
        seen = self.site.published
        self.rest(0.05)
        if not self.site.published or self.site.published is seen:
            return
        began, code, title, at = self.site.published
        for server in self.site.servers:
            while server is not at and not self.site.stop.is_set():
                status, _, text = self.web.ask(server, "/ho-so/" + code)
                if status == 200 and title in text:
                    self.memory.late.append((began, time.monotonic() - began))
                    break
                if time.monotonic() - began > 60:
                    self.memory.fail("after a minute server %s answers %d for %s, which was published at %s",
                                     server.name, status, code, at.name)
                    break
                self.rest(0.02)
