"""Three machines on one, set up as docs/operating/replicas.md and patroni.yml tell: each an etcd, a Patroni and the PostgreSQL it
minds, on ports of their own in a new folder, as a user that is not root. What a machine runs can be killed, frozen and started again. Not a test itself."""
import glob
import json
import os
import pwd
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

NODES = 3
PASSWORD = "of-this-test-only"


def programs():
    """The folder of PostgreSQL's programs, or a sentence about what is missing."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_rewind"), key=lambda p: int(p.split("/")[4]))
    if not found:
        return None, "PostgreSQL is missing: apt-get install postgresql"
    for name, package in [("etcd", "etcd-server"), ("patroni", "patroni"), ("setpriv", "util-linux")]:
        if not shutil.which(name):
            return None, "%s is missing: apt-get install %s" % (name, package)
    return os.path.dirname(found[-1]), None


class Owner:
    """Whom everything runs as: root is refused by PostgreSQL."""

    def __init__(self):
        self.prefix, self.uid, self.gid = [], os.getuid(), os.getgid()
        if self.uid != 0:
            return
        try:
            entry = pwd.getpwnam("postgres")
        except KeyError:
            entry = pwd.getpwnam("nobody")
        self.uid, self.gid = entry.pw_uid, entry.pw_gid
        self.prefix = ["setpriv", "--reuid", str(self.uid), "--regid", str(self.gid), "--clear-groups"]

    def folder(self, path):
        os.makedirs(path, 0o700, exist_ok=True)
        os.chown(path, self.uid, self.gid)

    def write(self, path, text):
        with open(path, "w") as f:
            f.write(text)
        os.chown(path, self.uid, self.gid)
        os.chmod(path, 0o600)

    def start(self, command, said, cwd, **environment):
        with open(said, "a") as out:
            return subprocess.Popen(
                self.prefix + command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=cwd,
                start_new_session=True,
                env=dict(PATH="/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL="C.UTF-8", HOME=cwd, **environment))


def free_ports(n):
    """Beneath those that the kernel lends to whoever asks somebody: they must be free again after a kill."""
    found = []
    while len(found) < n:
        port = random.randrange(20000, 32000)
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0 or port in given:
                continue
        given.add(port)
        found.append(port)
    return found


given = set()


def children(pid):
    found = []
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(path) as f:
                fields = f.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.split("/")[2]))
    return found


def send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def rows_of(cluster, node, statement, database):
    """Rows of text, by the superuser, through the socket; an error raises."""
    out = subprocess.run(
        cluster.owner.prefix + [
            cluster.bin + "/psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", node.folder,
            "-p", str(node.port), "-U", "postgres", "-d", database, "-f", "-"],
        input=statement, capture_output=True, text=True, timeout=120, cwd=node.folder,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    if out.returncode:
        raise AssertionError("%s: %s: %s" % (node.name, statement[:200], out.stderr.strip()))
    return [line.split("\t") for line in out.stdout.splitlines()]


class Node:
    def __init__(self, cluster, number):
        self.cluster, self.name = cluster, "n%d" % number
        self.folder = "%s/%s" % (cluster.folder, self.name)
        self.port, self.api, self.client, self.peer = free_ports(4)
        self.data = self.folder + "/data"
        self.etcd = self.patroni = None
        cluster.owner.folder(self.folder)

    # --- start ---

    def fitted(self, text):
        """What docs/operating prints for the first of its machines, for this one."""
        for number, n in enumerate(self.cluster.nodes, 1):
            for port, own in ((2379, n.client), (2380, n.peer)):
                text = re.sub(r"10\.0\.0\.1%d:%d" % (number, port), "127.0.0.1:%d" % own, text)
        for said, own in [("/var/lib/postgresql/15/main", self.data), ("/usr/lib/postgresql/15/bin", self.cluster.bin),
                          ("/var/lib/postgresql", self.folder), ("/var/run/postgresql", self.folder),
                          ("/var/backups/postgresql/wal", self.cluster.folder + "/wal"),
                          ("10.0.0.11:8008", "127.0.0.1:%d" % self.api), ("10.0.0.11:5432", "127.0.0.1:%d" % self.port),
                          ("10.0.0.0/24", "127.0.0.1/32"), ("local all postgres peer", "local all all trust"),
                          ("name: n1\n", "name: %s\n" % self.name)]:
            text = text.replace(said, own)
        return re.sub("(FIRST|SECOND|THIRD)-PASSWORD", PASSWORD, text)

    def settings(self):
        with open("docs/operating/patroni.yml") as f:
            text = self.fitted(f.read())
        assert "10.0.0." not in re.sub("#.*", "", text), text
        return text + "log:\n  level: INFO\n"

    def etcd_settings(self):
        with open("docs/operating/replicas.md") as f:
            block = re.search(r"<!-- etcd -->\n\n((?:    .*\n)+)", f.read()).group(1)
        found = dict(line.strip().split("=", 1) for line in block.splitlines())
        own, peer = "http://127.0.0.1:%d" % self.client, "http://127.0.0.1:%d" % self.peer
        for name in found:
            if name.endswith("_CLIENT_URLS"):
                found[name] = own
            elif name.endswith("_PEER_URLS"):
                found[name] = peer
        return {**found, "ETCD_NAME": self.name, "ETCD_INITIAL_CLUSTER": self.fitted(found["ETCD_INITIAL_CLUSTER"])}

    def start_etcd(self, state):
        self.etcd = self.cluster.owner.start(
            ["etcd", "--data-dir", self.folder + "/etcd", "--initial-cluster-state", state, "--log-level", "error",
             "--logger", "zap"], self.folder + "/etcd.said", self.folder, **self.etcd_settings())

    def start_patroni(self):
        self.cluster.owner.write(self.folder + "/patroni.yml", self.settings())
        self.patroni = self.cluster.owner.start(
            [shutil.which("patroni"), self.folder + "/patroni.yml"], self.folder + "/patroni.said", self.folder)

    def start(self):
        """After it was killed: as the machine would at its next boot."""
        if not self.etcd:
            self.start_etcd("existing")
        if not self.patroni:
            self.start_patroni()

    # --- violence ---

    def postgres_processes(self):
        try:
            with open(self.data + "/postmaster.pid") as f:
                first = int(f.readline())
        except (OSError, ValueError):
            return []
        try:
            with open("/proc/%d/comm" % first) as f:
                if not f.read().startswith("postgres"):
                    return []
        except OSError:
            return []
        return [first] + children(first)

    def kill_postgres(self):
        """The first process before the others: it would begin to mend."""
        for pid in self.postgres_processes():
            send(pid, signal.SIGKILL)

    def kill_process(self, which):
        process = getattr(self, which)
        if process:
            send(process.pid, signal.SIGKILL)
            process.wait(30)
        setattr(self, which, None)

    def kill(self):
        """The machine dies."""
        self.kill_process("patroni")
        self.kill_postgres()
        self.kill_process("etcd")

    # --- asking ---

    def status(self):
        """What its Patroni says of it, or nothing."""
        try:
            with urllib.request.urlopen("http://127.0.0.1:%d/patroni" % self.api, timeout=2) as r:
                return json.load(r)
        except urllib.error.HTTPError as r:  # 503: not fit to be asked, but it says why
            try:
                return json.load(r)
            except ValueError:
                return {}
        except (OSError, ValueError):
            return {}

    def sql(self, statement, database="dinh"):
        return rows_of(self.cluster, self, statement, database)

    def said(self):
        text = ""
        for name in ("etcd.said", "patroni.said"):
            if os.path.exists("%s/%s" % (self.folder, name)):
                with open("%s/%s" % (self.folder, name), errors="replace") as f:
                    text += "--- %s %s\n%s" % (self.name, name, f.read()[-2500:])
        return text


class Cluster:
    def __init__(self, bin):
        self.bin, self.owner = bin, Owner()
        # The path of a socket has room for a hundred signs.
        self.folder = tempfile.mkdtemp(prefix="dinh-cluster-", dir="/tmp")
        os.chown(self.folder, self.owner.uid, self.owner.gid)
        self.owner.folder(self.folder + "/wal")
        self.nodes = []
        for number in range(1, NODES + 1):
            self.nodes.append(Node(self, number))

    def start(self):
        for n in self.nodes:
            n.start_etcd("new")
        for n in self.nodes:
            n.start_patroni()
        self.wait_whole(120)
        leader = self.primary()
        leader.sql("CREATE ROLE dinh LOGIN PASSWORD '%s'" % PASSWORD, "postgres")
        leader.sql("CREATE DATABASE dinh OWNER dinh", "postgres")
        # A follower that does not know it yet would be an error to libpq, and no reason to ask the next.
        for n in self.nodes:
            self.wait(lambda: n.sql("SELECT 1"), 30, n.name + " does not follow")

    def url(self):
        """Every node, whichever leads: libpq finds out."""
        return "postgres://dinh:%s@%s/dinh?target_session_attrs=read-write" % (
            PASSWORD, ",".join("127.0.0.1:%d" % n.port for n in self.nodes))

    def primary(self):
        """The one that Patroni calls so, or None."""
        for n in self.nodes:
            s = n.status() if n.patroni else {}
            if s.get("role") in ("master", "primary") and s.get("state") == "running":
                return n
        return None

    def roles(self):
        """What Patroni has written down about each, by name."""
        leader = self.primary()
        if not leader:
            return {}
        try:
            with urllib.request.urlopen("http://127.0.0.1:%d/cluster" % leader.api, timeout=2) as r:
                return {m["name"]: m["role"] for m in json.load(r)["members"] if m["state"] == "running"}
        except (OSError, ValueError):
            return {}

    def whole(self):
        """One leads, the others follow it, and one of them is waited for by every commit. Patroni lets nobody take over
        before it has written down who that is, so PostgreSQL's word alone would not do."""
        leader = self.primary()
        if not leader or sorted(self.roles().values()) != ["leader", "replica", "sync_standby"]:
            return None
        rows = leader.sql("SELECT application_name FROM pg_stat_replication WHERE state = 'streaming'", "postgres")
        return leader if len(rows) == NODES - 1 else None

    def standby(self, role="sync_standby"):
        roles = self.roles()
        return next(n for n in self.nodes if roles.get(n.name) == role)

    def wait_whole(self, seconds):
        return self.wait(self.whole, seconds, "the cluster is not whole")

    def wait_other(self, than, seconds):
        """Until another leads."""
        def other():
            n = self.primary()
            return n if n and n is not than else None
        return self.wait(other, seconds, "nobody took over from " + than.name)

    def wait(self, what, seconds, sentence):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                found = what()
            except (AssertionError, subprocess.TimeoutExpired):
                found = None
            if found:
                return found
            time.sleep(0.2)
        raise AssertionError("%s after %d s\n%s" % (sentence, seconds, "".join(n.said() for n in self.nodes)))

    def switch_over(self, leader, to):
        body = json.dumps({"leader": leader.name, "candidate": to.name}).encode()
        request = urllib.request.Request("http://127.0.0.1:%d/switchover" % leader.api, body,
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as r:
            return r.read().decode()

    def end(self):
        for n in self.nodes:
            n.kill()
        if os.environ.get("KEEP"):
            print("# kept in " + self.folder)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
