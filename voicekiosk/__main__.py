"""``python -m voicekiosk``: the command line without installing anything."""

import sys

from voicekiosk.cli import main

sys.exit(main())
