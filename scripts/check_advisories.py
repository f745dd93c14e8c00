"""Asks the public list of advisories for weaknesses of the installed libraries; where it does not answer says so.

``python scripts/check_advisories.py PIP_AUDIT``: the path of pip-audit, which has an environment of its own. Ends with
1 where a library has a known weakness, with 0 where none has or nothing could be asked; the last line says which.
"""

from __future__ import annotations

import json
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
    """Run pip-audit over this environment and say what came of it."""
    command = [sys.argv[1], "--progress-spinner", "off", "--timeout", "10", "--format", "json"]
    command += ["--path", sysconfig.get_path("purelib")]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        print("The list of advisories did not answer: nothing was audited.")
        return 0
    try:
        libraries = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        if any(it in done.stderr for it in _NO_NETWORK):
            print("There is no way to the list of advisories from here: nothing was audited.")
            return 0
        print(done.stdout + done.stderr)
        return done.returncode or 1
    return report(libraries)


def report(libraries: list[dict[str, object]]) -> int:
    """Print what pip-audit says of each library, and a last line on the whole; 1 where there is a weakness.

    A mirror of the package index may have no advisories: pip-audit then skips each library and finds no weakness.
    """
    asked = [it for it in libraries if "skip_reason" not in it]
    weak = 0
    for library in asked:
        for found in library.get("vulns") or ():
            weak += 1
            better = ", ".join(found["fix_versions"]) or "none yet"
            print(f"{library['name']} {library['version']}: {found['id']}, put right in: {better}")
    if not asked:
        print(f"The list of advisories knows none of the {len(libraries)} libraries: nothing was audited.")
        return 0
    unknown = len(libraries) - len(asked)
    print(f"Known weaknesses: {weak}; libraries asked about: {len(asked)}, unknown to the list: {unknown}.")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
