/** Cheaper levels below the campaign's own, from flags: `--rung basis=sto-3g,keep=20`. */
import type { Command } from "commander";
import { DomainError } from "#shared/errors.ts";
import { DEFAULT_PROPERTY, type PropertyId, propertyCalled, propertyOf } from "#shared/properties/find.ts";
import { declaredSettings } from "#shared/properties/settings.ts";
import { collect } from "./objective.ts";
import { readSetting } from "./property-options.ts";

export const addRungOption = (command: Command): Command =>
  command.option(
    "--rung <settings>",
    "a cheaper level that all molecules pass first: keep=N, how many of the best go up, and what is cheaper: basis=NAME, objective=ID, conformers=N, relax=no where the campaign says --relax, or a setting of the property, e.g. keep=20,basis=sto-3g or keep=20,method=hartree-fock; may be repeated, the cheapest first",
    collect,
  );

/** @throws DomainError invalid-input */
function shapesOf(relax: string | undefined, conformers: string | undefined): object {
  if (relax !== undefined && relax !== "yes" && relax !== "no")
    throw new DomainError("invalid-input", `--rung: expected relax=yes or relax=no, got "relax=${relax}".`);
  if (conformers !== undefined && !/^[1-9]\d*$/.test(conformers))
    throw new DomainError(
      "invalid-input",
      `--rung: expected conformers=N, 1 or more, got "conformers=${conformers}".`,
    );
  return {
    ...(conformers !== undefined && { conformers: Number(conformers) }),
    ...(relax !== undefined && { relaxed: relax === "yes" ? "hartree-fock" : null }),
  };
}

/** Numbers and words as their schema wants them; a rung's other settings are the campaign's. @throws DomainError invalid-input */
function readRung(text: string, campaignProperty: PropertyId): object {
  const parts = text.split(",").map((part) => part.trim());
  const told = (name: string): string | undefined =>
    parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const keep = told("keep");
  if (keep === undefined || !/^[1-9]\d*$/.test(keep))
    throw new DomainError("invalid-input", `--rung: expected keep=N, how many go up, got "${text}".`);
  const objective = told("objective");
  const property = objective === undefined ? propertyOf(campaignProperty) : propertyCalled(objective);
  if (!property) throw new DomainError("invalid-input", `--rung: no property is called "${objective}".`);
  const known = declaredSettings(property);
  const others = parts.filter((part) => !/^(keep|objective|basis|relax|conformers)=/.test(part));
  const settings = others.map((part) => readSetting(part, known, "--rung"));
  const basis = told("basis")?.toLowerCase();
  return {
    keep: Number(keep),
    ...(objective !== undefined && { property: property.id }),
    ...(basis !== undefined && { basis }),
    ...shapesOf(told("relax"), told("conformers")),
    ...(settings.length > 0 && { propertySettings: Object.fromEntries(settings) }),
  };
}

/** @param property of the campaign, whichever flag named it; absent: the usual one */
export const rungsFromFlags = (
  rung: readonly string[] = [],
  property: PropertyId = DEFAULT_PROPERTY.id,
): object[] => rung.map((text) => readRung(text, property));
