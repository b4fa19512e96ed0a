/** What a number was chosen from or averaged over: bonds, tautomers, conformers. */
import type { Evaluation } from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { headWithUnit } from "#shared/properties/property.ts";
import { shownValue } from "../../text/format.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function Alternatives({ result }: { result: Evaluation }) {
  const { alternatives } = result;
  if (!alternatives) return null;
  const { abbreviation, unit, digits } = declarationOf(result);
  const isAveraged = alternatives.some(({ weight }) => weight !== undefined);
  const hasShares = isAveraged || alternatives.some(({ share }) => share !== undefined);
  return (
    <table className="energy-table">
      <thead>
        <tr>
          <th scope="col">{isAveraged ? "Averaged over" : "Chosen from"}</th>
          <th scope="col">{headWithUnit(abbreviation, unit, " / ")}</th>
          {hasShares && <th scope="col">Share</th>}
          <th scope="col">Remark</th>
        </tr>
      </thead>
      <tbody>
        {alternatives.map(({ name, value, weight, share = weight, remark }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{shownValue(unit, value, digits + 1)}</td>
            {hasShares && <td>{share === undefined ? "" : percent(share)}</td>}
            <td>{remark}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
