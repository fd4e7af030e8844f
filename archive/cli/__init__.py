"""The command ``archive``."""

from collections.abc import Mapping
from importlib import import_module

import click

COMMANDS: Mapping[str, str] = {
    "run": "archive.cli.run:run",
    "init": "archive.cli.preparation:init",
    "demo": "archive.cli.preparation:load_demo",
    "user": "archive.cli.accounts:user",
    "token": "archive.cli.accounts:token",
    "import": "archive.cli.importing:importing",
    "reindex": "archive.cli.preparation:reindex",
    "fixity": "archive.cli.fixity:fixity",
    "doctor": "archive.cli.doctor:doctor",
    "web": "archive.cli.services:web",
    "worker": "archive.cli.services:worker",
    "follower": "archive.cli.services:follower",
}


class OneAtATime(click.Group):
    """Loads the command that is asked for and no other: `archive run` stays for weeks."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """See click."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """See click."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=OneAtATime, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="customer-archive", message="%(version)s")
def main() -> None:
    """The customer archive. Settings come from the environment: see docs/settings.md."""
