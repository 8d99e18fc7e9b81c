"""Real files of every kind to passages, and each bad one to a sentence that names file and cure."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from bot.library.local import FileRefused, Limits, convert, read_file
from bot.library.local.packing import FEWEST, MOST, passages_of, sentences
from bot.library.local.pieces import Piece

LIMITS = Limits(max_bytes=5_000_000, max_passages=1_000)
LONG = "The committee reads every request within ten days and answers it in writing. "


def pdf(*pages: str, title: str = "", running: str = "", pictures: int = 0) -> bytes:
    """A PDF with a text a page, and ``pictures`` pages that only show one."""
    made = FPDF()
    made.set_title(title)
    for text in pages:
        made.add_page()
        made.set_font("helvetica", size=11)
        if running:
            made.cell(0, 8, f"{running} {made.page_no()}", new_x="LMARGIN", new_y="NEXT")
        made.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
    drawn = io.BytesIO()
    Image.new("RGB", (100, 140), "gray").save(drawn, "PNG")
    for _ in range(pictures):
        made.add_page()
        made.image(drawn, 0, 0, 180)
    return bytes(made.output())


def encrypted(data: bytes, user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(build: Callable[[docx.document.Document], object]) -> bytes:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def refused(name: str, data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(FileRefused) as error:
        convert(name, data, limits)
    assert error.value.sentence.startswith(f"{name}: ")
    return error.value.sentence


def test_pdf_pages_are_the_locators_and_running_headers_go() -> None:
    data = pdf(
        "Copilot\nSummaries of charts are allowed.", LONG * 4, "Students\nAsk your director.", title="AI Use", running="Cedar Hospital"
    )  # fmt: skip
    document = convert("ai.pdf", data, LIMITS)
    assert document.title == "AI Use"
    assert [piece.locator for piece in document.passages] == ["page 1", "page 2", "page 3"]
    assert document.passages[0].text == "Cedar Hospital 1\nCopilot\nSummaries of charts are allowed."
    assert str(document.passages).count("Cedar") == 1, "it is kept once, as a footer may say something"
    assert document.left_out == ""


def test_pdf_words_parted_at_a_lines_end_are_whole_again_only_where_the_document_has_them_so() -> None:
    text = (
        "The information policy is here. It holds for infor-\nmation and for follow-\nup calls of every kind there is."
    )
    (passage,) = convert("a.pdf", pdf(text), LIMITS).passages
    assert "for information and" in passage.text and "follow-up calls" in passage.text


def test_pdf_with_some_pictures_says_what_was_left_out() -> None:
    document = convert("a.pdf", pdf(LONG, "Another text.", pictures=1), LIMITS)
    assert document.left_out == "1 page without text left out (3)"


def test_a_title_that_a_program_wrote_is_not_taken() -> None:
    assert convert("a.pdf", pdf("AI Policy\n" + LONG, title="Microsoft Word - v3.docx"), LIMITS).title == "AI Policy"


def test_word_headings_are_the_locators_with_tables_and_tracked_insertions() -> None:
    def build(document: docx.document.Document) -> None:
        document.add_heading("Scribe Policy", 0)
        document.add_heading("Consent", 1)
        paragraph = document.add_paragraph("Ask each patient. ")
        inserted = OxmlElement("w:ins")
        inserted.append(document.add_paragraph("Ask parents too.").runs[0]._r)
        paragraph._p.append(inserted)
        document.add_heading("Hours", 2)
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ("Day", "Hours", "Monday", "9 to 5"), strict=True):
            cell.text = text

    document = convert("scribe.docx", word(build), LIMITS)
    assert document.title == "Scribe Policy"
    assert document.passages == (
        Piece("Consent", "Ask each patient. Ask parents too."),
        Piece("Hours", "Day; Hours\nMonday; 9 to 5"),
    )


def test_html_takes_the_main_part_and_leaves_navigation_and_scripts() -> None:
    html = """<html><head><title>AI Use</title><script>no()</script></head><body><nav>Menu</nav><main><h1>AI Use</h1>
        <h2>Copilot</h2><p>Charts are <b>allow</b>ed.<br>Notes too.</p><ul><li>One<li>Two</ul>
        <table><tr><td>A<td><p>B</p></tr></table></main><footer>Imprint</footer></body></html>"""
    document = convert("a.html", html.encode(), LIMITS)
    assert document.title == "AI Use"
    assert document.passages == (Piece("Copilot", "Charts are allowed. Notes too.\nOne\nTwo\nA; B"),)


def test_html_in_its_declared_encoding() -> None:
    html = '<meta charset="windows-1252"><p>Müller’s rule</p>'.encode("windows-1252")
    assert convert("a.htm", html, LIMITS).passages[0].text == "Müller’s rule"


def test_markdown_headings_are_the_locators() -> None:
    text = (
        "---\ntitle: AI Use\n---\n# Top\n\n## Copilot\nCharts are *allowed*\nhere.\n\n- one\n- two `x`\n\n<!-- no -->\n"
    )
    document = convert("a.md", text.encode(), LIMITS)
    assert (document.title, document.passages) == (
        "AI Use",
        (Piece("Copilot", "Charts are allowed here.\none\ntwo x"),),
    )


def test_plain_text_of_utf_8_and_utf_16_with_lines_as_locators() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        document = convert("ai-use.txt", "First\nline.\r\n\r\nSecond é.".encode(encoding), LIMITS)
        assert document.title == "Ai use"
        assert document.passages == (Piece("line 1", "First line."), Piece("line 4", "Second é."))


def test_a_pdf_with_a_password_is_refused_and_one_that_anyone_may_open_is_not() -> None:
    data = pdf(LONG)
    assert "protected by a password" in refused("a.pdf", encrypted(data, "secret", "secret"))
    assert convert("a.pdf", encrypted(data, "", "owner"), LIMITS).passages


@pytest.mark.parametrize(
    ("pages", "pictures", "words"),
    [((), 1, "Its only page has no text"), ((), 3, "None of its 3 pages has text"), ((LONG,), 3, "3 of its 4 pages")],
)
def test_scanned_pages_are_counted_and_refused(pages: tuple[str, ...], pictures: int, words: str) -> None:
    sentence = refused("scan.pdf", pdf(*pages, pictures=pictures))
    assert words in sentence and "OCR" in sentence


def test_a_word_file_of_pictures_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    Image.new("RGB", (10, 10)).save(picture)
    assert "OCR" in refused("a.docx", word(lambda document: document.add_picture(str(picture))))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"x", "kind of file"),
        ("a", b"x", "kind of file"),
        ("a.md", b"", "empty"),
        ("a.txt", b" \n ", "empty"),
        ("a.md", b"# Only a heading", "no text"),
        ("a.txt", "Ä\nÖ".encode("latin-1"), "Line 1 is not UTF-8"),
        ("a.md", b"fine\n\xff\xfe\xfa", "Line 2 is not UTF-8"),
        ("a.html", b'<meta charset="klingon"><p>x', "unknown encoding 'klingon'"),
        ("a.txt", b"a\0b", "no text file"),
        ("a.pdf", b"hello", "not a PDF"),
        ("a.pdf", b"%PDF-1.7\nhello", "damaged"),
        ("a.docx", b"hello", "damaged or not a Word file"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "protected by a password, or of an old format"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_cure(name: str, data: bytes, words: str) -> None:
    sentence = refused(name, data)
    assert words in sentence and sentence.count(".") >= 2


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_a_file_cut_off_is_refused_or_read_but_never_raises_anything_else(name: str, share: float) -> None:
    data = pdf(LONG, LONG) if name == "a.pdf" else word(lambda document: document.add_paragraph(LONG))
    try:
        assert convert(name, data[: int(len(data) * share)], LIMITS).passages
    except FileRefused as error:
        assert error.sentence.startswith(name)


def test_a_word_file_that_unpacks_to_far_too_much_is_refused() -> None:
    data = word(lambda document: document.add_paragraph("a " * 2_000_000))
    assert "unpacks" in refused("a.docx", data, Limits(max_bytes=len(data), max_passages=10**6))


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.pdf"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # sparse: it takes no room
    with pytest.raises(FileRefused, match=r"big.pdf: It has 200.0 MB; 5.0 MB is the most.*ADVISOR_POLICY_FILE_BYTES"):
        read_file(path, LIMITS)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(FileRefused, match="no such file"):
            read_file(path, LIMITS)


def test_too_many_passages_are_refused() -> None:
    text = "\n\n".join(f"## Part {n}\n\n{LONG * 4}" for n in range(12))
    assert "It has 12 passages; 11 is the most" in refused("a.md", text.encode(), Limits(10**6, 11))


words_ = st.text("abcdefg ", min_size=1, max_size=60).filter(str.strip)


@given(
    st.lists(st.tuples(st.sampled_from(["page 1", "page 2"]), st.lists(words_, min_size=1, max_size=30)), max_size=12)
)
def test_packing_loses_and_alters_no_word_and_keeps_to_the_size(given: list[tuple[str, list[str]]]) -> None:
    pieces = [Piece(locator, ". ".join(" ".join(text.split()) for text in texts)) for locator, texts in given]
    passages = passages_of(pieces, fewest=10, most=40)
    assert " ".join(each.text for each in passages).split() == " ".join(each.text for each in pieces).split()
    assert all(len(each.text.split()) <= 40 for each in passages)


def test_a_heading_begins_a_passage_and_a_long_paragraph_is_cut_at_sentences() -> None:
    pieces = [Piece("page 1", each) for each in (LONG * 2, "Students", LONG * 30)]
    passages = passages_of(pieces)
    assert passages[1].text.startswith("Students\nThe committee")
    assert all(FEWEST <= len(each.text.split()) <= MOST and each.text.endswith(".") for each in passages[1:])


def test_sentences_joined_are_the_text() -> None:
    text = 'Use it, e.g. Copilot. See No. 5 of 45 CFR 164.502(e). "Yes." Done\nnext'
    assert "".join(sentences(text)) == text
    assert [each.strip() for each in sentences(text)] == [
        "Use it, e.g. Copilot.", "See No. 5 of 45 CFR 164.502(e).", '"Yes."', "Done", "next",
    ]  # fmt: skip
