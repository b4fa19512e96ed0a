"""Builds resources/filters from the RDKit wheel of PyPI: alert SMARTS, QED parameters, SA-score fragments.

Usage: python -m venv V && V/bin/pip install rdkit==2026.9.1 pyelftools && V/bin/python tools/filters/build.py resources/filters

The SMARTS of the PAINS, Brenk and NIH catalogues are compiled into libRDKitFilterCatalog as arrays of
{ const char *name, *smarts; size_t max; const char *comment }; they are read from there by following the relocations,
and hydrogens are merged into their heavy atoms as RDKit's own FilterCatalog does.
"""
import glob
import gzip
import json
import os
import pickle
import struct
import sys

import rdkit
from elftools.elf.elffile import ELFFile
from rdkit import Chem, RDConfig
from rdkit.Chem import QED
from rdkit.Chem import FilterCatalog as fc

R_X86_64_RELATIVE = 8
RECORD_BYTES = 32
CATALOGUES = [("pains", "PAINS_A"), ("pains", "PAINS_B"), ("pains", "PAINS_C"), ("brenk", "BRENK"), ("nih", "NIH")]


class SharedObject:
    def __init__(self, path):
        self.file = open(path, "rb")
        elf = ELFFile(self.file)
        self.segments = [s for s in elf.iter_segments() if s["p_type"] == "PT_LOAD"]
        self.pointers = {
            r["r_offset"]: r["r_addend"]
            for r in elf.get_section_by_name(".rela.dyn").iter_relocations()
            if r["r_info_type"] == R_X86_64_RELATIVE
        }

    def bytes(self, address, count):
        for s in self.segments:
            if s["p_vaddr"] <= address < s["p_vaddr"] + s["p_filesz"]:
                self.file.seek(s["p_offset"] + address - s["p_vaddr"])
                return self.file.read(count)
        return b"\0"

    def string(self, pointer_address):
        """The C string that the pointer stored at this address points to; None where there is no pointer."""
        if pointer_address not in self.pointers:
            return None
        return self.bytes(self.pointers[pointer_address], 8192).split(b"\0")[0].decode("latin-1")


def alert_entries(library, catalogue):
    catalog = fc.FilterCatalog(fc.FilterCatalogParams(getattr(fc.FilterCatalogParams.FilterCatalogs, catalogue)))
    names = [catalog.GetEntryWithIdx(i).GetDescription() for i in range(catalog.GetNumEntries())]
    starts = [
        a
        for a in library.pointers
        if library.string(a) == names[0]
        and all(library.string(a + RECORD_BYTES * i) == name for i, name in enumerate(names))
    ]
    assert starts, f"no table of {catalogue} found"
    for i, name in enumerate(names):
        at = starts[0] + RECORD_BYTES * i
        assert struct.unpack("<q", library.bytes(at + 16, 8))[0] == 0, f"{name}: a count is not handled"
        yield name, Chem.MolToSmarts(Chem.MolFromSmarts(library.string(at + 8), mergeHs=True))


def write_alerts(folder):
    path = glob.glob(os.path.join(os.path.dirname(rdkit.__file__), "..", "rdkit.libs", "libRDKitFilterCatalog*"))[0]
    library = SharedObject(path)
    alerts = [
        {"catalogue": ours, "set": theirs, "name": name, "smarts": smarts}
        for ours, theirs in CATALOGUES
        for name, smarts in alert_entries(library, theirs)
    ]
    write_json(os.path.join(folder, "alerts.json"), alerts)


def write_qed(folder):
    qed = {
        "weights": QED.WEIGHT_MEAN._asdict(),
        "desirability": {name: p._asdict() for name, p in QED.adsParameters.items()},
        "acceptorSmarts": QED.AcceptorSmarts,
        "alertSmarts": QED.StructuralAlertSmarts,
    }
    write_json(os.path.join(folder, "qed.json"), qed)


def leb128(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return out


def write_sa_fragments(folder):
    """"SAF2", u32 fragments, u32 scores, f64 scores; LEB128 deltas of the sorted ids; LEB128 index of each id's score."""
    with gzip.open(os.path.join(RDConfig.RDContribDir, "SA_Score", "fpscores.pkl.gz")) as f:
        score_of = {i: float(row[0]) for row in pickle.load(f) for i in row[1:]}
    ids = sorted(score_of)
    scores = sorted(set(score_of.values()))
    index = {s: k for k, s in enumerate(scores)}
    blob = bytearray(struct.pack(f"<4sII{len(scores)}d", b"SAF2", len(ids), len(scores), *scores))
    for previous, i in zip([0] + ids, ids):
        blob += leb128(i - previous)
    for i in ids:
        blob += leb128(index[score_of[i]])
    with open(os.path.join(folder, "sa-fragments.bin.gz"), "wb") as f:
        f.write(gzip.compress(bytes(blob), 9, mtime=0))


def write_json(path, value):
    if isinstance(value, list):
        text = "[\n" + ",\n".join(json.dumps(v) for v in value) + "\n]\n"
    else:
        text = json.dumps(value, indent=1) + "\n"
    with open(path, "w") as f:
        f.write(text)


if __name__ == "__main__":
    for write in (write_alerts, write_qed, write_sa_fragments):
        write(sys.argv[1])
