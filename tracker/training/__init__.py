"""Offline training (paper section 3.6): data, hard pairs, losses over all iterates, the loop, and its exports.

`python -m tracker.training --config lite0` starts or resumes a run; nothing here is needed to track.
"""
