#!/usr/bin/env python3
"""Run `ansatz-train polish …` and judge its samples.

A sample that prepare.py would have dropped costs --pressure nats. For the others, each descriptor costs --match nats a standard deviation along its
Kantorovich potential: the mean cost is then --match times the Wasserstein-1 distance of the samples from the training set, in standard deviations.

    judge.py vocabulary.json train.smi [limits and alerts as for prepare.py] -- ansatz-train polish tokens.bin …
"""
import argparse
import json
import random
import subprocess
import sys
from multiprocessing import Pool
from pathlib import Path

import numpy
from rdkit import Chem
from rdkit.Chem import Crippen, Descriptors, QED

import prepare
from prepare import sascorer

DESCRIPTORS = [Crippen.MolLogP, sascorer.calculateScore, QED.qed, Descriptors.MolWt]
QUANTILES = 100
REFERENCE = 40_000   # molecules of the training set
MEMORY = 6_000       # samples that the present distribution is an average of, about
EVEN = 0.02          # from this difference of the cumulative shares on the potential is as steep as it may be
REPORT = 50          # steps between reports


def describe(smiles):
    mol = Chem.MolFromSmiles(smiles)
    return [f(mol) for f in DESCRIPTORS]


def judge(smiles):
    """The descriptors of a sample that passes, else None; the SA score knows none of the empty string."""
    canonical, reason = prepare.work(smiles)
    return describe(canonical) if canonical else None


class Distance:
    """The distribution of one descriptor over the latest samples, and how far it lies from that of the training set."""

    def __init__(self, reference):
        self.edges = numpy.quantile(reference, numpy.arange(1, QUANTILES) / QUANTILES)
        self.width = numpy.diff(self.edges) / numpy.std(reference)
        self.expected = numpy.searchsorted(numpy.sort(reference), self.edges, side="right") / len(reference)
        self.counts = numpy.zeros(QUANTILES)

    def excess(self):
        """The cumulative share of the training set less that of the samples, between neighbouring edges."""
        difference = self.expected - self.counts.cumsum()[:-1] / self.counts.sum()
        return (difference[1:] + difference[:-1]) / 2

    def take(self, values):
        self.counts *= max(0, 1 - len(values) / MEMORY)
        self.counts += numpy.bincount(numpy.searchsorted(self.edges, values), minlength=QUANTILES)

    def potential(self, values):
        slopes = numpy.clip(self.excess() / EVEN, -1, 1) * self.width
        return numpy.interp(values, self.edges, numpy.concatenate([[0], slopes.cumsum()]))

    def wasserstein(self):
        """In standard deviations of the training set."""
        return (abs(self.excess()) * self.width).sum()


def main():
    split = sys.argv.index("--")
    options = argparse.ArgumentParser(description=__doc__, parents=[prepare.standard_options()])
    options.add_argument("vocabulary")
    options.add_argument("train", help="the training set's SMILES")
    options.add_argument("--pressure", type=float, default=16)
    options.add_argument("--match", type=float, default=2)
    args = options.parse_args(sys.argv[1:split])
    vocabulary = json.loads(Path(args.vocabulary).read_text())
    command = sys.argv[split + 1:]
    samples_a_step = int(command[-1])
    train = Path(args.train).read_text().split()
    with Pool(args.processes, prepare.start_worker, prepare.standard(args)) as pool:
        reference = pool.map(describe, random.Random(1).sample(train, min(REFERENCE, len(train))), chunksize=500)
        distances = [Distance(numpy.array(column)) for column in zip(*reference)]
        trainer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        steps = failed = 0
        while lines := [line for _, line in zip(range(samples_a_step), trainer.stdout)]:
            smiles = ["".join(vocabulary[int(i)] for i in line.split()) for line in lines]
            found = pool.map(judge, smiles, chunksize=16)
            potential = 0
            for distance, values in zip(distances, zip(*(row for row in found if row))):
                distance.take(values)
                potential = potential + distance.potential(values)
            passed = iter(args.match * potential)
            costs = [next(passed) if row else args.pressure for row in found]
            trainer.stdin.write(" ".join(f"{cost:.4g}" for cost in costs) + "\n")
            trainer.stdin.flush()
            steps, failed = steps + 1, failed + found.count(None)
            if steps % REPORT == 0:
                apart = ", ".join(f"{distance.wasserstein():.4f}" for distance in distances)
                print(f"failing share {failed / REPORT / samples_a_step:.4f}, distances {apart}", file=sys.stderr, flush=True)
                failed = 0
    sys.exit(trainer.wait())


if __name__ == "__main__":
    main()
