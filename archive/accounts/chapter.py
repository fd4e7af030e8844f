"""The chapter of accounts: sign-in, the person's own page, people and their rights."""

from flask import Flask
from flask_login import LoginManager

from archive.accounts.demonstration import demonstrate
from archive.accounts.forms import NewPersonInput
from archive.accounts.samples import SAMPLES
from archive.accounts.views import new_roles, own
from archive.accounts.waiting import duties_of
from archive.actor import Right
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.landmarks import Landmark
from archive.web.navigation import OVERSIGHT, NavItem
from archive.web.waiting import Shortcut
from archive.web.wording import RecordWords

PEOPLE_WORDS = RecordWords(
    kind="users",
    label=N_("账号"),
    model=NewPersonInput,
    fields={
        "is_disabled": N_("已停用"),
        "password_hash": N_("密码"),
        "password_changed_at": N_("密码更改时间"),
        "is_password_temporary": N_("首次登录须改密码"),
        "roles_to_confirm": N_("待核对的角色"),
        "roles_given_at": N_("给出时间"),
        "roles_given_by": N_("给出的人"),
    },
    actions={
        "user.created": N_("建立了账号"),
        "user.edited": N_("更改了账号"),
        "user.disabled": N_("停用了账号"),
        "user.enabled": N_("启用了账号"),
        "user.password_reset": N_("重置了密码"),
        "user.password_changed": N_("更改了密码"),
        "user.roles_confirmed": N_("核对并确认了新给出的角色"),
        "user.roles_taken_back": N_("收回了新给出的角色"),
        "user.signed_in": N_("登录了系统"),
        "user.sign_in_failed": N_("登录失败了"),
        "user.locked": N_("因密码连续输错暂停了登录"),
        "user.unknown_tried": N_("尝试了用不存在或已停用的账号登录"),
    },
)
TOKEN_WORDS = RecordWords(
    kind="api_tokens",
    label=N_("接口令牌"),
    fields={
        "label": N_("用途"),
        "expires_at": N_("有效期至"),
        "revoked_at": N_("作废时间"),
        "last_used_at": N_("最近使用时间"),
        "digest": N_("令牌"),
        "user_id": N_("所属账号"),
    },
    actions={"token.created": N_("生成了令牌"), "token.revoked": N_("作废了令牌")},
)


def install(app: Flask) -> None:
    """Have *app* know who asks: by cookie, or by bearer token."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # an error page must not ask who is there
    manager.session_protection = None  # the sign-in itself is kept and ended on our side
    manager.user_loader(own.load_by_cookie)
    manager.request_loader(own.load_by_token)
    app.before_request(own.limit_token)
    app.before_request(own.keep_to_new_password)


CHAPTER = Chapter(
    name="accounts",
    pages=(new_roles.blueprint,),
    navigation=(
        NavItem(OVERSIGHT, N_("人员"), "accounts.list_page", "users", (Right.MANAGE_PEOPLE,)),
        NavItem(OVERSIGHT, N_("权限表"), "accounts.rights_page", "lock", (Right.SEE_RIGHTS,)),
    ),
    landmarks={
        Landmark.SIGN_IN: "accounts.sign_in",
        Landmark.SIGN_OUT: "accounts.end",
        Landmark.PROFILE: "accounts.profile",
        Landmark.LANGUAGE: "accounts.choose_language",
    },
    shortcuts=(
        Shortcut(
            N_("新建账号"),
            N_("新同事入职：建立账号，给出角色和初始密码。"),
            "user-plus",
            "accounts.new_person",
            Right.MANAGE_PEOPLE,
            order=400,
        ),
        Shortcut(
            N_("管理人员与角色"),
            N_("换岗、离职、忘记密码，都在这里处理。"),
            "users",
            "accounts.list_page",
            Right.MANAGE_PEOPLE,
            order=410,
        ),
        Shortcut(
            N_("权限表"),
            N_("哪个角色可以做什么，以现行的表为准。"),
            "lock",
            "accounts.rights_page",
            Right.SEE_RIGHTS,
            order=450,
        ),
    ),
    words=(PEOPLE_WORDS, TOKEN_WORDS),
    duties=duties_of,
    install=install,
    demonstrate=demonstrate,
    samples=SAMPLES,
)
