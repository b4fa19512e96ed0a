"""Builds resources/dispersion/d3.json from the wheels tad-dftd3 and tad-mctc of PyPI (Apache-2.0): the reference systems of DFT-D3, H to Xe.

Usage: pip download --no-deps tad-dftd3==0.7.0 tad-mctc==0.8.0 && python tools/dispersion/build.py tad_dftd3-*.whl tad_mctc-*.whl resources/dispersion/d3.json

The tensors are read without PyTorch: reference-c6.pt is a zip with one array of doubles.
"""
import ast
import json
import struct
import sys
import zipfile

LAST = 54
ELEMENTS, SLOTS = 104, 7
SYMBOLS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr "
    "Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe"
).split()


def lists(source):
    """Every list of numbers in a Python file, in order."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.List):
            try:
                yield ast.literal_eval(node)
            except ValueError:
                pass


def longest(source, holds=lambda row: True):
    return max((row for row in lists(source) if holds(row)), key=len)


def main(dftd3, mctc, target):
    with zipfile.ZipFile(dftd3) as wheel:
        counts = longest(wheel.read("tad_dftd3/reference.py"), lambda row: row and isinstance(row[0], list))
        r4_over_r2 = longest(wheel.read("tad_dftd3/data/r4r2.py"))
        with zipfile.ZipFile(wheel.open("tad_dftd3/reference-c6.pt")) as tensor:
            c6 = struct.unpack(f"<{(ELEMENTS * SLOTS) ** 2}d", tensor.read("archive/data/0"))
    with zipfile.ZipFile(mctc) as wheel:
        source = wheel.read("tad_mctc/data/radii.py").decode()
        radii = longest(source[source.index("_COV_2009 = ["):source.index("t = torch.tensor(_COV_2009")].strip())
    elements = {}
    references = []
    for z in range(1, LAST + 1):
        known = [(slot, cn) for slot, cn in enumerate(counts[z]) if cn >= 0]
        elements[SYMBOLS[z - 1]] = {
            "covalentRadius_angstrom": radii[z],
            "r4OverR2_au": r4_over_r2[z],
            "coordinationNumbers": [cn for _, cn in known],
        }
        references += [(z, slot) for slot, _ in known]
    rows = [
        [c6[((z * ELEMENTS + w) * SLOTS + i) * SLOTS + j] for w, j in references[: k + 1]]
        for k, (z, i) in enumerate(references)
    ]
    assert all(value > 0 for row in rows for value in row)
    text = ",\n".join(f"    {json.dumps(name)}: {json.dumps(element)}" for name, element in elements.items())
    matrix = ",\n".join("    " + json.dumps(row, separators=(",", ":")) for row in rows)
    with open(target, "w") as file:
        file.write(f'{{\n  "elements": {{\n{text}\n  }},\n  "c6_au": [\n{matrix}\n  ]\n}}\n')


main(*sys.argv[1:])
