"""Writing an exported document so that a crash leaves the old file or the new one, never half."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from review.common.store import no_space_named, sync_folder


def write_durably(path: Path, content: bytes) -> None:
    """Write beside the target, bring it to the disk, then take its name.

    Raises:
        DatabaseFull: no space is left; the old file is as it was.
    """
    with no_space_named():
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)
