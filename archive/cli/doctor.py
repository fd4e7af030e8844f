"""``archive doctor``, and the refusal to start production on sand."""

import sys

import click

from archive.cli.checks import FITNESS, SERVICES, SURROUNDINGS, Finding, look_at
from archive.cli.processes import NOT_RUNNING, PROCESSES, check_web
from archive.cli.words import plainly
from archive.config import Settings
from archive.embedded import find_stores


@click.command()
@plainly
def doctor() -> None:
    """Look at each setting and each service and name the remedy; code 1 when one is at fault.

    It looks at what runs, and starts nothing.
    """
    asked = Settings.from_environment()
    findings = look_at(asked, *FITNESS)
    settings = find_stores(asked)
    if settings is None:
        findings.append(NOT_RUNNING)
        findings += look_at(asked, *SURROUNDINGS)
    else:
        if not (asked.mongodb_uri and asked.s3_endpoint):
            findings += look_at(settings, check_web)
        findings += look_at(settings, *SERVICES, *PROCESSES, *SURROUNDINGS)
    for finding in findings:
        tell(finding)
    faults = sum(finding.is_fault for finding in findings)
    click.echo(f"{faults} to be put right." if faults else "All is well.")
    sys.exit(1 if faults else 0)


def refuse_unfit(settings: Settings) -> None:
    """Do not start with a setting or a service that is not fit for production."""
    faults = [each for each in look_at(settings, *FITNESS, *SERVICES) if each.is_fault]
    if faults:
        for each in faults:
            tell(each)
        raise click.ClickException("Not fit for production: nothing was started.")


def tell(finding: Finding) -> None:
    """One line for what is well, two for a fault."""
    mark = "FAULT" if finding.is_fault else "ok"
    click.echo(f"{mark:5}  {finding.subject:24} {finding.fact}")
    if finding.is_fault:
        click.echo(f"       {'':24} -> {finding.remedy}")
