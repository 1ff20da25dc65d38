"""A stranger who watches the public log at every server all the time, remembers each checkpoint that was ever shown, and in the
end asks whether they all belong to one history. Uses what docs/verify-log.py knows and nothing of the program. Not a test itself."""
import base64
import http.client
import importlib.util
import threading
import urllib.error
import urllib.request

spec = importlib.util.spec_from_file_location("verify_log", "docs/verify-log.py")
verify_log = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify_log)


def fetch(server, path):
    return verify_log.fetch("http://127.0.0.1:%d/log" % server.port, path)


class Stranger(threading.Thread):
    def __init__(self, site):
        super().__init__(daemon=True)
        self.site, self.notes, self.last, self.asked = site, {}, {}, 0
        self.vkey = None

    def run(self):
        while not self.site.stop.wait(0.1):
            for server in self.site.servers:
                try:
                    self.vkey = self.vkey or fetch(server, "vkey").decode().split("\n")[0]
                    note = fetch(server, "checkpoint")
                except (OSError, urllib.error.URLError, http.client.HTTPException):
                    continue
                self.look(server, note)

    def look(self, server, note):
        self.asked += 1
        self.notes.setdefault(note, server.name)
        size = int(note.split(b"\n")[1])
        if size < self.last.get(server.name, 0):
            self.site.memory.fail("the log at server %s shrank from %d to %d entries", server.name,
                                  self.last[server.name], size)
        self.last[server.name] = size

    def heads(self):
        """What was signed: root by size. Two roots for a size are two histories."""
        roots = {}
        for note in self.notes:
            size, root = verify_log.open_checkpoint(note, self.vkey)
            assert roots.setdefault(size, root) == root, "two roots for %d entries" % size
        return roots

    def check(self, server):
        """Everything ever seen is a beginning of what this server shows now."""
        size, root = verify_log.open_checkpoint(fetch(server, "checkpoint"), self.vkey)
        hashes = []
        for n, width in verify_log.tiles_of(size):
            bundle = verify_log.fetch_tile("http://127.0.0.1:%d/log" % server.port, "entries", n, width)
            hashes += [verify_log.leaf_hash(entry) for entry in verify_log.entries_of(bundle, width)]
        assert verify_log.root_of(hashes) == root, "the entries of server %s do not give its root" % server.name
        for seen, head in self.heads().items():
            assert seen <= size, "%d entries were signed, server %s has %d" % (seen, server.name, size)
            assert verify_log.root_of(hashes[:seen]) == head, \
                "what was signed for %d entries (%s) is no beginning of this log" % (
                    seen, base64.b64encode(head).decode())
        return size
