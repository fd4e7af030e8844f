"""What a person says of how they want to be told."""

from typing import Annotated

from pydantic import Field, model_validator

from archive.notifying.rules import How
from archive.terms import N_
from archive.urgency import Step
from archive.web.inputs import Count, Email, Input, asked, fault

Hour = Annotated[Count, Field(ge=0, le=23)]


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
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise fault("half_quiet", N_("免打扰的开始和结束请一起填写。"))
        return self


class TestMailInput(Input):
    """Where a mail is sent that shows that mails arrive."""

    email: Email = asked(N_("电子邮箱"), autocomplete="email")
