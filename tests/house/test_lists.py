"""Every list can be sorted by an index, whatever it grows to."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from archive.web.listing import ListPage
from tests.house.source import PRODUCT, ROOT


def lists() -> Iterator[ListPage[Any]]:
    """Every list that the product declares."""
    seen: set[int] = set()
    for path in [
        *PRODUCT.glob("*/lists.py"),
        *PRODUCT.glob("*/views.py"),
        *PRODUCT.glob("*/views/*.py"),
    ]:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for found in vars(importlib.import_module(name)).values():
            if isinstance(found, ListPage) and id(found) not in seen:
                seen.add(id(found))
                yield found


LISTS = list(lists())


def test_the_lists_are_found() -> None:
    assert len(LISTS) >= 7


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.template)
def test_every_sort_of_a_list_has_its_index(page: ListPage[Any]) -> None:
    indexes = [
        [name.strip("-+") for name, _ in spec["fields"]] for spec in page.model._meta["index_specs"]
    ]
    for column in page.columns:
        if column.sort:
            wanted = [column.sort] if column.is_unique else [column.sort, "_id"]
            assert any(index[: len(wanted)] == wanted for index in indexes), column.sort


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.template)
def test_every_column_says_what_it_reads(page: ListPage[Any]) -> None:
    unknown = [
        (column.key, name)
        for column in page.columns
        for name in column.fields or ("?",)
        if name not in page.model._fields
    ]
    assert unknown == []
