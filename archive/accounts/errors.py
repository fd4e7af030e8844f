"""What can go wrong with accounts and sign-in."""

from archive.errors import Conflict, NotPermitted, Refused
from archive.terms import N_


class WrongPassword(NotPermitted):
    """Username and password do not belong together; it is not said which of them is wrong."""

    message = N_("用户名或密码不正确。")
    remedy = N_("请检查大小写后重试；忘记密码请联系系统管理员重置。")


class TooManyAttempts(NotPermitted):
    """Too many wrong passwords from there; whether anybody has the name is not said."""

    message = N_("密码连续输错次数过多，暂时不能从这里登录。")
    remedy = N_("请在 %(minutes)d 分钟后再试；以前登录过的设备不受影响，也可请系统管理员重置密码。")


class UsernameTaken(Conflict):
    """Another account has this username."""

    message = N_("用户名“%(username)s”已被使用。")
    remedy = N_("请换一个用户名。")
    field = "username"


class WeakPassword(Refused):
    """A password that is too easily guessed."""

    message = N_("这个密码太容易被猜到。")
    remedy = N_("请至少使用 10 个字符，不要包含用户名、姓名或工号，也不要用重复或连续的字符。")
    field = "new_password"


class CommonPassword(WeakPassword):
    """A password that many people have, or one that is nearly the same."""

    message = N_("这个密码太常见，或与常见的密码太接近。")
    remedy = N_("请换一句只有您自己会想到的话，或几个互不相干的词；只加几个数字或符号不够。")


class CurrentPasswordWrong(Refused):
    """The password that is to be changed was not given right."""

    message = N_("当前密码不正确。")
    remedy = N_("请重新输入您现在使用的密码。")
    field = "current_password"


class OwnPasswordWrong(CurrentPasswordWrong):
    """The password that is asked for once more was not given right."""

    field = "own_password"


class SamePassword(Refused):
    """The new password is the one in use."""

    message = N_("新密码与当前密码相同。")
    remedy = N_("请换一个新的密码。")
    field = "new_password"


class PasswordIsTemporary(NotPermitted):
    """Nothing else is open until a password that somebody else made is changed."""

    message = N_("请先把初始密码改成自己的密码。")
    remedy = N_("改好后就可以继续。")


class OwnRole(Refused):
    """An administrator gives themselves a role that opens archives: a second person does that."""

    message = N_("不能给自己加上可以打开客户档案的角色：%(role)s。")
    remedy = N_("请由另一位系统管理员给您这个角色；没有第二位时，在服务器上用 archive user roles。")
    field = "roles"


class NothingToConfirm(Conflict):
    """Somebody else confirmed the roles, or took them back."""

    message = N_("这里没有等待核对的角色。")
    remedy = N_("可能已由另一个人处理；在审计记录中可以看到。")


class LastAdministrator(Refused):
    """The system would be left without an administrator."""

    message = N_("这是最后一个可用的系统管理员账号。")
    remedy = N_("请先给另一个人系统管理员角色，再进行这项操作。")
