"""The way in, for `planner` and `python -m planner`: an interrupt ends it in order even while it is still loading."""

import gc
import os
import sys
import threading

INTERRUPTED = 130


def main() -> None:
    """Chooses the language, then loads and runs the command line."""
    try:
        # The language comes first: the commands' help is made as they are loaded.
        from planner.wording.choosing import language_wanted  # noqa: PLC0415
        from planner.wording.language import LANGUAGE_VARIABLE  # noqa: PLC0415
        from planner.wording.translation import speak  # noqa: PLC0415

        language = language_wanted(sys.argv[1:])
        speak(language)
        # So that processes which this one begins speak it too.
        os.environ[LANGUAGE_VARIABLE] = language.value
        # Pydantic would look into every package that is installed for plugins; the planner uses none.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        # What is loaded now stays: looking for garbage in it takes a tenth of the time.
        gc.disable()
        from planner.cli.app import main as run  # noqa: PLC0415
        from planner.cli.interrupts import leave_at_once  # noqa: PLC0415
        from planner.ui.door import Door  # noqa: PLC0415

        gc.freeze()
        gc.enable()
        try:
            run(Door())
        except SystemExit as ending:
            # Taking apart what was worked on takes a while, and somebody waits. And a thread that is still compiling
            # would use what is being taken apart, which ends in a crash.
            if ending.code == INTERRUPTED or any(thread.daemon for thread in threading.enumerate()):
                leave_at_once(ending.code if isinstance(ending.code, int) else bool(ending.code))
            raise
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
