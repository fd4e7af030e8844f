"""Amounts in the capital characters of Chinese bookkeeping (大写金额)."""

from decimal import Decimal

from archive.chinese.errors import AmountRefused, AmountTooFine, AmountTooLarge, NegativeAmount

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_SECTIONS = ("亿", "万", "")

LIMIT = Decimal(10) ** 12


def write_capitals(amount: Decimal) -> str:
    """Write *amount*, in yuan, as on a cheque or contract: ``人民币壹仟肆佰零玖元伍角``.

    Ends in 整 when there are no jiao and fen. Source: the People's Bank of China's rules for
    filling in bills (支付结算办法附一《正确填写票据和结算凭证的基本规定》).

    Raises:
        NegativeAmount, AmountTooLarge (10^12 and more), AmountTooFine (over two decimals).
    """
    if not amount.is_finite():
        raise AmountRefused(amount=str(amount))
    if amount < 0:
        raise NegativeAmount(amount=str(amount))
    if amount >= LIMIT:
        raise AmountTooLarge(amount=str(amount))
    if amount != amount.quantize(Decimal("0.01")):
        raise AmountTooFine(amount=str(amount))
    yuan, fen = divmod(int(amount * 100), 100)
    whole = _write_whole(yuan)
    if not fen:
        return f"人民币{whole or '零'}元整"
    return f"人民币{whole}{'元' if whole else ''}{_write_cents(fen, after_yuan=bool(whole))}"


def _write_cents(fen: int, *, after_yuan: bool) -> str:
    jiao, fen = divmod(fen, 10)
    tenths = _DIGITS[jiao] + "角" if jiao else ""
    hundredths = _DIGITS[fen] + "分" if fen else ""
    return (tenths or ("零" if after_yuan else "")) + hundredths


def _write_whole(number: int) -> str:
    """*number* below 10^12; one 零 stands for any run of zeros inside it, none at its end."""
    sections = (number // 10**8, number // 10**4 % 10**4, number % 10**4)
    text, skipped = "", False
    for section, unit in zip(sections, _SECTIONS, strict=True):
        if not section:
            skipped = bool(text)
            continue
        if text and (skipped or section < 1000):
            text += "零"
        text += _write_section(section) + unit
        skipped = False
    return text


def _write_section(number: int) -> str:
    """*number* from 1 to 9999."""
    text, skipped = "", False
    for digit, place in zip((int(d) for d in f"{number:04d}"), _PLACES, strict=True):
        if not digit:
            skipped = bool(text)
            continue
        text += ("零" if skipped else "") + _DIGITS[digit] + place
        skipped = False
    return text
