"""What can go wrong when a list is brought in, as facts."""

from archive.errors import Conflict, Refused
from archive.terms import N_


class NoTable(Refused):
    """The file holds no table that can be read."""

    message = N_("“%(name)s”不是能读取的表格。")
    remedy = N_("请选择 .xlsx、.xls、.ods 或 .csv 文件。")


class TableLocked(Refused):
    """The workbook opens with a password only."""

    message = N_("“%(name)s”设了打开密码，无法读取。")
    remedy = N_("请在 Excel 中取消密码后另存一份，再选择它。")


class EmptyTable(Refused):
    """No sheet holds a row."""

    message = N_("“%(name)s”里没有内容。")
    remedy = N_("请确认文件中有带表头的数据，隐藏的工作表不会读取。")


class ColumnsMissing(Refused):
    """A column without which no row can be brought in is not named."""

    message = N_("还没有指定哪一列是：%(columns)s。")
    remedy = N_("请为它们选择表格中的列。")


class ColumnTwice(Refused):
    """Two fields name the same column."""

    message = N_("“%(column)s”这一列用在了两项内容上。")
    remedy = N_("请让每一列只对应一项内容。")


class NotNow(Conflict):
    """What is asked does not fit the state of the import."""

    message = N_("这次导入现在的状态是“%(state)s”，不能这样做。")
    remedy = N_("请刷新页面，查看最新状态。")
