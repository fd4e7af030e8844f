"""Take down every route and who may come in: ``python -m tests.house``; then read the diff."""

import tempfile
from pathlib import Path

from archive.app import create_app
from archive.config import Settings
from tests.house.sites import table_of_doors


def main() -> None:
    """Write ``doors.txt`` anew. No store is asked."""
    with tempfile.TemporaryDirectory() as var:
        settings = Settings(
            var=Path(var), mongodb_uri="mongodb://localhost", s3_endpoint="http://localhost"
        )
        lines = table_of_doors(create_app(settings))
        Path(__file__).with_name("doors.txt").write_text("\n".join(lines) + "\n")


main()
