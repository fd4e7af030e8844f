"""A draft as PDF: what the Word file says, within limits, and with no network to reach."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from archive.docgen import PdfMaker, pdf
from archive.docgen.errors import NoPdf, NoPdfProgram, PdfsWait
from archive.docgen.pdf import NO_PROGRAM
from archive.docgen.shipped import ROUTINE_CONTRACT
from archive.docgen.stamp import draw_qr
from tests.docgen.word_files import a_template, fill, saved
from tests.waiting import until

pytestmark = pytest.mark.slow

IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def printed(content: bytes, folder: Path, program: str, *more: str) -> str:
    file = folder / "made.pdf"
    file.write_bytes(content)
    command = [program, str(file), *more]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_draft_says_in_pdf_what_it_says_in_word_in_the_fonts_meant_for_it(writer, tmp_path):
    made = PdfMaker().make(fill(writer, ROUTINE_CONTRACT.read(), writer.catalogue.examples()))
    text = "".join(printed(made, tmp_path, "pdftotext", "-").split())
    for words in ("示例货主有限公司", "第1页共3页", "第3页共3页", "编号HT-2026-00007第3版"):
        assert words in text
    fonts = printed(made, tmp_path, "pdffonts")
    for name in ("NotoSerifCJK", "NotoSansCJK", "LiberationSerif"):
        assert name in fonts


def with_a_linked_picture(address: str) -> bytes:
    """What the check refuses as a template: a picture that is fetched when it is opened."""
    document = docx.Document()
    linked = document.part.relate_to(address, IMAGE, is_external=True)
    run = document.add_paragraph("有图").add_run()
    run.add_picture(BytesIO(draw_qr("HT-2026-00001/1")))
    (shown,) = run._r.iter(qn("a:blip"))
    del shown.attrib[qn("r:embed")]
    shown.set(qn("r:link"), linked)
    return saved(document)


@pytest.fixture
def asked():
    """A web server and what it was asked for: ``(address, paths)``."""
    paths = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self):  # the name that the server calls
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x.png", paths
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_is_fetched_while_it_is_made(asked):
    address, paths = asked
    assert PdfMaker().make(with_a_linked_picture(address)).startswith(b"%PDF")
    assert paths == []


def test_nothing_is_fetched_where_a_process_gets_no_network_of_its_own(asked, monkeypatch):
    monkeypatch.setattr(pdf, "confinement", lambda: ())
    address, paths = asked
    assert PdfMaker().make(with_a_linked_picture(address)).startswith(b"%PDF")
    assert paths == []


@pytest.fixture
def program(tmp_path):
    """Makes a program that stands where LibreOffice is: ``program("sleep 600")``."""

    def make(script: str) -> str:
        file = tmp_path / "office"
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o700)
        return str(file)

    return make


def has_ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_conversion_that_does_not_end_is_ended_with_all_that_it_started(
    program, monkeypatch, tmp_path
):
    monkeypatch.setattr(pdf, "WALL_SECONDS", 0.5)
    pid = tmp_path / "pid"
    with pytest.raises(NoPdf):
        PdfMaker(program(f"sleep 600 & echo $! > {pid}; wait")).make(a_template("x"))
    until(lambda: has_ended(int(pid.read_text())))


@pytest.mark.parametrize("script", ["exit 3", "true", "head -c 300000000 /dev/zero > $HOME/x"])
def test_a_conversion_that_makes_nothing_or_too_much_is_told_as_such(program, script):
    with pytest.raises(NoPdf):
        PdfMaker(program(script)).make(a_template("x"))


def test_the_program_sees_no_settings_and_leaves_nothing_behind(program, tmp_path, monkeypatch):
    monkeypatch.setenv("ARCHIVE_S3_SECRET_KEY", "geheim")
    seen = tmp_path / "seen"
    with pytest.raises(NoPdf):
        PdfMaker(program(f"env > {seen}")).make(a_template("x"))
    environment = dict(line.split("=", 1) for line in seen.read_text().splitlines())
    assert not any(name.startswith("ARCHIVE_") for name in environment)
    assert not Path(environment["HOME"]).exists()


def test_one_waits_for_another_only_so_long(program, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 0.1)
    started, go_on = tmp_path / "started", tmp_path / "go"
    maker = PdfMaker(program(f"touch {started}; while ! [ -e {go_on} ]; do sleep 0.05; done"))
    told = []

    def make() -> None:
        try:
            maker.make(a_template("x"))
        except NoPdf as error:
            told.append(error)

    first = threading.Thread(target=make)
    first.start()
    try:
        while not started.exists():
            pass
        with pytest.raises(PdfsWait):
            maker.make(a_template("x"))
    finally:
        go_on.touch()
        first.join()
    assert len(told) == 1


@pytest.mark.parametrize("asked", [NO_PROGRAM, "/nowhere/soffice"])
def test_where_there_is_no_program_that_is_said(asked):
    maker = PdfMaker(asked)
    assert not maker.is_available
    with pytest.raises(NoPdfProgram):
        maker.make(a_template("x"))
