"""``python -m wpmigrate``: the command line."""

from wpmigrate.cli import main

if __name__ == "__main__":
    main()
