#!/usr/bin/env python3
"""The units of docs/operating under a real systemd (tests/own_systemd.py): sandboxed as they say, and the site still
does everything inside. Speaks TAP; skipped without systemd or the rights for namespaces."""
import glob
import http.client
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, "tests")
from own_systemd import DINH, UNITS, WITNESS_PORT, ask, begin, demo, end, need, order, record, show, sign_in, tell  # noqa: E402
from own_systemd import wait_served, work  # noqa: E402

units = work + "/operating"


def picture():
    """A photo of the demonstration."""
    for path in sorted(glob.glob(work + "/site/files/*/*")):
        with open(path, "rb") as f:
            content = f.read()
        if content[:3] == b"\xff\xd8\xff" and not path.endswith(".thumb"):
            return content
    raise AssertionError("no photo")


def witness():
    subprocess.run([DINH, "witness", "init", "--data", work + "/witness", "--name", "thu.example/w1"],
                   check=True, capture_output=True)
    return ("cp -a %s/witness /var/lib/dinh-witness; chmod 700 /var/lib/dinh-witness\n"
            "chown -R dinh-witness:dinh-witness /var/lib/dinh-witness" % work)


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
    assert field["Uid"].split()[0] == "987"
    inside = "nsenter -t %s -m -S 987 -G 987 " % pid
    assert "Read-only" in order(inside + "touch /usr/x", 1)
    assert "denied" in order(inside + "ls /home /root", 2)
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
    copies = order("ls /var/backups/dinh | grep -v '^checkpoint$'").split()
    assert len(copies) == 1 and re.match(r"20\d\d-\d\d-\d\d-\d{6}$", copies[0]), copies
    assert show("dinh-backup.service", "Result") == "success"
    order("sudo -u dinh dinh verify --data /var/backups/dinh/" + copies[0])
    assert "dinh_backup_timestamp_seconds" in ask("/metrics")[2]


def old_backups_go_and_new_ones_stay():
    order("mkdir /var/backups/dinh/2020-01-01-000000 /var/backups/dinh/mine && touch -d '40 days ago'"
          " /var/backups/dinh/2020-01-01-000000 /var/backups/dinh/mine && chown -R dinh:dinh"
          " /var/backups/dinh && sleep 1 && systemctl start dinh-backup.service")
    left = order("ls /var/backups/dinh | grep -v '^checkpoint$'").split()
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
    order("sudo -u dinh-witness dinh witness add '%s' --data /var/lib/dinh-witness" % key)
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
    # Only the server itself: where the helpers of its control group cannot be asked, systemctl would fail after it is dead.
    order("systemctl kill --kill-whom=main -s KILL dinh.service")
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


need()
print("1..%d" % len(PROMISES), flush=True)
try:
    begin("dinh.service dinh-backup.timer dinh-verify.timer dinh_witness.service",
          demo() + "\n" + witness())
    wait_served()
    tell(PROMISES)
finally:
    end()
