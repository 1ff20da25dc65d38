"""PostgreSQL without Patroni, as docs/operating tells it: one that is written to, with an archive of its write-ahead log, and
others made from its base backup, that follow it or are taken back to a moment. Each listens on a socket in its own folder and
nowhere else. Not a test itself."""
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time

from nodes import Owner, children, rows_of, send

CONFIGURATION = """listen_addresses = ''
unix_socket_directories = '%(folder)s'
shared_buffers = 32MB
max_locks_per_transaction = 256
wal_level = replica
archive_mode = on
archive_timeout = 60
archive_command = 'test ! -f %(archive)s/%%f && cp %%p %(archive)s/%%f'
"""


def programs():
    """The folder of PostgreSQL's programs, or a sentence about what is missing."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_basebackup"), key=lambda p: int(p.split("/")[4]))
    found = [p for p in found if os.path.exists(os.path.dirname(p) + "/initdb")]
    if not found:
        return None, "PostgreSQL is missing: apt-get install postgresql"
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return None, "setpriv is missing: apt-get install util-linux"
    return os.path.dirname(found[-1]), None


class Postgres:
    port = 5432  # of its socket

    def __init__(self, machine, name):
        self.cluster, self.name = machine, name
        self.folder = "%s/%s" % (machine.folder, name)
        self.data = self.folder + "/data"
        machine.owner.folder(self.folder)

    def run(self, program, *words):
        out = subprocess.run(self.cluster.owner.prefix + [self.cluster.bin + "/" + program, *words], cwd=self.folder,
                             capture_output=True, text=True, timeout=120,
                             env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
        assert out.returncode == 0, "%s: %s: %s%s\n%s" % (self.name, program, out.stdout, out.stderr, self.said())

    # --- from nothing, or from another ---

    def make(self):
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                 "--no-sync")
        self.configure()
        self.start()
        self.sql("CREATE ROLE dinh LOGIN", "postgres")
        self.sql("CREATE DATABASE dinh OWNER dinh", "postgres")

    def configure(self):
        self.cluster.owner.write(self.folder + "/own.conf", CONFIGURATION % {
            "folder": self.folder, "archive": self.cluster.archive})
        with open(self.data + "/postgresql.conf") as f:
            lines = [line for line in f if not line.startswith("include ")]
        self.cluster.owner.write(self.data + "/postgresql.conf",
                                 "".join(lines) + "include '%s/own.conf'\n" % self.folder)

    def base(self, to, *words):
        self.run("pg_basebackup", "-h", self.folder, "-U", "postgres", "-D", to, "-c", "fast", "--no-sync", *words)

    def follow(self, other):
        """A replica of the other."""
        other.base(self.data, "-R")
        self.configure()
        self.start()

    def restore(self, base, until=None):
        """From a base and the archive: to that moment, or to the end of what is archived."""
        shutil.copytree(base, self.data)
        self.give_away()
        self.configure()
        settings = "restore_command = 'cp %s/%%f %%p'\narchive_mode = 'off'\n" % self.cluster.archive
        if until:
            settings += "recovery_target_time = '%s'\nrecovery_target_action = 'promote'\n" % until
        with open(self.data + "/postgresql.auto.conf", "a") as f:
            f.write(settings)
        self.cluster.owner.write(self.data + "/recovery.signal", "")
        self.start()
        wait(lambda: self.sql("SELECT pg_is_in_recovery()", "postgres") == [["f"]], 60,
             lambda: "it goes on recovering\n" + self.said())

    def give_away(self):
        for folder, _, names in os.walk(self.data):
            for path in [folder] + [folder + "/" + name for name in names]:
                os.chown(path, self.cluster.owner.uid, self.cluster.owner.gid)

    # --- life and death ---

    def start(self):
        self.run("pg_ctl", "-D", self.data, "-l", self.folder + "/log", "-w", "-t", "60", "start")

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def processes(self):
        try:
            with open(self.data + "/postmaster.pid") as f:
                first = int(f.readline())
            with open("/proc/%d/comm" % first) as f:
                return [first] + children(first) if f.read().startswith("postgres") else []
        except (OSError, ValueError):
            return []

    def kill(self):
        """As a machine dies: the first process before the others, which it would begin again."""
        for pid in self.processes():
            send(pid, signal.SIGKILL)
        wait(lambda: not self.processes(), 10, lambda: self.name + " lives")

    # --- asking ---

    def sql(self, statement, database="dinh"):
        return rows_of(self.cluster, self, statement, database)

    def url(self):
        return "postgres://dinh@/dinh?host=" + self.folder

    def said(self):
        if not os.path.exists(self.folder + "/log"):
            return ""
        with open(self.folder + "/log", errors="replace") as f:
            return "--- %s\n%s" % (self.name, f.read()[-3000:])


def wait(what, seconds, sentence):
    """Until `what` is true; its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("%s after %d s" % (sentence(), seconds))


class Machine:
    """The clusters of a test, and the database its site is on (servers.Site)."""

    def __init__(self, bin):
        self.bin, self.owner = bin, Owner()
        # The path of a socket has room for a hundred signs.
        self.folder = tempfile.mkdtemp(prefix="dinh-plain-", dir="/tmp")
        os.chown(self.folder, self.owner.uid, self.owner.gid)
        self.archive = self.folder + "/archive"
        self.owner.folder(self.archive)
        self.all, self.serves = [], None

    def postgres(self, name):
        found = Postgres(self, name)
        self.all.append(found)
        return found

    def url(self):
        return self.serves.url()

    def end(self):
        for p in self.all:
            p.kill()
        if os.environ.get("KEEP"):
            print("# kept in " + self.folder)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
