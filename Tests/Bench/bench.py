#!/usr/bin/env python3
"""Compares vouch with nginx on this machine and prints ratios of CPU per request.

Both servers get one worker on core 0; the load and PostgreSQL run on the other core. The figure
is the server process's own CPU time (utime + stime of /proc/PID/stat) divided by the answers
that the load generator counted, so it does not depend on how fast the generator is. Rounds
alternate between the two servers, and the median of the rounds is printed: on a shared machine
only the ratios of one run mean something.

Needs: nginx, wrk, openssl, python3 (make bench installs them) and a release build.
"""

import argparse
import atexit
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
SERVER_CORE, LOAD_CORE = "0", "1"
processes = []


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command, **options):
    process = subprocess.Popen(command, start_new_session=True, **options)
    processes.append(process)
    return process


def stop_all():
    for process in reversed(processes):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in reversed(processes):
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


atexit.register(stop_all)


def wait_for(url, process, seconds=180):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"bench: the server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.1)
    sys.exit(f"bench: no answer from {url} within {seconds} s")


def fetch(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_bytes(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024


def cycle(folder, name, paths):
    """Writes a script with which wrk asks for these paths in turn."""
    script = folder / f"{name}.lua"
    listed = ",".join(json.dumps(path) for path in paths)
    script.write_text(f"local paths, i = {{{listed}}}, 0\n"
                      "request = function() i = i % #paths + 1; "
                      "return wrk.format('GET', paths[i]) end\n")
    return script


def wrk(url, seconds, connections, headers=(), script=None):
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    if script is not None:
        command += ["-s", str(script)]
    for header in headers:
        command += ["-H", header]
    printed = subprocess.run(command + [url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed:
        sys.exit(f"bench: {url} did not answer with 2xx:\n{printed}")
    return int(re.search(r"(\d+) requests in", printed)[1])


def handshakes(port, seconds, mode):
    """Counts TLS connections with one request each: mode is -new (full) or -reuse (resumed).

    One client alone is idle while the server works, and the server then is measured waking up.
    """
    command = ["taskset", "-c", LOAD_CORE, "openssl", "s_time", mode, "-connect",
               f"127.0.0.1:{port}", "-www", "/healthz", "-time", str(seconds)]
    clients = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                text=True) for _ in range(4)]
    printed = [client.communicate()[0] for client in clients]
    return sum(int(re.search(r"(\d+) connections in \d+ real", text)[1]) for text in printed)


def per_request(pid, load):
    before = cpu_seconds(pid)
    count = load()
    return (cpu_seconds(pid) - before) / max(count, 1) * 1e6


class Table:
    def __init__(self, rounds):
        self.rounds = rounds
        self.failed = False

    def compare(self, name, limit, ours, theirs):
        """Runs both in turn; each is (pid, load) and is measured as CPU per request."""
        pairs = [(per_request(*ours), per_request(*theirs)) for _ in range(self.rounds)]
        own = statistics.median(a for a, _ in pairs)
        other = statistics.median(b for _, b in pairs)
        ratio = statistics.median(a / b for a, b in pairs)
        self.row(name, f"{own:8.1f} us", f"{other:8.1f} us", ratio, limit, "x")

    def bound(self, name, value, limit):
        self.row(name, f"{value / 1e6:8.1f} MB", "", value / 1e6, limit, "MB")

    def row(self, name, own, other, value, limit, unit):
        verdict = "ok" if value <= limit else "OVER"
        self.failed |= value > limit
        print(f"{name:<44} {own:>12} {other:>12} {value:8.2f} {unit:<3} <= {limit:<5} {verdict}",
              flush=True)


NGINX = """
worker_processes 1;
worker_cpu_affinity 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_rlimit_nofile 65536;
events {{ worker_connections 30000; }}
http {{
    access_log off;
    default_type text/html;
    keepalive_requests 1000000000;
    keepalive_timeout 75;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=100 inactive=600s;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    server {{
        listen 127.0.0.1:{port};
        listen 127.0.0.1:{tls_port} ssl;
        root {folder}/root;
        location = /healthz {{ return 200 "ok\\n"; }}
    }}
}}
"""


def start_nginx(folder, page):
    port, tls_port = free_port(), free_port()
    (folder / "root").mkdir()
    (folder / "root" / "page.html").write_bytes(page)
    os.chmod(folder, 0o755)
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port, tls_port=tls_port))
    process = start(["nginx", "-e", str(folder / "error.log"), "-c", str(configuration)])
    wait_for(f"http://127.0.0.1:{port}/healthz", process)
    children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return int(children.split()[0]), port, tls_port


def start_vouch(folder, name, settings):
    """Starts a server on demo data, which another process has loaded: what loading took in memory
    is no part of an idle server."""
    port = free_port()
    environment = dict(os.environ, VOUCH_THREADS="1", VOUCH_LISTEN=f"127.0.0.1:{port}",
                       VOUCH_CONNECTIONS_PER_ADDRESS_MAX="0", VOUCH_LOG_LEVEL="error",
                       # The load here is as much as there can be, which is what it refuses.
                       VOUCH_OVERLOAD="off", **settings)
    log = open(folder / f"{name}.log", "wb")
    vouch = str(ROOT / ".build/release/vouch")
    subprocess.run([vouch, "demo"], env=environment, cwd=ROOT, stdout=log, stderr=log, check=True)
    process = start([vouch, "serve"], env=environment, cwd=ROOT, stdout=log, stderr=log)
    wait_for(f"http://127.0.0.1:{port}/healthz", process)
    # Every thread of it to the core; its PostgreSQL and the load stay on the other one.
    subprocess.run(["taskset", "-a", "-c", "-p", SERVER_CORE, str(process.pid)],
                   check=True, stdout=subprocess.DEVNULL)
    for child in descendants(process.pid):
        subprocess.run(["taskset", "-a", "-c", "-p", LOAD_CORE, str(child)],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return process.pid, port


def descendants(pid):
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True)
    children = {}
    for line in listed.stdout.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    found, queue = [], [pid]
    while queue:
        queue += children.get(queue.pop(), [])
        found = found + [p for p in queue if p not in found]
    return found


def make_certificate(folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", str(folder / "key.pem"),
         "-out", str(folder / "certificate.pem")], check=True, capture_output=True)


def idle_connections(port, count):
    """Opens kept connections, each with one request behind it, and returns the sockets."""
    sockets = []
    for _ in range(count):
        client = socket.create_connection(("127.0.0.1", port))
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
        sockets.append(client)
    for client in sockets:
        client.recv(65536)
    return sockets


def open_jobs(base):
    """The slugs of all open jobs."""
    slugs, after = [], ""
    while True:
        page = json.loads(fetch(f"{base}/api/v1/jobs?limit=100{after}"))
        slugs += [job["slug"] for job in page["items"]]
        if page["next"] is None:
            return slugs
        after = "&after=" + page["next"]


def list_paths(base):
    """Full pages of the list, each from another job on."""
    paths, after = [], ""
    while True:
        page = json.loads(fetch(f"{base}/api/v1/jobs?limit=3{after}"))
        if page["next"] is None:
            return paths[:-10]
        after = "&after=" + page["next"]
        paths.append("/jobs?" + after[1:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="length of one measurement")
    parser.add_argument("--only", default="", help="only rows whose name contains this")
    options = parser.parse_args()
    for tool in ("nginx", "wrk", "openssl", "taskset"):
        if shutil.which(tool) is None:
            sys.exit(f"bench: {tool} is missing; 'make bench' installs it")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="vouch-bench-") as name:
        run(pathlib.Path(name), options, Table(options.rounds))


def run(folder, options, table):
    os.chmod(folder, 0o755)
    make_certificate(folder)
    pid, port = start_vouch(folder, "vouch", {
        "VOUCH_DATA": str(folder / "data"), "VOUCH_TLS_LISTEN": f"127.0.0.1:{(tls := free_port())}",
        "VOUCH_TLS_CERTIFICATE": str(folder / "certificate.pem"),
        "VOUCH_TLS_KEY": str(folder / "key.pem"), "VOUCH_PAGE_CACHE": "on"})
    base = f"http://127.0.0.1:{port}"
    time.sleep(2)
    idle = resident_bytes(pid)
    slugs = open_jobs(base)
    slug = slugs[0]
    page = fetch(f"{base}/jobs/{slug}")
    nginx, nginx_port, nginx_tls = start_nginx(folder, page)
    nginx_base = f"http://127.0.0.1:{nginx_port}"

    def load(url, connections=64, headers=(), script=None):
        return lambda: wrk(url, options.seconds, connections, headers, script)

    def wanted(name):
        return options.only in name

    print(f"job page {len(page)} bytes; {options.rounds} rounds of {options.seconds} s; "
          "CPU per request of the server process")
    print(f"{'':<44} {'vouch':>12} {'nginx':>12} {'ratio':>8}")
    fixed = (nginx, load(f"{nginx_base}/healthz"))
    close = ["Connection: close"]
    if wanted("a small fixed answer"):
        table.compare("a small fixed answer", 1.0, (pid, load(f"{base}/healthz")), fixed)
    if wanted("a job page from memory"):
        table.compare("a job page from memory", 1.0, (pid, load(f"{base}/jobs/{slug}")),
                      (nginx, load(f"{nginx_base}/page.html")))
    # All jobs in turn, so that no two requests under way ask for the same row; then a crowd at one.
    jobs = cycle(folder, "jobs", [f"/api/v1/jobs/{slug}" for slug in slugs])
    if wanted("one job by key as JSON"):
        table.compare("one job by key as JSON", 2.0, (pid, load(base, script=jobs)), fixed)
    if wanted("the same job for all as JSON"):
        table.compare("the same job for all as JSON", 2.0,
                      (pid, load(f"{base}/api/v1/jobs/{slug}")), fixed)
    if wanted("a new connection, plain"):
        table.compare("a new connection, plain", 1.0,
                      (pid, load(f"{base}/healthz", headers=close)),
                      (nginx, load(f"{nginx_base}/healthz", headers=close)))
    for name, mode in (("full", "-new"), ("resumed", "-reuse")):
        if wanted(f"a new connection, TLS {name}"):
            table.compare(f"a new connection, TLS {name}", 1.0,
                          (pid, lambda: handshakes(tls, options.seconds, mode)),
                          (nginx, lambda: handshakes(nginx_tls, options.seconds, mode)))
    if wanted("idle"):
        table.bound("idle server, resident", idle, 40)
        kept = idle_connections(port, 10_000)
        table.bound("10,000 idle connections, resident", resident_bytes(pid), 100)
        for client in kept:
            client.close()
    if wanted("list of 20 jobs as HTML"):
        uncached, uncached_port = start_vouch(folder, "uncached", {
            "VOUCH_DATA": str(folder / "uncached"), "VOUCH_PAGE_CACHE": "off"})
        base = f"http://127.0.0.1:{uncached_port}"
        lists = cycle(folder, "lists", list_paths(base))
        table.compare("a list of 20 jobs as HTML", 5.0, (uncached, load(base, script=lists)), fixed)
        table.compare("the same list of 20 jobs as HTML for all", 5.0,
                      (uncached, load(f"{base}/jobs")), fixed)
    if table.failed:
        sys.exit("bench: a figure is over its bound")


if __name__ == "__main__":
    main()
