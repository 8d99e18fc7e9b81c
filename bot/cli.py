"""The command line: ``advisor``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Column, Table

from bot.errors import AdvisorError
from bot.settings import settings

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="The Readiness Advisor."
)
user_app = typer.Typer(no_args_is_help=True, help="Reviewers of the support team's console.")
site_app = typer.Typer(no_args_is_help=True, help="Sites that may embed the widget.")
library_app = typer.Typer(no_args_is_help=True, help="An organization's own policies, which only its site sees.")
app.add_typer(user_app, name="user")
app.add_typer(site_app, name="site")
app.add_typer(library_app, name="library")

console = Console(stderr=True)


def main() -> None:
    """Runs a command; what goes wrong ends in a sentence and exit code 1."""
    from bot.library import ContentErrors

    try:
        app()
    except ContentErrors as errors:
        console.print(
            f"[bold red]Stopped.[/] {len(errors.errors)} mistakes in the content; nothing was loaded.", highlight=False
        )
        for mistake in errors.errors:
            console.print(str(mistake), highlight=False, markup=False, soft_wrap=True)
        sys.exit(1)
    except AdvisorError as error:
        console.print(f"[bold red]Stopped.[/] {error.sentence}", highlight=False, soft_wrap=True)
        if error.detail:
            console.print(error.detail, highlight=False, markup=False, style="dim", soft_wrap=True)
        sys.exit(1)


@contextmanager
def _step(text: str) -> Iterator[None]:
    with console.status(text):
        yield


@app.command()
def serve() -> None:
    """Run the advisor: trains if needed, updates the database, serves the chat and the console."""
    from bot.serving import serve as run

    run(settings(), console)


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even if nothing changed.")] = False) -> None:
    """Train the model, if its inputs changed."""
    from bot.training import train as run

    with _step("Training the model"):
        path = run(settings(), force)
    console.print(f"Model ready: {path.name}")


@app.command()
def setup() -> None:
    """Prepare everything a first start needs: vectors, passages, model. Starts nothing."""
    from bot.serving import prepare

    prepare(settings(), console)


@app.command()
def check(
    folder: Annotated[Optional[Path], typer.Argument(help="The content's folder.")] = None,
    stale: Annotated[bool, typer.Option(help="List what is past its day of review instead.")] = False,
) -> None:
    """Check the content: every mistake with file, line, field and cure."""
    from bot.library import check as run

    if stale:
        _list_stale(folder or settings().knowledge_dir)
        return
    errors = run(folder or settings().knowledge_dir)
    for error in errors:
        print(error)
    console.print(f"{len(errors)} mistakes." if errors else "The content is sound.")
    raise typer.Exit(1 if errors else 0)


def _list_stale(folder: Path) -> None:
    from bot.library import load_library
    from bot.library.context import current_day
    from bot.library.freshness import stale

    today = current_day()
    late = stale(load_library(folder), today)
    table = Table("due", "days over", "kind", "id", "evidence up to")
    for item in late:
        table.add_row(str(item.due), str((today - item.due).days), item.kind, item.id, str(item.as_of))
    Console().print(table)
    console.print(f"{len(late)} past their review.")


@app.command()
def shell() -> None:
    """Chat in the terminal. Nothing is recorded."""
    from bot.terminal import chat

    chat(settings(), console)


@app.command()
def ask(
    question: Annotated[Optional[str], typer.Argument(help="A question.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch: Annotated[
        Optional[Path],
        typer.Option(help="A JSON lines file of {id, question} or {id, messages}; - reads standard input."),
    ] = None,
) -> None:
    """Ask a question, or a file of them. Nothing is recorded."""
    from bot.asking import ask_batch, ask_one

    if (question is None) == (batch is None):
        raise typer.BadParameter("Give either a question or --batch FILE.")
    if batch is not None:
        ask_batch(settings(), batch, console)
    else:
        ask_one(settings(), question or "", json_, console)


@app.command()
def redact() -> None:
    """Redact personal details: lines in, redacted lines out."""
    from bot.privacy import Redactor
    from bot.services import load_vectors

    with _step("Loading the recognisers"):
        redactor = Redactor(load_vectors(settings().cache_dir), settings().spacy_model)
    for line in sys.stdin:
        print(redactor.redact(line.rstrip("\n")).text, flush=True)


@app.command()
def openapi() -> None:
    """Print the OpenAPI description of the HTTP routes, with the chat's frames and blocks as schemas."""
    from bot.app import describe

    print(describe())


@app.command()
def purge(
    days: Annotated[Optional[int], typer.Option(min=1, help="Days to keep, instead of the setting.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Only say what would go.")] = False,
) -> None:
    """Erase conversations older than the retention allows."""
    import datetime as dt

    from bot.privacy import cutoff
    from bot.records import Database, count_before
    from bot.records import purge as run

    now = dt.datetime.now(dt.UTC)
    keep = days or settings().retention_days
    day = cutoff(now.date(), keep)
    before = dt.datetime.combine(day, dt.time(), dt.UTC)
    database = Database(settings().records_url)
    count = count_before(database, before) if dry_run else run(database, before, now)
    console.print(
        f"{count} conversations last used before {day} {'would be erased' if dry_run else 'erased'} (kept: {keep} days)."
    )


@user_app.command("add")
def user_add(
    name: str, password: Annotated[Optional[str], typer.Option(help="Asked for, if left out.")] = None
) -> None:
    """Add a reviewer, or give one a new password."""
    from bot.records import Database, Users
    from bot.review.passwords import hash_password

    secret = password or typer.prompt("Password (12 characters or more)", hide_input=True, confirmation_prompt=True)
    users = Users(Database(settings().records_url))
    users.put(name, hash_password(secret))
    console.print(f"Reviewer '{name}' can log in at /review.")


@user_app.command("remove")
def user_remove(name: str) -> None:
    """Remove a reviewer; open logins end at once."""
    from bot.records import Database, Users

    if not Users(Database(settings().records_url)).remove(name):
        raise AdvisorError(f"There is no reviewer '{name}'. `advisor user list` shows them.")
    console.print(f"Reviewer '{name}' removed.")


@user_app.command("list")
def user_list() -> None:
    """List the reviewers."""
    from bot.records import Database, Users

    for name in Users(Database(settings().records_url)).names():
        print(name)


@site_app.command("add")
def site_add(
    site: str,
    name: Annotated[str, typer.Option(help="The site's name.")] = "",
    origin: Annotated[
        Optional[list[str]], typer.Option(help="A page's origin, such as https://clinic.example; several allowed.")
    ] = None,
    contact: Annotated[str, typer.Option(help="How visitors reach a person.")] = "",
) -> None:
    """Add a site that may embed the widget, or change it."""
    from bot.records import Database, Sites, StoredSite

    Sites(Database(settings().records_url)).put(StoredSite(site, name or site, tuple(origin or ()), contact))
    console.print(f"Site '{site}' saved.")


@site_app.command("list")
def site_list() -> None:
    """List the sites."""
    from bot.records import Database, Sites

    table = Table("site", "name", "origins", "contact")
    for site in Sites(Database(settings().records_url)).all():
        table.add_row(site.id, site.name, ", ".join(site.origins), site.contact)
    Console().print(table)


Site = Annotated[str, typer.Option(help="The site whose visitors see the policies.")]


def _show(bars: Progress, task: TaskID, name: str, what: str, share: float) -> None:
    bars.update(task, description=f"{name}: {what}", completed=share)


@library_app.command("add")
def library_add(
    site: Site,
    files: Annotated[list[Path], typer.Argument(help="PDF, Word (.docx), HTML, Markdown or plain text.")],
) -> None:
    """Add policies to a site; a file of the same name is replaced. What can't be read is told, the others go in."""
    from bot.library.local import FileRefused
    from bot.policies import Desk

    desk, refused = Desk(settings(), site), 0
    columns = (TextColumn("{task.description}"), BarColumn())
    for path in files:
        try:
            with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
                added = desk.add(path, partial(_show, bars, bars.add_task(path.name, total=1.0), path.name))
        except FileRefused as error:
            refused += 1
            console.print(f"[bold red]Refused.[/] {escape(error.sentence)}", highlight=False, soft_wrap=True)
        else:
            how = "replaced" if added.replaced else "new"
            left_out = f"; {added.left_out}" if added.left_out else ""
            told = f"{added.file_name}: '{added.title}', {added.passages} passages ({how}){left_out}."
            console.print(told, highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1 if refused else 0)


@library_app.command("list")
def library_list(site: Site) -> None:
    """List a site's policies."""
    from bot.policies import Desk

    table = Table(Column("file", overflow="fold"), Column("title", overflow="fold"), "passages", "added (UTC)")
    for policy in Desk(settings(), site).list():
        added = f"{policy.added_at:%Y-%m-%d %H:%M}"
        table.add_row(escape(policy.file_name), escape(policy.title), str(policy.passages), added)
    Console().print(table)


@library_app.command("remove")
def library_remove(site: Site, name: Annotated[str, typer.Argument(help="The file's name, as in the list.")]) -> None:
    """Remove a policy from a site; it is cited no more from the next message on."""
    from bot.policies import Desk

    Desk(settings(), site).remove(name)
    console.print(f"'{name}' removed from the site '{site}'.", highlight=False, markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
