"""The declaration: all that the house knows of parcels."""

from archive.actor import Right
from archive.web.chapter import Chapter
from archive.web.navigation import Area, NavItem
from archive.web.projection import Indexed, under_number
from archive.web.wording import RecordWords

from . import api, file, tasks, views, waiting
from .indexing import KIND, entries_of
from .models import Parcel
from .samples import SAMPLES

PARCELS = Area("parcels", "寄存", 150)

CHAPTER = Chapter(
    name="parcels",
    pages=(views.blueprint,),
    apis=(api.api,),
    navigation=(NavItem(PARCELS, "寄存清单", "parcels.list_page", "archive", (Right.OPEN_VISIT,)),),
    words=(
        RecordWords(
            kind="parcels",
            label="寄存物",
            fields={
                "number": "编号",
                "what": "物品",
                "customer_id": "客户",
                "is_counted": "已清点",
            },
            actions={"parcel.left": "寄存", "parcel.counted": "清点寄存物"},
        ),
    ),
    found=(
        Indexed(
            kind=KIND,
            model=Parcel,
            entries_of=entries_of,
            address_of=under_number("parcels.page"),
        ),
    ),
    duties=waiting.duties_of,
    figures=waiting.figures_of,
    parts=file.PARTS,
    moments=file.MOMENTS,
    acts=file.ACTS,
    tasks=tasks,
    samples=SAMPLES,
)
