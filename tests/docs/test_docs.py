"""The docs tell the truth: what is generated is fresh, the protocol is whole, and no link is dead."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.chat import frames
from bot.settings import ROOT
from docs.generate import pages

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_generated_pages_are_fresh(path: Path) -> None:
    assert path.read_text("utf-8") == pages()[path], "run `python -m docs.generate`"


def test_every_frame_and_error_code_is_in_the_protocol() -> None:
    text = (ROOT / "docs" / "protocol.md").read_text("utf-8")
    kinds = [*get_args(get_args(frames.ClientFrame)[0]), *get_args(frames.ServerFrame)]
    names = {kind.model_fields["type"].annotation for kind in kinds}
    for name in {get_args(each)[0] for each in names} | set(get_args(frames.ErrorCode)):
        assert f"`{name}" in text, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
