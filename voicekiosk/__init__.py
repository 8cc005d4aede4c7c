"""A kiosk that speaks, listens and shows: nothing on it has to be read, nothing has to be heard."""

import os

__version__ = "0.1.0"
__released__ = "2026-11-24"

# Before anything imports numpy: for matrices as small as ours a second thread doubles the work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
