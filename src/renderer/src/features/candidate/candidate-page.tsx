import { Button, ButtonGroup, Callout, Spinner, Tag } from "@blueprintjs/core";
import { Calculator, ChevronDown, ChevronUp, Cross, Maximize, Minimize } from "@blueprintjs/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { type CandidateCertainty, rankText } from "#shared/campaign/certainty.ts";
import type { CandidateId } from "#shared/ids.ts";
import { STEREO_UNSPECIFIED } from "#shared/molecule/molecule.ts";
import type { RegisteredProperty } from "#shared/properties/find.ts";
import { METHOD_TITLES, shownAs } from "#shared/properties/property.ts";
import { fromKcalPerMol } from "#shared/units.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { FaultBoundary } from "../../components/fault-boundary.tsx";
import { Formula } from "../../components/formula.tsx";
import { Molecule3d } from "../../components/molecule-3d/molecule-3d.tsx";
import { useViewer } from "../../components/reviewer.tsx";
import { Structure2d } from "../../components/structure-2d.tsx";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { api } from "../../rpc/client.ts";
import { type EnergyUnitChoice, readAs, readValue } from "../../text/energy-unit.ts";
import { geometryWords } from "../../text/geometry-words.ts";
import { shownValues } from "../../text/property-values.ts";
import { smilesOf } from "../../text/smiles-of.ts";
import { calculateThis } from "../calculate/use-draft.ts";
import { Convergence } from "./convergence.tsx";
import { DescriptorList } from "./descriptor-list.tsx";
import { Energies } from "./energies.tsx";
import { GivenList } from "./given-list.tsx";
import { ProvenanceList } from "./provenance-list.tsx";
import { ReviewBar } from "./review-bar.tsx";
import { ReviewList } from "./review-list.tsx";
import { VqeFacts } from "./vqe-facts.tsx";

interface CandidatePageProps {
  id: CandidateId;
  settings: CampaignSettings;
  /** How far its rank is to be trusted, where that is known. */
  certainty: CandidateCertainty | undefined;
  /** Finds how to go to the next candidate. */
  ahead(): () => void;
  wide: boolean;
  onWide(wide: boolean): void;
  onStep(step: number): void;
  onClose(): void;
}

function Tools({
  wide,
  onWide,
  onStep,
  onClose,
}: Omit<CandidatePageProps, "id" | "settings" | "certainty" | "ahead">) {
  return (
    <ButtonGroup variant="minimal" className="candidate-tools">
      <Button
        icon={<ChevronUp />}
        aria-label="Previous candidate (k)"
        title="Previous (k)"
        onClick={() => onStep(-1)}
      />
      <Button
        icon={<ChevronDown />}
        aria-label="Next candidate (j)"
        title="Next (j)"
        onClick={() => onStep(1)}
      />
      <Button
        icon={wide ? <Minimize /> : <Maximize />}
        aria-label={wide ? "Beside the table (f)" : "Over the whole width (f)"}
        title={wide ? "Beside the table (f)" : "Whole width (f)"}
        onClick={() => onWide(!wide)}
      />
      <Button icon={<Cross />} aria-label="Close (Esc)" title="Close (Esc)" onClick={onClose} />
    </ButtonGroup>
  );
}

const numbered = ({ index, given }: CandidateDetail["proposal"]): string =>
  given ? `Row ${index + 1}` : `Proposal ${index}`;

/** " by VQE": which of the property's numbers it is, where one is. */
function methodOf(
  { evaluation, values }: CandidateDetail,
  { id, values: declared }: RegisteredProperty,
): string {
  if (evaluation?.property !== id) return "";
  const found = declared.find(({ key }) => evaluation.values[key] === values[id]);
  return found && found.method !== "desirability" ? ` by ${METHOD_TITLES[found.method]}` : "";
}

/** "± 0.45": one standard deviation of the number that is ranked by. */
function errorBar(
  certainty: CandidateCertainty | undefined,
  { evaluation }: CandidateDetail,
  property: RegisteredProperty,
  choice: EnergyUnitChoice,
): string {
  if (!certainty || evaluation?.property !== property.id) return "";
  return ` ± ${readValue(readAs(shownAs(property), choice), certainty.deviation)}`;
}

function Heading({
  candidate,
  certainty,
}: {
  candidate: CandidateDetail;
  certainty: CandidateCertainty | undefined;
}) {
  const { rank, descriptors, identity, proposal } = candidate;
  const [choice] = useEnergyUnit();
  return (
    <div className="candidate-heading">
      <h2>
        {rank !== null && (
          <Tag round intent="primary" className="rank-tag">
            #{rankText(rank, certainty)}
          </Tag>
        )}
        {proposal.given?.name && <span className="given-name">{proposal.given.name}</span>}
        {descriptors ? <Formula text={descriptors.formula} /> : numbered(proposal)}
        {shownValues(candidate.values, candidate.evaluation, choice).map(({ property, text, unit }) => (
          <span key={property.id} className="headline-value">
            {text}
            {errorBar(certainty, candidate, property, choice)}{" "}
            <small>
              {[unit, property.abbreviation].filter(Boolean).join(", ")}
              {methodOf(candidate, property)}
            </small>
          </span>
        ))}
      </h2>
      <code className="smiles">{smilesOf(candidate)}</code>
      {identity && <code className="muted inchikey">{identity.inchiKey}</code>}
    </div>
  );
}

/** Why a candidate went no further. */
function Setback({ candidate }: { candidate: CandidateDetail }) {
  const { rejection, failure, noValue } = candidate;
  if (rejection)
    return (
      <Callout intent="warning" title={`Filtered out by ${rejection.rule}`}>
        {rejection.detail}
      </Callout>
    );
  if (failure)
    return (
      <Callout intent="danger" title={`Failed at: ${failure.stage}`}>
        {failure.reason}
      </Callout>
    );
  if (noValue) return <Callout title="No number">{noValue}</Callout>;
  return null;
}

/** Whether it went up from each rung below the last, and why. */
function Climb({ candidate: { climb = [] } }: { candidate: CandidateDetail }) {
  if (climb.length === 0) return null;
  return (
    <ul className="climb" aria-label="Rungs">
      {climb.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** Energies of force fields are customarily given so. */
const FORCE_FIELD = shownAs({ unit: "kcal/mol", digits: 1 });

function Picture({ candidate, settings }: { candidate: CandidateDetail; settings: CampaignSettings }) {
  const { conformer, identity } = candidate;
  const [choice] = useEnergyUnit();
  if (!conformer)
    return identity ? <Structure2d smiles={identity.canonicalSmiles} className="structure-large" /> : null;
  const forceField = conformer.forceFieldEnergy_kcal_per_mol;
  const shown = readAs(FORCE_FIELD, choice);
  return (
    <>
      <Molecule3d
        structure={{ format: "sdf", text: conformer.molblock }}
        label={`3D structure of ${smilesOf(candidate)}`}
      />
      <Button
        className="calculate-this"
        size="small"
        variant="minimal"
        icon={<Calculator />}
        text="Orbitals and other methods…"
        onClick={() =>
          calculateThis({
            text: conformer.molblock,
            fileName: `${numbered(candidate.proposal).replaceAll(" ", "-")}.sdf`,
            basis: settings.evaluation.basis,
            charge: null,
            multiplicity: null,
          })
        }
      />
      <p className="caption muted">
        {conformer.method}, seed {conformer.seed}
        {forceField !== null && (
          <>
            , {readValue(shown, fromKcalPerMol(forceField))} {shown.unit} (force field)
          </>
        )}
      </p>
      {conformer.isomer !== null && conformer.isomer.stereoUnspecified > 0 && (
        <p className="caption muted">
          {STEREO_UNSPECIFIED}: <code>{conformer.isomer.canonicalSmiles}</code>
        </p>
      )}
    </>
  );
}

function Sections({ candidate, settings }: { candidate: CandidateDetail; settings: CampaignSettings }) {
  const { evaluation } = candidate;
  return (
    <div className="candidate-sections">
      <div className="candidate-column">
        <Setback candidate={candidate} />
        <Climb candidate={candidate} />
        <section aria-label="Structure">
          <Picture candidate={candidate} settings={settings} />
        </section>
        {candidate.descriptors && (
          <DescriptorList descriptors={candidate.descriptors} nll={candidate.proposal.nll} />
        )}
      </div>
      <div className="candidate-column">
        {candidate.proposal.given && <GivenList candidate={candidate} given={candidate.proposal.given} />}
        {evaluation && (
          <FaultBoundary of="What was computed of this candidate" place={candidate.id}>
            <Energies
              result={evaluation}
              geometry={geometryWords(candidate, settings)}
              failure={candidate.failure?.reason ?? null}
            />
            <Convergence result={evaluation} />
            <VqeFacts result={evaluation} />
          </FaultBoundary>
        )}
        <ReviewList reviews={candidate.reviews} />
        <ProvenanceList candidate={candidate} />
      </div>
    </div>
  );
}

/** Everything that is known of one candidate. */
export function CandidatePage({ id, settings, certainty, ahead, ...tools }: CandidatePageProps) {
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...api.candidates.get.queryOptions({ input: { id, ...useViewer() }, placeholderData: keepPreviousData }),
    staleTime: 0,
  });
  return (
    <article
      className={`candidate-page ${isPlaceholderData ? "candidate-loading" : ""}`}
      aria-label="Candidate"
      data-candidate-page={data?.id}
    >
      <header className="candidate-header">
        {data && (
          <Heading
            candidate={data}
            certainty={certainty?.index === data.proposal.index ? certainty : undefined}
          />
        )}
        <Tools {...tools} />
      </header>
      <ReviewBar id={id} reviews={isPlaceholderData ? undefined : data?.reviews} ahead={ahead} />
      {error && <ErrorBanner error={error} retry={() => void refetch()} />}
      {data && !error && <Sections candidate={data} settings={settings} />}
      {!data && !error && <Spinner className="page-spinner" />}
    </article>
  );
}
