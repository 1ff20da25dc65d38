"""A systemd of one's own: process 1 of its own namespaces, with nothing but the units of docs/operating (or what a test
adds), an /etc of its own and empty folders in place of /var/lib, /var/backups, /srv, /root and /usr/local/bin. What it needs
besides the kernel's leave (root) is Debian's systemd. Not a test itself."""
import glob
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

from port import free_port
from tap import tell  # noqa: F401, for those who import this

DINH = os.path.abspath(os.environ.get("DINH", "build/dinh"))
SYSTEMD = "/lib/systemd/systemd"
UNITS = ["dinh.service", "dinh-backup.service", "dinh-backup.timer", "dinh-verify.service",
         "dinh-verify.timer", "dinh_witness.service"]

work = tempfile.mkdtemp(prefix="dinh-test-systemd-")
os.chmod(work, 0o755)
boot = None


def skip(why):
    print("1..0 # SKIP " + why)
    shutil.rmtree(work, ignore_errors=True)
    sys.exit(0)


def can_boot():
    return subprocess.run(["unshare", "-fpmC", "--kill-child", "sh", "-c",
                           "mount --make-rprivate / && mount -t proc proc /proc &&"
                           " mount -t tmpfs tmpfs /run && mount -t cgroup2 cgroup2 /sys/fs/cgroup"],
                          capture_output=True).returncode == 0


def need():
    """Ends the program with a sentence where it cannot be done."""
    if not os.path.exists(SYSTEMD) or not shutil.which("systemd-analyze"):
        skip("systemd is missing: apt-get install systemd")
    if os.geteuid() != 0 or not can_boot():
        skip("only root may begin a systemd of its own, where the kernel allows it")


PORT, WITNESS_PORT = free_port(), free_port()


# --- the units, as they are printed but for the port ---

def fitted(text):
    text = text.replace("127.0.0.1:8080", "127.0.0.1:%d" % PORT)
    text = text.replace("127.0.0.1:8081", "127.0.0.1:%d" % WITNESS_PORT)
    # The sanitizers of a test build want to look around at the end.
    return text.replace("[Service]\n", "[Service]\nEnvironment=ASAN_OPTIONS=detect_leaks=0\n"
                        "StandardOutput=append:%s/said\nStandardError=append:%s/said\n" % (work, work))


def write(name, text):
    os.makedirs(os.path.dirname(work + "/" + name), exist_ok=True)
    with open(work + "/" + name, "w") as f:
        f.write(text)


BOOT = """set -e
mount --make-rprivate /
mount -t proc proc /proc
mount -t tmpfs tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
for folder in /usr/local/bin /var/lib /var/backups /srv %(root)s; do mount -t tmpfs -o mode=755 tmpfs $folder; done
cp -a /etc /run/etc
mount --bind /run/etc /etc
rm -rf /etc/systemd/system/*
command -v sudo >/dev/null || install -m 755 %(work)s/sudo /usr/local/bin/sudo
%(more)s
export container=docker SYSTEMD_UNIT_PATH=%(work)s/units:/etc/systemd/system SYSTEMD_LOG_TARGET=console
exec %(systemd)s --system --unit=go.target --show-status=no
"""


def prepare(wants, more):
    more_units = glob.glob("postgresql/*/*.conf", root_dir="docs/operating")
    for name in UNITS + ["dinh-.service.d/sandbox.conf"] + more_units:
        with open("docs/operating/" + name) as f:
            write("operating/" + name, fitted(f.read()))
    for name in ("sysinit", "basic", "shutdown", "network", "multi-user", "timers", "time-set",
                 "time-sync", "umount", "final"):
        write("units/" + name + ".target",
              "[Unit]\nDescription=%s\nDefaultDependencies=no\n" % name)
    for name in ("system", "-"):
        write("units/" + name + ".slice",
              "[Unit]\nDescription=%s\nDefaultDependencies=no\n" % name)
    write("units/go.target", "[Unit]\nDescription=go\nDefaultDependencies=no\n"
          "Wants=%s orders.service\n" % wants)
    # Orders from outside: a file with commands, and one with what came of them.
    write("units/orders.service", "[Unit]\nDescription=orders\nDefaultDependencies=no\n[Service]\n"
          "Environment=ASAN_OPTIONS=detect_leaks=0 HOME=/root\nExecStart=/bin/sh %s/orders.sh\n" % work)
    write("orders.sh", "cd %s\nwhile :; do\n if [ -f order ]; then mv order ordered; sh -e ./ordered >"
          " answer.part 2>&1; echo \"exit $?\" >> answer.part; mv answer.part answer; fi\n sleep 0.1\n"
          "done\n" % work)
    write("sudo", "#!/bin/sh\n[ \"$1\" = -u ] || exit 2\nuser=$2; shift 2\n"
          "export HOME=$(getent passwd \"$user\" | cut -d: -f6)\n"
          "exec setpriv --reuid \"$user\" --regid \"$user\" --init-groups \"$@\"\n")
    # A Python below /root stays where it is.
    root = "" if sys.executable.startswith("/root/") else "/root"
    write("boot.sh", BOOT % {"root": root, "work": work, "more": more, "systemd": SYSTEMD})


def installed():
    """The lines of a boot that stand for an installation."""
    lines = ["install -m 755 %s /usr/local/bin/dinh" % DINH,
             "cp -r %s/operating/dinh* /etc/systemd/system/" % work]
    for name, number in [("dinh", 987), ("dinh-witness", 986)]:
        lines += ["sed -i '/^%s:/d' /etc/passwd /etc/group" % name,
                  "echo %s:x:%d:%d::/var/lib/%s:/usr/sbin/nologin >> /etc/passwd" % (name, number, number, name),
                  "echo %s:x:%d: >> /etc/group" % (name, number)]
    return "\n".join(lines) + "\n"


def demo():
    """The same, and a small demonstration (in work/site) in its place."""
    subprocess.run([DINH, "demo", "--data", work + "/site", "--seed", "7", "--scale", "0.01"],
                   check=True, capture_output=True)
    return installed() + """cp -a %s/site /var/lib/dinh; chown -R dinh:dinh /var/lib/dinh; chmod 700 /var/lib/dinh
install -d -o dinh -g dinh -m 700 /var/backups/dinh
""" % work


def begin(wants, more):
    global boot
    prepare(wants, more)
    boot = subprocess.Popen(["unshare", "-fpmC", "--kill-child", "sh", work + "/boot.sh"],
                            stdin=subprocess.DEVNULL, stdout=open(work + "/boot.log", "w"),
                            stderr=subprocess.STDOUT)


def end():
    if boot:
        boot.send_signal(signal.SIGKILL)
        boot.wait(30)
    if os.environ.get("KEEP"):
        print("# kept in " + work)
    else:
        shutil.rmtree(work, ignore_errors=True)


def wait_served():
    for _ in range(300):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.1)
    said = ""
    for name in ("boot.log", "said"):
        if os.path.exists(work + "/" + name):
            with open(work + "/" + name) as f:
                said += f.read()[-3000:]
    raise AssertionError("it is not served:\n" + said)


def order(command, code=0):
    """As root, inside; what it said. The first command that fails ends it."""
    with open(work + "/order.part", "w") as f:
        f.write(command + "\n")
    os.rename(work + "/order.part", work + "/order")
    for _ in range(1200):
        if os.path.exists(work + "/answer"):
            with open(work + "/answer") as f:
                text = f.read()
            os.unlink(work + "/answer")
            said, _, last = text.rstrip("\n").rpartition("exit ")
            assert code is None or int(last) == code, "%s\nended with %s:\n%s" % (command, last, said)
            return said
        time.sleep(0.1)
    raise AssertionError("no answer to " + command)


def show(unit, name):
    return order("systemctl show -P %s %s" % (name, unit)).strip()


# --- asking, as the proxy does ---

def ask(path, method="GET", body=None, headers=None):
    c = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    c.request(method, path, body, dict(headers or {}, Host="ninhvan.example"))
    r = c.getresponse()
    return r.status, r.headers, r.read().decode("utf-8", "replace")


def hidden(text):
    return re.search(r'name="ma-gui" value="([^"]*)"', text).group(1)


def try_to_sign_in():
    with open(work + "/site/passwords.txt") as f:
        login, password = next(line.split()[:2] for line in f if line.startswith("canbo.ninhvan "))
    _, headers, text = ask("/dang-nhap")
    cookie = headers["Set-Cookie"].split(";")[0]
    return ask("/dang-nhap", "POST", urllib.parse.urlencode(
        {"ma-gui": hidden(text), "login": login, "password": password}),
        {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})


def sign_in():
    status, headers, text = try_to_sign_in()
    assert status == 303, (status, text[:300])
    return next(c.split(";")[0] for c in headers.get_all("Set-Cookie") if c.startswith("phien="))


def record(cookie, name, content, kind):
    form = "/ghi-moi/cong-khai/14554"
    _, _, text = ask(form, headers={"Cookie": cookie})
    fields = [("ma-gui", hidden(text)),
              ("matter", re.search(r'<option value="(XA[^"]+)"', text).group(1)),
              ("title", "Ghi trong hộp cát"), ("body", "Nội dung thử."),
              ("issuer", "UBND xã Ninh Vân"), ("issued_on", "2021-01-04"),
              ("happened_on", "2021-01-04"), ("channel", "web")]
    body = b"".join(('--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
                     % field).encode() for field in fields)
    body += ('--x\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\nContent-Type:'
             ' %s\r\n\r\n' % (name, kind)).encode() + content + b"\r\n--x--\r\n"
    status, headers, text = ask(form, "POST", body, {
        "Cookie": cookie, "Content-Type": "multipart/form-data; boundary=x"})
    assert status == 303, (status, re.findall(r'class="err".{0,200}', text)[:3])
    return headers["Location"]
