"""``advisor library`` as a person runs it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_cli import advisor

POLICY = Path(__file__).parents[1] / "library" / "local" / "fitting" / "ambient-scribe.md"


def test_add_list_replace_and_remove(tmp_path: Path) -> None:
    data, broken = tmp_path / "data", tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    result = advisor("library", "add", "--site", "demo", str(broken), str(POLICY), data=data)
    told = " ".join(result.stderr.split())
    assert result.returncode == 1, "one file was refused"
    assert "Refused. broken.pdf: It is damaged" in told and "Traceback" not in told
    assert "ambient-scribe.md: 'Ambient Scribe and Recording Policy'" in told and "(new)" in told
    result = advisor("library", "add", "--site", "demo", str(POLICY), data=data)
    assert result.returncode == 0 and "(replaced)" in result.stderr
    listed = advisor("library", "list", "--site", "demo", data=data).stdout
    assert "ambient-scribe.md" in listed and "broken.pdf" not in listed
    assert advisor("library", "remove", "--site", "demo", "ambient-scribe.md", data=data).returncode == 0
    again = advisor("library", "remove", "--site", "demo", "ambient-scribe.md", data=data)
    assert again.returncode == 1 and "advisor library list" in again.stderr


def test_an_unknown_site_and_limits_are_told_in_sentences(tmp_path: Path) -> None:
    result = advisor("library", "add", "--site", "nowhere", str(POLICY), data=tmp_path)
    assert result.returncode == 1 and "There is no site 'nowhere'" in result.stderr
    big = tmp_path / "big.pdf"
    with big.open("wb") as file:
        file.truncate(200_000_000)
    result = advisor("library", "add", "--site", "demo", str(big), data=tmp_path)
    assert result.returncode == 1 and "200.0 MB; 25.0 MB is the most" in " ".join(result.stderr.split())
    advisor("library", "add", "--site", "demo", str(POLICY), data=tmp_path)
    other = tmp_path / "other.md"
    other.write_bytes(POLICY.read_bytes())
    result = advisor("library", "add", "--site", "demo", str(other), data=tmp_path, ADVISOR_POLICY_PASSAGES="12")
    assert result.returncode == 1 and "of the site's other policies" in " ".join(result.stderr.split())
