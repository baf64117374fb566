"""What importing a module takes along, seen in a Python of its own."""

import subprocess
import sys


def takes_along(module: str, other: str) -> bool:
    code = f"import sys, {module}; print({other!r} in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ran.stdout.strip() == "True"
