#!/usr/bin/env python3
"""Measures how long it takes from "hire recorded" until the mail server has the mails.

Records hires through the API at a steady rate, each at its moment whether the others are done
or not, with a mail server of Debian's packages on this machine. The figure is taken from the
outbox: the mail server's word, less the moment at which the request was read.

Needs: python3-aiosmtpd, psql (make bench installs them) and a release build.
"""

import argparse
import concurrent.futures
import hashlib
import http.client
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
VOUCH = ROOT / ".build/release/vouch"
TOKEN = "vouch_" + "m" * 43
BOUND_MS = 1000


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def sql(data, text):
    place = ["psql", "-h", f"{data}/socket", "-U", "vouch", "-d", "vouch", "-qAtX"]
    done = subprocess.run(
        place + ["-v", "ON_ERROR_STOP=1", "-c", text], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"mail bench: {done.stderr}")
    return done.stdout.strip()


def wait_for(what, is_done, seconds=120):
    end = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() > end:
            sys.exit(f"mail bench: {what} did not happen within {seconds} s")
        time.sleep(0.1)


def answers(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def record(port, hire):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        "POST", f"/api/v1/admin/hires/{hire}/record", json.dumps({}),
        {
            "Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json",
            "Idempotency-Key": f"mail-bench-{hire}",
        })
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=int, default=50, help="hires a second")
    arguments.add_argument("--seconds", type=int, default=10)
    options = arguments.parse_args()
    wanted = options.rate * options.seconds
    with tempfile.TemporaryDirectory(prefix="vouch-mail-") as folder:
        os.chmod(folder, 0o711)
        measure(pathlib.Path(folder), options, wanted)


def measure(folder, options, wanted):
    data = folder / "data"
    port, smtp = free_port(), free_port()
    environment = dict(
        os.environ, VOUCH_DATA=str(data), VOUCH_LISTEN=f"127.0.0.1:{port}",
        VOUCH_SMTP_URL=f"smtp://127.0.0.1:{smtp}", VOUCH_SMTP_TLS="off",
        VOUCH_MAIL_FROM="vouch@example.com", VOUCH_LOG_LEVEL="error")
    log = open(folder / "log", "w")
    subprocess.run(
        [VOUCH, "demo", "--jobs", str(max(400, wanted * 2))], env=environment, check=True,
        stdout=log, stderr=log)
    mails = folder / "mails"
    mails.mkdir()
    running = [
        subprocess.Popen(
            ["/usr/bin/python3", ROOT / "Tests/TestSupport/smtpd.py", str(smtp), str(mails)],
            stdout=log, stderr=log),
        subprocess.Popen([VOUCH, "serve"], env=environment, stdout=log, stderr=log),
    ]
    try:
        wait_for("the server", lambda: answers(port))
        report(port, data, mails, options, wanted)
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(30)


def report(port, data, mails, options, wanted):
    admin = sql(data, "SELECT min(id) FROM account WHERE role = 'admin'")
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    sql(data, f"""
        INSERT INTO api_token (account_id, name, token_hash, created_at)
        VALUES ({admin}, 'bench', '\\x{digest}', now());
        INSERT INTO hire (introduction_id, state, starts_on, reported_at, reported_by)
        SELECT i.id, 'reported', current_date, now(), (
            SELECT min(a.id) FROM account a WHERE a.company_id = i.company_id)
        FROM introduction i
        WHERE i.stage IN ('submitted', 'shortlisted', 'interview', 'offer')
            AND i.affiliate_id IS NOT NULL AND i.owns
            AND NOT EXISTS (SELECT FROM hire h WHERE h.introduction_id = i.id)
        ORDER BY i.id LIMIT {wanted}""")
    hires = sql(data, "SELECT id FROM hire WHERE state = 'reported' ORDER BY id DESC").split()
    hires = hires[:wanted]
    # What the demo itself had to say is out of the way.
    waiting = "SELECT count(*) FROM outbox WHERE delivered_at IS NULL AND failed_at IS NULL"
    wait_for("the delivery of earlier mails", lambda: sql(data, waiting) == "0")
    first = sql(data, "SELECT coalesce(max(id), 0) FROM outbox")
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        asked = []
        for number, hire in enumerate(hires):
            time.sleep(max(0, start + number / options.rate - time.monotonic()))
            asked.append(pool.submit(record, port, hire))
        statuses = [future.result()[0] for future in asked]
    good = sum(200 <= status < 300 for status in statuses)
    wait_for("the delivery", lambda: sql(data, waiting) == "0")
    figures = sql(data, f"""
        SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY took)::int,
            percentile_disc(0.99) WITHIN GROUP (ORDER BY took)::int, max(took)::int
        FROM (SELECT extract(epoch FROM delivered_at - created_at) * 1000 AS took
            FROM outbox WHERE id > {first} AND topic = 'commission.won') t""")
    count, median, slowest, worst = figures.split("|")
    taken = sum(1 for _ in open(mails / "mails"))
    print(f"{good} hires recorded at {options.rate} a second, {taken} mails taken in all")
    verdict = "ok" if int(slowest) <= BOUND_MS else "OVER"
    print(
        f"from 'hire recorded' to 'mail accepted', {count} wins: median {median} ms, "
        f"99th percentile {slowest} ms, longest {worst} ms   <= {BOUND_MS}   {verdict}")
    if verdict != "ok" or good != len(hires):
        sys.exit("mail bench: a figure is over its bound, or a hire was not recorded")


main()
