#!/usr/bin/env python3
"""The units of docs/operating under a real systemd: a second one, process 1 of its own namespaces, with
nothing but these units and folders of its own in place of /var/lib and /var/backups. Speaks TAP; skipped without
systemd or without the rights for namespaces (root)."""
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
import traceback
import urllib.parse

DINH = os.path.abspath(os.environ.get("DINH", "build/dinh"))
SYSTEMD = "/lib/systemd/systemd"
UNITS = ["dinh.service", "dinh-backup.service", "dinh-backup.timer", "dinh-verify.service",
         "dinh-verify.timer", "dinh_witness.service"]

work = tempfile.mkdtemp(prefix="dinh-test-service-")
os.chmod(work, 0o755)
units = work + "/units"
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


if not os.path.exists(SYSTEMD) or not shutil.which("systemd-analyze"):
    skip("systemd is missing: apt-get install systemd")
if os.geteuid() != 0 or not can_boot():
    skip("only root may begin a systemd of its own, where the kernel allows it")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


PORT, WITNESS_PORT = free_port(), free_port()


# --- the units, as they are printed but for the user and the port ---

def fitted(text):
    text = re.sub("^(User|Group)=dinh.*$", r"\1=daemon", text, flags=re.M)
    text = text.replace("127.0.0.1:8080", "127.0.0.1:%d" % PORT)
    text = text.replace("127.0.0.1:8081", "127.0.0.1:%d" % WITNESS_PORT)
    # The sanitizers of a test build want to look around at the end.
    return text.replace("[Service]\n", "[Service]\nEnvironment=ASAN_OPTIONS=detect_leaks=0\n"
                        "StandardOutput=append:%s/said\nStandardError=append:%s/said\n" % (work, work))


def write(name, text):
    os.makedirs(os.path.dirname(units + "/" + name), exist_ok=True)
    with open(units + "/" + name, "w") as f:
        f.write(text)


def prepare():
    subprocess.run([DINH, "demo", "--data", work + "/site", "--seed", "7", "--scale",
                    "0.01"], check=True, capture_output=True)
    subprocess.run([DINH, "witness", "init", "--data", work + "/witness", "--name", "thu.example/w1"],
                   check=True, capture_output=True)
    for name in UNITS + ["dinh-.service.d/sandbox.conf"]:
        with open("docs/operating/" + name) as f:
            write(name, fitted(f.read()))
    for name in ("sysinit", "basic", "shutdown", "network", "multi-user", "timers", "time-set",
                 "time-sync", "umount", "final"):
        write(name + ".target", "[Unit]\nDescription=%s\nDefaultDependencies=no\n" % name)
    for name in ("system", "-"):
        write(name + ".slice", "[Unit]\nDescription=%s\nDefaultDependencies=no\n" % name)
    write("go.target", "[Unit]\nDescription=go\nDefaultDependencies=no\nWants=dinh.service"
          " dinh-backup.timer dinh-verify.timer dinh_witness.service orders.service\n")
    # Orders from outside: a file with a command, and one with what came of it.
    write("orders.service", "[Unit]\nDescription=orders\nDefaultDependencies=no\n[Service]\n"
          "ExecStart=/bin/sh %s/orders.sh\n" % work)
    with open(work + "/orders.sh", "w") as f:
        f.write("cd %s\nwhile :; do\n if [ -f order ]; then mv order ordered; sh ./ordered > answer.part"
                " 2>&1; echo \"exit $?\" >> answer.part; mv answer.part answer; fi\n sleep 0.1\ndone\n"
                % work)
    with open(work + "/boot.sh", "w") as f:
        f.write("""set -e
mount --make-rprivate /
mount -t proc proc /proc
mount -t tmpfs tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t tmpfs tmpfs /usr/local/bin
install -m 755 %s /usr/local/bin/dinh
mount -t tmpfs tmpfs /var/lib
mount -t tmpfs tmpfs /var/backups
cp -a %s/site /var/lib/dinh
cp -a %s/witness /var/lib/dinh-witness
install -d -o daemon -g daemon -m 700 /var/backups/dinh
chown -R daemon:daemon /var/lib/dinh /var/lib/dinh-witness
chmod 700 /var/lib/dinh
export container=docker SYSTEMD_UNIT_PATH=%s SYSTEMD_LOG_TARGET=console
exec %s --system --unit=go.target --show-status=no
""" % (DINH, work, work, units, SYSTEMD))


def start():
    global boot
    prepare()
    boot = subprocess.Popen(["unshare", "-fpmC", "--kill-child", "sh", work + "/boot.sh"],
                            stdin=subprocess.DEVNULL, stdout=open(work + "/boot.log", "w"),
                            stderr=subprocess.STDOUT)
    for _ in range(300):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.1)
    with open(work + "/boot.log") as f:
        raise AssertionError("it is not served:\n" + f.read()[-3000:])


def order(command, code=0):
    with open(work + "/order.part", "w") as f:
        f.write(command + "\n")
    os.rename(work + "/order.part", work + "/order")
    for _ in range(1200):
        if os.path.exists(work + "/answer"):
            with open(work + "/answer") as f:
                text = f.read()
            os.unlink(work + "/answer")
            said, _, last = text.rstrip("\n").rpartition("exit ")
            assert int(last) == code, (command, text)
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


def sign_in():
    with open(work + "/site/passwords.txt") as f:
        login, password = next(line.split()[:2] for line in f if line.startswith("canbo."))
    _, headers, text = ask("/dang-nhap")
    cookie = headers["Set-Cookie"].split(";")[0]
    status, headers, text = ask("/dang-nhap", "POST", urllib.parse.urlencode(
        {"ma-gui": hidden(text), "login": login, "password": password}),
        {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
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


def picture():
    """A photo of the demonstration."""
    for path in sorted(glob.glob(work + "/site/files/*/*")):
        with open(path, "rb") as f:
            content = f.read()
        if content[:3] == b"\xff\xd8\xff" and not path.endswith(".thumb"):
            return content
    raise AssertionError("no photo")


# --- what is promised ---

def systemd_finds_no_fault_in_the_units():
    said = order("systemd-analyze verify --man=no --recursive-errors=no "
                 + " ".join(units + "/" + name for name in UNITS))
    assert not said, said


def systemd_counts_little_exposure():
    for name in ("dinh.service", "dinh-backup.service", "dinh-verify.service",
                 "dinh_witness.service"):
        r = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15",
                            "--no-pager", units + "/" + name], capture_output=True, text=True,
                           env=dict(os.environ, SYSTEMD_UNIT_PATH=units))
        print("# " + r.stdout.strip().splitlines()[-1])
        assert r.returncode == 0, r.stdout[-3000:]


def the_sandbox_is_really_around_it():
    pid = show("dinh.service", "MainPID")
    status = order("cat /proc/%s/status" % pid)
    field = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    assert field["NoNewPrivs"].strip() == "1"
    assert field["Seccomp"].strip() == "2"
    for name in ("CapBnd", "CapEff", "CapPrm", "CapInh", "CapAmb"):
        assert int(field[name], 16) == 0, (name, field[name])
    assert field["Uid"].split()[0] == str(__import__("pwd").getpwnam("daemon").pw_uid)
    inside = "nsenter -t %s -m -S 1 -G 1 " % pid
    assert "Read-only" in order(inside + "touch /usr/x", 1)
    assert order(inside + "ls /home /root 2>&1; true").strip() != ""
    assert "site" not in order(inside + "ls /tmp").split()
    order(inside + "sh -c 'echo > /var/lib/dinh/x && rm /var/lib/dinh/x'")
    assert sorted(order(inside + "ls /dev").split())[:1] != ["autofs"]


def it_serves_writes_takes_files_and_signs_inside():
    cookie = sign_in()
    at = record(cookie, "du-toan.pdf", b"%PDF-1.4\n" + b"0" * 100000 + b"\n%%EOF\n",
                "application/pdf")
    at = record(cookie, "anh.jpg", picture(), "image/jpeg")
    assert "/ho-so/CK-" in at
    for path in ("/", "/cong-khai", "/cong-khai.csv", "/tim?q=du+toan", "/log/checkpoint",
                 "/en/", "/han.csv", "/tinh-han"):
        assert ask(path)[0] == 200, path
    for _ in range(50):
        text = ask("/metrics")[2]
        value = dict(line.rsplit(" ", 1) for line in text.splitlines() if line[:1] != "#")
        if value["dinh_log_queued"] == "0" and \
                value["dinh_log_signed_size"] == value["dinh_log_size"]:
            break
        time.sleep(0.1)
    log = {name: n for name, n in value.items() if name.startswith("dinh_log_")}
    assert (log["dinh_log_queued"], log["dinh_log_read_only"]) == ("0", "0"), log
    assert int(value["process_resident_memory_bytes"]) > 0
    assert int(value["process_max_fds"]) == 20000, value["process_max_fds"]


def a_backup_is_made_beside_the_site_and_can_be_verified():
    order("systemctl start dinh-backup.service")
    copies = order("ls /var/backups/dinh").split()
    assert len(copies) == 1 and re.match(r"20\d\d-\d\d-\d\d-\d{6}$", copies[0]), copies
    assert show("dinh-backup.service", "Result") == "success"
    order("su -s /bin/sh daemon -c 'dinh verify --data /var/backups/dinh/%s'" % copies[0])
    assert "dinh_backup_timestamp_seconds" in ask("/metrics")[2]


def old_backups_go_and_new_ones_stay():
    order("mkdir /var/backups/dinh/2020-01-01-000000 /var/backups/dinh/mine && touch -d '40 days ago'"
          " /var/backups/dinh/2020-01-01-000000 /var/backups/dinh/mine && chown -R daemon:daemon"
          " /var/backups/dinh && sleep 1 && systemctl start dinh-backup.service")
    left = order("ls /var/backups/dinh").split()
    assert "2020-01-01-000000" not in left and "mine" in left and len(left) == 3, left


def the_weekly_verification_passes_and_a_difference_fails_the_unit():
    order("systemctl start dinh-verify.service")
    assert "\ndinh_verify_ok 1\n" in ask("/metrics")[2]
    order(sys.executable + " -c \"import sqlite3; d = sqlite3.connect('/var/lib/dinh/dinh.db'); d.execute("
          "'UPDATE tally SET n = n + 1 WHERE rowid = (SELECT MIN(rowid) FROM tally WHERE n > 0)');"
          " d.commit()\"")
    order("systemctl start dinh-verify.service", 1)
    assert show("dinh-verify.service", "Result") == "exit-code"
    assert "\ndinh_verify_ok 0\n" in ask("/metrics")[2]


def a_witness_takes_a_log_and_cosigns_inside_its_own_sandbox():
    key = ask("/log/vkey")[2].strip()
    order("su -s /bin/sh daemon -c \"dinh witness add '%s' --data /var/lib/dinh-witness\"" % key)
    c = http.client.HTTPConnection("127.0.0.1", WITNESS_PORT, timeout=30)
    c.request("POST", "/add-checkpoint", ("old 0\n\n" + ask("/log/checkpoint")[2]).encode())
    answer = c.getresponse()
    line = answer.read().decode()
    assert answer.status == 200 and line.startswith("\u2014 thu.example/w1 "), (answer.status, line)
    status = order("cat /proc/%s/status" % show("dinh_witness.service", "MainPID"))
    assert "\nSeccomp:\t2\n" in status and "\nCapBnd:\t0000000000000000\n" in status, status


def timers_have_a_next_time():
    for name in ("dinh-backup.timer", "dinh-verify.timer"):
        assert show(name, "ActiveState") == "active", name
        assert show(name, "NextElapseUSecRealtime") not in ("", "n/a"), name


def a_killed_server_comes_back():
    before = show("dinh.service", "MainPID")
    order("systemctl kill -s KILL dinh.service")
    for _ in range(100):
        time.sleep(0.2)
        try:
            if ask("/healthz")[0] == 200 and show("dinh.service", "MainPID") != before:
                return
        except OSError:
            pass
    raise AssertionError("it stays away")


def it_stops_when_told():
    order("systemctl stop dinh.service")
    assert show("dinh.service", "Result") == "success"
    assert show("dinh.service", "ExecMainStatus") == "0"


PROMISES = [
    systemd_finds_no_fault_in_the_units, systemd_counts_little_exposure,
    the_sandbox_is_really_around_it, it_serves_writes_takes_files_and_signs_inside,
    a_backup_is_made_beside_the_site_and_can_be_verified, old_backups_go_and_new_ones_stay,
    the_weekly_verification_passes_and_a_difference_fails_the_unit, timers_have_a_next_time,
    a_witness_takes_a_log_and_cosigns_inside_its_own_sandbox,
    a_killed_server_comes_back, it_stops_when_told,
]


def main():
    print("1..%d" % len(PROMISES), flush=True)
    start()
    for number, promise in enumerate(PROMISES, 1):
        sentence = promise.__name__.replace("_", " ")
        try:
            promise()
            print("ok %d - %s" % (number, sentence), flush=True)
        except Exception:
            print("not ok %d - %s" % (number, sentence))
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()),
                  end="", flush=True)


try:
    main()
finally:
    if boot:
        boot.send_signal(signal.SIGKILL)
        boot.wait(30)
    if os.environ.get("KEEP"):
        print("# kept in " + work)
    else:
        shutil.rmtree(work, ignore_errors=True)
