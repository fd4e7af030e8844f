"""What a person says of how they want to be told."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from archive.chinese.days import read_clock
from archive.notifying.rules import How
from archive.terms import N_
from archive.urgency import Step
from archive.web.inputs import Count, Email, Input, asked, fault, spelt

Hour = Annotated[Count, Field(ge=0, le=23)]
Clock = Annotated[str, BeforeValidator(spelt(lambda text: f"{read_clock(text):%H:%M}"))]
"""A time of the day, as 08:30."""


def check_quiet(given: Any) -> None:
    """A span of hours has two ends."""
    if (given.quiet_from is None) != (given.quiet_until is None):
        raise fault("half_quiet", N_("免打扰的开始和结束请一起填写。"))


class WishesInput(Input):
    """How a person is told outside of the product."""

    how: How = asked(N_("怎样通知"), How.NOT)
    email: Email | None = asked(N_("电子邮箱"), None, autocomplete="email")
    steps: list[Step] = asked(N_("通知哪些进度"), [], help=N_("一个都不选，就是全部。"))
    quiet_from: Hour | None = asked(
        N_("免打扰：从几点"), None, help=N_("0 到 23 点；立即发送的邮件会等到免打扰结束。")
    )
    quiet_until: Hour | None = asked(N_("免打扰：到几点"), None)

    @model_validator(mode="after")
    def has_address(self) -> "WishesInput":
        """A mail needs an address, and a span of hours its two ends."""
        if self.how is not How.NOT and not self.email:
            raise fault("no_address", N_("请填写接收通知的电子邮箱。"))
        check_quiet(self)
        return self


class ArrangementsInput(Input):
    """What the company arranges for notices that leave the archive."""

    morning_at: Clock = asked(
        N_("早晨汇总的时间"), "08:30", help=N_("工作日发送，法定节假日不发。"), max_length=20
    )
    group_steps: list[Step] = asked(
        N_("群机器人通知哪些进度"), [], help=N_("一个都不选，就不在群里通知。")
    )
    quiet_from: Hour | None = asked(
        N_("免打扰：从几点"), None, help=N_("对自己没有设置免打扰的人有效。")
    )
    quiet_until: Hour | None = asked(N_("免打扰：到几点"), None)

    @model_validator(mode="after")
    def has_two_ends(self) -> "ArrangementsInput":
        """A span of hours has two ends."""
        check_quiet(self)
        return self


class TestMailInput(Input):
    """Where a mail is sent that shows that mails arrive."""

    email: Email = asked(N_("电子邮箱"), autocomplete="email")
