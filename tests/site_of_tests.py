"""A small real site for tests in Python: one commune, its clerk and its leader, served by the program, and browsers
that visit it. Not a test itself."""
import datetime
import html
import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, "tests")
from port import free_port  # noqa: E402

DINH = os.path.abspath(os.environ.get("DINH", "build/dinh"))
UNIT = "14554"  # Ninh Vân, as of 2021
PASSWORD = "một câu dài dễ nhớ"


def wait_until(question, seconds=30, what=""):
    end = time.time() + seconds
    while time.time() < end:
        answer = question()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError("in vain: %s" % (what or question))


def today():
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()


class Site:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="dinh-notices-")
        self.dir = self.folder.name + "/site"
        self.port, self.process, self.options = free_port(), None, []
        self.url = "http://127.0.0.1:%d" % self.port
        self.run("init", "--unit", UNIT, "--day", "2021-01-05")

    def run(self, *words, typed=""):
        done = subprocess.run([DINH, *words, "--data", self.dir, "--lang", "en"], input=typed,
                              capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def person(self, login, name, role=None):
        said = self.run("user", "add", login, "--name", name, "--random")
        password = re.findall(r"\S{12,}", said)[-1] if said else ""
        if role:
            self.run("user", "appoint", login, role)
        return login, password, said

    def serve(self, *options):
        self.options = list(options)
        self.log = open(self.folder.name + "/said", "a+")
        self.process = subprocess.Popen(
            [DINH, "serve", "--data", self.dir, "--listen", "127.0.0.1:%d" % self.port, "--url", self.url,
             *options], stdout=self.log, stderr=self.log)
        wait_until(self.answers, what="the site is served: " + self.said()[-500:])

    def said(self):
        with open(self.folder.name + "/said") as f:
            return f.read()

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError(self.said()[-2000:])
        try:
            c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            c.request("GET", "/healthz")
            return c.getresponse().status == 200
        except OSError:
            return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if not self.process or self.process.poll() is not None:
            return 0
        began = time.time()
        self.process.terminate()
        self.process.wait(30)
        self.took = time.time() - began
        return self.process.returncode

    def sql(self, text, *values):
        """Asked beside the server, of a site on SQLite."""
        db = sqlite3.connect(self.dir + "/dinh.db", timeout=20)
        try:
            rows = db.execute(text, values).fetchall()
            db.commit()
            return rows
        finally:
            db.close()

    def metrics(self):
        text = Browser(self).visit("/metrics")[1]
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1])
                for line in text.splitlines() if line[:1] != "#"}


class Browser:
    def __init__(self, site):
        self.site, self.jar = site, {}

    def ask(self, path, body=None, headers=None):
        c = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        headers = dict(headers or {}, Cookie="; ".join("%s=%s" % pair for pair in self.jar.items()))
        c.request("GET" if body is None else "POST", path, body, headers)
        r = c.getresponse()
        for cookie in r.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.jar[name] = value
        return r.status, r.headers, r.read().decode("utf-8", "replace")

    def visit(self, path):
        status, headers, text = self.ask(path)
        return (status, headers["Location"]) if status == 303 else (status, text)

    def send(self, path, fields, files=(), page=None):
        """The form at that path, as a browser without scripts would."""
        text = self.visit(page or path)[1]
        token = re.search(r'name="ma-gui" value="([^"]*)"', text)
        assert token, text[:500]
        pairs = [("ma-gui", token.group(1)), *fields.items()]
        body = b"".join(('--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % p).encode()
                        for p in pairs)
        for name, filename, kind, content in files:
            body += ('--x\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s\r\n\r\n'
                     % (name, filename, kind)).encode() + content + b"\r\n"
        status, headers, text = self.ask(path, body + b"--x--\r\n",
                                         {"Content-Type": "multipart/form-data; boundary=x"})
        return (status, headers["Location"]) if status == 303 else (status, text)

    def act(self, path, fields, files=()):
        """As somebody who acts for an office today."""
        return self.send(path, dict({"happened_on": today().isoformat(), "channel": "web"}, **fields), files)

    def plain(self, path, fields, page=None):
        text = self.visit(page or path)[1]
        token = re.search(r'name="ma-gui" value="([^"]*)"', text)
        assert token, text[:500]
        status, headers, text = self.ask(
            path, urllib.parse.urlencode(dict(fields, **{"ma-gui": token.group(1)})),
            {"Content-Type": "application/x-www-form-urlencoded"})
        return (status, headers["Location"]) if status == 303 else (status, text)

    def sign_in(self, login, password):
        """A password that somebody else set is changed first."""
        status, where = self.plain("/dang-nhap", {"login": login, "password": password})
        assert status == 303, where[:500]
        if password != PASSWORD:
            status, where = self.plain("/tai-khoan/mat-khau", {
                "old": password, "fresh": PASSWORD, "again": PASSWORD})
            assert status == 303, faults(where)
        return self


def faults(text):
    return [html.unescape(re.sub("<[^>]*>", " ", f)) for f in re.findall(r'class="err".{0,300}', text, re.S)] or text[:800]
