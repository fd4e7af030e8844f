"""Text leaves compressed; docs/decisions/compressed-on-the-wire.md says what, and why."""

from http import HTTPStatus

from flask import Flask, Response, request
from flask_compress import Compress
from werkzeug.wsgi import FileWrapper

TEXT = (
    "text/html",
    "text/css",
    "text/csv",
    "text/javascript",
    "application/javascript",
    "application/json",
    "image/svg+xml",
)
SMALLEST = 512  # bytes; below that the headers cost more than is saved

compressor = Compress()


def install(app: Flask) -> None:
    """Compress answers; to be called first, so that it acts last, on the answer as it leaves."""
    algorithms = ["zstd", "br", "gzip"]  # over plain HTTP browsers take gzip alone
    app.config.update(
        COMPRESS_REGISTER=False,  # `compress` chooses
        COMPRESS_MIMETYPES=list(TEXT),
        COMPRESS_MIN_SIZE=SMALLEST,
        COMPRESS_ALGORITHM=algorithms,
        COMPRESS_ALGORITHM_STREAMING=algorithms,
    )
    compressor.init_app(app)
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Compress text, as the browser asks for it.

    An answer with an ETag of its own names these very bytes: an original, whose ETag is its
    digest, or a record of the API, whose ETag is the revision that `If-Match` gives back. It
    leaves as it is, and a proxy is asked to leave it so too. Built files have an ETag for each
    way in which they are sent.
    """
    if request.endpoint != "static" and "ETag" in response.headers:
        response.cache_control.no_transform = True
        return response
    if response.status_code == HTTPStatus.PARTIAL_CONTENT:
        return response
    if request.endpoint == "static" and response.mimetype in TEXT:
        response.direct_passthrough = False
        file = response.response
        response.make_sequence()  # a built file is small: whole, it keeps its length
        if isinstance(file, FileWrapper):
            file.close()
    compressed: Response = compressor.after_request(response)
    return compressed
