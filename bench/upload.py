"""Uploads: how close to the bare file store, and in how little memory."""

import io
import os
import struct
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import boto3.session
from botocore.config import Config
from PIL import Image

from archive.actor import Role
from archive.config import MIB, Settings
from archive.embedded import Child
from archive.storage import S3BlobStore
from bench.frame import Bench, Figure, median_of, seconds
from bench.site import Uploader, running_site, token_for

SCANS = 200
SCAN_BYTES = 1_000_000
CLIENTS = 8
ROUNDS = 5
LARGE_FILES = 3
LARGE_BYTES = 200 * MIB
SEGMENT = 65_533  # bytes that one comment of a JPEG holds


def measure(bench: Bench) -> list[Figure]:
    """The two limits of uploading (design, section 5)."""
    token = token_for(bench.settings, Role.CUSTODIAN)
    return [
        measure_ratio(bench.settings, token),
        *measure_memory(bench.settings, token, bench.folder),
    ]


def measure_ratio(settings: Settings, token: str) -> Figure:
    """200 scans by 8 clients through the site, against bare boto3 with 8 threads.

    Both go to the same server in turns. Each round is a ratio of its own, taken within seconds, and
    the middle one counts: other load on the machine then hits both alike.
    """
    with running_site(settings, workers=settings.web_workers) as (site, _):
        upload(site, token, new_scans(2 * CLIENTS))  # every thread and reader has started
        ratios = []
        for _round in range(ROUNDS):
            bare = seconds(partial(put_bare, settings, new_scans()))
            through = seconds(partial(upload, site, token, new_scans()))
            print(f"  bare {rate(bare):.0f} MB/s, through the site {rate(through):.0f} MB/s")
            ratios.append(bare / through)
    return Figure.at_least("upload / bare boto3", median_of(ratios), "x", 0.5)


def measure_memory(settings: Settings, token: str, folder: Path) -> list[Figure]:
    """What one web process holds at most while it receives files of 200 MB."""
    with running_site(settings, workers=1) as (site, web):
        worker = only_child_of(web)
        upload(site, token, new_scans(16))  # everything loaded, every thread started
        idle = resident(worker)
        peaks = []
        for number in range(LARGE_FILES):
            path = folder / f"large-{number}.jpg"
            write_scan(path, LARGE_BYTES)
            peaks.append(peak_during(worker, partial(send_file, site, token, path)))
            path.unlink()
    first, last = peaks[0] / MIB, peaks[-1] / MIB
    return [
        Figure.below(
            "memory of 200 MB uploads, above idle", max(peaks) / MIB - idle / MIB, "MB", 150
        ),
        Figure.below("the same, growth over further files", last - first, "MB", 20),
    ]


def rate(duration: float) -> float:
    """Megabytes of scans in a second."""
    return SCANS * SCAN_BYTES / 1e6 / duration


def put_bare(settings: Settings, scans: list[bytes]) -> None:
    """What anyone would write with boto3."""
    s3 = boto3.session.Session().client(
        "s3",
        endpoint_url=settings.s3_endpoint,
        region_name=settings.s3_region,
        aws_access_key_id=settings.s3_access_key,
        aws_secret_access_key=settings.s3_secret_key,
        config=Config(max_pool_connections=CLIENTS),
    )
    store = S3BlobStore.from_settings(replace(settings, s3_bucket="bench-bare"))
    store.make_bucket()

    def put(number: int) -> None:
        key = f"{os.urandom(8).hex()}/{number}"
        s3.put_object(Bucket=store.bucket, Key=key, Body=scans[number])

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(put, range(len(scans))))


def upload(site: Settings, token: str, scans: list[bytes]) -> None:
    """Each client on a connection of its own, as browsers are."""
    mine = threading.local()
    opened: list[Uploader] = []

    def connect() -> None:
        mine.uploader = Uploader(site, token)
        opened.append(mine.uploader)

    def send(number: int) -> None:
        mine.uploader.send(f"scan-{number}.jpg", scans[number])

    with ThreadPoolExecutor(CLIENTS, initializer=connect) as pool:
        list(pool.map(send, range(len(scans))))
    for uploader in opened:
        uploader.close()


def send_file(site: Settings, token: str, path: Path) -> None:
    """Upload one file from disk."""
    uploader = Uploader(site, token)
    uploader.send_file(path)
    uploader.close()


def new_scans(count: int = SCANS) -> list[bytes]:
    """Pictures that nobody has seen before, of 1 MB each."""
    picture = small_picture()
    return [picture[:2] + padding(SCAN_BYTES - len(picture)) + picture[2:] for _ in range(count)]


def write_scan(path: Path, size: int) -> None:
    """A picture of *size* bytes that nobody has seen before."""
    picture = small_picture()
    with path.open("wb") as file:
        file.write(picture[:2])
        while file.tell() < size:
            file.write(padding(MIB))
        file.write(picture[2:])


def small_picture() -> bytes:
    """A page of the size of a scan, nearly empty."""
    buffer = io.BytesIO()
    Image.new("L", (1240, 1754), 255).save(buffer, "JPEG")
    return buffer.getvalue()


def padding(size: int) -> bytes:
    """About *size* bytes of comments that a JPEG may carry, random like a scan's own bytes."""
    segments = []
    while size > 4:
        length = min(SEGMENT, size - 4)
        segments.append(b"\xff\xfe" + struct.pack(">H", length + 2) + os.urandom(length))
        size -= length + 4
    return b"".join(segments)


def only_child_of(web: Child) -> int:
    """The process that serves, under the one that watches over it."""
    [worker] = Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text().split()
    return int(worker)


def resident(pid: int) -> int:
    """The memory that process *pid* holds, in bytes."""
    return status(pid, "VmRSS")


def peak_during(pid: int, work: Callable[[], object]) -> int:
    """The most memory that process *pid* held during *work*, in bytes."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")  # begin the high-water mark anew
    work()
    return status(pid, "VmHWM")


def status(pid: int, name: str) -> int:
    """A value of the kernel's account of process *pid*, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise LookupError(name)
