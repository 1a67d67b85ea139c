"""What the backlog's table tells: which shop is meant, and what is wanted of it."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class ShopPointed(Message):
    """The cursor has come to a shop; a newer one takes the place of one that waits."""

    shop_id: str

    def can_replace(self, message: Message) -> bool:
        """Whether it makes `message` needless."""
        return isinstance(message, ShopPointed)


@dataclass
class ShopOpened(Message):
    """All about a shop is to be shown."""

    shop_id: str


@dataclass
class ShopEditWanted(Message):
    """All columns of a shop are to be edited."""

    shop_id: str


@dataclass
class ListStepped(Message):
    """The cursor is to go on by so many shops of the list."""

    step: int


class ListChanged(Message):
    """Other shops are listed or selected, or more or fewer of them."""


@dataclass
class Pasted(Message):
    """Cells were pasted at the cursor, as text."""

    text: str


class EmptyWanted(Message):
    """The cell under the cursor is to be emptied."""
