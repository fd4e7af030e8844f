"""Why the processes of this machine do not start."""

from archive.errors import ArchiveError, Conflict, Unavailable
from archive.terms import N_


class AlreadyRunning(Conflict):
    """Another process uses the same data folder."""

    message = N_("数据目录 %(var)s 正由另一个进程使用（进程号 %(pid)s）。")
    remedy = N_("请先停止该进程，或用 ARCHIVE_VAR 指定另一个目录。")


class PortTaken(Conflict):
    """Another program listens on the port."""

    message = N_("端口 %(host)s:%(port)s 已被其他程序占用。")
    remedy = N_("请用 ARCHIVE_PORT 指定另一个端口，例如：ARCHIVE_PORT=%(other)s。")


class ProgramMissing(ArchiveError):
    """A program that an embedded store needs is not installed."""

    message = N_("没有找到程序 %(program)s。")
    remedy = N_("请用 pip 安装 customer-archive[embedded]，或用 %(setting)s 指定已有的服务。")


class ChildStopped(Unavailable):
    """A child process ended before it was ready, or cannot stay alive."""

    message = N_("进程 %(name)s 已停止（退出码 %(code)s）：%(last)s")
    remedy = N_("详情见日志 %(log)s。")
