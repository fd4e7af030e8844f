"""An act on many rows and a saved view, for the walk of rights."""

from archive.database import next_number
from archive.listwork.models import Run, RunRow, SavedView
from archive.web.chapter import Sample, Sampling
from archive.web.chosen import all_acts


def of_work(given: Sampling) -> Sample:
    """An act that was done to nothing, and a view."""
    act = all_acts()[0]
    run = Run.open_new(
        given.maker,
        given.now,
        "run.begun",
        {
            "number": f"PL-{given.now.year}-{next_number('run:sample'):05d}S",
            "act": act.key,
            "on": act.on,
            "total": 0,
            "made_by_id": given.maker.id,
            "made_by_name": given.maker.name,
            "reason": "样例",
        },
    )
    RunRow.lay_out(run, [])
    view = SavedView.open_new(
        given.maker,
        given.now,
        "view.saved",
        {
            "on": act.on,
            "name": "样例",
            "owner_id": given.maker.id,
            "owner_name": given.maker.name,
            "before": {"filters": {}, "columns": [], "sort": None},
        },
    )
    return Sample({"number": run.number, "key": view.key})


SAMPLES = {"listwork": of_work}
