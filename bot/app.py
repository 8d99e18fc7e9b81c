"""Puts chat and review on one FastAPI application."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from bot.blocks import Block, dump, plain
from bot.chat.frames import ClientFrame, Opening, ServerFrame
from bot.chat.gateway import Gateway
from bot.chat.routes import demo_files, health_routes, routes
from bot.dialogue.service import Dialogue
from bot.records import Conversations, Database, Policies, Sites
from bot.review.routes import review_routes
from bot.services import Services
from bot.settings import Settings

FRAMES: tuple[tuple[str, Any], ...] = (("Client", ClientFrame), ("Server", ServerFrame))


def create_app(settings: Settings, services: Services, database: Database, model: Path) -> FastAPI:
    """The application; the model is loaded here, once.

    Raises:
        bot.dialogue.agent.ModelError: the model can't be used.
    """
    conversations, sites = Conversations(database), Sites(database)
    sites.ensure_demo()
    dialogue = Dialogue(model, services, conversations, Policies(database))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        blocks = await dialogue.response("utter_opening")
        opening = Opening(blocks=dump(blocks), plain=plain(blocks))
        gateway = Gateway(settings, dialogue, conversations, sites, _secret(settings.data_dir), opening)
        app.include_router(health_routes())
        app.include_router(routes(settings, gateway))
        app.include_router(review_routes(settings, database, services.library, services.interview))
        app.mount("/demo", demo_files(settings), name="demo")
        yield
        gateway.close_all()
        dialogue.close()
        database.close()

    return FastAPI(title="Readiness Advisor", lifespan=lifespan, docs_url=None, redoc_url=None)


def describe() -> str:
    """The HTTP routes as OpenAPI, with the chat's frames and blocks among the schemas, as JSON."""
    app = FastAPI(title="Readiness Advisor", version=version("readiness-advisor"))
    app.include_router(health_routes())
    document = app.openapi()
    frames = {
        f"{side}Frame": TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}")
        for side, kind in FRAMES
    }
    frames["Block"] = TypeAdapter(Block).json_schema(ref_template="#/components/schemas/{model}")
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in frames.items():
        schemas.update(schema.pop("$defs", {}))
        schemas[name] = schema
    return json.dumps(document, indent=2)


def _secret(folder: Path) -> bytes:
    """The key of the payload hashes; made on the first start, readable by its owner only."""
    path = folder / "secret.key"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))
    return path.read_bytes()
