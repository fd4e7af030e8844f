"""The list of imports."""

from flask_babel import gettext

from archive.importing.models import Import
from archive.importing.rules import ImportState
from archive.importing.serving import kind_called
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.filters import Choice
from archive.web.listing import ListPage

IMPORTS = ListPage[Import](
    title=N_("导入"),
    model=Import,
    template="importing/list.html",
    sort="-received",
    columns=(
        Column("number", N_("编号"), lambda each: each.number, sort="number", show=Show.CODE,
               is_unique=True),
        Column("file", N_("文件"), lambda each: each.file_name, reads=("file_name",)),
        Column("kind", N_("内容"), lambda each: gettext(kind_called(each.kind).label),
               reads=("kind",)),
        Column("state", N_("状态"), lambda each: each.state, show=Show.STATE, reads=("state",)),
        Column("maker", N_("导入人"), lambda each: each.made_by_name, reads=("made_by_name",)),
        Column("received", N_("上传时间"), lambda each: each.created_at, sort="created_at",
               show=Show.WHEN),
    ),
    filters=(Choice("state", N_("状态"), ImportState),),
)  # fmt: skip
