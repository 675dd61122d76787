#!/usr/bin/env python3
"""Measures what is left of the service when more come than it can serve.

The server and its database share a quarter of one core, the load generator (`vouch stress`) has
another. First the capacity is found: the highest rate of visitors at which 99 % of all requests
have a good answer within 250 ms. Then 1, 2, 5 and 10 times that rate come, on kept connections and
with a new one for every request. The table says what became of them: good answers a second, also
against those at 1x; visitors who got through all their steps; the important classes (companies,
affiliates, admin); probes on the status listener and on the site's; and what the server looked like
before and after.

Needs: a release build, taskset, psql, python3 (make overload sees to it).
"""

import argparse
import html
import http.cookiejar
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from bench import ROOT, descendants, free_port, resident_bytes, start, stop_all, wait_for  # noqa: E402

VOUCH = str(ROOT / ".build/release/vouch")
PASSWORD = "overload-demo-password"
SERVER_CORE, LOAD_CORE = "0", "1"
IMPORTANT = ("company", "affiliate", "admin")


class Slice:
    """A control group that gives its processes a share of one core.

    One core of the generator is about as strong as one of the server, whose kernel side it also
    pays for on a loopback connection; only a weaker server can be asked for ten times what it can do.
    """

    PERIOD = 10_000

    def __init__(self, share):
        self.share = share
        self.path = None
        if not share:
            return
        for parent in (pathlib.Path("/sys/fs/cgroup/cpu"), pathlib.Path("/sys/fs/cgroup")):
            path = parent / f"vouch-overload-{os.getpid()}"
            try:
                path.mkdir()
            except OSError:
                continue
            if (path / "cpu.cfs_quota_us").exists() or (path / "cpu.max").exists():
                self.path = path
                return
            path.rmdir()
        print("overload: no control group can be made here (it needs root): the server has the "
              "whole core, and the generator may be the weaker one", flush=True)

    def command(self, command):
        """The command with itself in the group."""
        if self.path is None:
            return command
        return ["sh", "-c", 'echo $$ >"$0" && exec "$@"', str(self.path / "cgroup.procs")] + command

    def limit(self):
        if self.path is None:
            return
        quota = int(self.PERIOD * self.share)
        if (self.path / "cpu.max").exists():
            (self.path / "cpu.max").write_text(f"{quota} {self.PERIOD}")
        else:
            (self.path / "cpu.cfs_period_us").write_text(str(self.PERIOD))
            (self.path / "cpu.cfs_quota_us").write_text(str(quota))

    def free(self):
        if self.path is None:
            return
        if (self.path / "cpu.max").exists():
            (self.path / "cpu.max").write_text("max")
        else:
            (self.path / "cpu.cfs_quota_us").write_text("-1")

    def remove(self):
        if self.path is not None:
            self.path.rmdir()


class Server:
    """A running vouch with demo data, all its processes on one core."""

    def __init__(self, folder, part, options):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        status = f"127.0.0.1:{free_port()}"
        self.status_url = f"http://{status}"
        members = f"127.0.0.1:{free_port()}"
        self.members_url = f"http://{members}"
        self.environment = dict(
            os.environ, VOUCH_THREADS="1", VOUCH_LISTEN=f"127.0.0.1:{self.port}",
            VOUCH_STATUS_LISTEN=status, VOUCH_MEMBERS_LISTEN=members, VOUCH_MEMBERS_URL=self.members_url,
            VOUCH_CONNECTIONS_PER_ADDRESS_MAX="0" if options.one_address else "4096",
            VOUCH_OVERLOAD=options.mode,
            VOUCH_LOG_LEVEL="error",
            VOUCH_DEMO_PASSWORD=PASSWORD, VOUCH_DATA=str(folder / "data"))
        log = open(folder / "vouch.log", "wb")
        self.log = folder / "vouch.log"
        # Pinned from the start: what it starts later, such as a connection's own PostgreSQL process,
        # inherits the core.
        command = part.command(["taskset", "-c", SERVER_CORE, VOUCH, "serve", "--demo"])
        self.process = start(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        wait_for(f"{self.url}/readyz", self.process)

    def figures(self):
        """Memory of the server and of its database in MB, and the server's descriptors."""
        database = sum(proportional_bytes(pid) for pid in descendants(self.process.pid))
        return {"server_mb": resident_bytes(self.process.pid) / 1e6, "database_mb": database / 1e6,
                "descriptors": len(os.listdir(f"/proc/{self.process.pid}/fd")),
                "alive": self.process.poll() is None}

    def demo_code(self):
        """What the demo admin's authenticator shows; None where the program asks for none."""
        printed = subprocess.run([VOUCH, "admin", "code"], env=self.environment, cwd=ROOT,
                                 capture_output=True, text=True)
        return printed.stdout.strip() if printed.returncode == 0 else None


def proportional_bytes(pid):
    """Shared buffers are counted once over all processes of the database."""
    try:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(re.search(r"Pss:\s+(\d+) kB", text)[1]) * 1024
    except (OSError, TypeError):
        return 0


class Browser:
    """As much of a browser as signing in needs."""

    def __init__(self, base):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar))

    def open(self, path, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        with self.opener.open(self.base + path, data, timeout=30) as answer:
            return answer.geturl(), answer.read().decode()

    def cookies(self):
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    def sign_in(self, email, code):
        _, page = self.open("/sign-in")
        url, page = self.open("/sign-in", {
            "csrf": hidden(page, "csrf"), "email": email, "password": PASSWORD})
        if urllib.parse.urlparse(url).path == "/sign-in/code":
            url, page = self.open("/sign-in/code", {
                "csrf": hidden(page, "csrf"), "factor_code": code()})
        if "/sign-in" in url:
            sys.exit(f"overload: {email} could not sign in")
        return self.cookies()

    def token(self):
        """An API token of whoever is signed in."""
        _, page = self.open("/account")
        _, page = self.open("/account/tokens", {
            "csrf": hidden(page, "csrf"), "token_name": "load test",
            "idempotency_key": hidden(page, "idempotency_key")})
        return re.search(r"vouch_[A-Za-z0-9_-]{40,}", page)[0]


def hidden(page, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def sessions(server):
    """The environment by which the profile's members take part."""
    names = {"company": "company@demo.test", "affiliate": "affiliate@demo.test",
             "admin": "admin@demo.test"}
    browsers = {name: Browser(server.members_url) for name in names}
    found = {f"VOUCH_STRESS_{name.upper()}_COOKIE":
             browsers[name].sign_in(email, server.demo_code) for name, email in names.items()}
    return dict(found, VOUCH_STRESS_STATUS_TARGET=server.status_url,
                VOUCH_STRESS_MEMBERS_TARGET=server.members_url,
                VOUCH_STRESS_AFFILIATE_TOKEN=browsers["affiliate"].token())


def stress(arguments, environment):
    command = ["taskset", "-c", LOAD_CORE, VOUCH, "stress"] + arguments
    done = subprocess.run(command, env=dict(os.environ, **environment), cwd=ROOT,
                          capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"overload: {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done


def capacity(server, environment, options, folder):
    file = folder / "capacity.json"
    done = stress(["capacity", "--target", server.url, "--trial", f"{options.trial}s",
                   "--warm-up", "1s", "--rest", "1s", "--precision", str(options.precision),
                   "--rate", str(options.rate), "--connections", "kept", "--json", str(file)]
                  + options.profile, environment)
    print(done.stdout + done.stderr, end="", flush=True)
    if not file.exists():
        sys.exit("overload: no capacity was found")
    return json.loads(file.read_text())["capacity"]


def warm_up(server, environment, options):
    """PostgreSQL's processes plan each statement five times before they keep a plan, and a tenth of a
    core would take a minute for that."""
    for mode in ("kept", "new"):
        stress(["run", "--target", server.url, "--rate", "150", "--connections", mode,
                "--phases", "5s@1"] + options.profile, environment)


def measure(server, environment, options, folder, mode, rate, factor):
    file = folder / f"{mode}-{factor}.json"
    stress(["run", "--target", server.url, "--rate", f"{rate:.2f}", "--connections", mode, "--sources", "1" if options.one_address else "4000",
            "--phases", f"1s@1,{options.seconds}s@{factor}", "--warm-up", "1s",
            "--json", str(file), "--receipts", str(folder / f"{mode}-{factor}.receipts")]
           + options.profile, environment)
    return json.loads(file.read_text())


def together(figures, names):
    """Good share and the worst p99 of some classes, in the second phase."""
    rows = [row for row in figures["phases"][1]["classes"] if row["name"] in names]
    requests = sum(row["requests"] for row in rows)
    good = sum(row["good"] for row in rows)
    return (good / requests * 100 if requests else float("nan"),
            max((row["p99"] for row in rows), default=float("nan")))


def row(mode, factor, figures, base):
    phase = figures["phases"][1]["scaled"]
    important, important_p99 = together(figures, IMPORTANT)
    status, status_p99 = together(figures, ("status",))
    health, health_p99 = together(figures, ("health",))
    generator = figures["generator"]
    print(f"{mode:<5} {factor:>3}x {phase['goodput']:>9.0f} {phase['goodput'] / base * 100:>7.1f} %"
          f" {phase['visitsCompleted'] / max(1, phase['visits']) * 100:>7.1f} %"
          f" {important:>8.2f} % {important_p99:>7.0f} ms {status:>8.2f} % {status_p99:>7.0f} ms"
          f" {health:>8.2f} % {health_p99:>7.0f} ms"
          f" {phase['refused']:>8} {phase['failed']:>7} {phase['gaveUp']:>8} {phase['unsent']:>7}"
          f" {generator['lagP99']:>8.1f} ms", flush=True)
    for warning in figures["warnings"]:
        if not warning.startswith("left out"):
            print(f"      NOTE: {warning}")


def sql(server, text):
    command = ["psql", "-h", server.environment["VOUCH_DATA"] + "/socket", "-U", "vouch", "-d",
               "vouch", "-qAtX", "-v", "ON_ERROR_STOP=1"]
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"overload: {done.stderr}")
    return done.stdout.strip()


def check_receipts(server, folder):
    """Every acknowledged application is in the database exactly once; one without an answer may be
    there once. What a spool holds has a minute to get there."""
    lines = [json.loads(line) for file in folder.glob("*.receipts") for line in open(file)]
    keys = [line["key"] for line in lines if line["acknowledged"]]
    others = [line["key"] for line in lines if not line["acknowledged"]]
    # Keys come from the server's own forms; only what looks like one is put into SQL.
    rows = ",".join(f"('{key}')" for key in keys + others if re.fullmatch(r"[\w.~-]+", key))
    if not rows:
        return print("no application was acknowledged")
    deadline = time.monotonic() + 60
    while True:
        found = sql(server, "SELECT key, count(i.id) FROM (VALUES " + rows + ") sent (key) "
                    "LEFT JOIN introduction i ON i.application_key = sent.key GROUP BY key;")
        counts = {key: int(count) for key, count in
                  (line.split("|") for line in found.splitlines())}
        lost = [key for key in keys if counts.get(key, 0) == 0]
        if not lost or time.monotonic() > deadline:
            break
        time.sleep(1)
    twice = [key for key, count in counts.items() if count > 1]
    print(f"applications {len(keys)} acknowledged, {len(lost)} of them lost, {len(twice)} stored "
          f"twice; {len(others)} without an acknowledgement, "
          f"{sum(counts.get(key, 0) for key in others)} of them stored")


TITLES = (f"{'':<5} {'load':>4} {'good/s':>9} {'of 1x':>9} {'whole':>9} {'important':>10}"
          f" {'p99':>10} {'status':>10} {'p99':>10} {'health':>10} {'p99':>10} {'refused':>8}"
          f" {'failed':>7} {'gave up':>8} {'unsent':>7} {'lag p99':>11}")


def run(folder, options, part):
    os.chmod(folder, 0o755)
    server = Server(folder, part, options)
    environment = sessions(server)
    warm_up(server, environment, options)
    part.limit()
    rate = options.capacity or capacity(server, environment, options, folder)
    if not rate:
        sys.exit("overload: the server is not within capacity at any rate")
    print(f"\n1x is {rate:.1f} visitors a second\n{TITLES}")
    before = server.figures()
    for mode in options.modes.split(","):
        base = None
        for factor in options.factors:
            figures = measure(server, environment, options, folder, mode, rate, factor)
            base = base or max(1e-9, figures["phases"][1]["scaled"]["goodput"])
            row(mode, factor, figures, base)
            if server.process.poll() is not None:
                sys.exit(f"overload: the server ended with status {server.process.returncode}\n"
                         f"{server.log.read_text()[-2_000:]}")
            time.sleep(options.rest)
    after = server.figures()
    print()
    for key, unit in (("server_mb", "MB"), ("database_mb", "MB"), ("descriptors", "")):
        print(f"{key.replace('_mb', ''):<12} before {before[key]:>8.0f} {unit:<2}  "
              f"after {after[key]:>8.0f} {unit}")
    check_receipts(server, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="shorter runs, a rougher capacity")
    parser.add_argument("--capacity", type=float, help="visitors a second at 1x, instead of search")
    parser.add_argument("--rate", type=float, default=20, help="where the search begins")
    parser.add_argument("--profile", default=None, help="a profile instead of the built-in one")
    parser.add_argument("--share", type=float, default=0.25,
                        help="of the core for server and database; 0 for all of it")
    parser.add_argument("--mode", default="on", help="of the control: on, observe or off")
    parser.add_argument("--one-address", action="store_true",
                        help="all visitors come from one, as behind a proxy")
    parser.add_argument("--modes", default="kept,new", help="of connections")
    parser.add_argument("--factors", default="1,2,5,10")
    options = parser.parse_args()
    options.seconds, options.trial, options.precision, options.rest = \
        (5, 3, 0.15, 2) if options.short else (20, 6, 0.05, 5)
    options.factors = [int(factor) for factor in options.factors.split(",")]
    options.profile = ["--profile", options.profile] if options.profile else []
    with tempfile.TemporaryDirectory(prefix="vouch-overload-") as name:
        part = Slice(options.share)
        try:
            run(pathlib.Path(name), options, part)
        finally:
            part.free()
            stop_all()
            part.remove()


if __name__ == "__main__":
    main()
