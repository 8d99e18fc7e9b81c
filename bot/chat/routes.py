"""The chat's routes: the websocket, the widget's files, the demo pages."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from fastapi import APIRouter, Response, WebSocket
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocketDisconnect

from bot.address import visitor_address
from bot.chat.gateway import Gateway, Socket
from bot.settings import Settings

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self' ws: wss:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def routes(settings: Settings, gateway: Gateway) -> APIRouter:
    """The public routes."""
    router = APIRouter()
    demo = settings.widget_dir / "demo"

    @router.get("/", include_in_schema=False)
    def clinic() -> FileResponse:
        return FileResponse(demo / "clinic.html", headers=PAGE_HEADERS)

    @router.get("/intranet", include_in_schema=False)
    def intranet() -> FileResponse:
        return FileResponse(demo / "intranet.html", headers=PAGE_HEADERS)

    @router.get("/widget/{name}", include_in_schema=False)
    def widget(name: str) -> Response:
        path = settings.widget_dir / "dist" / Path(name).name
        if not path.is_file():
            return Response(status_code=404)
        # any site may load the script; what it may do is decided by the socket's Origin check
        return FileResponse(
            path,
            headers={
                "Access-Control-Allow-Origin": "*",
                "Cache-Control": "no-cache",
                "X-Content-Type-Options": "nosniff",
            },
        )

    @router.websocket("/chat/ws")
    async def chat(websocket: WebSocket) -> None:
        await websocket.accept()
        await _serve(websocket, gateway, settings)

    return router


def health_routes() -> APIRouter:
    """The route that tells whether the process serves."""
    router = APIRouter()

    @router.get("/health")
    def health() -> dict[str, str]:
        """Whether the process serves."""
        return {"status": "ok"}

    return router


def demo_files(settings: Settings) -> StaticFiles:
    """The demo pages' own assets."""
    return StaticFiles(directory=settings.widget_dir / "demo")


async def _serve(websocket: WebSocket, gateway: Gateway, settings: Settings) -> None:
    socket = gateway.open(_address(websocket, settings))
    writer = asyncio.create_task(_write(websocket, socket))
    reader = asyncio.create_task(_read(websocket, socket, gateway, settings))
    try:
        await asyncio.wait({writer, reader}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (reader, writer):
            task.cancel()
        await asyncio.gather(reader, writer, return_exceptions=True)
        gateway.close(socket)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):  # the other side closed first
            await websocket.close()


async def _read(websocket: WebSocket, socket: Socket, gateway: Gateway, settings: Settings) -> None:
    origin, host = websocket.headers.get("origin"), websocket.headers.get("host", "")
    try:
        while True:
            async with asyncio.timeout(settings.idle_minutes * 60):
                event = await websocket.receive()
            if event["type"] == "websocket.disconnect":
                return
            raw = event.get("text")
            if raw is None:
                raw = (event.get("bytes") or b"").decode("utf-8", "replace")
            await gateway.receive(socket, raw, origin, host)
    except TimeoutError:
        gateway.idle(socket)
        await asyncio.sleep(1)  # lets the goodbye out


async def _write(websocket: WebSocket, socket: Socket) -> None:
    while (frame := await socket.outgoing.get()) is not None:
        try:
            await websocket.send_text(
                frame.model_dump_json(exclude_none=True) if frame.type != "message" else frame.model_dump_json()
            )
        except (WebSocketDisconnect, RuntimeError):
            return


def _address(websocket: WebSocket, settings: Settings) -> str:
    peer = websocket.client.host if websocket.client else None
    return visitor_address(peer, websocket.headers.getlist("x-forwarded-for"), settings.trust_proxy)
