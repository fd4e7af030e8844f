"""What every route of the REST API shares: pages of results, and the revision that was read."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from archive.errors import ArchiveError, Conflict
from archive.terms import N_
from archive.web.inputs import as_seen
from archive.web.shapes import Out

Item = TypeVar("Item", bound=Out)


class Paging(BaseModel):
    """Which page of a list; a parameter left blank counts as not given."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(25, ge=1, le=100)

    @model_validator(mode="before")
    @classmethod
    def take_as_seen(cls, given: Any) -> Any:
        """Leave out what nobody sees; a blank parameter counts as one that was not given."""
        return as_seen(given)


class Page(Out, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    page: int
    per_page: int
    total: int


class ProblemOut(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    article: int | None = None
    errors: list[dict[str, str]] | None = None
    reference: str | None = None


class BadMatch(Conflict):
    """An If-Match header that no ETag of ours looks like."""

    message = N_("If-Match 应为读取时得到的 ETag。")
    remedy = N_("请重新读取这条记录，用它的 ETag 再试。")


class MatchNeeded(ArchiveError):
    """An edit that does not say which revision it is based on."""

    message = N_("修改时需要用 If-Match 注明所依据的版本。")
    remedy = N_("请先读取这条记录，再把它的 ETag 放进 If-Match。")


def page_of(
    found: Any, paging: Paging, prepare: Callable[[Iterable[Any]], list[Any]] = list
) -> dict[str, Any]:
    """The page of the query *found* that *paging* asks for.

    *prepare* reads what the whole page needs at once, such as the customers of its records.
    """
    start = (paging.page - 1) * paging.per_page
    return {
        "items": prepare(found.skip(start).limit(paging.per_page)),
        "page": paging.page,
        "per_page": paging.per_page,
        "total": found.count(),
    }


def seen_revision() -> int:
    """The revision that an edit is based on, from If-Match.

    Raises:
        MatchNeeded: the header is missing.
        BadMatch: it holds no ETag of ours, or more than one.
    """
    tags = request.if_match.as_set()
    if "If-Match" not in request.headers:
        raise MatchNeeded()
    try:
        [tag] = tags
        return int(tag)
    except (TypeError, ValueError) as error:
        raise BadMatch() from error
