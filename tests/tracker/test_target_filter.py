"""The filter as matrix products against its definition (specification, section 1.4)."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from tracker.target_filter import FeatureMatrix


def random(*shape, seed=0):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def by_definition(filters, features):
    sequences, samples, _, height, width = features.shape
    k = filters.shape[-1]
    extra = (k + 1) % 2
    scores = torch.zeros(sequences, samples, height + extra, width + extra, dtype=torch.float64)
    padded = F.pad(features, (k // 2,) * 4)
    for row in range(height + extra):
        for column in range(width + extra):
            window = padded[..., row : row + k, column : column + k]
            scores[:, :, row, column] = (window * filters[:, None]).sum(dim=(2, 3, 4))
    return scores


@pytest.mark.parametrize("k", [1, 3, 4, 5])
def test_scores_follow_the_definition(k):
    filters, features = random(2, 5, k, k), random(2, 3, 5, 6, 7, seed=1)
    torch.testing.assert_close(FeatureMatrix(features, k).scores(filters), by_definition(filters, features))


def test_float32_scores_are_within_1e_5_of_float64():
    filters, features = random(1, 256, 4, 4) / 64, random(1, 2, 256, 18, 18, seed=1) / 64
    exact = FeatureMatrix(features, 4).scores(filters)
    assert exact.shape == (1, 2, 19, 19)
    single = FeatureMatrix(features.float(), 4).scores(filters.float())
    torch.testing.assert_close(single.double(), exact, atol=1e-5, rtol=0)


@pytest.mark.parametrize("k", [3, 4])
def test_adjoint_is_the_transpose(k):
    filters, features = random(2, 5, k, k), random(2, 3, 5, 6, 7, seed=1)
    matrix = FeatureMatrix(features, k)
    maps = random(2, 3, *matrix.score_size, seed=2)
    forwards = (matrix.scores(filters) * maps).sum(dim=(1, 2, 3))
    backwards = (filters * matrix.adjoint(maps)).sum(dim=(1, 2, 3))
    torch.testing.assert_close(forwards, backwards)


def test_channels_last_memory_is_used_where_it_lies():
    memory = torch.randn(10, 16, 8, 8).to(memory_format=torch.channels_last)
    matrix = FeatureMatrix(memory[None, :7], 4)
    assert matrix._matrix.data_ptr() == memory.data_ptr()
