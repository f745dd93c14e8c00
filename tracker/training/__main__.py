"""Entry of ``python -m tracker.training``."""

from tracker.training.command import main

raise SystemExit(main())
