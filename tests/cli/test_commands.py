"""The command `archive`, on the stores that the tests share."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from archive import clock, database
from archive.accounts import service as accounts
from archive.accounts.models import User
from archive.actor import Role
from archive.cli import main
from archive.config import PREFIX, Settings
from archive.customers.models import Customer
from archive.embedded import environment_of, free_port
from archive.importing.models import Import
from archive.notifying.models import Notice, Outward
from archive.notifying.rules import Channel
from archive.search.pulse import Doing, Pulse, leave_pulse
from archive.web.gauges import leave_worker_pulse

Ask = Callable[..., Result]


@pytest.fixture
def ask(empty_site: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run `archive` with arguments; settings may be given by name."""

    def run(*arguments: str, **given: object) -> Result:
        wanted = replace(settings, **given)  # type: ignore[arg-type]  # names of settings
        for name in vars(settings):
            monkeypatch.delenv(PREFIX + name.upper(), raising=False)
        for name, value in environment_of(wanted).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("LANG", "C.UTF-8")
        answer = CliRunner().invoke(main, arguments)
        database.connect(settings)  # a command closes its connection, which is the process's
        return answer

    return run


@pytest.fixture
def zhang(ask: Ask) -> str:
    """The username of a custodian."""
    assert ask("user", "create", "zhang", "--name", "张三", "--role", "custodian").exit_code == 0
    return "zhang"


def test_a_new_account_can_be_used_with_the_password_that_was_printed(
    ask: Ask, settings: Settings
) -> None:
    made = ask("user", "create", "li", "--name", "李四", "--role", "salesperson")
    user, _ = accounts.sign_in("li", made.output.strip(), now=clock.now(), settings=settings)
    assert user.roles == [Role.SALESPERSON]


def test_a_token_is_printed_and_nothing_else(ask: Ask, zhang: str) -> None:
    printed = ask("token", "create", zhang).output
    user = accounts.find_by_token(printed.strip(), now=clock.now())
    assert printed.count("\n") == 1
    assert user is not None
    assert user.username == zhang


def test_roles_are_replaced_by_those_that_are_named(ask: Ask, zhang: str) -> None:
    assert ask("user", "roles", zhang, "auditor", "staff").exit_code == 0
    assert set(accounts.find_user(zhang).roles) == {Role.AUDITOR, Role.STAFF}


def test_a_disabled_account_cannot_sign_in_until_it_is_enabled(
    ask: Ask, zhang: str, settings: Settings
) -> None:
    password = ask("user", "password", zhang).output.strip()
    ask("user", "disable", zhang, "--reason", "left")
    assert User.objects.get(username=zhang).is_disabled
    ask("user", "enable", zhang, "--reason", "came back")
    accounts.sign_in(zhang, password, now=clock.now(), settings=settings)


def test_what_cannot_be_done_is_said_in_plain_words_without_a_traceback(ask: Ask) -> None:
    refused = ask("token", "create", "nobody")
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: What you were looking for was not found.")


def test_a_setting_that_cannot_be_read_is_named(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("--help")
    monkeypatch.setenv("ARCHIVE_PORT", "eighty")
    refused = CliRunner().invoke(main, ["doctor"])
    assert "The setting ARCHIVE_PORT cannot have the value “eighty”." in refused.output


def test_init_may_be_run_again(ask: Ask) -> None:
    assert ask("init").exit_code == ask("init").exit_code == 0


def test_the_doctor_finds_nothing_where_all_is_well(ask: Ask) -> None:
    report = ask("doctor")
    assert report.output.endswith("All is well.\n")
    assert report.exit_code == 0


@pytest.mark.parametrize(
    ("setting", "value", "remedy"),
    [
        ("s3_bucket", "not-there", "archive init"),
        ("s3_secret_key", "wrong-" * 6, "ARCHIVE_S3_SECRET_KEY"),
        ("broker_url", "amqp://127.0.0.1:1", "check that it runs"),
        ("public_url", "archive", "write it like https://"),
    ],
)
def test_the_doctor_names_the_setting_at_fault_and_the_remedy(
    ask: Ask, setting: str, value: str, remedy: str
) -> None:
    report = ask("doctor", **{setting: value})
    assert report.exit_code == 1
    assert f"FAULT  ARCHIVE_{setting.upper()[:3]}" in report.output
    assert remedy in report.output


def test_the_doctor_tells_a_store_that_is_away_from_one_that_refuses(ask: Ask) -> None:
    away = f"http://127.0.0.1:{free_port()}"
    assert "the S3 server cannot be used" in ask("doctor", s3_endpoint=away).output


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"secret_key": ""}, "production mode with a development secret"),
        ({"secret_key": "short"}, "only 5 characters long"),
        ({"tls": False}, "production mode without TLS"),
        ({"mongodb_uri": ""}, "production mode without a store of its own"),
        ({"mongodb_uri": "mongodb://127.0.0.1:1/"}, "MongoDB cannot be used"),
        ({"s3_endpoint": "http://127.0.0.1:1"}, "the S3 server cannot be used"),
    ],
)
@pytest.mark.parametrize("command", ["run", "web"])
def test_production_does_not_start_on_sand(
    ask: Ask, command: str, given: dict[str, object], complaint: str
) -> None:
    fit = {"mode": "production", "secret_key": "x" * 40, "tls": True}
    refused = ask(command, **{**fit, **given})
    assert refused.exit_code == 1
    assert complaint in refused.output
    assert "nothing was started" in refused.output


def test_the_doctor_starts_nothing_and_says_that_the_archive_does_not_run(
    ask: Ask, tmp_path: Path
) -> None:
    report = ask("doctor", var=tmp_path / "var", mongodb_uri="", s3_endpoint="")
    assert report.exit_code == 1
    assert "the archive is not running on this folder" in report.output
    assert not (tmp_path / "var" / "run" / "stores.json").exists()


def a_silent_worker(settings: Settings, var: Path) -> None:
    leave_worker_pulse("here", clock.now() - timedelta(minutes=10))


def a_silent_follower(settings: Settings, var: Path) -> None:
    pulse = Pulse(at=clock.now() - timedelta(minutes=10), doing=Doing.FOLLOWING)
    leave_pulse(replace(settings, var=var).index, pulse)


def an_index_that_cannot_be_read(settings: Settings, var: Path) -> None:
    leave_pulse(replace(settings, var=var).index, Pulse(at=clock.now(), doing=Doing.FOLLOWING))


def a_mail_server_that_takes_nothing(settings: Settings, var: Path) -> None:
    out = Outward(channel=Channel.MAIL, at=clock.now(), tries=3)
    Notice(
        person_id="p", told_as="x", label="x", address="/", created_at=clock.now(), out=out
    ).save()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (a_silent_worker, "FAULT  worker"),
        (a_silent_follower, "FAULT  follower"),
        (an_index_that_cannot_be_read, "FAULT  search index"),
        (a_mail_server_that_takes_nothing, "1 to be sent, 1 of them tried in vain"),
    ],
)
def test_the_doctor_tells_what_hangs_and_what_is_damaged(
    ask: Ask, settings: Settings, tmp_path: Path, harm: Callable[..., None], said: str
) -> None:
    harm(settings, tmp_path)
    report = ask("doctor", var=tmp_path)
    assert report.exit_code == 1
    assert said in report.output
    assert "Traceback" not in report.output


def test_a_silent_worker_is_told_by_the_probe(empty_site: Flask, settings: Settings) -> None:
    leave_worker_pulse("here", clock.now() - timedelta(minutes=10))
    answer = empty_site.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["parts"]["worker"] == "unavailable"


def test_a_list_is_brought_in_from_the_command_line(ask: Ask, zhang: str, tmp_path: Path) -> None:
    file, refused = tmp_path / "客户.csv", tmp_path / "refused.xlsx"
    file.write_bytes(
        "公司名称,统一社会信用代码\n演示百川制造厂,\n演示青山制造厂,9.13E+17\n".encode("gb18030")
    )
    checked = ask("import", "customers", str(file), "--as", zhang)
    assert (checked.exit_code, Customer.objects.count()) == (1, 0)
    assert "row 3" in checked.output
    written = ask(
        "import", "customers", str(file), "--as", zhang, "--write", "--refused", str(refused)
    )
    assert written.exit_code == 1
    assert [each.name for each in Customer.objects] == ["演示百川制造厂"]
    assert {each.made_by_name for each in Import.objects} == {"张三"}
    rows = list(openpyxl.load_workbook(refused).worksheets[0].values)
    assert [row[0] for row in rows] == ["公司名称", "演示青山制造厂"]
    again = ask("import", "customers", str(file), "--as", zhang, "--write")
    assert Customer.objects.count() == 1 and "Unchanged" in again.output


def test_a_list_of_no_known_kind_is_refused_with_those_that_are(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a,b\n1,2\n")
    answer = ask("import", "nothing", str(file), "--as", "zhang")
    assert answer.exit_code == 2
    assert "customers" in answer.output
