"""Before the tests: says which of the optional parts are there, and gets a browser where it can be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from rich.console import Console

console = Console()


def main() -> None:
    """Prints what will be tested against; ends with an error only where a browser was required and can't be had."""
    if os.environ.get("ADVISOR_TEST_POSTGRES_URL"):
        console.print("Postgres: the tests run against SQLite and the given Postgres.")
    else:
        console.print("Postgres: no URL in ADVISOR_TEST_POSTGRES_URL, so the records are tested on SQLite only.")
    browser = find() or install()
    if browser:
        console.print(f"Browser: {browser}")
    else:
        console.print("Browser: none was found and none could be had, so the tests in a browser are left out.")
        if os.environ.get("ADVISOR_TEST_BROWSER_REQUIRED"):
            sys.exit("A browser is required here. Install Chromium, or name one in ADVISOR_TEST_BROWSER.")


def find() -> str | None:
    """A Chromium that is on the machine, or that Playwright brought."""
    named = os.environ.get("ADVISOR_TEST_BROWSER")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.access(path, os.X_OK) else None


def install() -> str | None:
    """Playwright's own Chromium, or the system's package where this user may install one."""
    attempts = [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium-headless-shell"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = ["apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
        attempts = [[*quiet, "update"], [*quiet, "install", "--yes", "--no-install-recommends", "chromium"], *attempts]
    for attempt in attempts:
        with console.status(f"Getting a browser: {attempt[0]} {attempt[-1]}"):
            try:
                subprocess.run(attempt, check=False, capture_output=True, timeout=300)
            except (OSError, subprocess.TimeoutExpired):
                continue
        if path := find():
            return path
    return None


if __name__ == "__main__":
    main()
