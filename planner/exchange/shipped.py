"""The rollouts that come with the program, to look around in."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
PLACES = (PACKAGE / "shipped", PACKAGE.parent / "schedules")
"""In an installed program, and in a checkout of it."""


def shipped_rollouts() -> dict[str, Path]:
    """The folders of the rollouts that come with the program, by their names."""
    place = next((place for place in PLACES if place.is_dir()), None)
    if place is None:
        return {}
    return {folder.name: folder for folder in sorted(place.iterdir()) if (folder / "rollout.toml").is_file()}


def name_of(folder: Path) -> str:
    """The name that a rollout which comes with the program gives itself."""
    import tomllib  # noqa: PLC0415 - only where one is offered

    name: str = tomllib.loads((folder / "rollout.toml").read_text(encoding="utf-8"))["name"]
    return name
