"""The command ``archive``."""

import click

from archive.cli.accounts import token, user
from archive.cli.doctor import doctor
from archive.cli.fixity import fixity
from archive.cli.preparation import init, load_demo, reindex
from archive.cli.run import run
from archive.cli.services import follower, web, worker

COMMANDS = (run, init, load_demo, user, token, reindex, fixity, doctor, web, worker, follower)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="customer-archive", message="%(version)s")
def main() -> None:
    """The customer archive. Settings come from the environment: see docs/settings.md."""


for each in COMMANDS:
    main.add_command(each)
