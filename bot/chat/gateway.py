"""The public gateway: moves frames between sockets and the dialogue."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import hmac
import json
import secrets
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import structlog
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.chat.frames import (
    Accepted,
    Bye,
    ContactFrame,
    ControlFrame,
    Error,
    ErrorCode,
    FeedbackFrame,
    Hello,
    Limits,
    Message,
    Opening,
    Ping,
    Pong,
    Reset,
    Said,
    ServerFrame,
    Stored,
    Welcome,
    Working,
)
from bot.chat.session import Refused, Session
from bot.dialogue.inputs import Chosen, Input, NotOffered, Pressed, Typed
from bot.dialogue.service import Dialogue
from bot.dialogue.turn import Busy, IdReused, Reply, Request
from bot.errors import AdvisorError
from bot.records import ConversationGone, Conversations, Sites, StoredMessage, StoredSite, token_matches
from bot.settings import Settings

log = structlog.get_logger()

INTERNAL = "Something went wrong on our side. Please try again in a moment."
RETRY_SECONDS = 2.0
_CODES: dict[type[AdvisorError], ErrorCode] = {
    IdReused: "id_reused", NotOffered: "not_offered", Busy: "busy", ConversationGone: "conversation_gone",
}  # fmt: skip


@dataclass(eq=False)
class Socket:
    """One open socket. Frames leave in the order of ``outgoing``; None ends it."""

    address: str
    session: Session
    outgoing: asyncio.Queue[ServerFrame | None] = field(default_factory=lambda: asyncio.Queue(maxsize=1_000))
    site: StoredSite | None = None
    conversation: str = ""
    token_hash: bytes = b""
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def send(self, frame: ServerFrame) -> None:
        """Queues a frame; a socket that reads nothing for 1,000 frames is cut."""
        self._put(frame)

    def end(self) -> None:
        """Closes the socket once all queued frames are out."""
        self._put(None)

    def _put(self, frame: ServerFrame | None) -> None:
        try:
            self.outgoing.put_nowait(frame)
        except asyncio.QueueFull:
            self.outgoing.get_nowait()
            self.outgoing.put_nowait(None)


class Gateway:
    """Serves the chat protocol on any number of sockets.

    Args:
        secret: key for the hashes of tokens and payloads.
        opening: the greeting every conversation begins with.
    """

    def __init__(
        self,
        settings: Settings,
        dialogue: Dialogue,
        conversations: Conversations,
        sites: Sites,
        secret: bytes,
        opening: Opening,
    ) -> None:
        self._settings = settings
        self._dialogue = dialogue
        self._conversations = conversations
        self._sites = sites
        self._secret = secret
        self._opening = opening
        self._addresses: Counter[str] = Counter()
        self._listeners: defaultdict[str, set[Socket]] = defaultdict(set)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._messages = RateLimitItemPerMinute(settings.messages_a_minute)
        self._frames = RateLimitItemPerMinute(settings.frames_a_minute)

    def open(self, address: str) -> Socket:
        """A new socket; one too many from an address is told so and closed."""
        socket = Socket(address, Session(self._settings))
        self._addresses[address] += 1
        if self._addresses[address] > self._settings.sockets_an_address:
            log.info("socket.refused", reason="too_many_sockets")
            socket.send(
                Bye(
                    reason="too_many_sockets",
                    text="Too many chats are open from your network. Close one, or try again later.",
                )
            )
            socket.end()
        return socket

    def close(self, socket: Socket) -> None:
        """Forgets a socket; turns it began run on and are stored."""
        self._addresses[socket.address] -= 1
        if not self._addresses[socket.address]:
            del self._addresses[socket.address]
        listeners = self._listeners.get(socket.conversation)
        if listeners is not None:
            listeners.discard(socket)
            if not listeners:
                del self._listeners[socket.conversation]

    def close_all(self) -> None:
        """Says goodbye to every socket before the process ends."""
        for socket in {socket for listeners in self._listeners.values() for socket in listeners}:
            socket.send(
                Bye(reason="restart", text="The advisor restarts. Your conversation is kept; it goes on in a moment.")
            )
            socket.end()

    def idle(self, socket: Socket) -> None:
        """Says goodbye to a socket that has been silent too long."""
        socket.send(Bye(reason="idle", text="This chat was quiet for a long time, so it was closed. Type to go on."))
        socket.end()

    async def receive(self, socket: Socket, raw: str, origin: str | None, host: str) -> None:
        """Takes one frame; whatever is wrong with it is answered with a sentence."""
        try:
            if not self._limiter.hit(self._frames, "frames", str(id(socket))):
                raise Refused(
                    "rate_limited",
                    "That was too fast. Wait a moment, then go on.",
                    retry_after=self._wait(self._frames, "frames", str(id(socket))),
                )
            await self._dispatch(socket, socket.session.receive(raw), origin, host)
        except Refused as refused:
            log.info("frame.refused", code=refused.code)
            socket.send(Error(code=refused.code, text=refused.text, id=refused.id, retry_after=refused.retry_after))
            if refused.closing:
                socket.send(Bye(reason="bad_hello", text=refused.text))
                socket.end()
        except Exception:
            log.exception("frame.failed")
            socket.send(Error(code="internal", text=INTERNAL))

    async def _dispatch(self, socket: Socket, frame: Any, origin: str | None, host: str) -> None:
        match frame:
            case Hello():
                await self._hello(socket, frame, origin, host)
            case Ping():
                socket.send(Pong())
            case Message():
                self._begin(socket, str(frame.id), _input(frame))
            case ControlFrame():
                self._begin(socket, str(frame.id), Pressed(frame.action))
            case ContactFrame():
                await self._contact(socket, frame)
            case FeedbackFrame():
                await self._feedback(socket, frame)

    # --- hello ---

    async def _hello(self, socket: Socket, hello: Hello, origin: str | None, host: str) -> None:
        site = await asyncio.to_thread(self._sites.get, hello.site)
        if site is None:
            raise Refused(
                "unknown_site",
                f"The site '{hello.site}' is not known here. Ask whoever runs this page.",
                closing="bad_hello",
            )
        if not _allowed(origin, host, site):
            raise Refused(
                "origin_refused",
                "This page may not use the advisor. Ask whoever runs it to add the page to its site.",
                closing="bad_hello",
            )
        if hello.conversation is None:
            self._welcome_new(socket, site)
        else:
            await self._resume(socket, site, hello)
        socket.session.greeted = True
        self._listeners[socket.conversation].add(socket)

    def _welcome_new(self, socket: Socket, site: StoredSite) -> None:
        token = secrets.token_urlsafe(32)
        socket.site, socket.conversation, socket.token_hash = site, str(uuid.uuid4()), self._hash(token)
        socket.send(self._welcome(socket.conversation, 0, token=token))

    async def _resume(self, socket: Socket, site: StoredSite, hello: Hello) -> None:
        conversation = str(hello.conversation)
        stored = await asyncio.to_thread(self._conversations.get, conversation)
        if stored is None:
            raise Refused("conversation_gone", "That conversation is not here any more. A new one begins.")
        token_hash = self._hash(hello.token or "")
        if stored.site_id != site.id or not token_matches(stored, token_hash):
            raise Refused("wrong_token", "That conversation can't be opened with this key. A new one can begin.")
        socket.site, socket.conversation, socket.token_hash = site, conversation, token_hash
        after = hello.last_seq
        messages = await asyncio.to_thread(
            self._conversations.messages, conversation, after if after <= stored.seq else 0
        )
        socket.send(self._welcome(conversation, stored.seq, resumed=True))
        if after > stored.seq:
            socket.send(Reset(reason="The transcript here is older than yours."))
        before: StoredMessage | None = None
        for message in messages:
            socket.send(_said(message, before))
            before = message

    def _welcome(self, conversation: str, seq: int, token: str | None = None, resumed: bool = False) -> Welcome:
        limits = Limits(
            message_length=self._settings.message_length,
            messages_a_minute=self._settings.messages_a_minute,
            frame_bytes=self._settings.frame_bytes,
        )
        return Welcome(
            conversation=conversation, token=token, seq=seq, resumed=resumed, limits=limits, opening=self._opening
        )

    # --- turns ---

    def _begin(self, socket: Socket, client_id: str, given: Input) -> None:
        """Starts a turn without waiting for it, so that the socket can still be read; turns queue in order."""
        if not self._limiter.hit(self._messages, "messages", socket.conversation):
            wait = self._wait(self._messages, "messages", socket.conversation)
            raise Refused("rate_limited", "That was a lot at once. Wait a moment, then go on.", client_id, wait)
        socket.send(Working(id=client_id))
        task = asyncio.create_task(self._turn(socket, client_id, given))
        socket.tasks.add(task)
        task.add_done_callback(socket.tasks.discard)

    async def _turn(self, socket: Socket, client_id: str, given: Input) -> None:
        assert socket.site is not None
        request = Request(
            socket.conversation, socket.site.id, socket.token_hash, client_id, self._payload_hash(given), given,
            contact=socket.site.contact or self._settings.contact,
        )  # fmt: skip
        try:
            reply = await self._dialogue.turn(request)
        except AdvisorError as error:
            code = _CODES.get(type(error), "internal")
            socket.send(
                Error(
                    code=code, text=error.sentence, id=client_id, retry_after=RETRY_SECONDS if code == "busy" else None
                )
            )
        except Exception:
            log.exception("turn.crashed", conversation=socket.conversation)
            socket.send(Error(code="internal", text=INTERNAL, id=client_id, retry_after=RETRY_SECONDS))
        else:
            self._deliver(socket, client_id, reply)

    def _deliver(self, asking: Socket, client_id: str, reply: Reply) -> None:
        asking.send(Accepted(id=client_id, seq=reply.visitor.seq))
        for socket in self._listeners.get(asking.conversation, set()) | {asking}:
            if socket is not asking:
                socket.send(_said(reply.visitor, None))
            socket.send(_said(reply.advisor, reply.visitor))

    # --- beside the dialogue ---

    async def _contact(self, socket: Socket, frame: ContactFrame) -> None:
        try:
            await asyncio.to_thread(
                self._conversations.add_contact,
                socket.conversation,
                str(frame.id),
                frame.name,
                frame.reach,
                frame.about,
                dt.datetime.now(dt.UTC),
            )
        except ConversationGone as gone:
            raise Refused("conversation_gone", gone.sentence, str(frame.id)) from gone
        socket.send(Stored(id=str(frame.id)))

    async def _feedback(self, socket: Socket, frame: FeedbackFrame) -> None:
        comment = await self._dialogue.redact(frame.comment) if frame.comment else ""
        known = await asyncio.to_thread(
            self._conversations.add_feedback,
            socket.conversation,
            frame.seq,
            frame.helpful,
            comment,
            dt.datetime.now(dt.UTC),
        )
        if not known:
            raise Refused("bad_frame", f"There is no reply number {frame.seq} in this conversation.")

    # --- small parts ---

    def _hash(self, token: str) -> bytes:
        return hashlib.sha256(token.encode("utf-8", "replace")).digest()

    def _payload_hash(self, given: Input) -> bytes:
        payload = json.dumps([type(given).__name__, given.__dict__], sort_keys=True, default=list)
        return hmac.digest(self._secret, payload.encode("utf-8", "replace"), "sha256")

    def _wait(self, item: RateLimitItemPerMinute, *keys: str) -> float:
        reset = self._limiter.get_window_stats(item, *keys).reset_time
        return max(1.0, round(reset - dt.datetime.now(dt.UTC).timestamp(), 1))


def _input(frame: Message) -> Input:
    if frame.text is not None:
        return Typed(frame.text)
    values = frame.choice if isinstance(frame.choice, list) else [frame.choice or ""]
    return Chosen(frame.block or "", tuple(values))


def _said(message: StoredMessage, before: StoredMessage | None) -> Said:
    """A message as a frame. ``reply_to`` is the client's id: of the message answered, or of the visitor's own."""
    asked = message if message.author == "visitor" else before
    return Said(
        seq=message.seq,
        author=message.author,
        blocks=message.blocks,
        plain=message.plain,
        at=message.at.isoformat(),
        reply_to=asked.client_id if asked else None,
    )


def _allowed(origin: str | None, host: str, site: StoredSite) -> bool:
    """No Origin is not a browser; one that is present must be the site's, or our own page's."""
    return origin is None or origin in site.origins or origin.partition("://")[2] == host
