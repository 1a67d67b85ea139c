"""The terminal UI: a coordinator's day at the keyboard. The only room that imports Textual."""
