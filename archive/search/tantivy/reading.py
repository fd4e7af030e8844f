"""One place where a fault inside the library becomes `DamagedIndex`."""

from collections.abc import Iterator
from contextlib import contextmanager

from archive.search.index_format import DamagedIndex


@contextmanager
def reading() -> Iterator[None]:
    """Read files of the index. Queries are made outside: a wrong one is no damage.

    Raises:
        DamagedIndex: whatever the library meets in bytes that it did not write.
    """
    try:
        yield
    except Exception as error:
        raise DamagedIndex(str(error)) from error
    except BaseException as error:
        # Rust's panic, which Python meets as an exception of this name outside `Exception`.
        if type(error).__name__ == "PanicException":
            raise DamagedIndex(str(error)) from error
        raise
