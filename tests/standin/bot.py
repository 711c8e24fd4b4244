"""`python -m tests.standin.bot http://127.0.0.1:PORT run`: the real command line, pointed at a stand-in."""

import sys

from bot.__main__ import main
from tests.standin.pointed import point_at

if __name__ == "__main__":
    with point_at(sys.argv[1]):
        sys.exit(main(sys.argv[2:]))
