#!/usr/bin/env python3
"""Run `ansatz-train polish …` and judge its samples: one passes when prepare.py would have kept it.

    judge.py VOCABULARY [limits and alerts as for prepare.py] -- ansatz-train polish tokens.bin …
"""
import argparse
import json
import subprocess
import sys
from multiprocessing import Pool
from pathlib import Path

import prepare


def passes(smiles):
    return prepare.work(smiles)[1] is None


def main():
    split = sys.argv.index("--")
    options = argparse.ArgumentParser(description=__doc__, parents=[prepare.standard_options()])
    options.add_argument("vocabulary")
    args = options.parse_args(sys.argv[1:split])
    vocabulary = json.loads(Path(args.vocabulary).read_text())
    command = sys.argv[split + 1:]
    samples_a_step = int(command[-2])  # … SAMPLES PRESSURE
    trainer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with Pool(args.processes, prepare.start_worker, prepare.standard(args)) as pool:
        while lines := [line for _, line in zip(range(samples_a_step), trainer.stdout)]:
            smiles = ["".join(vocabulary[int(i)] for i in line.split()) for line in lines]
            trainer.stdin.write("".join("01"[good] for good in pool.map(passes, smiles, chunksize=16)) + "\n")
            trainer.stdin.flush()
    sys.exit(trainer.wait())


if __name__ == "__main__":
    main()
