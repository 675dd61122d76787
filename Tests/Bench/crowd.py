#!/usr/bin/env python3
"""Measures what connections that do next to nothing cost everybody else.

First visitors alone; then beside 2,000 that send their head a byte a second, 2,000 that send a body
slowly, and 2,000 that do not read what they asked for; then beside 17,000 that wait on kept
connections while ten times as many visitors come as are served easily. Printed: latencies of the
visitors, and the server's memory and descriptors.

Server and database have a quarter of one core, as in overload.py, the load has another.
"""

import argparse
import os
import pathlib
import resource
import select
import socket
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from bench import resident_bytes, stop_all  # noqa: E402
import overload  # noqa: E402


class Crowd:
    """Many connections, each with what it sends first and what it sends every second."""

    TURNS = 100

    def __init__(self, port, count, first, drip, small_buffer=False):
        self.sockets = []
        for number in range(count):
            connection = socket.socket()
            if small_buffer:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.bind((f"127.1.{number // 250}.{number % 250 + 1}", 0))
            connection.settimeout(30)
            connection.connect(("127.0.0.1", port))
            connection.sendall(first)
            connection.setblocking(False)
            self.sockets.append(connection)
        self.drip = drip
        self.ends = threading.Event()
        self.closed = 0
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        if not self.drip:
            return
        # Each once a second, and not all at the same moment.
        turn = 0
        while not self.ends.wait(1 / self.TURNS):
            turn = (turn + 1) % self.TURNS
            for connection in self.sockets[turn::self.TURNS]:
                try:
                    connection.send(self.drip)
                except BlockingIOError:
                    pass
                except OSError:
                    self.closed += 1

    def open_count(self):
        """Those that the server has not closed."""
        poll = select.poll()
        for connection in self.sockets:
            poll.register(connection, 0)
        gone = sum(1 for _, event in poll.poll(0) if event & (select.POLLHUP | select.POLLERR))
        return len(self.sockets) - gone

    def stop(self):
        self.ends.set()
        self.thread.join()
        for connection in self.sockets:
            connection.close()


def visitors(server, environment, options, folder, rate, name):
    class Run:
        seconds = options.seconds
        profile = []
        one_address = False
    figures = overload.measure(server, environment, Run, folder, "kept", rate, 1)
    scaled = figures["phases"][1]["scaled"]
    rows = [row for row in figures["phases"][1]["classes"]
            if row["name"] in ("reader", "seeker", "program", "crawler")]
    p99 = max(row["p99"] for row in rows)
    share = scaled["good"] / max(1, scaled["requests"]) * 100
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    peak = next(int(line.split()[1]) / 1e3 for line in status.splitlines() if "VmHWM" in line)
    descriptors = len(os.listdir(f"/proc/{server.process.pid}/fd"))
    print(f"{name:<44} {scaled['goodput']:>7.0f} good/s  {share:>6.2f} % good  p99 {p99:>6.0f} ms"
          f"  peak {peak:>5.0f} MB  {descriptors:>6} descriptors", flush=True)
    return p99


def run(folder, options, part):
    os.chmod(folder, 0o755)
    server = overload.Server(folder, part, options)
    environment = overload.sessions(server)
    overload.warm_up(server, environment, options)
    part.limit()
    rate = options.rate
    visitors(server, environment, options, folder, rate, "visitors alone")
    head = b"GET /jobs HTTP/1.1\r\nHost: site.test\r\nX-Slow: "
    body = (b"POST /sign-in HTTP/1.1\r\nHost: site.test\r\nContent-Type: application/x-www-form-"
            b"urlencoded\r\nContent-Length: 60000\r\n\r\n")
    page = b"GET /jobs HTTP/1.1\r\nHost: site.test\r\n\r\n" * 40
    for name, first, drip, small in (("2,000 slow heads", head, b"a", False),
                                     ("2,000 slow bodies", body, b"a" * 1_100, False),
                                     ("2,000 slow readers", page, None, True)):
        crowd = Crowd(server.port, options.slow, first, drip, small)
        visitors(server, environment, options, folder, rate, f"beside {name}")
        print(f"{'':<44} {crowd.open_count()} of them still open")
        crowd.stop()
        time.sleep(1)
    request = b"GET /healthz HTTP/1.1\r\nHost: site.test\r\n\r\n"
    crowd = Crowd(server.port, options.idle, request, None)
    visitors(server, environment, options, folder, rate, f"beside {options.idle:,} idle connections")
    visitors(server, environment, options, folder, 10 * rate, "the same, ten times as many visitors")
    print(f"{'':<44} {crowd.open_count()} of them still open")
    crowd.stop()
    time.sleep(3)
    visitors(server, environment, options, folder, rate, "visitors alone again")
    print(f"{'':<44} now {resident_bytes(server.process.pid) / 1e6:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=float, default=100, help="visitors a second")
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--slow", type=int, default=2_000)
    parser.add_argument("--idle", type=int, default=17_000)
    parser.add_argument("--share", type=float, default=0.25)
    options = parser.parse_args()
    options.mode, options.one_address, options.profile = "on", False, []
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory(prefix="vouch-crowd-") as name:
        part = overload.Slice(options.share)
        try:
            run(pathlib.Path(name), options, part)
        finally:
            part.free()
            stop_all()
            part.remove()


if __name__ == "__main__":
    main()
