"""LibreOffice, as a person's own office program would read what we write."""

import os
import subprocess
from pathlib import Path

SHEET = "CSV:44,34,76,1"  # commas, quotation marks, UTF-8: what the dialog of the import proposes


def convert(
    document: bytes, target: str, folder: Path, *, name: str = "document.docx", read_as: str = ""
) -> Path:
    """*document* converted by LibreOffice in a profile of its own, with no network to reach."""
    source = folder / name
    source.write_bytes(document)
    out = folder / "out"
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    if os.geteuid() == 0:
        command = ["unshare", "-n", *command]
    if read_as:
        command.append(f"--infilter={read_as}")
    subprocess.run(
        [*command, "--convert-to", target, "--outdir", str(out), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out / f"{source.stem}.{target}"
