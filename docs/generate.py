"""Writes `docs/settings.md` and `docs/cli.md` from the code; `python -m docs.generate` after a change of either."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer
from pydantic import AliasChoices

from bot.cli import app
from bot.settings import ROOT, Settings

HERE = Path(__file__).parent


def settings_page() -> str:
    """Every setting: variable, default, meaning."""
    rows = []
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        names = (
            [str(each) for each in alias.choices] if isinstance(alias, AliasChoices) else [f"ADVISOR_{name.upper()}"]
        )
        default = field.default
        if isinstance(default, Path):
            default = default.relative_to(ROOT).as_posix()
        shown = "empty" if default == "" else f"`{default}`"
        rows.append(f"| {' or '.join(f'`{each}`' for each in names)} | {shown} | {field.description} |")
    return (
        "# Settings\n\nEach is an environment variable.\n\n| variable | default | meaning |\n|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def cli_page() -> str:
    """Every command with its arguments and options."""
    lines = ["# The command line", ""]
    for path, command in _commands(typer.main.get_command(app), "advisor"):
        arguments = " ".join(each.name.upper() for each in command.params if each.param_type_name == "argument")
        lines += [f"## `{path}{' ' if arguments else ''}{arguments}`", "", command.help or "", ""]
        for option in command.params:
            if option.param_type_name == "option" and "--help" not in option.opts:
                lines.append(f"- `{', '.join(option.opts)}`: {getattr(option, 'help', '') or ''}")
        if lines[-1]:
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _commands(command: Any, path: str) -> list[tuple[str, Any]]:
    # typer brings its own copy of click, so a group is told by what it has
    if not hasattr(command, "commands"):
        return [(path, command)]
    return [each for name in sorted(command.commands) for each in _commands(command.commands[name], f"{path} {name}")]


def pages() -> dict[Path, str]:
    """The files and what they should hold."""
    return {HERE / "settings.md": settings_page(), HERE / "cli.md": cli_page()}


def main() -> None:
    """Writes them."""
    for path, text in pages().items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
