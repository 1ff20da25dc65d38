#!/usr/bin/env python3
"""The same promises as tests/test_nginx.py, behind the Caddy of docs/operating/Caddyfile. Speaks TAP; skipped
where Caddy is missing."""
import os
import runpy

os.environ["FRONT"] = "caddy"
runpy.run_path("tests/test_nginx.py", run_name="__main__")
