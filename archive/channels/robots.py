"""Group robots of WeCom, DingTalk and Feishu.

They are asked directly: WeCom and DingTalk refuse with status 200 and a code in the answer, which
a library that looks at the status alone takes for success.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import urlsplit

import urllib3

from archive.channels.errors import ChannelAway, RobotRefused
from archive.terms import N_, Term

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
PATIENCE: Final = 10.0  # seconds
LONGEST_ANSWER: Final = 10_000  # bytes that are looked at
NOT_REACHED = N_("机器人的服务器没有应答")
NOT_TAKEN = N_("机器人没有接收")


class RobotKind(Term):
    """Whose robot it is."""

    WECOM = "wecom", N_("企业微信")
    DINGTALK = "dingtalk", N_("钉钉")
    FEISHU = "feishu", N_("飞书")


# By service: its hosts, how the path of a robot begins.
SERVICES: Final = {
    RobotKind.WECOM: (("qyapi.weixin.qq.com",), "/cgi-bin/webhook/send"),
    RobotKind.DINGTALK: (("oapi.dingtalk.com",), "/robot/send"),
    RobotKind.FEISHU: (("open.feishu.cn", "open.larksuite.com"), "/open-apis/bot/v2/hook/"),
}


@dataclass(frozen=True)
class Robot:
    """A robot of a group: whoever has its address can write there, so it is a secret."""

    kind: RobotKind
    address: str = field(repr=False)

    @classmethod
    def at(cls, address: str, *, allow_loopback: bool = False) -> Self:
        """The robot at *address*: over https, at a host of a known service and nowhere else.

        *allow_loopback* also takes this machine, over http: for tests.

        Raises:
            RobotRefused.
        """
        try:
            parts = urlsplit(address.strip())
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise RobotRefused() from error
        is_here = allow_loopback and parts.scheme == "http" and host in LOOPBACK
        is_plain = not parts.username and not parts.password and not parts.fragment
        for kind, (hosts, path) in SERVICES.items():
            is_known = parts.scheme == "https" and host in hosts and port in (None, 443)
            if is_plain and parts.path.startswith(path) and (is_known or is_here):
                return cls(kind, parts.geturl())
        raise RobotRefused()

    def send(self, text: str) -> None:
        """Write *text* into the group. No redirect is followed.

        Raises:
            ChannelAway: the service does not answer, or does not take it.
        """
        pool = urllib3.PoolManager(retries=False, timeout=PATIENCE)
        try:
            answer = pool.request("POST", self.address, json=self._body(text), redirect=False)
            said = answer.json() if len(answer.data) <= LONGEST_ANSWER else {}
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise ChannelAway(why=NOT_REACHED) from error
        finally:
            pool.clear()
        fault = said.get("errcode", said.get("code", 0)) if isinstance(said, dict) else 1
        if answer.status != 200 or fault:
            raise ChannelAway(why=NOT_TAKEN)

    def _body(self, text: str) -> dict[str, Any]:
        if self.kind is RobotKind.FEISHU:
            return {"msg_type": "text", "content": {"text": text}}
        return {"msgtype": "text", "text": {"content": text}}
