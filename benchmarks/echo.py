"""The baseline of every turn: a bare websocket echo on the advisor's own stack. ``python -m benchmarks.echo PORT``."""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()


@app.websocket("/chat/ws")
async def echo(websocket: WebSocket) -> None:
    """Sends back what it gets."""
    await websocket.accept()
    try:
        while True:
            await websocket.send_text(await websocket.receive_text())
    except WebSocketDisconnect:
        return


if __name__ == "__main__":
    # as in bot/serving.py, or the comparison means nothing
    uvicorn.run(
        app, port=int(sys.argv[1]), log_config=None, access_log=False, ws="websockets-sansio",
        ws_per_message_deflate=False, server_header=False,
    )  # fmt: skip
