"""The list of what was rejected."""

from archive.filing.models import Deposit
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.listing import ListPage

REJECTED = ListPage[Deposit](
    title=N_("退回的文件"),
    model=Deposit,
    template="filing/rejected.html",
    sort="-decided",
    columns=(
        Column("name", N_("文件"), lambda d: d.file.name, reads=("file",)),
        Column("reason", N_("退回原因"), lambda d: d.rejection, show=Show.LONG,
               reads=("rejection",)),
        Column("decided", N_("退回时间"), lambda d: d.decided_at, sort="decided_at",
               show=Show.INSTANT),
        Column("decided_by", N_("退回人"), lambda d: d.decided_by_name,
               reads=("decided_by_name",)),
        Column("uploader", N_("上传人"), lambda d: d.uploader_name, reads=("uploader_name",)),
    ),
    filters=(),
)  # fmt: skip
