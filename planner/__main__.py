"""The way in, for `planner` and `python -m planner`: an interrupt ends it in order even while it is still loading."""

import os

INTERRUPTED = 130


def main() -> None:
    """Loads and runs the command line."""
    try:
        from planner.cli.app import main as run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
