"""`make mutation`: every mutant of the modules in scope; fails if one survives that is not listed, or too many do.

Words as arguments choose the modules that have one of them in their paths.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutation import ROOT

_LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "build", "*.egg-info", "*.sqlite3*")


def main() -> None:
    """In a copy: the tree may change while this runs."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=_LEFT_BEHIND)
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("QUIESCE_", "PYTHON"))}
        settings = {"PYTHONPATH": str(copy), "QUIESCE_CHARTS": "40"}
        command = [sys.executable, "-m", "tests.mutation.trial", *sys.argv[1:]]
        sys.exit(subprocess.run(command, cwd=copy, env=clean | settings, check=False).returncode)


if __name__ == "__main__":
    main()
