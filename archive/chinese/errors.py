"""What stops a number from being written in Chinese."""

from archive.errors import Refused
from archive.terms import N_


class AmountRefused(Refused):
    """The amount cannot be written in capital characters."""

    message = N_("金额 %(amount)s 不能写成大写。")
    remedy = N_("请填写零到一万亿元之间的金额，最多两位小数。")
    field = "amount"


class NegativeAmount(AmountRefused):
    message = N_("金额 %(amount)s 是负数，不能写成大写。")


class AmountTooLarge(AmountRefused):
    message = N_("金额 %(amount)s 达到或超过一万亿元，不能写成大写。")


class AmountTooFine(AmountRefused):
    message = N_("金额 %(amount)s 的小数超过两位，不能写成大写。")


class Unreadable(Refused):
    """What was typed is no spelling that we know, or one of several things: nothing is guessed."""


class DayUnreadable(Unreadable):
    message = N_("请填写有效的日期，例如 2026-03-15。")


class InstantUnreadable(Unreadable):
    message = N_("请填写有效的日期和时间，例如 2026-03-15 14:30。")


class ShortYear(Unreadable):
    message = N_("请把年份写成四位，例如 2026-03-15。")


class SerialDay(Unreadable):
    """A number that a spreadsheet shows as a day; typed, it may as well be a slip."""

    message = N_("这是 Excel 里的日期序号，对应 %(day)s；如果就是这一天，请这样填写。")


class NoSuchDay(Unreadable):
    message = N_("没有这一天，请检查月份和日期。")


class NoSuchTime(Unreadable):
    message = N_("没有这个时刻，请按 24 小时制填写，例如 14:30。")


class OtherWeekday(Unreadable):
    message = N_("这一天不是所写的星期几，请核对日期。")


class NumberUnreadable(Unreadable):
    message = N_("请填写数字。")


class PhoneUnreadable(Unreadable):
    message = N_("请填写有效的电话号码，例如 0755-12345678 或 13800001234。")
