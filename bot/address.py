"""Where a request comes from, behind a proxy or not."""

from __future__ import annotations

from collections.abc import Sequence

LENGTH = 100
"""Longest address, characters: far above any real one, and what a log or an audit entry can hold."""


def visitor_address(peer: str | None, forwarded: Sequence[str], trust_proxy: bool) -> str:
    """The address of whoever sent a request, or 'unknown'.

    Args:
        peer: the other end of the connection, None where there is none.
        forwarded: all X-Forwarded-For headers, in order; each may list several addresses.
        trust_proxy: whether a proxy of ours wrote the last entry; if not, the headers count for nothing.
    """
    # the last entry is what our own proxy saw; those before it are what the sender claims
    seen = forwarded[-1].rpartition(",")[2].strip() if trust_proxy and forwarded else ""
    return (seen or peer or "unknown")[:LENGTH]
