"""Functions of the distance to the target's centre (specification, sections 1.6 and 8)."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tracker.filter_optimizer import SteepestDescentOptimizer
from tracker.kl_optimizer import KLOptimizer
from tracker.radial_tables import TablePositions, distance_map, target_centers

# a box whose centre lies at score cell (row 9.3, column 8.8)
BOX = torch.tensor([8.8 * 16 - 20, 9.3 * 16 - 30, 40.0, 60.0])


def test_golden_maps():
    label, mask, weight = SteepestDescentOptimizer(4, 16, 0.9).radial_maps(BOX, 19, 19)
    assert label[9, 8:11].tolist() == pytest.approx([0.637131, 0.921735, 0.389400], abs=1e-5)
    assert label[0, 0].item() == 0
    assert [mask[9, 9].item(), mask[9, 12].item(), mask[0, 0].item()] == pytest.approx(
        [0.941655, 0.0749672, 0.0474259], abs=1e-5
    )
    assert torch.equal(weight, torch.ones(19, 19))


def test_an_odd_filter_shifts_the_grid_by_half_a_cell():
    even, odd = (target_centers(BOX, size, 16) for size in (4, 3))
    torch.testing.assert_close(even, torch.tensor([9.3, 8.8]))
    torch.testing.assert_close(even - odd, torch.tensor([0.5, 0.5]))


@given(st.floats(0, 40))
def test_interpolation_is_the_sum_of_hat_functions(distance):
    table = torch.randn(100, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    distance = torch.tensor(distance, dtype=torch.float64)
    rho = (1 - (distance / 0.1 - torch.arange(100)).abs()).clamp(min=0)
    rho[99] = (1 + distance / 0.1 - 99).clamp(0, 1)
    torch.testing.assert_close(TablePositions(distance).interpolate(table), rho @ table, atol=1e-9, rtol=0)


def test_a_far_centre_gives_a_pure_negative_sample():
    far = torch.tensor([1e5, 1e5, 50.0, 50.0])
    label, mask, _ = SteepestDescentOptimizer(4, 16, 0.9).radial_maps(far, 17, 17)
    assert label.abs().max() == 0
    assert mask.max() < 0.05
    assert distance_map(target_centers(far, 4, 16), 17, 17).min() > 1000


def test_label_density_sums_to_one_and_peaks_at_the_target():
    density = KLOptimizer(4, 16, 0.9).label_density(BOX, 19, 19)
    assert density.sum().item() == pytest.approx(1, abs=1e-6)
    assert divmod(int(density.argmax()), 19) == (9, 9)
