"""Asks the public list of advisories for weaknesses of the installed libraries; without a network says so and passes.

``python scripts/check_advisories.py PIP_AUDIT``: the path of pip-audit, which has an environment of its own.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig

_SECONDS = 300
_NO_NETWORK = (
    "ConnectionError",
    "NewConnectionError",
    "Max retries",
    "ServiceError",
    "timed out",
    "HTTPError",
    "SSLError",
)


def main() -> int:
    """Run pip-audit over this environment; 1 where a library has a known weakness."""
    command = [sys.argv[1], "--progress-spinner", "off", "--timeout", "10", "--path", sysconfig.get_path("purelib")]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        print("The list of advisories did not answer: nothing was audited.")
        return 0
    if done.returncode and any(it in done.stderr for it in _NO_NETWORK):
        print("There is no way to the list of advisories from here: nothing was audited.")
        return 0
    print(done.stdout + done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
