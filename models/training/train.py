"""Trains the acoustic model from speech with its text, or makes the one there is sturdier."""

from __future__ import annotations

import argparse
import copy
import math
import pickle
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from . import kaldi_files
from .alignment import Segment
from .features import Features, Mfcc
from .kaldi_files import Model
from .material import Piece, heard, pieces, sequences
from .network import Tdnn, batch
from .objective import AnySounds, ThisText, bigram
from .speech import Utterance, corpus, load

SHIPPED = Path(__file__).parents[1] / "vosk-ky"
Heard = tuple[Features, Features, list[Segment]]

_SORTED = 4
"""So many batches are sorted by length together: less padding."""
_CLASSES = 0.3
_SMALL = 5e-4
_ROUNDS = (0.08, 0.2, 0.4)
"""When a training from nothing looks for the sounds again, in parts of all steps."""
_SLACK = 2
_FIRST_SLACK = 6
_WORST = -900.0


class Stream(IterableDataset[list[Heard]]):
    """Batches without end; the same seed and step give the same batches."""

    def __init__(
        self,
        found: Sequence[Piece],
        mean: npt.NDArray[np.float64],
        conf: Path,
        seed: list[int],
        size: int,
        rough: float,
    ) -> None:
        self._found, self._mean, self._conf, self._seed = list(found), mean, conf, seed
        self._size, self._rough = size, rough

    def __iter__(self) -> Iterator[list[Heard]]:
        worker = get_worker_info()
        chance = np.random.default_rng([*self._seed, worker.id if worker else 0])
        mfcc = Mfcc(self._conf)
        others = [p.sound.astype(np.float32) for p in self._found if len(p.sound) > 8000]
        while True:
            chosen = chance.integers(len(self._found), size=self._size * _SORTED)
            made = [
                heard(self._found[at], self._mean, mfcc, chance, others, self._rough)
                for at in chosen
            ]
            made.sort(key=lambda one: len(one[0]))
            for at in chance.permutation(_SORTED):
                yield made[at * self._size : (at + 1) * self._size]


def apart(network: Tensor, teacher: Tensor, counts: Sequence[int]) -> Tensor:
    """How far two networks' answers differ, answer by answer, whatever they add to all phones."""
    valid = torch.arange(network.shape[1])[None] < torch.tensor(counts)[:, None]
    gap = (network - network.mean(2, keepdim=True)) - (teacher - teacher.mean(2, keepdim=True))
    return gap.square().mean(2)[valid].mean()


def loss(
    network: Tdnn, teacher: Tdnn | None, anything: AnySounds, made: list[Heard], options: Settings
) -> tuple[Tensor, list[float]]:
    """What is to be made small, and for the eye: information per answer, right phones, distance."""
    rough, counts = batch([one[0] for one in made])
    text = ThisText([one[2] for one in made], counts, options.slack)
    answers, classes = network(rough)
    known, free = text(answers), anything(answers, counts)
    usable = known > _WORST
    information = (known - free)[usable].sum() / sum(counts)
    valid = text.classes >= 0
    heard_as = answers.detach()[valid].argmax(1) // 2
    right = heard_as == text.classes[valid]
    total = -information + _SMALL * answers.square().mean()
    away = torch.zeros(())
    if teacher is None:
        total = total + _CLASSES * functional.cross_entropy(classes[valid], text.classes[valid])
    else:
        with torch.no_grad():
            wanted, _ = teacher(batch([one[1] for one in made])[0])
        away = apart(answers, wanted, counts)
        total = total + options.keep * away
    return total, [information.item(), right.float().mean().item(), away.item()]


class Settings:
    """What a run is made with; ``slack`` shrinks while a training from nothing goes on."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.steps: int = options.steps
        self.rate: float = options.rate
        self.keep: float = options.keep
        self.seed: int = options.seed
        self.workers: int = options.workers
        self.batch: int = options.batch
        self.rough: float = options.rough
        self.conf: Path = options.conf
        self.out: Path = options.out
        self.slack = _SLACK

    def rate_at(self, step: int) -> float:
        """Rises over the first steps, stays, then falls along a cosine."""
        done = step / self.steps
        warm = min(1.0, (step + 1) / min(100, 1 + self.steps // 10))
        fall = 1.0 if done < 0.3 else max(0.02, 0.5 * (1 + math.cos(math.pi * (done - 0.3) / 0.7)))
        return self.rate * warm * fall


def train(start: Model, flat: bool, utterances: Sequence[Utterance], settings: Settings) -> Model:
    """The model after all steps; goes on where an interrupted run of the same folder stopped."""
    torch.manual_seed(settings.seed)
    settings.slack = _FIRST_SLACK if flat else _SLACK
    found = _prepared(utterances, start, settings, "start", flat)
    if not found:
        raise ValueError("none of the utterances can be used: are they Kyrgyz or Russian?")
    model = start
    if flat:
        followed = bigram(sequences(found), len(start.phones))
        model = Model(start.network, start.phones, start.mean, followed)
    anything = AnySounds(model.bigram)
    network = model.network
    teacher = None if flat else copy.deepcopy(network).eval().requires_grad_(False)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=1e-2)
    saved = settings.out / "training.pt"
    first = 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        first = int(state["step"])
        print(f"going on after step {first}", file=sys.stderr)
    rounds = [int(part * settings.steps) for part in _ROUNDS] if flat else []
    passed = sum(at < first for at in rounds)
    if passed:  # an interrupted run found the sounds anew before it stopped
        again = _prepared(utterances, model, settings, f"round-{passed}")
        found, settings.slack = _better(found, again, settings)
    batches = _stream(found, model, settings, first)
    began, seen = time.monotonic(), []
    for step in range(first, settings.steps):
        if step in rounds:
            again = _prepared(utterances, model, settings, f"round-{rounds.index(step) + 1}")
            found, settings.slack = _better(found, again, settings)
            batches = _stream(found, model, settings, step)
        network.train()
        if teacher is not None:
            network.freeze_norms()
        for group in optimizer.param_groups:
            group["lr"] = settings.rate_at(step)
        total, figures = loss(network, teacher, anything, next(batches), settings)
        optimizer.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        if torch.isfinite(torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)):
            optimizer.step()
        seen.append(figures)
        if step % 25 == 24 or step + 1 == settings.steps:
            information, right, away = np.mean(seen, 0)
            left = (time.monotonic() - began) / (step + 1 - first) * (settings.steps - step - 1)
            told = f"step {step + 1} of {settings.steps}: information {information:.3f}, "
            told += f"phones right {right:.2f}, from the start {away:.2f}, {left / 60:.1f} min left"
            print(told, file=sys.stderr, flush=True)
            seen.clear()
        if step % 50 == 49 or step + 1 == settings.steps:
            kept = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
            settings.out.mkdir(parents=True, exist_ok=True)
            torch.save({**kept, "step": step + 1}, saved.with_suffix(".part"))
            saved.with_suffix(".part").replace(saved)
            kaldi_files.write(model, settings.out, settings.conf.parent)
    return Model(network.eval(), model.phones, model.mean, model.bigram)


def _better(found: list[Piece], again: list[Piece], settings: Settings) -> tuple[list[Piece], int]:
    """The new pieces, unless a network that has learnt nothing yet lost half of them."""
    return (again, _SLACK) if len(again) * 2 > len(found) else (found, settings.slack)


def _prepared(
    utterances: Sequence[Utterance], model: Model, settings: Settings, name: str, flat: bool = False
) -> list[Piece]:
    """Looking for the sounds takes longest, so what was found is kept in the folder of the run."""
    file = settings.out / f"pieces-{name}.pickle"
    key = (settings.seed, flat, [(str(u.file), u.text) for u in utterances])
    if file.exists():
        stored, found = pickle.loads(file.read_bytes())
        if stored == key:
            return list(found)
    found = pieces(utterances, model, Mfcc(settings.conf), settings.seed, flat)
    settings.out.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pickle.dumps((key, found)))
    return found


def _as_it_is(made: list[Heard]) -> list[Heard]:
    return made


def _stream(
    found: Sequence[Piece], model: Model, settings: Settings, step: int
) -> Iterator[list[Heard]]:
    stream = Stream(
        found, model.mean, settings.conf, [settings.seed, step], settings.batch, settings.rough
    )
    loader = DataLoader(stream, batch_size=None, num_workers=settings.workers, collate_fn=_as_it_is)
    return iter(loader)


def nothing_known(utterances: Sequence[Utterance], like: Model, conf: Path, width: int) -> Model:
    """A network that knows nothing yet, with the phones of another and the mean of this speech."""
    mfcc = Mfcc(conf)
    some = [mfcc(load(utterance.file)) for utterance in utterances[:: len(utterances) // 200 + 1]]
    mean = np.concatenate(some).mean(0).astype(np.float64)
    network = Tdnn(len(like.phones), width * 6 // 7, width)
    return Model(network, like.phones, mean, like.bigram)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m models.training.train",
        description="Train on folders of speech and write a model that plain Vosk loads.",
        epilog="From nothing, as vosk-ky was: python -m models.training.train cv-corpus/ky "
        "--out /tmp/new --from-nothing --steps 4000 --rate 2e-3. Sturdier: leave out "
        "--from-nothing, take --rate 2e-4. An interrupted run goes on when started again.",
    )
    parser.add_argument(
        "folders", nargs="+", type=Path, help="Common Voice (train.tsv, clips/) or a manifest.tsv"
    )
    parser.add_argument("--out", type=Path, required=True, help="the folder of the new model")
    parser.add_argument("--split", default="train", help="Common Voice's table: train, validated")
    parser.add_argument("--start", type=Path, default=SHIPPED, help="the model to go on from")
    parser.add_argument("--from-nothing", action="store_true", help="take only its phones")
    parser.add_argument("--steps", type=int, default=1500, help="how many batches")
    parser.add_argument("--batch", type=int, default=48, help="pieces of a few words in a batch")
    parser.add_argument(
        "--width", type=int, default=224, help="of the layers, when training from nothing"
    )
    parser.add_argument("--rate", type=float, default=2e-4, help="learning rate at its highest")
    parser.add_argument(
        "--rough", type=float, default=0.9, help="share of pieces heard in noise, a hall, a line"
    )
    parser.add_argument(
        "--keep", type=float, default=0.1, help="how firmly it keeps to the start's quiet answers"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="for the network")
    parser.add_argument("--workers", type=int, default=1, help="processes that prepare sound")
    return parser


def main(words: Sequence[str] | None = None) -> None:
    parser = arguments()
    options = parser.parse_args(words)
    options.conf = options.start / "conf" / "mfcc.conf"
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    try:
        utterances = [u for folder in options.folders for u in corpus(folder, options.split)]
        start = kaldi_files.read(options.start)
    except (OSError, ValueError, KeyError) as error:
        parser.error(str(error))
    if options.from_nothing:
        torch.manual_seed(options.seed)
        start = nothing_known(utterances, start, options.conf, options.width)
    settings = Settings(options)
    model = train(start, options.from_nothing, utterances, settings)
    kaldi_files.write(model, settings.out, settings.conf.parent)
    print(settings.out)


if __name__ == "__main__":
    main()
