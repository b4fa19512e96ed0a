/** Numbers of candidates by property, in its stored unit. A row of no property that there is was put in by hand: verification names it. */
import type { PropertyValues } from "#shared/campaign/candidate.ts";
import type { CampaignId } from "#shared/ids.ts";
import { PROPERTY_IDS, type PropertyId } from "#shared/properties/find.ts";
import { type Database, template } from "../file/database.ts";

const ofCandidate = template((sql, candidate: number) =>
  sql.selectFrom("candidate_value").select(["property", "value"]).where("candidate", "=", candidate),
);

const isKnown = ({ property }: { property: PropertyId }): boolean => PROPERTY_IDS.includes(property);

/** @param candidate row of the table */
export const valuesAt = (db: Database, candidate: number): PropertyValues =>
  Object.fromEntries(
    db
      .all(ofCandidate(candidate))
      .filter(isKnown)
      .map(({ property, value }) => [property, value]),
  );

/** Of a whole campaign, by row of the candidate; candidates without a number are left out. */
export function valuesOfCampaign(db: Database, campaign: CampaignId): ReadonlyMap<number, PropertyValues> {
  const query = db.sql
    .selectFrom("candidate_value")
    .innerJoin("candidate", "candidate.id", "candidate_value.candidate")
    .innerJoin("campaign", "campaign.id", "candidate.campaign")
    .select(["candidate_value.candidate", "candidate_value.property", "candidate_value.value"])
    .where("campaign.uuid", "=", campaign);
  const found = new Map<number, PropertyValues>();
  for (const { candidate, property, value } of db.all(query).filter(isKnown)) {
    const known = found.get(candidate);
    if (known) known[property] = value;
    else found.set(candidate, { [property]: value });
  }
  return found;
}
