"""Personal data, shown in part: for those who need to recognise it and not to use it."""


def masked(phone: str | None) -> str:
    """138****1234: enough to recognise a number, not enough to call it."""
    if not phone:
        return ""
    digits = [place for place, letter in enumerate(phone) if letter.isdigit()]
    hidden = set(digits[3:-4]) if len(digits) > 7 else set(digits[1:-1])
    return "".join("*" if place in hidden else letter for place, letter in enumerate(phone))
