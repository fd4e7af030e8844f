"""Why the processes of this machine do not start."""

from archive.errors import ArchiveError, Conflict, Unavailable
from archive.terms import N_


class AlreadyRunning(Conflict):
    """Another process uses the same data folder."""

    message = N_("数据目录 %(var)s 正由另一个进程使用（进程号 %(pid)s）。")
    remedy = N_("请先停止该进程，或用 ARCHIVE_VAR 指定另一个目录。")


class FolderOpen(Conflict):
    """Others may come into the data folder, and it is not ours to close."""

    message = N_("数据目录 %(var)s 对其他账号开放，而且不属于运行本系统的账号。")
    remedy = N_("请把该目录改为本账号所有、权限 0700，或用 ARCHIVE_VAR 指定另一个目录。")


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
