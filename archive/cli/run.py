"""``archive run``: everything on this machine, with one command."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from http import HTTPStatus

import click

from archive.cli.services import (
    EVERYWHERE,
    figures_folder,
    follower_command,
    refuse_unfit,
    web_command,
    worker_command,
)
from archive.cli.supervisor import ENDINGS, Service, Supervisor
from archive.cli.words import plainly
from archive.config import Settings
from archive.embedded import (
    FolderLock,
    PortTaken,
    RunningStores,
    VarFolder,
    environment_of,
    free_port,
    running_stores,
    tethered,
)

# glibc keeps an arena of freed memory for each thread; two are enough for all of ours.
FLAT_MEMORY = {"MALLOC_ARENA_MAX": "2"}


@click.command()
@plainly
def run() -> None:
    """Start the archive on this machine; Ctrl-C stops it.

    Where no URI of a store is set, the store is started too, with its data in ARCHIVE_VAR.
    """
    settings = Settings.from_environment()
    refuse_unfit(settings)
    for each in ENDINGS:  # until all runs and the supervisor listens, each cuts the start short
        signal.signal(each, signal.default_int_handler)
    folder = VarFolder(settings.var)
    try:
        with FolderLock(folder) as lock:
            check_port(settings)
            with running_stores(settings, lock) as stores:
                serve(stores, folder, lock)
    except KeyboardInterrupt:
        click.echo()
    click.echo("The archive has stopped.")


def serve(stores: RunningStores, folder: VarFolder, lock: FolderLock) -> None:
    """Run the services until a signal comes."""
    settings = stores.settings
    prepare_apart(settings, is_our_database=not Settings.from_environment().mongodb_uri)
    supervisor = Supervisor(
        (
            Service("web", web_command()),
            # Celery lingers for seconds; its tasks bear being cut off and are sent again.
            Service("worker", worker_command(settings), patience=2.0),
            Service("follower", follower_command()),
        ),
        stores.started,
        folder=folder,
        lock=lock,
        environment=environment_of(settings) | FLAT_MEMORY | figures_folder(settings),
    )
    supervisor.listen_for_signals()
    try:
        supervisor.start()
        supervisor.wait(until=lambda: is_ready(settings))
        if not supervisor.is_asked_to_stop:
            greet(settings)
        supervisor.wait()
    finally:
        supervisor.stop()


def prepare_apart(settings: Settings, *, is_our_database: bool) -> None:
    """Prepare in a process that is over soon: it loads the whole archive, and we stay for weeks."""
    own = ("--our-database",) if is_our_database else ()
    prepared = subprocess.run(
        tethered([sys.executable, "-m", "archive.cli.preparation", *own], signal.SIGKILL),
        env={**os.environ, **environment_of(settings)},
        check=False,
    )
    if prepared.returncode:
        raise click.exceptions.Exit(prepared.returncode)


def check_port(settings: Settings) -> None:
    """Find out whether the web server will be able to listen.

    Raises:
        PortTaken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise PortTaken(host=settings.host, port=settings.port, other=free_port()) from error


def is_ready(settings: Settings, *, path: str = "/readyz") -> bool:
    """Whether every part is up, as the web server sees it; ``/healthz`` asks for itself alone."""
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def greet(settings: Settings) -> None:
    """Say where the archive is and, for the demonstration company, who may sign in."""
    host = "localhost" if settings.host in EVERYWHERE else settings.host
    address = settings.public_url or f"http://{host}:{settings.port}"
    click.echo(f"The archive is open: {address}")
    accounts = settings.var / "demo-accounts.json"
    if accounts.exists():
        click.echo(f"\nTo sign in to the demonstration company ({accounts}):")
        for role, account in json.loads(accounts.read_text()).items():
            click.echo(f"  {role:20} {account['username']:20} {account['password']}")
    click.echo(f"\nLogs are in {settings.var / 'log'}. Ctrl-C stops everything.")
