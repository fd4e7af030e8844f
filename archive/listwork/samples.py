"""An act on many rows, for the walk of rights."""

from archive.database import next_number
from archive.listwork.models import Run, RunRow
from archive.web.chapter import Sample, Sampling
from archive.web.chosen import all_acts


def of_runs(given: Sampling) -> Sample:
    """An act that was done to nothing."""
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
    return Sample({"number": run.number})


SAMPLES = {"listwork": of_runs}
