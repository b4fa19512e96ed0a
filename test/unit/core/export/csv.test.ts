import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv } from "#core/export/csv.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { asEvaluation, asIonisation } from "../vertical-ionisation.ts";
import { disputed, openStereo, ownRow, row, sampled, unrecordedStereo, verdict } from "./rows.ts";

/** A reader of its own (RFC 4180), so that the writer is not checked by itself. */
function parse(text: string): Record<string, string>[] {
  const cells: string[][] = [[]];
  let at = 0;
  const cell = (): string => {
    if (text[at] !== '"') {
      const end = text.slice(at).search(/[,\n]/);
      const plain = text.slice(at, at + end);
      at += end;
      return plain;
    }
    let value = "";
    for (at++; ; at++) {
      if (text[at] !== '"') value += text[at];
      else if (text[at + 1] === '"') value += text[at++];
      else break;
    }
    at++;
    return value;
  };
  while (at < text.length) {
    cells.at(-1)!.push(cell());
    if (text[at++] === "\n" && at < text.length) cells.push([]);
  }
  const [names, ...lines] = cells;
  return lines.map((line) => Object.fromEntries(names!.map((name, i) => [name, line[i]!])));
}

describe("CSV", () => {
  it("says what a number was chosen from", () => {
    const one = row(1);
    const evaluation = {
      ...one.candidate.evaluation!,
      alternatives: [
        { name: "conformer 1", value: 0.4, weight: 0.75 },
        { name: "conformer 2", value: null, weight: 0.25, remark: "not converged" },
      ],
    };
    const [line] = parse(toCsv([{ ...one, candidate: { ...one.candidate, evaluation } }]));
    expect(line!.alternatives).toBe(
      "conformer 1 10.885 eV, share 75.0 %; conformer 2 without a number, share 25.0 %, not converged",
    );
    expect(parse(toCsv([one]))[0]).not.toHaveProperty("alternatives");
  });

  it("has columns of an active space where something is computed in one", () => {
    const asked = (property: string) => {
      const one = row(1, { evaluation: null });
      const settings = CampaignSettings.parse({ name: "a", evaluation: { property } });
      return toCsv([{ ...one, campaign: { ...one.campaign, settings } }]).split("\n")[0]!;
    };
    const names = /vqe|casci|active_space|ansatz/;
    expect(asked("proton-affinity")).not.toMatch(names);
    expect(asked("vertical-ionisation-energy")).toMatch(names);
    expect(toCsv([row(1)]).split("\n")[0]).toContain("vqe_minus_casci_millihartree");
  });

  it("has names, electrons and columns of a person's own molecules after its own columns", () => {
    const data = { "IE/eV": "12,62", rank: "7", note: "=1+1" };
    const csv = toCsv([
      ownRow(3, { name: "ethanol, dry", data }),
      ownRow(4, { name: null, data: {} }, { electrons: { charge: -1, multiplicity: 2 } }),
    ]);
    expect(parse(csv)).toMatchObject([
      {
        rank: "1",
        name: "ethanol, dry",
        row: "4",
        charge: "0",
        multiplicity: "1",
        "IE/eV": "12,62",
        "rank (given)": "7",
        note: "'=1+1",
        model: "",
      },
      { name: "", row: "5", charge: "-1", multiplicity: "2", "IE/eV": "", "rank (given)": "", note: "" },
    ]);
    expect(toCsv([row(0)])).not.toContain("multiplicity");
  });

  it("says why the filter took a molecule out", () => {
    const rejection = { rule: "element", detail: "Xe" } as const;
    const [filteredOut, passed] = parse(toCsv([row(0, { rejection }), row(1)]));
    expect(filteredOut).toMatchObject({ rejection_detail: "Xe" });
    expect(passed).toMatchObject({ rejection_detail: "" });
  });

  it("says what a wet-lab team and an auditor ask, with units in the names", () => {
    const [line] = parse(toCsv([row(0, { review: verdict("good", "shortlist", "novel scaffold") })]));
    expect(line).toMatchObject({
      rank: "1",
      canonical_smiles: "CCO",
      inchikey: "LFQSCWFLJHTTHZ-UHFFFAOYSA-N",
      formula: "C2H6O",
      exact_mass_dalton: "46.04186",
      vertical_ie_vqe_hartree: "0.4",
      vertical_ie_vqe_ev: "10.884554",
      vertical_ie_casci_ev: "10.884527",
      vqe_minus_casci_millihartree: "0.001",
      vqe_minus_casci_kcal_per_mol: "0.000628",
      evaluation: "converged",
      model: "small-organics",
      model_sha256: "a".repeat(64),
      seed: "7",
      temperature: "0.9",
      nll_nat: "5.25",
      basis: "6-31g",
      active_space: "4e,4o",
      ansatz: "uccsd",
      verdict: "shortlist",
      verdict_reason: "novel scaffold",
      reviewer: "Reviewer 1",
      comment: "good",
      program: "ansatz 0.1.0",
    });
  });

  it("says where numbers are that are not at the exported geometry, on each level, and nothing of it elsewhere", () => {
    const made = row(0);
    const evaluation = {
      ...made.campaign.settings.evaluation,
      relaxed: "hartree-fock" as const,
      conformers: 5,
    };
    const { relaxed: _, conformers: __, ...plain } = evaluation;
    const settings = { ...made.campaign.settings, evaluation, rungs: [{ ...plain, keep: 3, conformers: 1 }] };
    const moved = (rung: number) => ({
      ...made,
      campaign: { ...made.campaign, settings },
      candidate: { ...made.candidate, rung },
    });
    expect(parse(toCsv([moved(1)]))[0]!.evaluated_geometry).toBe(
      "at Hartree–Fock/6-31G* geometries, averaged over up to 5 conformers",
    );
    // A rung that says nothing of it relaxes as the campaign does.
    expect(parse(toCsv([moved(0)]))[0]!.evaluated_geometry).toBe("at Hartree–Fock/6-31G* geometries");
    expect(toCsv([made])).not.toContain("evaluated_geometry");
    const at = "at the Hartree–Fock/STO-3G minimum";
    const attempts = [
      { at: "at the geometry that was asked for", problem: "the field did not converge" },
      { at, problem: null },
    ];
    const elsewhere = { ...made.candidate, evaluation: { ...made.candidate.evaluation!, attempts } };
    const rows = parse(toCsv([made, { ...made, candidate: elsewhere }]));
    expect(rows.map(({ evaluated_geometry }) => evaluated_geometry)).toEqual(["", at]);
  });

  it("names the basis set of the numbers, not the one in which their molecule was relaxed", () => {
    const one = row(1);
    const evaluation = structuredClone(one.candidate.evaluation!);
    const [name, molecule] = Object.entries(evaluation.states)[0]!;
    const optimisation = { outcome: "converged" };
    const relaxed = { ...evaluation, states: { [name]: { ...molecule, basis: "6-31G*", optimisation } } };
    const settings = structuredClone(one.campaign.settings);
    settings.evaluation.basis = "6-31+g**";
    const moved = {
      campaign: { ...one.campaign, settings },
      candidate: { ...one.candidate, evaluation: relaxed as typeof evaluation },
    };
    expect(parse(toCsv([{ ...one, ...moved }]))[0]!.basis).toBe("6-31+g**");
  });

  it("writes into each column its own number", () => {
    /** Every number of a row made unlike any other, so that none can stand in another's place. */
    const { candidate } = row(0, sampled);
    const evaluation = asIonisation(structuredClone(candidate.evaluation!));
    evaluation.vertical_hartree = 0.31;
    evaluation.verticalCasci_hartree = 0.32;
    evaluation.koopmans_hartree = 0.33;
    evaluation.neutral.vqe!.gradientNorm = 1.5e-7;
    evaluation.cation!.vqe.gradientNorm = 2.5e-7;
    evaluation.neutral.vqe!.seed = 98;
    const descriptors = {
      ...candidate.descriptors!,
      ...{
        heavyAtoms: 21,
        rotatableBonds: 22,
        ringCount: 23,
        hydrogenBondDonors: 24,
        hydrogenBondAcceptors: 25,
      },
      ...{
        logP: 2.6,
        tpsa_angstrom2: 27,
        qed: 0.28,
        saScore: 2.9,
        molecularWeight_dalton: 61,
        exactMass_dalton: 60.5,
      },
    };
    const [line] = parse(
      toCsv([
        row(0, {
          ...sampled,
          evaluation: asEvaluation(evaluation),
          descriptors,
          rank: 5,
          vqeMinusCasci_hartree: 7e-4,
        }),
      ]),
    );
    expect(line).toMatchObject({
      rank: "5",
      exact_mass_dalton: "60.5",
      molecular_weight_dalton: "61",
      heavy_atoms: "21",
      rotatable_bonds: "22",
      rings: "23",
      h_bond_donors: "24",
      h_bond_acceptors: "25",
      logp: "2.6",
      tpsa_angstrom2: "27",
      qed: "0.28",
      sa_score: "2.9",
      vertical_ie_vqe_hartree: "0.31",
      vertical_ie_vqe_ev: "8.43553",
      vertical_ie_casci_hartree: "0.32",
      vertical_ie_casci_ev: "8.707644",
      koopmans_ie_ev: "8.979757",
      vqe_minus_casci_millihartree: "0.7",
      vqe_minus_casci_kcal_per_mol: "0.439257",
      mp2_neutral_hartree: "-154.3",
      vqe_neutral_gradient_norm: "1.5e-7",
      vqe_cation_gradient_norm: "2.5e-7",
      vqe_neutral_shots: "20000",
      vqe_cation_shots: "30000",
      vqe_neutral_seed: "98",
      vqe_cation_seed: "99",
      geometry_seed: "1",
      force_field_energy_kcal_per_mol: "-1.5",
      nll_nat: "5.25",
      seed: "7",
    });
  });

  it("shows what each reviewer said last where two disagree", () => {
    expect(parse(toCsv([row(0, disputed())]))[0]).toMatchObject({
      verdict: "disagreed",
      verdicts: "Ada: shortlist; Ben: reject",
      verdict_reason: "Ben: solubility",
      reviewer: "Ada; Ben",
      comment: "Ada: very good; Ben: too flat",
    });
  });

  it("leaves out who withdrew", () => {
    const { review, reviews } = disputed();
    const withdrawn = { ...reviews[1]!, verdict: "withdrawn", reason: "", comment: "" };
    expect(parse(toCsv([row(0, { review, reviews: [...reviews, withdrawn] })]))[0]).toMatchObject({
      verdict: "shortlist",
      verdicts: "shortlist",
      verdict_reason: "",
      reviewer: "Ada",
    });
  });

  it("says how the energies were made: MP2, shots with their error, seed, and the rule of the active space", () => {
    expect(parse(toCsv([row(0, sampled)]))[0]).toMatchObject({
      mp2_neutral_hartree: "-154.3",
      backend: "sampler",
      vqe_neutral_shots: "20000",
      vqe_cation_shots: "30000",
      vqe_neutral_stated_error_hartree: "0.0012",
      vqe_cation_stated_error_hartree: "0.0013",
      vqe_neutral_seed: "99",
      vqe_cation_seed: "99",
      active_space_rule: "natural-occupation (MP2 natural occupations from 0.02)",
      largest_discarded_occupation: "0.0179",
    });
  });

  it("leaves empty what an earlier version did not keep", () => {
    const [line] = parse(toCsv([row(0)]));
    for (const name of [
      ...["mp2_neutral_hartree", "active_space_rule", "largest_discarded_occupation"],
      ...["vqe_neutral_shots", "vqe_neutral_stated_error_hartree", "vqe_cation_seed"],
    ])
      expect(line![name], name).toBe("");
    expect(line).toMatchObject({ vqe_neutral: "converged", vqe_cation_gradient_norm: "1e-7" });
  });

  it("says what was proposed and which isomer was computed", () => {
    expect(parse(toCsv([row(0, openStereo)]))[0]).toMatchObject({
      canonical_smiles: "CCC(C)O",
      inchikey: "BTANRVKWQNVYAZ-UHFFFAOYSA-N",
      evaluated_isomeric_smiles: "CC[C@@H](C)O",
      evaluated_inchikey: "BTANRVKWQNVYAZ-SCSAIBSYSA-N",
      stereo_unspecified: "1",
    });
    expect(parse(toCsv([row(0)]))[0]).toMatchObject({ stereo_unspecified: "0" });
  });

  it("names no isomer where an older conformer has none", () => {
    expect(parse(toCsv([row(0, unrecordedStereo)]))[0]).toMatchObject({
      canonical_smiles: "CCC(C)O",
      evaluated_isomeric_smiles: "",
      evaluated_inchikey: "",
      stereo_unspecified: "",
    });
  });

  it("leaves a missing number empty, never 0", () => {
    const [line] = parse(toCsv([row(0, { rank: null, evaluation: null, vqeMinusCasci_hartree: null })]));
    expect(line).toMatchObject({
      rank: "",
      vertical_ie_vqe_ev: "",
      vqe_minus_casci_millihartree: "",
      evaluation: "",
    });
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|'/C calc'!A0"])(
    "disarms the formula %j in a comment",
    (comment) => {
      const [line] = parse(toCsv([row(0, { review: verdict(comment) })]));
      expect(line!.comment).toBe(`'${comment}`);
    },
  );

  it("keeps negative numbers as numbers", () => {
    expect(parse(toCsv([row(0)]))[0]).toMatchObject({
      logp: "-0.0014",
      force_field_energy_kcal_per_mol: "-1.5",
    });
  });

  it("brings any comment back unchanged but for the guard", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (comment) => {
        const [line] = parse(toCsv([row(0, { review: verdict(comment) })]));
        const isFormula = /^[=+\-@\t\r\n]/.test(comment);
        expect(line!.comment).toBe(isFormula ? `'${comment}` : comment);
      }),
    );
  });
});

it("a composite has the number of a part that is a functional's, and says which", () => {
  const parts = [
    { property: "oxidation-potential", desirability: { shape: "larger", low: 0, high: 2 } },
    { descriptor: "logP", desirability: { shape: "larger", low: 0, high: 2 } },
  ];
  const definition = { kind: "composite", id: "own-score", title: "Own score", parts };
  const { campaign, ...own } = row(0);
  const evaluation = { property: "own-composite", definition };
  const settings = CampaignSettings.parse({ ...campaign.settings, evaluation });
  const [head] = toCsv([{ ...own, campaign: { ...campaign, settings } }]).split("\n");
  expect(head).toMatch(/,part_1_volt,.*,functional,/);
});
