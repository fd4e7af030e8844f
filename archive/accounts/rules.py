"""Pure rules of accounts."""

import re

from archive.accounts.errors import CommonPassword, WeakPassword

SHORTEST_PASSWORD = 10
LOOKED_AT = 30  # characters: what follows them only makes it longer to judge
RUNS = (
    "0123456789",
    "9876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "一二三四五六七八九十",
)

# Loved here and missing from lists that were made elsewhere; alone or with more around them.
FAVOURITES = (
    "woaini", "woaini1314", "woaini520", "woaiwojia", "woaizhongguo", "iloveyou1314",
    "5201314", "1314520", "520520", "521521", "7758521", "7758258", "5211314", "584520", "1314521",
    "aa123456", "a123456", "qq123456", "123456", "112233", "123123", "147258369", "159357",
    "mima", "denglu", "nihao", "dearbook", "zhongguo", "zhonghua", "beijing", "shanghai",
    "guangzhou", "shenzhen", "huawei", "xiaomi", "wangyi", "taobao", "admin", "root", "test",
    "welcome", "我爱你", "我爱中国", "密码", "你好", "中国",
)  # fmt: skip

# Of the score of zxcvbn, from 0 to 4; 3 is "safely unguessable" with a hash that is slow to try.
GOOD = 3
GOOD_WITHOUT_SIGNS = 2  # signs put in between make a common password look like another


def check_password(password: str, *own: str | None) -> None:
    """A password must be long and must not be an obvious one (NIST SP 800-63B: length counts).

    *own* is what colleagues know of the person: username, name, employee number.

    Raises:
        WeakPassword: it is too short, holds one of *own*, or is a run or a repetition.
        CommonPassword: many people have it, or one that is nearly the same.
    """
    lowered = password.lower()
    known = [each for each in own if each]
    core = re.sub(r"[\W_]", "", lowered)
    is_obvious = (
        len(password) < SHORTEST_PASSWORD
        or any(each.lower() in lowered for each in known if _is_telling(each))
        or len(set(lowered)) < 5
        or (core and any(core in run * 3 for run in RUNS))
    )
    if is_obvious:
        raise WeakPassword()
    if _score(password, known) < GOOD or _score(core, known) < GOOD_WITHOUT_SIGNS:
        raise CommonPassword()


def _is_telling(word: str) -> bool:
    """Whether *word* in a password gives something away: two letters are in many."""
    return len(word) > (2 if word.isascii() else 1)


def _score(password: str, known: list[str]) -> int:
    # Its lists take 12 MB, and a process that sets no password needs none of them.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    judged = zxcvbn(password[:LOOKED_AT], [*FAVOURITES, *known])
    return int(judged["score"])
