"""What plans and analyses share over REST."""

from archive.web.shapes import Key, Out


class CustomerOut(Out):
    """The customer that a record is about: no more than anyone may know."""

    id: Key
    customer_code: str
    name: str
