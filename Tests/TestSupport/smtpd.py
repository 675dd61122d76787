"""A mail server for tests, on Debian's python3-aiosmtpd.

smtpd.py PORT FOLDER [--certificate FILE --key FILE] [--user NAME --password WORD]

Appends each mail that it takes to FOLDER/mails as one line of JSON. FOLDER/mode says how it
behaves from the next command on: `ok`, `slow` (each reply to RCPT takes a while), `busy` (451),
`silent` (never answers DATA), `cut` (closes in the middle of DATA), `reject` (554 after DATA).
The local part of an address may refuse by itself: `gone` (550 5.1.1), `full` (452 4.2.2),
`blocked` (550 5.7.1).
"""
import argparse
import asyncio
import json
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

arguments = argparse.ArgumentParser()
arguments.add_argument("port", type=int)
arguments.add_argument("folder")
arguments.add_argument("--certificate")
arguments.add_argument("--key")
arguments.add_argument("--user")
arguments.add_argument("--password")
options = arguments.parse_args()


def mode():
    try:
        with open(os.path.join(options.folder, "mode")) as file:
            return file.read().strip()
    except FileNotFoundError:
        return "ok"


def authenticate(server, session, envelope, mechanism, data):
    is_right = (data.login.decode(), data.password.decode()) == (options.user, options.password)
    return AuthResult(success=is_right)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        refusals = {
            "gone": "550 5.1.1 no such mailbox",
            "full": "452 4.2.2 mailbox full",
            "blocked": "550 5.7.1 your host is blocked",
        }
        name = address.split("@")[0]
        if name in refusals:
            return refusals[name]
        if mode() == "busy":
            return "451 4.3.2 come back later"
        if mode() == "slow":
            await asyncio.sleep(0.3)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if mode() == "reject":
            return "554 5.6.0 not this mail"
        line = json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "content": envelope.content.decode("ascii"),
            "tls": session.ssl is not None,
            "authenticated": bool(session.authenticated),
        })
        with open(os.path.join(options.folder, "mails"), "a") as file:
            file.write(line + "\n")
            file.flush()
        return "250 2.0.0 taken"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        if mode() == "silent":
            await self.push("354 go on")
            await asyncio.sleep(600)
        if mode() == "cut":
            await self.push("354 go on")
            await self._reader.read(100)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


async def main():
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Server(
            Handler(), loop=loop, hostname="mail.test", enable_SMTPUTF8=False,
            tls_context=context, require_starttls=context is not None,
            auth_required=options.user is not None,
            authenticator=authenticate if options.user else None),
        "127.0.0.1", options.port, reuse_address=True)
    print("ready", flush=True)
    await server.serve_forever()


asyncio.run(main())
