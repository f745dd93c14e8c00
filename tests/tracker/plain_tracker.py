"""The online tracker once more, written down from sections 1 to 3 of the specification as plainly as it goes: index
coordinates, (row, column) vectors, autograd, convolutions by PyTorch, lists for a memory. Slow, and independent of the
modules it is compared with; it shares the convolutions of the network with them, the numbers of the settings, and
OpenCV's resizing and warping."""

from __future__ import annotations

import math

import cv2
import numpy as np
import torch
from torch.nn import functional as F

from tracker.config import BorderMode, RefinementSpace, TrackerConfig
from tracker.network import DimpNetwork
from tracker.network_config import OptimizerKind


def wave(z):
    """Integral of the hat function from minus infinity (section 2)."""
    z = z.clamp(-1, 1)
    return torch.where(z <= 0, (z + 1) ** 2 / 2, 1 - (1 - z) ** 2 / 2)


def pool(x, boxes, bins, scale):
    """Precise RoI pooling of boxes (K, 4) in a map (C, H, W): (K, C, bins, bins)."""
    pooled = []
    for box in boxes:
        weights = []
        for start, length, cells in ((box[1], box[3], x.shape[1]), (box[0], box[2], x.shape[2])):
            edges = (start + length * torch.arange(bins + 1) / bins) * scale
            integral = wave(edges[:, None] - torch.arange(cells))
            weights.append((integral[1:] - integral[:-1]) / (length * scale / bins))
        pooled.append(torch.einsum("ph,chw,qw->cpq", weights[0], x, weights[1]))
    return torch.stack(pooled)


def correlate(x, f):
    """Scores (n, h + 1, w + 1) of a filter on features (n, C, h, w) (1.4)."""
    return F.conv2d(x, f[None], padding=f.shape[-1] // 2)[:, 0]


class PlainOptimizer:
    """Sections 1.6 and 1.11, with gradients by autograd."""

    def __init__(self, network: DimpNetwork) -> None:
        self.learned = network.target_model.optimizer
        self.sigma = network.config.label_sigma
        self.is_kl = network.config.optimizer is OptimizerKind.KL_DIVERGENCE

    def distances(self, boxes, size):
        grid = torch.arange(float(size))
        row, column = (boxes[:, 1] + boxes[:, 3] / 2) / 16, (boxes[:, 0] + boxes[:, 2] / 2) / 16
        return torch.sqrt((grid[:, None] - row[:, None, None]) ** 2 + (grid - column[:, None, None]) ** 2)

    def run(self, f, x, boxes, gamma, iterations):
        if iterations:
            distance = self.distances(boxes, x.shape[-1] + 1)
            maps = self.label_density(distance) if self.is_kl else self.radial_maps(distance)
        with torch.enable_grad():
            for _ in range(iterations):
                f = (self.kl_step if self.is_kl else self.step)(f.detach(), x, maps, gamma)
        return f.detach()

    def radial_maps(self, distance):
        steps = torch.arange(100.0).view(-1, 1, 1, 1)
        hats = (1 - (distance / 0.1 - steps).abs()).clamp(min=0)
        hats[99] = (1 + distance / 0.1 - 99).clamp(0, 1)
        tables = (self.learned.label_table, self.learned.mask_table, self.learned.weight_table)
        y, m, v = (torch.einsum("k,knhw->nhw", table, hats) for table in tables)
        return y, torch.sigmoid(m), v

    def label_density(self, distance):
        density = torch.exp(-(distance**2) / (2 * self.sigma**2)) / (2 * math.pi * self.sigma**2)
        return density / (density.sum(dim=(1, 2), keepdim=True) + 1e-8)

    def step(self, f, x, maps, gamma):
        y, m, v = maps
        omega = gamma.sqrt()[:, None, None] * v
        reg = max(self.learned.filter_reg.item() ** 2, 0.001**2)
        variable = f.requires_grad_()
        s = correlate(x, variable)
        activated = (1 - m) / 2 * s.abs() + (1 + m) / 2 * s
        loss = (omega * (activated - y)).square().sum() + reg * variable.square().sum()
        (g,) = torch.autograd.grad(loss / 2, variable)
        q = (1 - m) / 2 * s.detach().sign() + (1 + m) / 2
        h = omega * q * correlate(x, g)
        size = g.square().sum()
        den = max((h.square().sum() + reg * size).item(), 1e-8)
        return f - math.exp(self.learned.log_step_length.item()) * size / den * g

    def kl_step(self, f, x, y, gamma):
        reg = max(self.learned.filter_reg.item() ** 2, 0.05**2)
        variable = f.requires_grad_()
        s = correlate(x, variable)
        g_data = gamma * (torch.logsumexp(s.flatten(1), 1) - (y * s).sum(dim=(1, 2)))
        (g,) = torch.autograd.grad(g_data.sum() + reg / 2 * variable.square().sum(), variable)
        p = F.softmax(s.detach().flatten(1), 1).view_as(s)
        u = correlate(x, g)
        z = ((p * u * u).sum(dim=(1, 2)) - (p * u).sum(dim=(1, 2)) ** 2).clamp(min=0)
        size = g.square().sum()
        den = max(((gamma * z).sum() + (reg + 0.05) * size).item(), 1e-8)
        return f - math.exp(self.learned.log_step_length.item()) * size / den * g


class PlainTracker:
    """Section 3 in index coordinates. No random numbers: the settings must ask for none."""

    def __init__(self, network: DimpNetwork, config: TrackerConfig) -> None:
        self.network, self.config, self.optimizer = network, config, PlainOptimizer(network)
        self.side = config.crop_size

    @torch.no_grad()
    def initialize(self, image, box):
        x, y, w, h = box
        c, side = self.config, self.side
        self.pos = np.array([y + (h - 1) / 2, x + (w - 1) / 2])
        self.sz = np.array([h, w])
        self.scale = c.search_area * math.sqrt(w * h) / side
        self.base = self.sz / self.scale
        center = np.round(self.pos)
        size = int(c.augmentation.expansion * side)
        size += (size - side) % 2
        patch, _, _ = self.cut(image, center, self.scale * size, size, inside=False)
        shift = [(int(a * side / 2), int(b * side / 2)) for a, b in c.augmentation.shifts]
        crops = [self.shifted(patch, s) for s in [(0, 0), *shift]]
        if c.augmentation.flip:
            crops.append(self.shifted(patch[:, ::-1], (0, 0)))
        crops += [self.shifted(self.blurred(patch, *sigmas), (0, 0)) for sigmas in c.augmentation.blurs]
        crops += [self.shifted(self.rotated(patch, angle), (0, 0)) for angle in c.augmentation.rotations]
        first = self.crop_box(center, self.scale)
        moves = [(0, 0), *shift] + [(0, 0)] * (len(crops) - 1 - len(shift))
        boxes = torch.tensor(
            np.array([first + np.array([column, row, 0, 0]) for row, column in moves]), dtype=torch.float32
        )
        trunk = [self.trunk(crop) for crop in crops]
        self.x = torch.cat([self.features(layers) for layers in trunk])
        self.boxes = boxes
        self.n0 = len(crops)
        self.w = np.zeros(c.memory.size)
        self.w[: self.n0] = 1 / self.n0
        self.stored, self.previous = self.n0, None
        conv = self.network.target_model.initializer.conv
        mapped = F.conv2d(self.x, conv.weight, conv.bias, padding=1)
        self.f = torch.stack([pool(m, b[None], 4, 1 / 16)[0] for m, b in zip(mapped, boxes, strict=True)]).mean(0)
        gamma = torch.full((self.n0,), 1 / self.n0)
        self.f = self.optimizer.run(self.f, self.x, boxes, gamma, c.update.initial_iterations)
        self.modulation = self.modulate(trunk[0], boxes[:1])
        self.number = 1

    @torch.no_grad()
    def track(self, image):
        c, side = self.config, self.side
        self.number += 1
        crop, at, scale = self.cut(
            image, self.pos, self.scale * side, side, inside=c.border_mode is BorderMode.INSIDE_MAJOR
        )
        layers = self.trunk(crop)
        x = self.features(layers)
        s = correlate(x, self.f)[0].numpy()
        flag, cell = self.localise(s, at, scale)
        if flag != "not_found":
            new = at + (np.array(cell) - (len(s) - 1) / 2) * 16 * scale
            bounds = np.array(image.shape[:2])
            self.pos = np.clip(new, -0.3 * self.sz, bounds + 0.3 * self.sz)
            self.refine(layers, at, scale)
        if flag in {"normal", "hard_negative"}:
            box = torch.tensor(self.crop_box(at, scale), dtype=torch.float32)
            self.remember(x, box, flag)
        return flag, (*(self.pos - (self.sz - 1) / 2)[::-1], *self.sz[::-1])

    # -- section 3.3 --------------------------------------------------------------------------------------------------

    def cut(self, image, pos, side, size, *, inside):
        p = np.trunc(pos).astype(int)
        bounds = np.array(image.shape[:2])
        sz = np.array([side, side])
        if inside:
            factor = (sz / bounds).min()
            sz = np.trunc(sz / min(max(factor, 1), self.config.max_shrink or np.inf))
        df = max(int((sz / size).min() - 0.1), 1)
        if df > 1:
            offset = p % df
            p = (p - offset) // df
            image = image[offset[0] :: df, offset[1] :: df]
            bounds = np.array(image.shape[:2])
            sz = sz / df
        n = np.maximum(np.round(sz), 2)
        tl, br = p - (n - 1) / 2, p + n / 2 + 1
        if inside:
            shift = np.maximum(0, -tl) - np.maximum(0, br - bounds)
            tl, br = tl + shift, br + shift
            half = (np.maximum(0, -tl) + np.maximum(0, br - bounds)) // 2
            move = np.where(half > 0, -tl - half, 0)
            tl, br = tl + move, br + move
        rows = np.clip(np.arange(int(tl[0]), int(br[0])), 0, bounds[0] - 1)
        columns = np.clip(np.arange(int(tl[1]), int(br[1])), 0, bounds[1] - 1)
        pixels = image[rows][:, columns].astype(np.float32)
        if pixels.shape[:2] != (size, size):
            pixels = cv2.resize(pixels, (size, size), interpolation=cv2.INTER_LINEAR)
        return pixels, (df * tl + df * br - 1) / 2, math.sqrt(np.prod(df * (br - tl) / size))

    def crop_box(self, at, scale):
        b = (self.pos - at) / scale + (self.side - 1) / 2
        size = self.sz / scale
        top, left = b - (size - 1) / 2
        return np.array([left, top, size[1], size[0]])

    # -- section 3.4 --------------------------------------------------------------------------------------------------

    def shifted(self, patch, shift):
        margin = (len(patch) - self.side) // 2
        rows = np.clip(np.arange(self.side) + margin - shift[0], 0, len(patch) - 1)
        columns = np.clip(np.arange(self.side) + margin - shift[1], 0, len(patch) - 1)
        return np.ascontiguousarray(patch[rows][:, columns])

    @staticmethod
    def blurred(patch, vertical, horizontal):
        out = torch.tensor(patch).permute(2, 0, 1)[:, None]
        for sigma, axis in ((vertical, 2), (horizontal, 3)):
            reach = math.ceil(2 * sigma)
            taps = torch.exp(-(torch.arange(-reach, reach + 1.0) ** 2) / (2 * sigma**2))
            shape = [1, 1, 1, 1]
            shape[axis] = -1
            pad = [0, 0, reach, reach] if axis == 2 else [reach, reach, 0, 0]
            out = F.conv2d(F.pad(out, pad), (taps / taps.sum()).view(shape))
        return out[:, 0].permute(1, 2, 0).numpy()

    @staticmethod
    def rotated(patch, angle):
        a, c = math.radians(angle), (len(patch) - 1) / 2
        turn = np.array([[math.cos(a), math.sin(a)], [-math.sin(a), math.cos(a)]])
        matrix = np.hstack([turn, (np.array([c, c]) - turn @ [c, c])[:, None]])
        return cv2.warpAffine(patch, matrix, patch.shape[:2], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    # -- the network --------------------------------------------------------------------------------------------------

    def trunk(self, crop):
        rgb = torch.from_numpy(crop).permute(2, 0, 1)[None] / 255
        mean, std = (torch.tensor(t).view(1, 3, 1, 1) for t in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
        return self.network.backbone((rgb - mean) / std)

    def features(self, layers):
        y = self.network.target_model.head(layers[1])
        channels = y.shape[1]
        a = math.sqrt(1 / (channels * 16))
        return y * a * torch.sqrt(y[0].numel() / ((y**2).sum() + 1e-5))

    def modulate(self, layers, box):
        branch = self.network.iou_branch
        pooled3 = pool(branch.reference8(layers[0])[0], box, 3, 1 / 8)
        pooled4 = pool(branch.reference16(layers[1])[0], box, 1, 1 / 16)
        both = torch.cat([branch.reference8_vector(pooled3), pooled4], 1)
        return branch.modulation8(both), branch.modulation16(both)

    # -- section 3.5 --------------------------------------------------------------------------------------------------

    def localise(self, s, at, scale):
        c = self.config.localization
        if c.softmax:
            s = np.exp(s - s.max())
            s = s / s.sum()
        size = len(s)
        column, row = np.unravel_index(s.T.argmax(), s.T.shape)  # of equal ones the lowest column, then row (10.2)
        a1 = row, column
        s1 = s[a1]
        if s1 < c.not_found_threshold:
            return "not_found", None
        z = c.neighborhood_scale * (self.sz / scale) / 16
        rest = s.copy()
        rows, columns = (
            slice(max(round(a - reach / 2), 0), min(round(a + reach / 2 + 1), size))
            for a, reach in zip(a1, z, strict=True)
        )
        rest[rows, columns] = 0
        a2 = np.unravel_index(rest.argmax(), rest.shape)
        s2 = rest[a2]
        previous = (self.pos - at) / (16 * scale)
        d1, d2 = (np.linalg.norm(np.array(a) - (size - 1) / 2 - previous) for a in (a1, a2))
        far = c.displacement_scale * math.sqrt(size * size) / 2
        if s2 > c.distractor_threshold * s1:
            if d2 > far > d1:
                return "hard_negative", a1
            return ("hard_negative", a2) if d2 < far < d1 else ("uncertain", a1)
        if s2 > c.hard_negative_threshold * s1 and s2 > c.not_found_threshold:
            return "hard_negative", a1
        return "normal", a1

    def refine(self, layers, at, scale):
        c, branch = self.config.refinement, self.network.iou_branch
        e3, e4 = branch.test8(layers[0])[0], branch.test16(layers[1])[0]
        m3, m4 = (m.view(-1, 1, 1) for m in self.modulation)
        box = torch.tensor(self.crop_box(at, scale), dtype=torch.float32)

        def predicted(b):
            hidden3 = branch.box8(pool(e3 * m3, b[None], 5, 1 / 8).flatten(1))
            hidden4 = branch.box16(pool(e4 * m4, b[None], 3, 1 / 16).flatten(1))
            return branch.output(torch.cat([hidden3, hidden4], 1)).sum()

        w0, h0 = box[2].item(), box[3].item()
        relative = c.space is RefinementSpace.RELATIVE

        def to_box(v):
            if not relative:
                return v
            w, h = torch.exp(v[2]), torch.exp(v[3])
            return torch.stack([v[0] * w0 - w / 2, v[1] * h0 - h / 2, w, h])

        v = box
        if relative:
            v = torch.stack([(box[0] + box[2] / 2) / w0, (box[1] + box[3] / 2) / h0, box[2].log(), box[3].log()])
        for _ in range(c.iterations):
            with torch.enable_grad():
                v = v.detach().requires_grad_()
                (gradient,) = torch.autograd.grad(predicted(to_box(v)), v)
            v = v.detach()
            factor = 1 if relative else torch.stack([v[2], v[3], v[2], v[3]])
            v = v + c.step * gradient * factor
        x, y, w, h = to_box(v).double().tolist()
        w, h = max(w, 1), max(h, 1)
        if not 1 / c.max_aspect_ratio < w / h < c.max_aspect_ratio:
            return
        self.pos = (np.array([y + h / 2, x + w / 2]) - (self.side - 1) / 2) * scale + at
        self.sz = np.array([h, w]) * scale
        self.scale = math.sqrt(np.prod(self.sz) / np.prod(self.base))

    # -- section 3.6 --------------------------------------------------------------------------------------------------

    def remember(self, x, box, flag):
        c, u = self.config.memory, self.config.update
        lr = u.hard_negative_learning_rate if flag == "hard_negative" else u.learning_rate
        n0, m = self.n0, c.first_frame_floor
        slot = self.stored if self.stored < c.size else n0 + int(self.w[n0:].argmin())
        if self.previous is None:
            self.w = self.w / (1 - lr)
            self.w[slot] = lr
        else:
            self.w[slot] = self.w[self.previous] / (1 - lr)
        self.w = self.w / self.w.sum()
        if self.w[:n0].sum() < m:
            self.w = self.w / (m + self.w[n0:].sum())
            self.w[:n0] = m / n0
        if slot == len(self.x):
            self.x, self.boxes = torch.cat([self.x, x]), torch.cat([self.boxes, box[None]])
        else:
            self.x[slot], self.boxes[slot] = x[0], box
        self.previous = slot
        self.stored += 1
        iterations = 0
        if flag == "hard_negative":
            iterations = u.hard_negative_iterations
        elif (self.number - 1) % u.interval == 0:
            iterations = u.iterations
        gamma = torch.tensor(self.w[: len(self.x)], dtype=torch.float32)
        self.f = self.optimizer.run(self.f, self.x, self.boxes, gamma, iterations)
