"""The loop: steps, logs, validations, checkpoints. Lightning Fabric carries devices, precision and processes."""

from __future__ import annotations

import time
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from lightning_fabric import Fabric, seed_everything
from torch import Tensor

from tracker.network import NETWORK_CONFIGS, DimpNetwork
from tracker.training.compact_state import read_compact
from tracker.training.config import TrainingConfig
from tracker.training.data import StepSampler, batches, load_split
from tracker.training.item_maker import ItemMaker
from tracker.training.losses import Losses
from tracker.training.progress import Progress
from tracker.training.run_folder import TRAINING_LOG, VALIDATION_LOG, RunFolder
from tracker.training.schedule import AveragedWeights, rate_factor
from tracker.training.training_network import TrainingNetwork, count_trained
from tracker.training.validation import ValidationSet, measure, validation_sets
from tracker.weights import read_network

WARM_STEPS = 1000.0
"""Step count given to warm-started moments: they need no more bias correction."""


def start_network(config: TrainingConfig) -> DimpNetwork:
    """The network a run starts from: the configured weights, or random ones by the run's seed."""
    if config.start:
        return read_network(Path(config.start) if "/" in config.start else config.start)
    torch.manual_seed(config.run.seed)
    return DimpNetwork(NETWORK_CONFIGS[config.network])


class Trainer:
    """One run, from its start or its last checkpoint to its end."""

    def __init__(self, config: TrainingConfig, folder: Path) -> None:
        """Reads data and weights and resumes if the folder holds a checkpoint.

        Raises:
            TrackerError: if data or weights are missing.
        """
        self.config = config
        run = config.run
        torch.set_num_threads(run.threads)
        cv2.setNumThreads(1)
        self.fabric = Fabric(accelerator=run.accelerator, devices=run.devices, precision=run.precision)  # type: ignore[arg-type]  # a literal type there
        self.fabric.launch()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            seed_everything(run.seed, verbose=False)
        self.progress = Progress(silent=not self.fabric.is_global_zero)
        self.folder = RunFolder(folder)
        self.split = load_split(config.data)
        self.maker = ItemMaker(self.split.tracks, self.split.stills, config.items)
        self.sets: dict[str, ValidationSet] = validation_sets(config, self.split)

        model = TrainingNetwork(start_network(config), config.loss, config.rates.trunk_from)
        model.to(memory_format=torch.channels_last)
        optimizer = torch.optim.Adam(model.parameter_groups(config.rates))
        self.bare = model
        self.model, self.optimizer = self.fabric.setup(model, optimizer)
        # the optimizer's own order, so that names, averages and Adam's moments go together
        self.trained: list[Tensor] = [each for group in self.optimizer.param_groups for each in group["params"]]
        names = {id(parameter): name for name, parameter in model.named_parameters()}
        self.trained_names = [names[id(parameter)] for parameter in self.trained]
        if config.warm_start:
            self._warm_start(Path(config.warm_start))
        self.averages = AveragedWeights(self.trained, config.rates.ema)
        self.step = 0
        self.seconds = 0.0
        if self.folder.checkpoint.exists():
            self._resume()
        elif self.fabric.is_global_zero:
            self.folder.write_config(config)
        self.progress.say(
            f"{count_trained(self.trained):,} trained parameters, {len(self.split.tracks)} tracks, "
            f"{len(self.split.stills)} stills; step {self.step} of {run.steps}"
        )

    def run(self) -> None:
        """Trains to the last step. A killed run goes on where its last checkpoint was when started again."""
        run = self.config.run
        if self.step == 0:
            self._validate()
        sampler = StepSampler(self.step, run.steps, run.batch, self.fabric.global_rank, self.fabric.world_size)
        rows: list[dict[str, float]] = []
        last_save = last_time = time.monotonic()
        self.model.train()
        for batch in batches(self.maker, self.config, sampler):
            losses = self._train_step(batch.to(self.fabric.device))
            self.step += 1
            now = time.monotonic()
            self.seconds += now - last_time
            last_time = now
            rows.append(losses)
            self.progress.show(self.step, run.steps, self.seconds / self.step)
            if len(rows) == run.log_every or self.step == run.steps:
                self._log(rows)
                rows = []
            if self.step % run.validate_every == 0 or self.step == run.steps:
                self._validate()
                last_time = time.monotonic()
            if time.monotonic() - last_save > 60 * run.checkpoint_minutes or self.step == run.steps:
                self._save()
                last_save = time.monotonic()

    def _train_step(self, batch: Any) -> dict[str, float]:  # noqa: ANN401  # Fabric's wrapper takes anything
        rates = self.config.rates
        factor = rate_factor(self.step, self.config.run.steps, rates)
        for group in self.optimizer.param_groups:
            group["lr"] = group["base_lr"] * factor
        losses: Losses = self.model(batch)
        self.optimizer.zero_grad(set_to_none=True)
        self.fabric.backward(losses.total)
        limit = rates.clip if rates.clip > 0 else float("inf")
        norm = torch.nn.utils.clip_grad_norm_(self.trained, limit)
        if bool(torch.isfinite(norm)):
            self.optimizer.step()
            self.bare.keep_in_bounds()
            if rates.ema > 0:
                self.averages.update()
        return {
            "total": float(losses.total.detach()),
            "c0": float(losses.iterates[0].detach()),
            "c5": float(losses.iterates[-1].detach()),
            "iou": float(losses.iou.detach()),
            "ascent": float(losses.ascent.detach()),
            "gradient": float(norm),
        }

    def _log(self, rows: list[dict[str, float]]) -> None:
        if not self.fabric.is_global_zero:
            return
        run = self.config.run
        optimizer = self.bare.network.target_model.optimizer
        means = {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
        self.folder.append(
            TRAINING_LOG,
            {
                "step": self.step,
                "items": self.step * run.batch * self.fabric.world_size,
                "seconds": round(self.seconds, 1),
                "rate": round(rate_factor(self.step, run.steps, self.config.rates), 5),
                **{name: round(value, 6) for name, value in means.items()},
                "step_length": round(float(optimizer.log_step_length.detach().exp()), 5),
                "regularization": round(float(optimizer.filter_reg.detach()), 6),
            },
        )
        left = self.seconds / self.step * (run.steps - self.step)
        self.progress.say(
            f"step {self.step}/{run.steps}  loss {means['total']:.3f}  C0 {means['c0']:.5f}  C5 {means['c5']:.5f}"
            f"  iou {means['iou']:.4f}  ascent {means['ascent']:.4f}"
            f"  {self.seconds / self.step:.2f} s a step, {left / 60:.0f} min left"
        )

    def _validate(self) -> None:
        """Measures the averaged weights on both sets."""
        if not self.fabric.is_global_zero:
            return
        averaging = self.config.rates.ema > 0
        if averaging:
            self.averages.exchange()
        for name, items in self.sets.items():
            metrics = asdict(measure(self.bare, items, self.fabric.device))
            self.folder.append(
                VALIDATION_LOG,
                {
                    "step": self.step,
                    "set": name,
                    "seconds": round(self.seconds, 1),
                    **{key: round(value, 6) for key, value in metrics.items()},
                },
            )
            self.progress.say(f"  {name:5s} " + "  ".join(f"{key} {value:.4f}" for key, value in metrics.items()))
        if averaging:
            self.averages.exchange()

    def _save(self) -> None:
        self.folder.save_checkpoint(
            self.fabric,
            {
                "step": self.step,
                "seconds": self.seconds,
                "model": self.bare.state_dict(),
                "averages": list(self.averages.averages),
                "average_updates": self.averages.updates,
                "optimizer": self.optimizer.state_dict(),
                "trained_names": self.trained_names,
                "network": self.bare.network.config.to_json(),
            },
        )

    def _resume(self) -> None:
        state = torch.load(self.folder.checkpoint, map_location=self.fabric.device, weights_only=True)
        self.bare.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        averages: list[Tensor] = state["averages"]
        for mine, saved in zip(self.averages.averages, averages, strict=True):
            mine.copy_(saved)
        self.averages.updates = state["average_updates"]
        self.step, self.seconds = state["step"], state["seconds"]
        if self.fabric.is_global_zero:
            self.folder.forget_after(self.step)

    def _warm_start(self, path: Path) -> None:
        """Raw weights and second moments of an earlier run; Adam's first moments start anew."""
        weights, moments, _ = read_compact(path)
        state = self.bare.state_dict()
        state.update(weights)
        self.bare.load_state_dict(state)
        for name, parameter in zip(self.trained_names, self.trained, strict=True):
            if name not in moments:  # frozen in the earlier run
                continue
            self.optimizer.state[parameter] = {
                "step": torch.tensor(WARM_STEPS),
                "exp_avg": torch.zeros_like(parameter),
                "exp_avg_sq": moments[name].to(parameter).contiguous(memory_format=torch.preserve_format),
            }
