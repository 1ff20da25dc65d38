#!/usr/bin/env python3
"""Kiểm chứng sổ công khai của một trang Đình. Verify the public log of a Đình site.

    verify-log.py log SOURCE [VKEY] [STATE]    the whole log; SOURCE: https://.../log or a folder
    verify-log.py receipt PROOF ENTRY VKEY     one receipt (.tlog-proof) for an entry, a file with one line
    ... --policy FILE                          besides: have enough witnesses cosigned the checkpoint?

Written from docs/log-format.md alone and sharing nothing with the program: Python's own library is all it
needs. VKEY is the line printed at the office; without it the one that the site serves is believed. A key that
this one vouches for in the log is believed too. STATE is a file: what was seen is remembered there, and the next run
checks that the log still begins with it. FILE is a policy (lines log, witness, group, quorum; see
docs/log-format.md); its log line stands in for VKEY. Exit code 0: in order; 1: not; 3: could not look.
"""
import base64
import datetime
import hashlib
import json
import os
import sys
import urllib.error
import urllib.request


class Wrong(Exception):
    """The log is not what it claims."""


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(entry):
    return sha256(b"\x00" + entry)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def root_of(hashes):
    """RFC 6962, section 2.1, level by level: an odd hash at the end goes up as it is."""
    if not hashes:
        return sha256(b"")
    while len(hashes) > 1:
        pairs = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes) - 1, 2)]
        hashes = pairs + hashes[len(pairs) * 2:]
    return hashes[0]


# --- Ed25519 (RFC 8032, section 5.1.7), plainly: a point is (X, Y, Z, T) ---

P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ZERO = (0, 1, 1, 0)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    result = ZERO
    while n:
        if n & 1:
            result = add(result, p)
        p, n = add(p, p), n >> 1
    return result


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point(raw):
    """None when the 32 bytes are no point, or are not written as points are."""
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & (2 ** 255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        return None
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verifies(public, message, signature):
    if len(signature) != 64:
        return False
    a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if not a or not r or s >= ORDER or same(times(8, a), ZERO):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return same(times(s, BASE), add(r, times(h, a)))


# --- Signed notes ---

LOG, COSIGNER = 1, 4


def parse_vkey(text, kind=LOG):
    name, key_id, typed = text.strip().split("+", 2)
    raw = base64.b64decode(typed, validate=True)
    if len(raw) != 33 or raw[0] != kind:
        raise Wrong("not an Ed25519 key of a %s: %s" % ("log" if kind == LOG else "witness", text))
    if sha256(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        raise Wrong("the key and its ID do not belong together: " + text)
    return name, bytes.fromhex(key_id), raw[1:]


def lines_of(note, name, key_id):
    """The text, and what stands behind the key ID in the lines of that key."""
    text, blank, lines = note.rpartition(b"\n\n")
    if not blank:
        raise Wrong("the checkpoint is no signed note")
    blobs = []
    for line in lines.decode().splitlines():
        dash, who, blob = line.split(" ")
        raw = base64.b64decode(blob, validate=True)
        if dash == "\u2014" and who == name and raw[:4] == key_id:
            blobs.append(raw[4:])
    return text + b"\n", blobs


def signed_by(note, vkey):
    """Does the note carry a signature of that key? One that is wrong spoils the note."""
    name, key_id, public = parse_vkey(vkey)
    text, blobs = lines_of(note, name, key_id)
    if not all(ed25519_verifies(public, text, blob) for blob in blobs):
        raise Wrong("the signature of the checkpoint is wrong")
    return bool(blobs)


def cosigned_by(note, vkey):
    """When did that witness see the checkpoint? Seconds since 1970, or None."""
    name, key_id, public = parse_vkey(vkey, COSIGNER)
    text, blobs = lines_of(note, name, key_id)
    time = None
    for blob in blobs:
        time = int.from_bytes(blob[:8], "big")
        if not ed25519_verifies(public, b"cosignature/v1\ntime %d\n" % time + text, blob[8:]):
            return None
    return time


def read_checkpoint(note, vkey):
    """Size and root of a checkpoint of that key's log, whoever signed it."""
    origin, size, root, end = (note.rpartition(b"\n\n")[0] + b"\n").decode().split("\n")
    if end or origin != parse_vkey(vkey)[0] or str(int(size)) != size:
        raise Wrong("the checkpoint is malformed, or of another log")
    return int(size), base64.b64decode(root, validate=True)


def open_checkpoint(note, vkey):
    if not signed_by(note, vkey):
        raise Wrong("the checkpoint is not signed by " + vkey)
    return read_checkpoint(note, vkey)


# --- Changed keys ---

def follow(trusted, entry):
    """A trusted key vouches for the one that comes after it."""
    if not entry.startswith(b'{"v":1,"act":"key.rotated"'):
        return
    said = json.loads(entry)
    key, by = said["key"], said["by"]
    if by in trusted and key not in trusted and parse_vkey(key)[0] == parse_vkey(by)[0]:
        message = ("dinh/key/1\n%s\n%s\n" % (by, key)).encode()
        if ed25519_verifies(parse_vkey(by)[2], message, base64.b64decode(said["sig"], validate=True)):
            trusted.append(key)


# --- Policies ---

class Policy:
    def __init__(self, path):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                words = line.split()
                if words and not words[0].startswith("#"):
                    try:
                        self.take(*words)
                    except (Wrong, ValueError, KeyError, TypeError, IndexError) as error:
                        raise Wrong("%s, line %d: %s" % (path, number, error)) from error
        if self.quorum is None:
            raise Wrong("%s: there is no quorum line" % path)

    def take(self, word, name, *rest):
        if word == "log":
            parse_vkey(name)
            self.logs.append(name)
        elif word == "quorum" and self.quorum is None and (name == "none" or self.known(name)):
            self.quorum = name
        elif word in ("witness", "group") and name != "none" and not self.known(name):
            if word == "witness":
                parse_vkey(rest[0], COSIGNER)
                self.witnesses[name] = rest[0]
            else:
                count, members = {"any": 1, "all": len(rest) - 1}.get(rest[0]) or int(rest[0]), rest[1:]
                if not 1 <= count <= len(members) or not all(map(self.known, members)):
                    raise Wrong("a group is a number and names of earlier lines")
                self.groups[name] = count, members
        else:
            raise Wrong("this line cannot stand here")

    def known(self, name):
        return name in self.witnesses or name in self.groups

    def judge(self, note):
        """Is the quorum reached? Says who has seen the checkpoint."""
        times = {name: cosigned_by(note, vkey) for name, vkey in self.witnesses.items()}
        for name, time in times.items():
            print("witness %s: %s" % (name, "has not cosigned it" if time is None else
                                      datetime.datetime.fromtimestamp(time, datetime.timezone.utc).isoformat()))
        reached = {name: time is not None for name, time in times.items()}
        for name, (count, members) in self.groups.items():  # members stand before their groups
            reached[name] = sum(reached[member] for member in members) >= count
        if self.quorum != "none" and not reached[self.quorum]:
            raise Wrong("too few of the witnesses have cosigned this checkpoint")

    def key_of(self, note):
        """The key of the log whose checkpoint this is."""
        origin = note.split(b"\n", 1)[0].decode()
        for vkey in self.logs:
            if parse_vkey(vkey)[0] == origin:
                return vkey
        if self.logs:
            raise Wrong("the policy names no log called " + origin)
        return ""


# --- Tiles ---

def tile_path(level, n, width):
    groups = ["%03d" % (n % 1000)]
    while n >= 1000:
        n //= 1000
        groups.insert(0, "x%03d" % (n % 1000))
    return "tile/%s/%s%s" % (level, "/".join(groups), "" if width == 256 else ".p/%d" % width)


def tiles_of(count):
    """(number, width) of the tiles that hold so many entries."""
    return [(n, min(256, count - 256 * n)) for n in range((count + 255) // 256)]


def fetch(source, path):
    if "://" not in source:
        with open(os.path.join(source, path), "rb") as f:
            return f.read()
    request = urllib.request.Request(source.rstrip("/") + "/" + path)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def fetch_tile(source, level, n, width):
    path = tile_path(level, n, width)
    try:
        return fetch(source, path)
    except (FileNotFoundError, urllib.error.HTTPError) as error:
        raise Wrong("%s is missing (%s)" % (path, error)) from error


def entries_of(bundle, width):
    entries = []
    while bundle:
        n = int.from_bytes(bundle[:2], "big")
        if len(bundle) < 2 + n:
            raise Wrong("a bundle ends in the middle of an entry")
        entries.append(bundle[2:2 + n])
        bundle = bundle[2 + n:]
    if len(entries) != width:
        raise Wrong("a bundle holds %d entries instead of %d" % (len(entries), width))
    return entries


def verify_log(source, vkey, state, policy):
    remembered = None
    note = fetch(source, "checkpoint")
    if policy and not vkey:
        vkey = policy.key_of(note)
    if state and os.path.exists(state):
        with open(state, "rb") as f:
            known, old_note = f.read().split(b"\n\n", 1)
        vkey = vkey or known.decode()
        remembered = open_checkpoint(old_note, known.decode())
    vkey = vkey or fetch(source, "vkey").decode().split("\n")[0]
    size, root = read_checkpoint(note, vkey)

    hashes, trusted = [], [vkey]
    for n, width in tiles_of(size):
        entries = entries_of(fetch_tile(source, "entries", n, width), width)
        hashes += [leaf_hash(e) for e in entries]
        for entry in entries:
            follow(trusted, entry)
    signers = [key for key in trusted if signed_by(note, key)]
    if not signers:
        raise Wrong("the checkpoint is not signed by %s, nor by a key that it vouches for" % vkey)
    if root_of(hashes) != root:
        raise Wrong("the entries do not give the signed root")
    if remembered and (remembered[0] > size or root_of(hashes[:remembered[0]]) != remembered[1]):
        raise Wrong("the log no longer begins with what was signed before")
    level, row = 0, hashes
    while row:
        for n, width in tiles_of(len(row)):
            if fetch_tile(source, level, n, width) != b"".join(row[256 * n:256 * n + width]):
                raise Wrong(tile_path(level, n, width) + " is not what the entries give")
        row = [root_of(row[i:i + 256]) for i in range(0, len(row) // 256 * 256, 256)]
        level += 1

    if policy:
        policy.judge(note)
    if state:
        with open(state + ".new", "wb") as f:
            f.write(signers[-1].encode() + b"\n\n" + note)
        os.replace(state + ".new", state)
    print("%d entries, root %s, signed by %s" % (size, base64.b64encode(root).decode(), signers[-1]))


# --- Receipts ---

def verify_receipt(proof, entry, vkey, policy):
    entry = entry.strip()  # copied from a page by hand: an entry has no white space around it
    head, _, note = proof.partition(b"\n\n")
    lines = head.decode().split("\n")
    if lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise Wrong("this is no receipt")
    if lines and lines[0].startswith("extra "):
        lines.pop(0)
    word, number = lines.pop(0).split(" ")
    index = int(number)
    if word != "index":
        raise Wrong("this is no receipt")
    vkey = vkey or policy.key_of(note)
    size, root = open_checkpoint(note, vkey)
    path = [base64.b64decode(line, validate=True) for line in lines]
    if index >= size or fold(leaf_hash(entry), index, size, path) != root:
        raise Wrong("the receipt does not prove this entry")
    if policy:
        policy.judge(note)
    print("entry %d of %d, signed by %s" % (index, size, vkey))


def fold(h, index, size, path):
    """The root that a leaf and its path give: RFC 6962 section 2.1.1 read from the leaf up."""
    last = size - 1
    for sibling in path:
        if last == 0:
            raise Wrong("the receipt is too long")
        if index % 2 or index == last:
            h = node_hash(sibling, h)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            h = node_hash(h, sibling)
        index, last = index // 2, last // 2
    if last:
        raise Wrong("the receipt is too short")
    return h


def read(path):
    with open(path, "rb") as f:
        return f.read()


def main(words):
    policy = None
    try:
        if "--policy" in words[:-1]:
            at = words.index("--policy")
            policy = Policy(words[at + 1])
            del words[at:at + 2]
        if words[:1] == ["log"] and 2 <= len(words) <= 4:
            words += ["", ""]
            verify_log(words[1], words[2], words[3], policy)
        elif words[:1] == ["receipt"] and (len(words) == 4 or (policy and policy.logs and len(words) == 3)):
            verify_receipt(read(words[1]), read(words[2]), words[3] if len(words) == 4 else "", policy)
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except (Wrong, ValueError, KeyError) as error:
        print("KHÔNG KHỚP / NOT IN ORDER: %s" % error, file=sys.stderr)
        return 1
    except OSError as error:
        print("%s" % error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
