"""The acoustic model: a time-delay network that looks 13 frames each way, answers every third."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from .features import CEPSTRA, Features

CONTEXT = 13
STRIDE = 3
SKIP = 0.66
"""How much of a layer's input is added to its output, in the last three wide layers."""
RESIDUAL = 3
"""The first of the layers that add their input."""
EPSILON = 1e-5


class Tdnn(nn.Module):
    """Frames by cepstra to log-likelihoods: two for each phone, its first frame and its others."""

    def __init__(
        self, phones: int, narrow: int = 192, wide: int = 224, dropout: float = 0.15
    ) -> None:
        super().__init__()
        self.phones, self.narrow, self.wide, self.dropout = phones, narrow, wide, dropout
        self.wides = nn.ModuleList(
            [
                nn.Conv1d(CEPSTRA, narrow, 5),
                nn.Conv1d(narrow, narrow, 3),
                nn.Conv1d(narrow, wide, 3, stride=STRIDE),
                *(nn.Conv1d(wide, wide, 3) for _ in range(3)),
            ]
        )
        self.prefinal = nn.Conv1d(wide, wide, 1)
        self.final = nn.Conv1d(wide, 2 * phones, 1)
        nn.init.zeros_(self.final.weight)
        if self.final.bias is not None:
            nn.init.zeros_(self.final.bias)
        # A second head that learns phone classes frame by frame: it steadies the start.
        self.classes = nn.Conv1d(wide, phones, 1)
        self.norms = nn.ModuleList(
            nn.BatchNorm1d(width, affine=False, eps=EPSILON)
            for width in (narrow, narrow, wide, wide, wide, wide, wide)
        )

    def forward(self, cepstra: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, cepstra, frames + 2 * CONTEXT) to (batch, answers, 2 * phones) and classes."""
        x = cepstra
        for at, layer in enumerate(self.wides):
            y = self.norms[at](functional.relu(layer(x)))
            if at >= RESIDUAL:
                y = y + SKIP * x[:, :, 1:-1]
            x = functional.dropout(y, self.dropout, self.training)
        x = self.norms[-1](functional.relu(self.prefinal(x)))
        return self.final(x).transpose(1, 2), self.classes(x).transpose(1, 2)

    def freeze_norms(self) -> None:
        """Keep the normalisation as it was trained: what fine-tuning on little speech needs."""
        for norm in self.norms:
            norm.eval()


def answers(frames: int) -> int:
    """How often the network answers an utterance of so many frames."""
    return (frames + STRIDE - 1) // STRIDE


def padded(features: Features, count: int | None = None) -> Features:
    """The utterance with its edges repeated, long enough for ``count`` answers."""
    needed = 2 * CONTEXT + STRIDE * (count or answers(len(features))) - STRIDE + 1
    after = max(0, needed - CONTEXT - len(features))
    return np.pad(features, ((CONTEXT, after), (0, 0)), mode="edge")[:needed]


def batch(utterances: list[Features]) -> tuple[Tensor, list[int]]:
    """Utterances of any lengths as one tensor, and how many answers each gets."""
    counts = [answers(len(u)) for u in utterances]
    stacked = np.stack([padded(u, max(counts)) for u in utterances])
    return torch.from_numpy(stacked).transpose(1, 2).contiguous(), counts


def listen(network: Tdnn, features: Features) -> npt.NDArray[np.float32]:
    """Answers by 2 * phones for one utterance."""
    was = network.training
    network.eval()
    with torch.no_grad():
        found: npt.NDArray[np.float32] = network(batch([features])[0])[0][0].numpy()
    network.train(was)
    return found
