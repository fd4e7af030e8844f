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
