#!/usr/bin/env python3
"""Turn SMILES files into a training set for the pre-training tool.

Each molecule loses its stereo marks, is made neutral (protons added or removed; charges remain only where an atom and its neighbour
cancel, as in nitro groups, N-oxides and isocyanides), is written canonically by RDKit and kept once. What is dropped is counted by reason.
Whether a molecule is held back, or thinned out by --fade, follows from the hash of its canonical SMILES: neither depends on order.
"""
import argparse
import csv
import gzip
import hashlib
import json
import os
import re
import struct
import sys
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

from rdkit import Chem, RDConfig, RDLogger
from rdkit.Chem import Descriptors
from rdkit.Chem.FilterCatalog import FilterCatalog, FilterCatalogParams
from rdkit.Chem.MolStandardize import rdMolStandardize
from rdkit.Chem.rdMolDescriptors import CalcNumAtomStereoCenters

sys.path.append(os.path.join(RDConfig.RDContribDir, "SA_Score"))
import sascorer  # noqa: E402

RDLogger.DisableLog("rdApp.*")
TOKEN = re.compile(r"\[[^\]]+\]|Br|Cl|%\d\d|[BCNOSPFIbcnops]|[()=#\-+\\/:.~@?>*$]|\d")
SPECIAL = ["<pad>", "<bos>", "<eos>"]
ELEMENTS = {"H", "B", "C", "N", "O", "F", "P", "S", "Cl", "Br", "I"}
FADES = {
    "sa": sascorer.calculateScore,
    "weight": Descriptors.MolWt,
    "stereocentres": CalcNumAtomStereoCenters,
    "small-rings": lambda mol: sum(len(ring) < 5 for ring in mol.GetRingInfo().AtomRings()),
}
UNCHARGER = rdMolStandardize.Uncharger(canonicalOrder=True)


def read_smiles(path):
    with gzip.open(path, "rt") if path.endswith(".gz") else open(path) as lines:
        for number, line in enumerate(lines):
            field = re.split(r"[,\s]", line.strip())[0]
            if field and not (number == 0 and field == "smiles"):
                yield field


def standardise(smiles, limits, alerts):
    """Return (canonical SMILES, None) or (None, the reason for dropping it)."""
    mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        return None, "not parsed"
    if len(Chem.GetMolFrags(mol)) > 1:
        return None, "several components"
    if any(a.GetSymbol() not in ELEMENTS for a in mol.GetAtoms()):
        return None, "element"
    if any(a.GetIsotope() for a in mol.GetAtoms()):
        return None, "isotope"
    Chem.RemoveStereochemistry(mol)
    if any(a.GetFormalCharge() for a in mol.GetAtoms()):
        mol = Chem.MolFromSmiles(Chem.MolToSmiles(UNCHARGER.uncharge(mol)))
    if mol is None:
        return None, "not parsed after neutralisation"
    if any(a.GetNumRadicalElectrons() for a in mol.GetAtoms()):
        return None, "radical"
    for atom in mol.GetAtoms():
        charge = atom.GetFormalCharge()
        if charge and not any(n.GetFormalCharge() * charge < 0 for n in atom.GetNeighbors()):
            return None, "charged"
    if mol.GetNumHeavyAtoms() > limits["heavy"]:
        return None, "too many atoms"
    if any(alert(mol) for alert in alerts):
        return None, "structural alert"
    canonical = Chem.MolToSmiles(mol)
    for name, kept, gone in limits["fades"]:
        if chance(canonical, name) >= (gone - FADES[name](mol)) / (gone - kept):
            return None, f"fading {name}"
    if len(TOKEN.findall(canonical)) > limits["tokens"]:
        return None, "too many tokens"
    return canonical, None


def read_alerts(path):
    with open(path) as file:
        return json.load(file) if path.endswith(".json") else list(csv.DictReader(file))


def alert_tests(catalogues, files):
    tests = []
    for name in catalogues:
        parameters = FilterCatalogParams()
        parameters.AddCatalog(FilterCatalogParams.FilterCatalogs.names[name])
        tests.append(FilterCatalog(parameters).HasMatch)
    patterns = [Chem.MolFromSmarts(row["smarts"]) for path in files for row in read_alerts(path)]
    if patterns:
        tests.append(lambda mol: any(mol.HasSubstructMatch(p) for p in patterns))
    return tests


def start_worker(limits, catalogues, files):
    global LIMITS, ALERTS
    LIMITS, ALERTS = limits, alert_tests(catalogues, files)


def work(smiles):
    return standardise(smiles, LIMITS, ALERTS)


def chance(smiles, salt):
    """From 0 to 1, even over molecules, and the same in every run."""
    return int.from_bytes(hashlib.sha256(f"{salt} {smiles}".encode()).digest()[:4], "little") / 2**32


def held_back(smiles, percent):
    return int.from_bytes(hashlib.sha256(smiles.encode()).digest()[:4], "little") % 100 < percent


def fade(text):
    name, kept, gone = text.split(":")
    if name not in FADES or kept == gone:
        raise ValueError
    return name, float(kept), float(gone)


def drop_rare(molecules, minimum, given, dropped):
    """Keep molecules of the given vocabulary, or of one made from the tokens that are seen often enough."""
    tokens = {s: TOKEN.findall(s) for s in molecules}
    counts = Counter(t for s in tokens.values() for t in s)
    common = set(given) if given else {t for t, n in counts.items() if n >= minimum}
    kept = [s for s in molecules if all(t in common for t in tokens[s])]
    dropped["rare token"] += len(molecules) - len(kept)
    return kept, given or SPECIAL + sorted({t for s in kept for t in tokens[s]})


def write_tokens(path, vocabulary, train, held):
    """int32 V, molecules, held-back molecules; then for each molecule (held-back ones first) a length byte and token bytes."""
    ids = {t: i for i, t in enumerate(vocabulary)}
    with open(path, "wb") as out:
        out.write(struct.pack("<iii", len(vocabulary), len(train) + len(held), len(held)))
        for smiles in held + train:
            tokens = [ids[t] for t in TOKEN.findall(smiles)]
            out.write(bytes([len(tokens)] + tokens))


def standard_options():
    """The options that say which molecules are kept."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--max-tokens", type=int, default=70)
    options.add_argument("--max-heavy", type=int, default=50)
    options.add_argument("--fade", nargs="*", type=fade, default=[], metavar="NAME:KEPT:GONE",
                         help="sa (score), weight (dalton), stereocentres or small-rings (of three or four atoms; both numbers): "
                              "keep all molecules at KEPT, none at GONE, and between them a share that falls evenly")
    options.add_argument("--catalogues", nargs="*", default=[], help="RDKit filter catalogues (PAINS BRENK NIH …): drop molecules that match")
    options.add_argument("--alerts", nargs="*", default=[], help="CSV files with a smarts column, or JSON such as resources/filters/reactive.json: drop molecules that match")
    options.add_argument("--processes", type=int, default=2)
    return options


def standard(args):
    return {"heavy": args.max_heavy, "tokens": args.max_tokens, "fades": args.fade}, args.catalogues, args.alerts


def main():
    options = argparse.ArgumentParser(description=__doc__, parents=[standard_options()])
    options.add_argument("inputs", nargs="+", help=".smi or .csv (first column), may be gzipped")
    options.add_argument("--out", required=True)
    options.add_argument("--min-count", type=int, default=50, help="drop molecules with tokens rarer than this")
    options.add_argument("--held-back", type=int, default=5, help="percent kept out of training")
    options.add_argument("--vocabulary", help="vocabulary.json of the model that training goes on from, in place of --min-count")
    args = options.parse_args()
    smiles = [s for path in args.inputs for s in read_smiles(path)]
    dropped, molecules = Counter(), set()
    with Pool(args.processes, start_worker, standard(args)) as pool:
        for canonical, reason in pool.imap(work, smiles, chunksize=1000):
            if reason is None and canonical in molecules:
                reason = "duplicate"
            if reason:
                dropped[reason] += 1
            else:
                molecules.add(canonical)
    given = json.loads(Path(args.vocabulary).read_text()) if args.vocabulary else []
    kept, vocabulary = drop_rare(sorted(molecules), args.min_count, given, dropped)
    held = [s for s in kept if held_back(s, args.held_back)]
    train = [s for s in kept if not held_back(s, args.held_back)]
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "train.smi").write_text("\n".join(train) + "\n")
    (out / "held-back.smi").write_text("\n".join(held) + "\n")
    (out / "vocabulary.json").write_text(json.dumps(vocabulary) + "\n")
    write_tokens(out / "tokens.bin", vocabulary, train, held)
    sources = {Path(p).name: hashlib.sha256(Path(p).read_bytes()).hexdigest() for p in args.inputs}
    report = {"sources": sources, "read": len(smiles), "dropped": dict(dropped), "train": len(train), "heldBack": len(held),
              "tokens": sum(len(TOKEN.findall(s)) + 1 for s in train), "vocabulary": len(vocabulary)}
    (out / "report.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
