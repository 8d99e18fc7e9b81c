"""Starts the server: what is missing is made first, with progress shown."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from pathlib import Path

import structlog
import uvicorn
from rich.console import Console

from bot.errors import AdvisorError
from bot.language.vectors import vector_model_folder
from bot.records import Database
from bot.services import Services, build, use
from bot.settings import Settings
from bot.training import model_path, train


class PortTaken(AdvisorError):
    """Another program listens on the port."""


def prepare(settings: Settings, console: Console) -> tuple[Services, Path]:
    """Content, vectors and model, made where they are missing."""
    with console.status("Starting") as status:
        services = use(build(settings, status.update))
        console.print(
            f"Library: {len(services.library.articles)} articles, {len(services.interview.questions)} interview questions"
        )
        if not model_path(settings).is_file():
            status.update("Training the model (once, until its inputs change)")
        model = train(settings)
    console.print(f"Model: {model.name}")
    return services, model


def serve(settings: Settings, console: Console) -> None:
    """Serves until interrupted.

    Raises:
        PortTaken: another program listens there.
        bot.records.DatabaseError, bot.dialogue.agent.ModelError: what they say.
    """
    listener = _listen(settings)
    with listener:
        configure_logging(settings)
        database = Database(settings.records_url)
        if not (model_path(settings).is_file() and vector_model_folder(settings.cache_dir).is_dir()):
            # in a process of its own: what the making takes in memory is given back when it ends
            made = subprocess.run([sys.executable, "-m", "bot.cli", "setup"], check=False)
            if made.returncode:
                sys.exit(made.returncode)
        services, model = prepare(settings, console)
        with console.status("Loading the dialogue"):
            from bot.app import create_app

            app = create_app(settings, services, database, model)
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        console.print(
            f"[bold]Readiness Advisor[/]  http://{shown}:{port}   intranet demo: /intranet   console: /review   stop: Ctrl-C",
            soft_wrap=True,
        )
        config = uvicorn.Config(
            app, log_config=None, access_log=False, ws_max_size=settings.frame_bytes_hard, ws="websockets-sansio",
            ws_per_message_deflate=False, server_header=False, proxy_headers=False, timeout_graceful_shutdown=10,
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listener])


def configure_logging(settings: Settings) -> None:
    """Logs named facts as JSON lines on standard error; never a visitor's text."""
    # Rasa's debug events hold what visitors typed, so nothing below INFO is ever logged
    level = max(logging.INFO, logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO))
    logging.basicConfig(level=max(level, logging.WARNING), format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Nothing can listen on {settings.host} port {settings.port}: {error.strerror}. Another program may use it; "
            f"choose another port, for example PORT={settings.port + 137} make run.",
        ) from error
    listener.listen(1024)
    return listener
