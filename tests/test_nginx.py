#!/usr/bin/env python3
"""Đình behind the nginx of docs/operating/nginx.conf, really run: the file itself, with other ports, another
certificate and shorter patience. Speaks TAP; skipped where nginx is missing. tests/test_caddy.py runs it with
FRONT=caddy."""
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse
import warnings

sys.path.insert(0, "tests")
from port import free_port  # noqa: E402
from tap import tell  # noqa: E402

NAME = "ninhvan.example"
DINH = os.environ.get("DINH", "build/dinh")
FRONT = os.environ.get("FRONT", "nginx")
PROGRAM = shutil.which(FRONT) or shutil.which(FRONT, path="/usr/sbin:/sbin")
FILE = "docs/operating/" + {"nginx": "nginx.conf", "caddy": "Caddyfile"}[FRONT]

if not PROGRAM:
    print("1..0 # SKIP %s is missing: apt-get install %s"
          % (FRONT, {"nginx": "nginx-light"}.get(FRONT, FRONT)))
    sys.exit(0)

work = tempfile.mkdtemp(prefix="dinh-test-nginx-")
running = []
PLAIN, TLS, BEHIND = free_port(), free_port(), free_port()


# --- what runs ---

def certificate():
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=" + NAME, "-addext",
                    "subjectAltName=DNS:" + NAME, "-keyout", work + "/privkey.pem", "-out",
                    work + "/fullchain.pem"], check=True, capture_output=True)


def caddy():
    with open(FILE) as f:
        text = f.read()
    text = text.replace("127.0.0.1:8080", "127.0.0.1:%d" % BEHIND)
    text = text.replace("{\n\tservers", "{\n\tadmin off\n\thttp_port %d\n\thttps_port %d\n"
                        "\tdefault_bind 127.0.0.1\n\tservers" % (PLAIN, TLS), 1)
    text = text.replace("read_header 15s", "read_header 2s")
    text = text.replace("\n%s {\n" % NAME, "\n%s {\n\ttls %s/fullchain.pem %s/privkey.pem\n"
                        % (NAME, work, work))
    assert "read_header 2s" in text and "admin off" in text and "\ttls " in text
    with open(work + "/Caddyfile", "w") as f:
        f.write(text)
    env = dict(os.environ, HOME=work, XDG_DATA_HOME=work, XDG_CONFIG_HOME=work)
    return subprocess.Popen([PROGRAM, "run", "--config", work + "/Caddyfile", "--adapter",
                             "caddyfile"], stderr=open(work + "/error.log", "w"), env=env)


def nginx():
    with open(FILE) as f:
        text = f.read()
    text = re.sub(r"\n\tlisten \[::\][^\n]*", "", text)
    text = re.sub(r"listen 80\b", "listen 127.0.0.1:%d" % PLAIN, text)
    text = re.sub(r"listen 443\b", "listen 127.0.0.1:%d" % TLS, text)
    text = text.replace("127.0.0.1:8080", "127.0.0.1:%d" % BEHIND)
    text = text.replace("/etc/letsencrypt/live/%s/" % NAME, work + "/")
    text = text.replace("client_header_timeout 15s", "client_header_timeout 2s")
    assert "client_header_timeout 2s" in text and "/etc/letsencrypt" not in text
    with open(work + "/site.conf", "w") as f:
        f.write(text)
    with open(work + "/nginx.conf", "w") as f:
        f.write("daemon off; pid {0}/pid; error_log {0}/error.log; worker_processes 1;\n"
                "{1}events {{ worker_connections 512; }}\n"
                "http {{ access_log off; client_body_temp_path {0}/body; proxy_temp_path {0}/proxy;\n"
                "fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;\n"
                "types {{ text/plain txt; }} include {0}/site.conf; }}\n"
                .format(work, "user root;\n" if os.geteuid() == 0 else ""))
    return subprocess.Popen([PROGRAM, "-e", work + "/error.log", "-c", work + "/nginx.conf"],
                            stderr=subprocess.DEVNULL)


def wait_for(port):
    for _ in range(200):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nothing listens at %d" % port)


def start():
    subprocess.run([DINH, "demo", "--data", work + "/site", "--seed", "7", "--scale", "0.01"],
                   check=True, capture_output=True)
    out = open(work + "/dinh.log", "w")
    running.append(subprocess.Popen([DINH, "serve", "--data", work + "/site", "--listen",
                                     "127.0.0.1:%d" % BEHIND, "--url", "https://" + NAME,
                                     "--proxies", "127.0.0.1"], stdout=out, stderr=out))
    certificate()
    running.append({"nginx": nginx, "caddy": caddy}[FRONT]())
    for port in (BEHIND, PLAIN, TLS):
        wait_for(port)


# --- asking ---

def context(protocols=("http/1.1",)):
    c = ssl.create_default_context(cafile=work + "/fullchain.pem")
    c.set_alpn_protocols(list(protocols))
    return c


class Tls(http.client.HTTPSConnection):
    """A connection to nginx under the site's name, from an address of the loopback net."""

    def __init__(self, source="127.0.0.2"):
        super().__init__(NAME, TLS, context=context(), timeout=60)
        self.source = source

    def connect(self):
        raw = socket.create_connection(("127.0.0.1", TLS), 60, (self.source, 0))
        self.sock = self._context.wrap_socket(raw, server_hostname=NAME)


class Answer:
    def __init__(self, r):
        self.status, self.headers, self.body = r.status, r.headers, r.read()
        self.text = self.body.decode("utf-8", "replace")


def ask(path, method="GET", body=None, headers=None, source="127.0.0.2", connection=None):
    c = connection or Tls(source)
    c.request(method, path, body, dict(headers or {}, Host=NAME))
    return Answer(c.getresponse())


def direct(path, method="GET", headers=None, source="127.0.0.2"):
    c = http.client.HTTPConnection("127.0.0.1", BEHIND, timeout=60, source_address=(source, 0))
    c.request(method, path, None, dict(headers or {}, Host=NAME))
    return Answer(c.getresponse())


def raw_tls(source="127.0.0.2"):
    return context().wrap_socket(socket.create_connection(("127.0.0.1", TLS), 60, (source, 0)),
                                 server_hostname=NAME)


def gauge(name):
    text = direct("/metrics", source="127.0.0.1").text
    return float(re.search(r"^%s (\S+)$" % re.escape(name), text, re.M).group(1))


# --- what is promised ---

def http_leads_to_https():
    c = http.client.HTTPConnection("127.0.0.1", PLAIN, timeout=60)
    c.request("GET", "/cong-khai?trang=2", headers={"Host": NAME})
    r = c.getresponse()
    assert r.status == {"nginx": 301, "caddy": 308}[FRONT], r.status
    to = r.headers["Location"].replace(":%d" % TLS, "")
    assert to == "https://%s/cong-khai?trang=2" % NAME, to


def another_name_gets_nothing_of_ours():
    s = socket.create_connection(("127.0.0.1", PLAIN), 60)
    s.sendall(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
    assert b"default-src" not in s.recv(4000), "an answer of Đình"
    try:
        context().wrap_socket(socket.create_connection(("127.0.0.1", TLS), 60),
                              server_hostname="evil.example")
    except ssl.SSLError:
        return
    raise AssertionError("a handshake under another name")


def https_is_kept_to_and_cookies_are_secure():
    r = ask("/dang-nhap")
    assert r.status == 200, r.status
    assert r.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookie = r.headers["Set-Cookie"]
    assert cookie.startswith("__Host-") and "; Secure" in cookie and "HttpOnly" in cookie, cookie
    assert "default-src 'none'" in r.headers["Content-Security-Policy"]
    plain = direct("/dang-nhap")
    assert "Strict-Transport-Security" not in plain.headers
    assert "Secure" not in plain.headers["Set-Cookie"], plain.headers["Set-Cookie"]


def https_is_believed_from_the_proxy_alone():
    r = direct("/dang-nhap", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4"})
    assert "Strict-Transport-Security" not in r.headers


def statuses(send):
    """Seventy forms; sixty at once is what one address may send."""
    return [send("203.0.113.%d" % i).status for i in range(70)]


def a_forged_address_through_the_proxy_is_not_believed():
    c = Tls("127.0.0.3")
    seen = statuses(lambda forged: ask("/dang-nhap", "POST", "x=1", {
        "X-Forwarded-For": forged, "Content-Type": "application/x-www-form-urlencoded"},
        connection=c))
    assert seen[-1] == 429, seen
    other = ask("/dang-nhap", "POST", "x=1", {"Content-Type": "application/x-www-form-urlencoded"},
                source="127.0.0.4")
    assert other.status != 429, "a neighbour is held up"


def a_forged_address_past_the_proxy_is_not_believed():
    seen = statuses(lambda forged: direct("/dang-nhap", "POST", {"X-Forwarded-For": forged},
                                          source="127.0.0.5"))
    assert seen[-1] == 429, seen


def metrics_are_refused_through_the_proxy():
    assert ask("/metrics").status == 404
    assert ask("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status == 404
    assert ask("/metrics", source="127.0.0.1").status == 404
    assert direct("/metrics", source="127.0.0.1").status == 200


def the_log_comes_through_untouched():
    for path in ("/log/tile/0/000", "/log/tile/entries/000", "/log/checkpoint", "/log/vkey"):
        a, b = ask(path), direct(path)
        assert a.status == b.status == 200, (path, a.status, b.status)
        assert a.body == b.body, path
        for name in ("Cache-Control", "Content-Type", "Access-Control-Allow-Origin"):
            assert a.headers[name] == b.headers[name], (path, name, a.headers[name])
    tile = ask("/log/tile/0/000")
    assert tile.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ask("/log/checkpoint").headers["Cache-Control"] == "no-cache"


def pages_are_asked_again_by_their_mark():
    r = ask("/cong-khai")
    again = ask("/cong-khai", headers={"If-None-Match": r.headers["ETag"]})
    assert (r.status, again.status, again.body) == (200, 304, b""), again.status


def http_2_is_spoken():
    s = context(("h2", "http/1.1")).wrap_socket(
        socket.create_connection(("127.0.0.1", TLS), 60), server_hostname=NAME)
    assert s.selected_alpn_protocol() == "h2", s.selected_alpn_protocol()
    s.close()
    out = subprocess.run(["curl", "-sS", "--http2", "--cacert", work + "/fullchain.pem", "--resolve",
                          "%s:%d:127.0.0.1" % (NAME, TLS), "-o", "/dev/null", "-w",
                          "%{http_version} %{http_code}", "https://%s:%d/cong-khai" % (NAME, TLS)],
                         capture_output=True, text=True, check=True).stdout
    assert out == "2 200", out


def old_tls_is_refused():
    warnings.simplefilter("ignore", DeprecationWarning)
    c = context()
    c.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    c.maximum_version = ssl.TLSVersion.TLSv1_1
    try:
        c.wrap_socket(socket.create_connection(("127.0.0.1", TLS), 60), server_hostname=NAME)
    except (ssl.SSLError, ValueError):
        return
    raise AssertionError("TLS 1.1 is spoken")


# --- forms ---

def hidden(text, name):
    return re.search(r'name="%s"[^>]*value="([^"]*)"' % name, text).group(1)


def cookies(r, jar):
    for line in r.headers.get_all("Set-Cookie") or []:
        name, value = line.split(";")[0].split("=", 1)
        jar[name] = value
    return {"Cookie": "; ".join("%s=%s" % pair for pair in jar.items())}


def multipart(fields, files):
    boundary = "xxBoundaryxx"
    out = []
    for name, value in fields:
        out.append(('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
                    % (boundary, name, value)).encode())
    for name, filename, content in files:
        out.append(('--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n'
                    'Content-Type: application/pdf\r\n\r\n' % (boundary, name, filename)).encode()
                   + content + b"\r\n")
    out.append(("--%s--\r\n" % boundary).encode())
    return b"".join(out), "multipart/form-data; boundary=" + boundary


def clerk():
    with open(work + "/site/passwords.txt") as f:
        return next(line.split()[:2] for line in f if line.startswith("canbo.ninhvan "))


def sign_in(jar):
    r = ask("/dang-nhap")
    login, password = clerk()
    body = urllib.parse.urlencode({"ma-gui": hidden(r.text, "ma-gui"), "login": login,
                                   "password": password})
    r = ask("/dang-nhap", "POST", body, dict(cookies(r, jar), **{
        "Content-Type": "application/x-www-form-urlencoded", "Origin": "https://" + NAME}))
    assert r.status == 303, (r.status, r.text[:500])
    return cookies(r, jar)


def a_file_of_twenty_megabytes_passes():
    jar = {}
    head = sign_in(jar)
    form = "/ghi-moi/cong-khai/14554"
    r = ask(form, headers=head)
    assert r.status == 200, r.status
    matter = re.search(r'<option value="(XA[^"]+)"', r.text).group(1)
    pdf = b"%PDF-1.4\n" + b"0" * (20 * 1024 * 1024 - 200) + b"\n%%EOF\n"
    body, kind = multipart([("ma-gui", hidden(r.text, "ma-gui")), ("matter", matter),
                            ("title", "Dự toán thử qua nginx"), ("body", "Nội dung thử."),
                            ("issuer", "UBND xã Ninh Vân"), ("issued_on", "2021-01-04"),
                            ("happened_on", "2021-01-04"), ("channel", "web")],
                           [("files", "du-toan.pdf", pdf)])
    began = time.time()
    r = ask(form, "POST", body, dict(head, **{"Content-Type": kind, "Origin": "https://" + NAME}))
    assert r.status == 303, (r.status, re.findall(r'class="err"[^<]*<?[^<]*', r.text)[:5])
    at = r.headers["Location"]
    assert "/ho-so/CK-" in at, at
    page = ask(at.replace("https://" + NAME, ""), headers=head)
    assert "du-toan.pdf" in page.text
    link = re.search(r'href="(/ho-so/[^"]*/tep/[0-9a-f]{64})"', page.text).group(1)
    back = ask(link, headers=head)
    assert back.body == pdf, len(back.body)
    print("# 20 MB there and back in %.1f s" % (time.time() - began))


def what_is_larger_is_refused_in_time():
    s = raw_tls()
    s.sendall(("POST /dang-nhap HTTP/1.1\r\nHost: %s\r\nContent-Length: 300000000\r\n\r\n"
               % NAME).encode())
    assert b" 413 " in s.recv(1000)


# --- slow people ---

def slow_senders_wait_in_front_and_hold_nobody_up():
    before = gauge("dinh_connections")
    slow = []
    for _ in range(60):
        s = raw_tls("127.0.0.6")
        s.sendall(("POST /dang-nhap HTTP/1.1\r\nHost: %s\r\nContent-Length: 1000\r\n\r\nx" % NAME)
                  .encode())
        slow.append(s)
    time.sleep(0.5)
    began = time.time()
    assert ask("/cong-khai").status == 200
    took = time.time() - began
    assert took < 2, took
    now = gauge("dinh_connections")
    assert now < before + 20, (before, now)
    for s in slow:
        s.close()


def a_head_that_does_not_come_is_cut_off():
    s = raw_tls("127.0.0.6")
    s.sendall(b"GET / HTTP/1.1\r\nHost: ")
    began = time.time()
    s.settimeout(20)
    try:
        rest = s.recv(1000)
    except ssl.SSLError:
        rest = b""
    assert rest == b"" or b" 408 " in rest, rest
    assert time.time() - began < 15


def a_connection_that_rested_is_still_good():
    """A connection to Đình must not be kept for longer than Đình does."""
    with open(FILE) as f:
        kept = int(re.search(r"keepalive(?:_timeout)? (\d+)s", f.read()).group(1))
    with open("web/server.c") as f:
        idle = int(re.search(r"u->idle_seconds = (\d+)", f.read()).group(1))
    assert kept < idle, (kept, idle)


def nothing_was_lost_on_the_way():
    """What the program in front complained about, besides what the tests did on purpose."""
    with open(work + "/error.log") as f:
        bad = [line for line in f if re.search(r"\[(error|crit|alert|emerg)\]", line)
               and "client intended to send too large body" not in line]
    assert not bad, bad[:3]


PROMISES = [
    http_leads_to_https, another_name_gets_nothing_of_ours,
    https_is_kept_to_and_cookies_are_secure,
    https_is_believed_from_the_proxy_alone, metrics_are_refused_through_the_proxy,
    the_log_comes_through_untouched, pages_are_asked_again_by_their_mark, http_2_is_spoken,
    old_tls_is_refused, a_file_of_twenty_megabytes_passes, what_is_larger_is_refused_in_time,
    slow_senders_wait_in_front_and_hold_nobody_up, a_head_that_does_not_come_is_cut_off,
    a_connection_that_rested_is_still_good, a_forged_address_through_the_proxy_is_not_believed,
    a_forged_address_past_the_proxy_is_not_believed, nothing_was_lost_on_the_way,
]
if FRONT == "caddy":  # reads on before it says that it is too much: no promise of ours
    PROMISES.remove(what_is_larger_is_refused_in_time)


def main():
    print("1..%d" % len(PROMISES), flush=True)
    start()
    tell(PROMISES)


try:
    main()
finally:
    for process in running:
        process.terminate()
    for process in running:
        process.wait(30)
    shutil.rmtree(work, ignore_errors=True)
