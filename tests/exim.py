"""Debian's Exim in a folder of its own, as nobody, on a port above: it delivers into one mailbox and refuses whoever is
called khong-co. Not a test itself."""
import email
import email.policy
import mailbox
import os
import pwd
import smtplib
import subprocess
import sys

sys.path.insert(0, "tests")
from port import free_port  # noqa: E402

CONF = """primary_hostname = mta.example
spool_directory = %(dir)s/spool
log_file_path = %(dir)s/log/%%slog
pid_file_path = %(dir)s/pid
exim_user = %(user)s
exim_group = %(group)s
deliver_drop_privilege = true
local_interfaces = 127.0.0.1
keep_environment =
acl_smtp_rcpt = check
acl_smtp_data = take
begin acl
check:
  deny local_parts = khong-co
       message = no such user
  accept
take:
  accept
begin routers
all:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  file = %(dir)s/box
"""


class Exim:
    def __init__(self, folder):
        self.dir, self.port = folder + "/exim", free_port()
        root = os.geteuid() == 0
        user = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        for name in ("", "/spool", "/log"):
            os.makedirs(self.dir + name)
        with open(self.dir + "/conf", "w") as f:
            f.write(CONF % {"dir": self.dir, "user": user.pw_name, "group": user.pw_gid})
        if root:
            os.chmod(folder, 0o711)
            for name in ("", "/spool", "/log"):
                os.chown(self.dir + name, user.pw_uid, user.pw_gid)

        def as_nobody():
            if root:
                os.setgroups([])
                os.setgid(user.pw_gid)
                os.setuid(user.pw_uid)
        self.process = subprocess.Popen(
            ["/usr/sbin/exim4", "-bdf", "-C", self.dir + "/conf", "-oX", "127.0.0.1.%d" % self.port],
            preexec_fn=as_nobody, stderr=subprocess.DEVNULL)

    def answers(self):
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=5) as s:
                return s.noop()[0] == 250
        except OSError:
            return False

    def letters(self):
        """What lies in the mailbox, as Python's own mailbox reads it."""
        def read(f):
            return email.message_from_binary_file(f, policy=email.policy.default)
        return list(mailbox.mbox(self.dir + "/box", factory=read)) if os.path.exists(self.dir + "/box") else []

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
