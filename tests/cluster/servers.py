"""The site on a cluster: its database made there, and two `dinh serve` on top, each with a data directory of its own and one
folder of uploads for both. Not a test itself."""
import os
import re
import shutil
import signal
import subprocess
import time

from nodes import free_ports

# The work of a person in the second that stays when a machine dies must be on disk somewhere else.
KEPT_APART = ["log.key", "form.key", "checkpoint"]


class Server:
    def __init__(self, site, name):
        self.site, self.name = site, name
        self.more = []  # words for `dinh serve`
        self.data = "%s/site-%s" % (site.cluster.folder, name)
        self.port = free_ports(1)[0]
        self.process, self.said = None, self.data + ".said"

    def start(self):
        self.process = self.site.cluster.owner.start(
            [self.site.dinh, "serve", "--data", self.data, "--files", self.site.files, "--listen",
             "127.0.0.1:%d" % self.port, "--proxies", "127.0.0.1", "--lang", "en", *self.more],
            self.said, self.site.cluster.folder, DINH_DB=self.site.cluster.url(), **self.site.sanitizers)

    def wait_up(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.site.web.ask(self, "/healthz")[0] == 200:
                return
            assert self.process.poll() is None, "server %s ended: %s" % (self.name, self.words())
            time.sleep(0.05)
        raise AssertionError("server %s is not up: %s" % (self.name, self.words()))

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        assert code == 0, "server %s stops with %d: %s" % (self.name, code, self.words())

    def words(self):
        with open(self.said, errors="replace") as f:
            return f.read()[-3000:]


class Site:
    """What the clients and the stranger share."""

    def __init__(self, cluster, dinh, memory, web, stop, drain, names="ab"):
        self.cluster, self.memory, self.stop, self.drain = cluster, memory, stop, drain
        self.published = None
        self.dinh, self.files = cluster.folder + "/dinh", cluster.folder + "/files"
        # The owner need not be able to read where it was built.
        shutil.copy(dinh, self.dinh)
        os.chmod(self.dinh, 0o755)
        self.sanitizers = {k: v for k, v in os.environ.items() if k in ("ASAN_OPTIONS", "UBSAN_OPTIONS")}
        self.servers = [Server(self, name) for name in names]
        self.web = web(self.servers)

    def run(self, *words):
        """A command of the program on this site: (code, what it said)."""
        out = subprocess.run(self.cluster.owner.prefix + [self.dinh, *words], capture_output=True, text=True,
                             cwd=self.cluster.folder, timeout=600,
                             env=dict(PATH="/usr/bin:/bin", LC_ALL="C.UTF-8", HOME=self.cluster.folder,
                                      DINH_DB=self.cluster.url(), **self.sanitizers))
        return out.returncode, out.stdout + out.stderr

    def make(self):
        a = self.servers[0]
        code, said = self.run("demo", "--data", a.data, "--files", self.files, "--seed", "7", "--scale", "0.01")
        assert code == 0, said
        a.start()
        a.wait_up()
        for b in self.servers[1:]:
            self.cluster.owner.folder(b.data)
            for name in KEPT_APART:
                shutil.copy2("%s/%s" % (a.data, name), "%s/%s" % (b.data, name))
                os.chown("%s/%s" % (b.data, name), self.cluster.owner.uid, self.cluster.owner.gid)
            b.start()
            b.wait_up()

    def password(self, login):
        with open(self.servers[0].data + "/passwords.txt") as f:
            return re.search(r"^%s\s+(\S+)" % re.escape(login), f.read(), re.M).group(1)

    def end(self):
        for server in self.servers:
            if server.process and server.process.poll() is None:
                server.kill()
