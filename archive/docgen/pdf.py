"""An Office file as PDF, made by LibreOffice where it is installed.

The program runs for one file at a time, in a folder of its own that is gone afterwards: with its
own profile and home, with limits on memory, processor time, the size of what it writes and the
time that we wait, and without a network. Nothing that it writes is read but the PDF.
"""

import json
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path

from archive.docgen.errors import NoPdf, NoPdfProgram, PdfsWait

log = logging.getLogger(__name__)

NO_PROGRAM = "none"
"""What the setting says where no PDFs are wanted."""
EXPORTS = {
    **dict.fromkeys(("docx", "docm", "dotx", "dotm", "doc", "rtf", "odt"), "writer_pdf_Export"),
    **dict.fromkeys(("xlsx", "xlsm", "xltx", "xltm", "xls", "ods"), "calc_pdf_Export"),
    **dict.fromkeys(("pptx", "pptm", "ppsx", "ppt", "odp"), "impress_pdf_Export"),
    "fodg": "draw_pdf_Export",
}
PROGRAMS = ("soffice", "libreoffice")
MEMORY = 4 * 1024**3  # of addresses: the program asks for many and uses some 300 MB
PROCESSOR_SECONDS = 60
LARGEST_FILE = 200 * 1024**2
WALL_SECONDS = 90.0
PATIENCE = 20.0  # seconds that one waits for another's PDF

SERIF = (
    "宋体", "SimSun", "新宋体", "NSimSun", "仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312",
    "STSong", "STFangsong", "方正小标宋简体", "华文中宋", "STZhongsong",
)  # fmt: skip
SANS = (
    "黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "等线", "DengXian", "STHeiti",
    "楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312", "STKaiti",
)  # fmt: skip
FONTS = {
    **dict.fromkeys(SERIF, "Noto Serif CJK SC"),
    **dict.fromkeys(SANS, "Noto Sans CJK SC"),
    "Times New Roman": "Liberation Serif",
    "Arial": "Liberation Sans",
}
"""What is shown where the font that a document names is not installed, as on most servers."""

# A second lock beside the namespace without network: no proxy is there, and nothing is updated.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


class PdfMaker:
    """Makes PDFs of Office files, one at a time in each process. *asked* is the setting."""

    def __init__(self, asked: str = "") -> None:
        self._asked = asked
        self._turn = threading.Lock()

    @cached_property
    def program(self) -> str | None:
        """The program in use, or None where there is none."""
        return find_program(self._asked)

    @property
    def is_available(self) -> bool:
        """Whether PDFs can be made here."""
        return self.program is not None

    def make(self, document: bytes, *, kind: str = "docx", most_pages: int | None = None) -> bytes:
        """*document*, of a *kind* in `EXPORTS`, as PDF; at most its first pages.

        Raises:
            NoPdfProgram: none is installed.
            PdfsWait: others' PDFs are being made, and it takes long.
            NoPdf: it could not be done within the limits.
        """
        if self.program is None:
            raise NoPdfProgram()
        if not self._turn.acquire(timeout=PATIENCE):
            raise PdfsWait()
        try:
            with tempfile.TemporaryDirectory(prefix="pdf-") as folder:
                return convert(
                    document, self.program, Path(folder), kind=kind, most_pages=most_pages
                )
        finally:
            self._turn.release()


def find_program(asked: str) -> str | None:
    """The program that the setting *asked* names, or the first that is installed."""
    if asked == NO_PROGRAM:
        return None
    found = (shutil.which(name) for name in ((asked,) if asked else PROGRAMS))
    return next((path for path in found if path), None)


def convert(
    document: bytes,
    program: str,
    folder: Path,
    *,
    kind: str = "docx",
    most_pages: int | None = None,
) -> bytes:
    """*document* converted by *program* in *folder*, which is empty and its own."""
    source, made = folder / f"draft.{kind}", folder / "out" / "draft.pdf"
    source.write_bytes(document)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    fonts = folder / "fonts.conf"
    fonts.write_text(write_fonts(folder), encoding="utf-8")
    command = [
        *confinement(),
        program,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--convert-to", target_of(kind, most_pages), "--outdir", str(made.parent), str(source),
    ]  # fmt: skip
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(fonts),
    }
    _run(command, environment)
    try:
        return made.read_bytes()
    except OSError as missing:
        raise NoPdf() from missing


def target_of(kind: str, most_pages: int | None) -> str:
    """What LibreOffice is asked for: a PDF, of the first pages only where they are bounded."""
    if most_pages is None:
        return "pdf"
    asked = {"PageRange": {"type": "string", "value": f"1-{most_pages}"}}
    return f"pdf:{EXPORTS[kind]}:{json.dumps(asked)}"


def _run(command: list[str], environment: dict[str, str]) -> None:
    """Run *command* to its end, or end it with all that it started."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(WALL_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise NoPdf() from late
    finally:
        _end(process)
    if code:
        log.warning("%s ended with code %s", command[0], code)
        raise NoPdf()


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@lru_cache(maxsize=1)
def confinement() -> tuple[str, ...]:
    """What is put before the command: limits, and a network of its own that leads nowhere."""
    limits = (
        "prlimit", f"--as={MEMORY}", f"--cpu={PROCESSOR_SECONDS}", f"--fsize={LARGEST_FILE}",
        "--core=0",
    )  # fmt: skip
    found: tuple[str, ...] = limits if shutil.which("prlimit") else ()
    if has_namespaces():
        found += ("unshare", "--map-root-user", "--net")
    return found


@lru_cache(maxsize=1)
def has_namespaces() -> bool:
    """Whether this machine gives a process a network of its own; some containers do not."""
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run(
        ["unshare", "--map-root-user", "--net", "true"],  # noqa: S607  # a tool of the system
        capture_output=True,
        check=False,
        timeout=10,
    )
    return tried.returncode == 0


def write_fonts(folder: Path) -> str:
    """A configuration of fontconfig: the system's own, and what stands for fonts of Windows."""
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><accept><family>{shown}</family></accept>'
        "</alias>"
        for name, shown in FONTS.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"{aliases}"
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<cachedir>{folder}/fonts</cachedir></fontconfig>"
    )
