"""DiMPLE: ``python main.py`` opens the window, ``python main.py COMMAND`` works without one."""

from __future__ import annotations
