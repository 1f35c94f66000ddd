"""A mail server that takes emails only over TLS and after a sign-in, and puts them into a Maildir.

server.py PORT MAILDIR starttls|tls|none [CERTIFICATE KEY]
"""

import asyncio
import ssl
import sys

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = b"ajuda", b"open-sesame"


def log_in(_server, _session, _envelope, _mechanism, typed):
    return AuthResult(success=(typed.login, typed.password) == (USER, PASSWORD), handled=False)


def main(port, maildir, security, certificate="", key=""):
    context = None
    if security != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
    starttls = security == "starttls"

    def server():
        return SMTP(
            Mailbox(maildir),
            tls_context=context if starttls else None,
            require_starttls=starttls,
            auth_require_tls=starttls,
            auth_required=security != "none",
            authenticator=log_in,
        )

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(loop.create_server(server, "127.0.0.1", int(port), ssl=None if starttls else context))
    loop.run_forever()


main(*sys.argv[1:])
