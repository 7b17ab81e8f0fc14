"""
LocalStack without Docker: a function runs as a process of this machine's Node (function.mjs), not in a container.

LocalStack asks an executor to start a function, to hand it an event, and to stop it. Its own starts a container; this one
starts a process, which answers to LocalStack as what runs in its containers does.
"""

from localstack.constants import VERSION

WRITTEN_FOR = "4.14.0"
if VERSION != WRITTEN_FOR:
    raise SystemExit(
        f"lambda_processes.py of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}."
    )

import os
import subprocess

from localstack import config
from localstack.services.lambda_.invocation import runtime_executor
from localstack.services.lambda_.invocation.executor_endpoint import ExecutorEndpoint
from localstack.utils.net import get_free_tcp_port

LOOPBACK = "127.0.0.1"
NODE = os.environ["CAMPUS_NODE"]
PROGRAM = os.environ["CAMPUS_FUNCTION_PROGRAM"]
GRACE_SECONDS = 5


class ProcessExecutor(runtime_executor.RuntimeExecutor):
    """One environment of one function."""

    def __init__(self, id, function_version):
        super().__init__(id, function_version)
        self.endpoint = ExecutorEndpoint(id, LOOPBACK, get_free_tcp_port())
        self.process = None

    def start(self, env_vars):
        code = str(self.function_version.config.code.get_unzipped_code_location())
        self.endpoint.start()
        self.process = subprocess.Popen(
            [NODE, PROGRAM],
            cwd=code,
            stdin=subprocess.DEVNULL,
            env={
                **{name: str(value) for name, value in env_vars.items()},
                "PATH": os.environ["PATH"],
                "TZ": "UTC",
                "LAMBDA_TASK_ROOT": code,
                "CAMPUS_FUNCTION_PORT": str(self.endpoint.container_port),
            },
        )
        self.endpoint.wait_for_startup()

    def stop(self):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.endpoint.shutdown()

    def invoke(self, payload):
        return self.endpoint.invoke(payload)

    def get_address(self):
        return LOOPBACK

    def get_endpoint_from_executor(self):
        return LOOPBACK

    def get_runtime_endpoint(self):
        return f"http://{LOOPBACK}:{config.GATEWAY_LISTEN[0].port}{self.endpoint.get_endpoint_prefix()}"

    def get_logs(self):
        return ""

    @classmethod
    def prepare_version(cls, function_version):
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        """Nothing is left of a version but its code, which LocalStack itself takes away."""


class ProcessExecutorPlugin:
    def load(self):
        return ProcessExecutor


# The executor is looked up by name when the first function starts. Whatever the name: there is no Docker.
runtime_executor.EXECUTOR_PLUGIN_MANAGER.exists = lambda name: True
runtime_executor.EXECUTOR_PLUGIN_MANAGER.load = lambda name: ProcessExecutorPlugin()
