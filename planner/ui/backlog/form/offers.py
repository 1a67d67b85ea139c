"""What is offered under a field: values to choose from, as far as they fit what was typed."""

from collections.abc import Sequence

from rich.text import Text
from textual.geometry import Region, Size
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from planner.domain.query import fold
from planner.exchange.text import printable
from planner.ui.backlog.columns import Content, ShopColumn
from planner.ui.backlog.form.ground import Offer

MOST_SHOWN = 60
MOST_LINES = 8
TEXT_COLUMN = 18
WIDTH = 58
FRAME = 2
SEPARATORS = ",;|"


def last_item(column: ShopColumn, text: str) -> tuple[str, str]:
    """What stands before the item that is being typed, and the item; a text that is no list is one item."""
    if column.content is not Content.LIST:
        return "", text
    cut = max(text.rfind(sign) for sign in SEPARATORS) + 1
    before = text[:cut]
    return (f"{before} " if before else ""), text[cut:].lstrip()


def fitting(offers: Sequence[Offer], typed: str) -> list[Offer]:
    """The offers that what was typed may become: those that begin so first, then those that have it anywhere."""
    wanted = fold(typed.strip())
    beginning = [offer for offer in offers if fold(offer.text).startswith(wanted)]
    others = [offer for offer in offers if wanted in fold(f"{offer.text} {offer.help}") and offer not in beginning]
    return [*beginning, *others][:MOST_SHOWN]


class FieldOffers(OptionList, can_focus=False):
    """Lies under the line that is typed into."""

    def __init__(self) -> None:
        super().__init__(id="field-offers", compact=True)
        self.display = False
        self.offers: list[Offer] = []

    def show(self, offers: Sequence[Offer], line: Region, screen: Size) -> None:
        """Shows offers under the line at `line`, or above it where there is no room; nothing where there are none."""
        self.offers = list(offers)
        self.clear_options()
        self.add_options([Option(_offer_text(offer)) for offer in offers])
        self.highlighted = None
        self.display = bool(offers)
        height = min(len(offers), MOST_LINES) + FRAME
        is_below = line.bottom + height <= screen.height - 1
        self.styles.height = height
        self.styles.offset = (
            max(0, min(line.x - 1, screen.width - WIDTH)),
            line.bottom if is_below else line.y - height,
        )

    def hide(self) -> None:
        """Offers nothing any more."""
        self.display = False
        self.offers = []

    @property
    def chosen(self) -> Offer | None:
        """The offer that is marked."""
        return self.offers[self.highlighted] if self.display and self.highlighted is not None else None


def _offer_text(offer: Offer) -> Text:
    text = Text(printable(offer.text), no_wrap=True, overflow="ellipsis")
    if offer.help:
        text.pad_right(max(2, TEXT_COLUMN - text.cell_len))
        text.append(printable(offer.help), style="dim")
    return text
