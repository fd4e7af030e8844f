"""What visits and complaints share over REST."""

from archive.web.shapes import Key, Out


class CustomerRef(Out):
    """The customer that a record is about: no more than anyone may know."""

    id: Key
    customer_code: str
    name: str
