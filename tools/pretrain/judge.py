#!/usr/bin/env python3
"""Run `ansatz-train polish …` and judge its samples.

A sample that prepare.py would have dropped costs --pressure nats. The others cost, for each descriptor, --match times the log of how much more often
its value is met among the samples than in the training set: their mean cost is --match times the relative entropy of the two distributions.

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
QUANTILES = 40
REFERENCE = 40_000   # molecules of the training set
MEMORY = 20_000      # samples that the present distribution is an average of, about
REPORT = 50          # steps between reports


def describe(smiles):
    mol = Chem.MolFromSmiles(smiles)
    return [f(mol) for f in DESCRIPTORS]


def judge(smiles):
    """The descriptors of a sample that passes, else None; the SA score knows none of the empty string."""
    canonical, reason = prepare.work(smiles)
    return describe(canonical) if canonical else None


class Distribution:
    """The distribution of one descriptor over the latest samples beside that over the training set."""

    def __init__(self, reference):
        self.edges = numpy.quantile(reference, numpy.arange(1, QUANTILES) / QUANTILES)
        self.width = numpy.diff(self.edges) / numpy.std(reference)
        self.expected = self.count(reference) / len(reference)
        self.counts = numpy.zeros(QUANTILES)

    def bins(self, values):
        return numpy.searchsorted(self.edges, values)

    def count(self, values):
        return numpy.bincount(self.bins(values), minlength=QUANTILES)

    def take(self, values):
        self.counts *= max(0, 1 - len(values) / MEMORY)
        self.counts += self.count(values)

    def excess(self, values):
        """log of the share that the samples have of a value's bin less that of the training set; its mean over the samples is the relative entropy."""
        shares = (self.counts + self.expected) / (self.counts.sum() + 1)
        return numpy.log(shares / self.expected)[self.bins(values)]

    def wasserstein(self):
        """The distance of the two, in standard deviations of the training set."""
        difference = (self.counts / self.counts.sum() - self.expected).cumsum()[:-1]
        return (abs(difference[1:] + difference[:-1]) / 2 * self.width).sum()


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
        distributions = [Distribution(numpy.array(column)) for column in zip(*reference)]
        trainer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        steps = failed = 0
        while lines := [line for _, line in zip(range(samples_a_step), trainer.stdout)]:
            smiles = ["".join(vocabulary[int(i)] for i in line.split()) for line in lines]
            found = pool.map(judge, smiles, chunksize=16)
            excess = 0
            for distribution, values in zip(distributions, zip(*(row for row in found if row))):
                distribution.take(values)
                excess = excess + distribution.excess(values)
            passed = iter(args.match * excess)
            costs = [next(passed) if row else args.pressure for row in found]
            trainer.stdin.write(" ".join(f"{cost:.4g}" for cost in costs) + "\n")
            trainer.stdin.flush()
            steps, failed = steps + 1, failed + found.count(None)
            if steps % REPORT == 0:
                apart = ", ".join(f"{d.wasserstein():.4f}" for d in distributions)
                print(f"failing share {failed / REPORT / samples_a_step:.4f}, distances {apart}", file=sys.stderr, flush=True)
                failed = 0
    sys.exit(trainer.wait())


if __name__ == "__main__":
    main()
