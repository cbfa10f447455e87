#!/usr/bin/env python
"""Django's command line for the hub."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    if sys.argv[1:] == ["run"]:
        # Without Django: it checks the data folder before the settings use it, and stays small.
        from hub.launch.main import main as run  # noqa: PLC0415

        sys.exit(run())
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
