"""Before anything is installed: is this Python new enough, and are the system libraries there that Qt needs?

Standard library only. Prints one line that names what is missing and the command that installs it, and exits with 1.
"""

from __future__ import annotations

import argparse
import ctypes
import shutil
import sys

# What the Linux wheels of Qt link to and do not bring along: library -> Debian/Ubuntu package.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
PROGRAMS_FOR_TESTS = {"Xvfb": "xvfb"}
PACKAGES_FOR_VENV = {"ensurepip": "python3-venv"}


def missing_packages(*, for_tests: bool) -> list[str]:
    """Debian packages to install, in alphabetical order; empty on other systems than Linux."""
    missing = set()
    if sys.platform.startswith("linux"):
        for library, package in LIBRARIES.items():
            try:
                ctypes.CDLL(library)
            except OSError:
                missing.add(package)
        if for_tests:
            missing |= {package for program, package in PROGRAMS_FOR_TESTS.items() if shutil.which(program) is None}
        for module, package in PACKAGES_FOR_VENV.items():
            try:
                __import__(module)
            except ImportError:
                missing.add(package)
    return sorted(missing)


def main() -> int:
    """0 where all is there, 1 after one line of advice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument("--packages", action="store_true", help="print only the names of the missing packages")
    options = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before pip could refuse
        sys.stderr.write(
            f"DiMPLE needs Python 3.11 or newer and this is {sys.version.split()[0]}: name another one, "
            "for example `make run PYTHON=python3.12`.\n"
        )
        return 1
    missing = missing_packages(for_tests=options.tests)
    if options.packages:
        sys.stdout.write(" ".join(missing) + "\n")
        return 0
    if missing:
        sys.stderr.write(
            "System libraries are missing; install them with: "
            f"sudo apt-get update && sudo apt-get install -y {' '.join(missing)}\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
