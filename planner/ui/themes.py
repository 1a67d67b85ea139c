"""The colours: dark, light, high-contrast, and one whose colours people with colour-blind eyes tell apart.

The last one takes its hues from Okabe and Ito, "Color Universal Design" (2008). No meaning is in a colour alone
anywhere; themes only make it nicer.
"""

from textual.theme import Theme

DEFAULT_THEME = "planner-dark"

THEMES = (
    Theme(
        name=DEFAULT_THEME,
        primary="#7aa2f7",
        secondary="#bb9af7",
        accent="#e0af68",
        warning="#e0af68",
        error="#f7768e",
        success="#9ece6a",
        foreground="#d5d9ec",
        background="#16171f",
        surface="#1e2030",
        panel="#272a3d",
        dark=True,
    ),
    Theme(
        name="planner-light",
        primary="#2456a6",
        secondary="#6b3fa0",
        accent="#a65b00",
        warning="#8a5a00",
        error="#b3261e",
        success="#2e6b34",
        foreground="#1b1b1f",
        background="#fbfaf7",
        surface="#f2f0ea",
        panel="#e4e1d8",
        dark=False,
    ),
    Theme(
        name="planner-high-contrast",
        primary="#00d7ff",
        secondary="#ffffff",
        accent="#ffff00",
        warning="#ffff00",
        error="#ff6b6b",
        success="#5fff5f",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        dark=True,
        text_alpha=1.0,
    ),
    Theme(
        name="planner-colour-blind",
        primary="#56b4e9",
        secondary="#cc79a7",
        accent="#f0e442",
        warning="#e69f00",
        error="#d55e00",
        success="#009e73",
        foreground="#e8e8e8",
        background="#15171a",
        surface="#1d2024",
        panel="#282c32",
        dark=True,
    ),
)
