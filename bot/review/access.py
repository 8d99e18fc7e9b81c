"""Who may see the console: logins, sessions, limits on guessing, and requests from other sites."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import threading
from collections.abc import Callable

import structlog
from fastapi import Request
from fastapi.responses import Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.address import visitor_address
from bot.records import Users
from bot.review.passwords import hash_password, verify
from bot.settings import Settings

log = structlog.get_logger()

COOKIE = "advisor_review"
PATH = "/review"
GUESSING_MINUTES = 15
_NOBODY = hash_password(secrets.token_hex(16))  # verified for unknown names, so that they take as long as known ones


class TooManyAttempts(Exception):
    """This address has failed to log in too often."""


class Access:
    """Logs reviewers in and out and knows who asks.

    Args:
        now: the clock that ends sessions.
    """

    def __init__(self, settings: Settings, users: Users, now: Callable[[], dt.datetime]) -> None:
        self._settings = settings
        self._users = users
        self._now = now
        self._failures = RateLimitItemPerMinute(settings.login_attempts, GUESSING_MINUTES)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        # one password at a time: Argon2 takes 64 MB each, and no guess can slip past the count
        self._checking = threading.Lock()

    def reviewer(self, request: Request) -> str | None:
        """The name of the reviewer who asks, or None where nobody is logged in."""
        secret = request.cookies.get(COOKIE)
        return self._users.logged_in(_hash(secret), self._now()) if secret else None

    def log_in(self, request: Request, name: str, password: str) -> str | None:
        """The secret of a new session, or None where name and password don't belong together.

        Raises:
            TooManyAttempts: the address may not try now, right or wrong.
        """
        address = self._address(request)
        with self._checking:
            if not self._limiter.test(self._failures, address):
                raise TooManyAttempts
            known = self._users.password_hash(name)
            right = verify(known or _NOBODY, password) and known is not None
            if not right:
                self._limiter.hit(self._failures, address)
        if not right:
            log.info("review.log_in_failed", address=address)
            # a name that is nobody's may be a password typed into the wrong field
            self._users.audit(name if known else "unknown", "log_in_failed", address, self._now())
            return None
        self.log_out(request)
        secret = secrets.token_urlsafe(32)
        now = self._now()
        self._users.log_in(name, _hash(secret), now + self._lasts, now)
        return secret

    def log_out(self, request: Request) -> None:
        """Ends the session the request came with, if any."""
        if name := self.reviewer(request):
            self._users.log_out(_hash(request.cookies[COOKIE]))
            self._users.audit(name, "log_out", "", self._now())

    def remember(self, request: Request, response: Response, secret: str) -> None:
        """Gives the browser a session's secret; an empty one makes it forget."""
        response.set_cookie(
            COOKIE, secret, max_age=int(self._lasts.total_seconds()) if secret else 0, path=PATH, httponly=True,
            samesite="strict", secure=self._is_https(request),
        )  # fmt: skip

    @property
    def _lasts(self) -> dt.timedelta:
        return dt.timedelta(hours=self._settings.reviewer_session_hours)

    def _is_https(self, request: Request) -> bool:
        forwarded = request.headers.get("x-forwarded-proto", "") if self._settings.trust_proxy else ""
        return (forwarded or request.url.scheme) == "https"

    def _address(self, request: Request) -> str:
        peer = request.client.host if request.client else None
        return visitor_address(peer, request.headers.getlist("x-forwarded-for"), self._settings.trust_proxy)


def same_origin(request: Request) -> bool:
    """Whether a request that changes something comes from our own pages.

    Browsers say so in Sec-Fetch-Site, older ones and plain HTTP only in Origin; who sends neither is no browser.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


def _hash(secret: str) -> bytes:
    # the secret is random and long, so a plain hash can't be guessed back
    return hashlib.sha256(secret.encode()).digest()
