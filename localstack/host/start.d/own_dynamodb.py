"""
LocalStack without Docker: DynamoDB is the engine that `npm start` uses, started by whoever starts LocalStack.

LocalStack downloads DynamoDB Local and a Java for it. Here its server stands for one that runs already.
"""

from localstack.constants import VERSION

WRITTEN_FOR = "4.14.0"
if VERSION != WRITTEN_FOR:
    raise SystemExit(f"own_dynamodb.py of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}.")

import os
import threading

from localstack.services.dynamodb.server import DynamodbServer
from localstack.utils.run import FuncThread

HOST, PORT = os.environ["CAMPUS_DYNAMODB_ADDRESS"].split(":")
over = threading.Event()


def wait_for_the_end(self):
    # LocalStack follows a server by its thread: this one is there as long as the server.
    thread = FuncThread(lambda *_: over.wait(), name="dynamodb-elsewhere")
    thread.daemon = True
    thread.start()
    return thread


running = DynamodbServer(port=int(PORT), host=HOST, db_path=None)
DynamodbServer.do_start_thread = wait_for_the_end
DynamodbServer.do_shutdown = lambda self: over.set()
DynamodbServer.get = staticmethod(lambda: running)
