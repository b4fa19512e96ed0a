/** What a number was chosen from or averaged over: bonds, tautomers, conformers. */
import type { Evaluation } from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { headWithUnit, shownAs } from "#shared/properties/property.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { readAs, readValue } from "../../text/energy-unit.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function Alternatives({ result }: { result: Evaluation }) {
  const { alternatives } = result;
  const [choice] = useEnergyUnit();
  if (!alternatives) return null;
  const property = declarationOf(result);
  const shown = readAs(shownAs(property), choice);
  const isAveraged = alternatives.some(({ weight }) => weight !== undefined);
  const hasShares = isAveraged || alternatives.some(({ share }) => share !== undefined);
  return (
    <table className="energy-table">
      <thead>
        <tr>
          <th scope="col">{isAveraged ? "Averaged over" : "Chosen from"}</th>
          <th scope="col">{headWithUnit(property.abbreviation, shown.unit, " / ")}</th>
          {hasShares && <th scope="col">Share</th>}
          <th scope="col">Remark</th>
        </tr>
      </thead>
      <tbody>
        {alternatives.map(({ name, value, weight, share = weight, remark }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{readValue(shown, value, 1)}</td>
            {hasShares && <td>{share === undefined ? "" : percent(share)}</td>}
            <td>{remark}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
