"""
LocalStack without Docker: it listens on the loopback address only, and ends with whoever started it.

LocalStack takes the port of its settings and listens on every address of the machine, since it is made for a container.
"""

from localstack.constants import VERSION

WRITTEN_FOR = "4.14.0"
if VERSION != WRITTEN_FOR:
    raise SystemExit(f"secluded.py of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}.")

import os
import signal
import sys
import threading

from twisted.internet import endpoints

on_every_address = endpoints.TCP4ServerEndpoint


def on_loopback(reactor, port, **options):
    return on_every_address(reactor, port, **{**options, "interface": "127.0.0.1"})


def end_with_supervisor():
    """The supervisor holds the other end of our input, which ends with it however it went."""
    sys.stdin.read()
    os.killpg(0, signal.SIGKILL)


endpoints.TCP4ServerEndpoint = on_loopback
threading.Thread(target=end_with_supervisor, name="supervisor", daemon=True).start()
