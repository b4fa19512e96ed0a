"""Builds resources/dispersion/hf-3c.json and resources/basis/minix.json, H to Ar.

Usage: pip install basis_set_exchange==0.12 && pip download --no-deps tad-mctc==0.8.0 && python tools/dispersion/hf3c.py tad_mctc-*.whl resources

Numbers that are from neither are those of the articles named in the files' SOURCE.
"""
import json
import math
import struct
import sys
import zipfile

import basis_set_exchange

SYMBOLS = "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar".split()
# Of MINIX: what a basis set lacks of each atom's Hartree-Fock energy, Hartree, and how many functions it has (Sure and Grimme 2013).
MISSING = [
    0.042400, 0.028324, 0.177871, 0.171596, 0.224237, 0.279950, 0.357906, 0.479012, 0.638518, 0.832349,
    1.114110, 1.271150, 1.446950, 1.610980, 1.766610, 1.988230, 2.228450, 2.487960,
]
FUNCTIONS = [1, 1, 5, 5, 5, 5, 5, 5, 5, 5, 9, 9, 14, 14, 14, 14, 14, 14]
# Slater exponents of the valence shells, s and p; the mean counts (Kruse and Grimme 2012).
S = [
    1.2000, 1.6469, 0.6534, 1.0365, 1.3990, 1.7210, 2.0348, 2.2399, 2.5644, 2.8812,
    0.8675, 1.1935, 1.5143, 1.7580, 1.9860, 2.1362, 2.3617, 2.5796,
]
P = [
    None, None, 0.5305, 0.8994, 1.2685, 1.6105, 1.9398, 2.0477, 2.4022, 2.7421,
    0.6148, 0.8809, 1.1660, 1.4337, 1.6755, 1.7721, 2.0176, 2.2501,
]


# Exponents that MINIX adds to MINIS: l and the exponent (Sure and Grimme 2013).
ADDED = {
    "Li": (1, 0.1), "Be": (1, 0.25), "Na": (1, 0.05), "Mg": (1, 0.2),
    "Al": (2, 0.3), "Si": (2, 0.35), "P": (2, 0.45), "S": (2, 0.55), "Cl": (2, 0.65), "Ar": (2, 0.696),
}


def pair_radii(wheel):
    """Cut-off radii of pairs, of the lower triangle of elements, Angstrom: a zip with one array of doubles, read without PyTorch."""
    with zipfile.ZipFile(wheel) as files, zipfile.ZipFile(files.open("tad_mctc/data/vdw-pairwise.pt")) as tensor:
        (name,) = [name for name in tensor.namelist() if name.endswith("data/0")]
        data = tensor.read(name)
    values = struct.unpack(f"<{len(data) // 8}d", data)
    n = math.isqrt(len(values))
    # They are in bohr, in single precision, of numbers with four digits in Angstrom.
    return [[round(values[a * n + b] * 0.529177210544, 4) for b in range(1, a + 1)] for a in range(1, len(SYMBOLS) + 1)]


def shells(symbol, element):
    """MINIS, and what is added to it."""
    own = [
        {
            "l": shell["angular_momentum"][0],
            "exponents": [float(x) for x in shell["exponents"]],
            "coefficients": [float(x) for x in shell["coefficients"][0]],
        }
        for shell in element["electron_shells"]
    ]
    if symbol in ADDED:
        l, exponent = ADDED[symbol]
        own.append({"l": l, "exponents": [exponent], "coefficients": [1.0]})
    return own


def main(wheel, resources):
    radii = pair_radii(wheel)
    elements = {
        symbol: {
            "missing_hartree": MISSING[k],
            "functions": FUNCTIONS[k],
            "slaterExponent": round(S[k] if P[k] is None else (S[k] + P[k]) / 2, 6),
        }
        for k, symbol in enumerate(SYMBOLS)
    }
    rows = ",\n".join(f"    {json.dumps(name)}: {json.dumps(element)}" for name, element in elements.items())
    pairs = ",\n".join("    " + json.dumps(row) for row in radii)
    with open(f"{resources}/dispersion/hf-3c.json", "w") as file:
        file.write(f'{{\n  "elements": {{\n{rows}\n  }},\n  "pairRadii_angstrom": [\n{pairs}\n  ]\n}}\n')
    minis_set = basis_set_exchange.get_basis("Scaled MINI", elements=list(range(1, len(SYMBOLS) + 1)))["elements"]
    minix = {symbol: shells(symbol, minis_set[str(k + 1)]) for k, symbol in enumerate(SYMBOLS)}
    basis = ",\n".join(
        f'  "{symbol}": [\n' + ",\n".join(f"   {json.dumps(shell)}" for shell in own) + "\n  ]"
        for symbol, own in minix.items()
    )
    reference = "Sure, R., Grimme, S., J. Comput. Chem. 34, 1672-1685 (2013), doi:10.1002/jcc.23317"
    minis = "Tatewaki, H., Huzinaga, S., J. Comput. Chem. 1, 205-228 (1980), doi:10.1002/jcc.540010302"
    with open(f"{resources}/basis/minix.json", "w") as file:
        file.write(
            f'{{\n "name": "MINIX",\n "functions": "pure",\n "references": [\n   "{reference}",\n   "{minis}"\n ],\n "elements": {{\n{basis}\n }}\n}}\n'
        )


main(*sys.argv[1:])
