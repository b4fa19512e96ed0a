/** Properties of a person's own in a notebook. A file may change under one id: each definition is then a version, counted from 1. */
import type { PropertyDefinition } from "../properties/definition.ts";
import { isSameProperty, propertyOfDefinition } from "../properties/find.ts";
import type { CampaignSettings } from "./campaign.ts";
import { levelOf, rungOrders } from "./rungs.ts";

export interface OwnProperty {
  definition: PropertyDefinition;
  /** From 1, in the order in which campaigns began with definitions of this id. */
  version: number;
}

const definitionsOf = (settings: CampaignSettings): PropertyDefinition[] =>
  rungOrders(settings).flatMap(({ rung }) => levelOf(settings, rung).definition ?? []);

export const isSameDefinition = (a: PropertyDefinition, b: PropertyDefinition): boolean =>
  isSameProperty(
    { property: propertyOfDefinition(a), definition: a },
    { property: propertyOfDefinition(b), definition: b },
  );

/** Each once. @param campaigns their settings, the oldest first */
export function ownProperties(campaigns: readonly CampaignSettings[]): OwnProperty[] {
  const found: OwnProperty[] = [];
  for (const definition of campaigns.flatMap(definitionsOf)) {
    if (found.some((one) => isSameDefinition(one.definition, definition))) continue;
    const before = found.filter((one) => one.definition.id === definition.id);
    found.push({ definition, version: before.length + 1 });
  }
  return found;
}

/** The version that is asked for; where none is, the newest, also where a campaign went back to an earlier one since. */
export const ownProperty = (
  all: readonly OwnProperty[],
  { id, version }: { id: string; version?: number | undefined },
): OwnProperty | undefined =>
  all.findLast((one) => one.definition.id === id && (version === undefined || one.version === version));
