"""How memory is looked through for what nobody uses any more."""

from __future__ import annotations

import gc

BETWEEN_COLLECTIONS = (5_000, 20, 20)
"""A page makes a hundred thousand objects and drops them at its end: with the usual 700 all that
is kept was gone through once or twice a visit, 40 ms each time."""


def set_loaded_apart() -> None:
    """Take what is loaded by now out of every later collection, and collect less often.

    For a server once it has started: modules, laws and checklists stay as long as it runs.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*BETWEEN_COLLECTIONS)
