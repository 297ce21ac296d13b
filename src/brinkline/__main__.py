"""``python -m brinkline`` is the same as ``brinkline``."""

from brinkline.cli import main

main()
