"""What ``python -m bench tracker`` prints, and the table it writes into a page of docs."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from app.marked_section import check_section, write_section
from bench.graphics_card import crop_times
from bench.tracker_speed import (
    FRAMES,
    KEYFRAMES,
    SIZES,
    Scene,
    Speed,
    Timing,
    always_found,
    make_network,
    matrix_peak,
    measure,
)
from tracker.compiled_graph import Runtime
from tracker.network import DimpNetwork
from tracker.presets import preset

SECTION = "speed"


@dataclass(frozen=True)
class Measured:
    """A model at one picture size.

    Attributes:
        model: Its name.
        size: Of the picture, as words.
        speed: Figures.
        loading: Seconds.
        limit: Least milliseconds for a frame's multiplications.
    """

    model: str
    size: str
    speed: Speed
    loading: float
    limit: float

    @property
    def share(self) -> Timing:
        """Per cent of the physical limit."""
        frame = self.speed.frame
        return Timing(100 * self.limit / frame.median, 100 * self.limit / frame.fastest, frame.calls)


def report(
    models: list[str],
    architectures: list[str],
    threads: int,
    runtime: Runtime = Runtime.AUTO,
    table: Path | None = None,
) -> None:
    """Measures models, and architectures with random weights, and prints what was found.

    Args:
        models: Names in the manifest.
        architectures: Names of ``NETWORK_CONFIGS``.
        threads: Processor cores.
        runtime: What runs the convolutions.
        table: A page to write the figures into as well.

    Raises:
        AppError: The page has no place for the table; nothing has been measured then.
    """
    if table:
        check_section(table, SECTION)
    peak = matrix_peak(threads)
    heading = _machine(threads, runtime, peak)
    print(heading)
    rows = []
    for name in (*models, *architectures):
        for width, height in SIZES:
            started = time.perf_counter()
            network = make_network(name, runtime, threads)
            loading = time.perf_counter() - started
            config = preset(network.config.preset)
            is_random = name in architectures
            speed = measure(network, Scene(width, height), always_found(config) if is_random else config)
            limit = 2 * speed.multiplications / peak
            title = f"{name} (random weights)" if is_random else name
            rows.append(Measured(title, f"{width}x{height}", speed, loading, limit))
            print(_in_full(rows[-1]))
    card = _card(make_network(models[0], Runtime.PYTORCH, threads)) if models else ""
    print(card)
    if table:
        write_section(table, SECTION, "\n".join([heading, "", *table_lines(rows), "", card]))
        print(f"Wrote {table}")


def _machine(threads: int, runtime: Runtime, peak: float) -> str:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{threads} thread(s) of {os.cpu_count()} ({platform.machine()}){load}; torch {torch.__version__}; runtime "
        f"{runtime}; float32 matrix product {peak:.0f} GFLOP/s. Median / fastest tenth."
    )


def _card(network: DimpNetwork) -> str:
    if not torch.cuda.is_available():
        return "Graphics card: none that PyTorch can use."
    device = torch.device("cuda")
    times = crop_times(network, preset(network.config.preset).crop_size, device)
    listed = ", ".join(f"{name} {milliseconds:.2f}" for name, milliseconds in times.items())
    return f"Graphics card, {torch.cuda.get_device_name(device)}: trunk and head of a crop in ms: {listed}."


def _in_full(row: Measured) -> str:
    speed = row.speed
    frame = speed.frame
    lines = [
        "",
        f"  {row.model} at {row.size}: {1000 / frame.median:.1f} / {1000 / frame.fastest:.1f} frames/s",
        f"    {speed.multiplications:.0f} million multiplications a frame, at least {row.limit:.1f} ms",
        f"    {row.share.median:.0f} / {row.share.fastest:.0f} % of the physical limit",
        f"    loaded in {row.loading:.2f} s; {speed.megabytes:.1f} MB a track after {FRAMES} frames",
    ]
    stages = {
        "frame": frame,
        "frame, all in turn": speed.in_turn,
        **speed.stages,
        "initialisation": speed.initialization,
        "correction": speed.correction,
    }
    stages[f"far, {KEYFRAMES} keyframes"] = speed.far_correction
    stages["the next one"] = speed.next_far_correction
    stages |= {f"{count} targets, a frame": timing for count, timing in speed.together.items()}
    lines += [
        f"    {stage:<26}{timing.median:8.2f} / {timing.fastest:8.2f} ms   {timing.calls} calls"
        for stage, timing in stages.items()
    ]
    return "\n".join(lines)


def table_lines(rows: list[Measured]) -> list[str]:
    """The same as Markdown, a column a model and size."""
    stages = list(dict.fromkeys(stage for row in rows for stage in row.speed.stages))
    counts = list(dict.fromkeys(count for row in rows for count in row.speed.together))
    table = [["", *(f"{row.model}, {row.size}" for row in rows)]]
    table.append(["frames a second", *(_pair(_rate(row.speed.frame, 1)) for row in rows)])
    table.append(["frame, ms", *(_pair(row.speed.frame) for row in rows)])
    table.append(["the same with nothing beside anything else, ms", *(_pair(row.speed.in_turn) for row in rows)])
    table += [[f"- {stage}", *(_pair(row.speed.stages.get(stage)) for row in rows)] for stage in stages]
    table.append(["share of the physical limit, %", *(_pair(row.share) for row in rows)])
    table.append(["initialisation, ms", *(_pair(row.speed.initialization) for row in rows)])
    table.append(["correction, ms", *(_pair(row.speed.correction) for row in rows)])
    far = f"far correction among {KEYFRAMES} keyframes, to the first new box, ms"
    table.append([far, *(_pair(row.speed.far_correction) for row in rows)])
    table.append(["another among the same keyframes, ms", *(_pair(row.speed.next_far_correction) for row in rows)])
    table.append([f"memory of a track after {FRAMES} frames, MB", *(f"{row.speed.megabytes:.1f}" for row in rows)])
    for count in counts:
        many = [_pair(_rate(row.speed.together[count], count)) for row in rows]
        table.append([f"{count} targets together, boxes a second", *many])
    lines = ["| " + " | ".join(cells) + " |" for cells in table]
    return [lines[0], "|---" * len(table[0]) + "|", *lines[1:]]


def _rate(timing: Timing, count: int) -> Timing:
    return Timing(1000 * count / timing.median, 1000 * count / timing.fastest, timing.calls)


def _pair(timing: Timing | None) -> str:
    return f"{timing.median:.3g} / {timing.fastest:.3g}" if timing else ""
