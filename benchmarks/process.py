"""Servers in processes of their own: the advisor and the echo, each on a free port of loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
CLI = [sys.executable, "-m", "bot.cli"]
ECHO = [sys.executable, "-m", "benchmarks.echo"]
NO_LIMITS = {
    "ADVISOR_MESSAGES_A_MINUTE": "1000000", "ADVISOR_FRAMES_A_MINUTE": "1000000", "ADVISOR_SOCKETS_AN_ADDRESS": "1000",
    "ADVISOR_LOG_LEVEL": "WARNING",
}  # fmt: skip


class Failed(Exception):
    """A part could not be measured."""


class Died(Failed):
    """A server ended by itself."""


class Process:
    """A server in a process of its own.

    Attributes:
        started: when it was started, on ``time.perf_counter``'s clock, seconds.
        url: its websocket.
    """

    def __init__(self, command: list[str], port: int, environment: dict[str, str], log: Path) -> None:
        self._log = log
        self.url = f"ws://127.0.0.1:{port}/chat/ws"
        self.started = time.perf_counter()
        with log.open("wb") as output:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)

    @property
    def megabytes(self) -> float:
        """Resident memory, MB of 1,000,000 bytes."""
        return float(psutil.Process(self._process.pid).memory_info().rss) / 1e6

    def check(self) -> None:
        """Raises `Died` with the end of its log if it ended."""
        if (code := self._process.poll()) is not None:
            raise Died(
                f"The server ended by itself, with code {code}:\n{self._log.read_text(errors='replace')[-2000:]}"
            )

    def stop(self) -> None:
        """Ends it, gently first."""
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def advisor(**overrides: str) -> Iterator[Process]:
    """The advisor on an empty database, without limits on visitors; ``overrides`` are environment variables."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        port = _free_port()
        variables = {"PORT": str(port), "ADVISOR_DATA_DIR": folder, **NO_LIMITS, **overrides}
        yield from _running([*CLI, "serve"], port, environment(**variables), Path(folder))


@contextmanager
def echo() -> Iterator[Process]:
    """The bare echo."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        port = _free_port()
        yield from _running([*ECHO, str(port)], port, environment(), Path(folder))


def environment(**variables: str) -> dict[str, str]:
    """This process's environment without its own settings of the advisor, with ``variables``."""
    # compiled modules are written, as `make` has it: without them every start compiles all anew
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ADVISOR_") and name not in ("HOST", "PORT", "PYTHONDONTWRITEBYTECODE")
    }
    return {**kept, "PYTHONWARNINGS": "ignore", **variables}


def _running(command: list[str], port: int, variables: dict[str, str], folder: Path) -> Iterator[Process]:
    process = Process(command, port, variables, folder / "log.txt")
    try:
        yield process
    finally:
        process.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
