"""Which robots are taken, and on which days people work."""

from dataclasses import replace
from datetime import date

import pytest

from archive.channels import Channels, Robot, RobotRefused
from archive.channels.robots import RobotKind
from archive.channels.workdays import LAST_KNOWN, is_workday
from archive.config import Settings

WECOM = "https://" + "qyapi.weixin.qq.com" + "/cgi-bin/webhook/send?key=a-b"
DINGTALK = "https://" + "oapi.dingtalk.com" + "/robot/send?access_token=ab"
FEISHU = "https://" + "open.feishu.cn" + "/open-apis/bot/v2/hook/ab"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (WECOM, RobotKind.WECOM),
        (DINGTALK, RobotKind.DINGTALK),
        (FEISHU, RobotKind.FEISHU),
        (f"  {FEISHU}\n", RobotKind.FEISHU),
        (WECOM.replace(".com", ".com:443"), RobotKind.WECOM),
    ],
)
def test_a_robot_is_known_by_its_address(address: str, kind: RobotKind) -> None:
    assert Robot.at(address).kind is kind


@pytest.mark.parametrize(
    "address",
    [
        "",
        WECOM.replace("https", "http"),
        WECOM.replace(".com", ".com.example"),
        WECOM.replace(".com", ".com:8443"),
        WECOM.replace("://", "://x@"),
        WECOM.replace("qyapi", "example.test@qyapi"),
        WECOM.replace("weixin.qq.com", "weixin.qq.com@example.test"),
        WECOM.replace("/cgi-bin", "/x/cgi-bin"),
        DINGTALK.replace("oapi.dingtalk.com", "open.feishu.cn"),
        "http://127.0.0.1:9/cgi-bin/webhook/send?key=x",
        WECOM.replace("qyapi.weixin.qq.com", "169.254.169.254"),
        "https://[::1/robot/send",
        "file:///robot/send",
    ],
)
def test_nothing_else_is_asked(address: str) -> None:
    with pytest.raises(RobotRefused):
        Robot.at(address)


def test_this_machine_is_taken_only_where_a_setting_says_so() -> None:
    here = "http://127.0.0.1:9/robot/send"
    assert Robot.at(here, allow_loopback=True).kind is RobotKind.DINGTALK
    for address in (here, here.replace("127.0.0.1", "10.0.0.1")):
        with pytest.raises(RobotRefused):
            Robot.at(address, allow_loopback=address != here)


def test_without_an_address_of_our_own_nothing_leaves() -> None:
    asked = Settings(smtp_host="mail.company.cn", mail_from="a@company.cn", robot_url=WECOM)
    inside = Channels.from_settings(asked)
    assert inside.mail is None
    assert inside.robot is None
    channels = Channels.from_settings(replace(asked, public_url="https://archive.company.cn/"))
    assert channels.mail
    assert channels.robot
    assert channels.base == "https://archive.company.cn"


def test_no_secret_is_in_what_a_log_would_show() -> None:
    settings = Settings(
        public_url="https://archive.company.cn",
        smtp_host="mail.company.cn",
        mail_from="archive@company.cn",
        smtp_user="archive",
        smtp_password="very-secret",
        robot_url=WECOM,
    )
    said = repr(Channels.from_settings(settings))
    assert "very-secret" not in said
    assert "a-b" not in said


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 16), True),  # a Monday
        (date(2026, 3, 15), False),  # a Sunday
        (date(2026, 10, 1), False),  # a Thursday, the national day
        (date(2026, 2, 14), True),  # a Saturday, worked for the spring festival
    ],
)
def test_public_holidays_and_the_days_worked_for_them_count(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_beyond_the_known_years_monday_to_friday_are_working_days() -> None:
    unknown = LAST_KNOWN.year + 1
    days = [date(unknown, 10, number) for number in range(1, 15)]
    assert [is_workday(day) for day in days] == [day.weekday() < 5 for day in days]
