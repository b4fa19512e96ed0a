/** The typed RPC contract: what a window, a browser page or a test may ask of an Engine. */
import { oc as builder, eventIterator } from "@orpc/contract";
import { z } from "zod";
import { Campaign, CampaignLimits, CampaignSettings, FilterSettings } from "../campaign/campaign.ts";
import { CandidateDetail, CandidateRow } from "../campaign/candidate.ts";
import {
  CandidateCounts,
  CandidateNumbers,
  CandidateOrder,
  MAX_PAGE_ROWS,
  MAX_SHAPES,
  NumericKey,
  TablePage,
} from "../campaign/candidate-page.ts";
import { RankingCertainty } from "../campaign/certainty.ts";
import { ChemicalMap } from "../campaign/chemical-map.ts";
import { ComparedCandidate, MOST_COMPARED } from "../campaign/comparison.ts";
import { ExportedFile, ExportRecord, ExportRequest } from "../campaign/export.ts";
import { CampaignForecast } from "../campaign/forecast.ts";
import { Histogram } from "../campaign/histogram.ts";
import { CampaignEvent } from "../campaign/job.ts";
import {
  LibraryPreview,
  LibraryReading,
  LibrarySummary,
  MAX_LIBRARY_BYTES,
  NotebookRows,
} from "../campaign/library.ts";
import { MeasuredComparison } from "../campaign/measured.ts";
import { Promotion } from "../campaign/promotion.ts";
import { NewReview, PersonName, Review } from "../campaign/review.ts";
import {
  ReopenRequest,
  ReviewPolicy,
  ReviewStanding,
  SignOff,
  SignOffRequest,
} from "../campaign/review-process.ts";
import { SearchHit, SearchQuery } from "../campaign/search.ts";
import { TableView } from "../campaign/table-view.ts";
import { SystemInfo } from "../host/system.ts";
import { CampaignId, CandidateId, Sha256 } from "../ids.ts";
import { MAX_MODEL_BYTES, ModelCard, ModelSummary } from "../model/model.ts";
import { MAX_MOLECULE_FILE_BYTES, Training, TrainRequest } from "../model/training.ts";
import { ComputedField } from "../molecule/cube.ts";
import { EmbeddedMolecule, EmbedRequest } from "../molecule/embedding.ts";
import { Geometry } from "../molecule/molecule.ts";
import { ProvenanceGraph } from "../notebook/provenance.ts";
import { ReplayedStep } from "../notebook/replay.ts";
import { SampleProgress, ShelvedNotebook } from "../notebook/shelf.ts";
import { SigningState, SignRequest } from "../notebook/signing.ts";
import { Verification } from "../notebook/verification.ts";
import {
  CalculationDetail,
  CalculationId,
  CalculationJob,
  CalculationPage,
  CalculationSight,
  CalculationStanding,
  MAX_LISTED,
} from "../quantum/calculation.ts";
import {
  DeviceStanding,
  EnableRequest,
  ProviderStanding,
  RemoteProvider,
  TrialApproval,
  TrialPreview,
  TrialRequest,
  TrialResult,
} from "../quantum/device-room.ts";
import { DeviceJobRow, DeviceName, EgressRow, LedgerRow } from "../quantum/devices.ts";
import { EnergyCurve } from "../quantum/energy-curve.ts";
import { EnergyRequest, GridRequest } from "../quantum/energy-request.ts";
import { EnergyResult } from "../quantum/energy-result.ts";
import { ForetoldCost } from "../quantum/expected-cost.ts";
import { HamiltonianRequest, HamiltonianResult } from "../quantum/hamiltonian-energy.ts";
import { DrawnField, FieldSurface, PotentialSurface } from "../quantum/orbitals.ts";
import { domainErrors } from "./errors.ts";

const oc = builder.errors(domainErrors);

/** Characters of one SMILES to draw: several times the longest that a model proposes; drawing time grows faster than size. */
const MAX_DEPICTED_SMILES = 500;

const viewer = Review.shape.reviewer.exactOptional();
const oneCalculation = z.strictObject({ id: CalculationId });
const oneCampaign = z.strictObject({ campaignId: CampaignId });

/** Name of a file without its ending; no path, so that it stays in the folder that it is meant for. */
const FileStem = z
  .string()
  .max(100)
  .regex(/^[\p{L}\p{N}_][\p{L}\p{N} _.-]*$/u, "expected letters, digits, spaces, dots, - and _");

/** Name of a file in a folder that is meant, or of what leaves: no path. */
const FileName = z
  .string()
  .max(200)
  .regex(/^[^/\\\p{Cc}]+$/u, "expected a name without slashes");

/** What is asked of one notebook. */
export const engineContract = {
  system: {
    info: oc.output(SystemInfo),
  },
  libraries: {
    /** Reads a person's molecules and holds them, so that a campaign can name them by the hash of what was read. */
    read: oc
      .input(
        z.strictObject({
          files: z.array(z.file().max(MAX_LIBRARY_BYTES)).max(100),
          notebook: z.array(NotebookRows).max(100).default([]),
          reading: LibraryReading.prefault({}),
        }),
      )
      .output(LibrarySummary),
    /** What was read, of a library that is held or in the notebook. */
    get: oc.input(z.strictObject({ library: Sha256 })).output(LibrarySummary),
    /** What the filter would say of the first thousand rows. */
    preview: oc.input(z.strictObject({ library: Sha256, filter: FilterSettings })).output(LibraryPreview),
  },
  models: {
    list: oc.output(z.array(ModelSummary)),
    card: oc.input(z.strictObject({ name: z.string() })).output(ModelCard),
    /** Takes over a model made elsewhere: the files of its folder, or one ZIP archive; refuses damaged and foreign weights. */
    import: oc
      .input(z.strictObject({ files: z.array(z.file().max(MAX_MODEL_BYTES)).min(1).max(20) }))
      .output(ModelSummary),
    /** Starts fine-tuning on a person's molecules; returns before it is done. */
    train: oc
      .input(TrainRequest.omit({ fileName: true }).extend({ file: z.file().max(MAX_MOLECULE_FILE_BYTES) }))
      .output(Training),
    /** The training under way, or the last one. */
    training: oc.output(Training.nullable()),
    /** The training as it stands and after each change, until it has ended or the client disconnects. */
    followTraining: oc.output(eventIterator(Training)),
    /** Ends the training; its best weights become a model, or nothing is kept. */
    stopTraining: oc.input(z.strictObject({ keepBest: z.boolean() })).output(Training),
  },
  campaigns: {
    list: oc.output(z.array(Campaign)),
    get: oc.input(z.strictObject({ id: CampaignId })).output(Campaign),
    /** Stores the campaign and starts it; returns before it is done. */
    start: oc.input(CampaignSettings).output(Campaign),
    /** What a campaign will take, before it starts: molecules, states, time and memory. */
    forecast: oc.input(CampaignSettings).output(CampaignForecast),
    cancel: oc.input(z.strictObject({ id: CampaignId })).output(Campaign),
    /** Goes on with a cancelled, failed or interrupted campaign where it stopped, with other limits where they are given. */
    resume: oc
      .input(z.strictObject({ id: CampaignId, limits: CampaignLimits.exactOptional() }))
      .output(Campaign),
    /** Error bars of the ranked candidates, the ranks that they decide, and what each dearer number changed. */
    certainty: oc.input(z.strictObject({ id: CampaignId })).output(RankingCertainty),
    /** Who went up from each rung and who did not, from the lowest up. */
    promotions: oc.input(z.strictObject({ id: CampaignId })).output(z.array(Promotion)),
    /** Computed against measured, of each column that the campaign names as measured. */
    measured: oc.input(z.strictObject({ id: CampaignId })).output(z.array(MeasuredComparison)),
    /** Its table as people left it, by name. */
    views: oc.input(oneCampaign).output(z.array(TableView)),
    /** Takes the place of one of the same name. */
    keepView: oc.input(oneCampaign.extend({ view: TableView })),
    forgetView: oc.input(oneCampaign.extend({ name: TableView.shape.name })),
    /** Progress and change hints of one campaign until the client disconnects or it ends. */
    events: oc.input(z.strictObject({ id: CampaignId })).output(eventIterator(CampaignEvent)),
  },
  candidates: {
    /** Some rows of an order. */
    page: oc
      .input(
        CandidateOrder.extend({
          first: z.number().int().nonnegative(),
          count: z.number().int().min(1).max(MAX_PAGE_ROWS),
        }),
      )
      .output(TablePage),
    /** Where a candidate, by its index, stands in an order, from 0; null where it is not in it. */
    place: oc
      .input(CandidateOrder.extend({ index: z.number().int().nonnegative() }))
      .output(z.number().int().nullable()),
    /** Numbers of all candidates of a view, for a plot. */
    numbers: oc
      .input(
        CandidateOrder.omit({ by: true, descending: true, next: true }).extend({
          keys: z.array(NumericKey).min(1).max(8),
        }),
      )
      .output(CandidateNumbers),
    /** How one of their numbers is spread. */
    histogram: oc
      .input(CandidateOrder.omit({ by: true, descending: true, next: true }).extend({ key: NumericKey }))
      .output(Histogram),
    /** All that have a molecule in a plane, like ones together; made where it is not yet, which takes seconds. */
    map: oc.input(oneCampaign).output(ChemicalMap),
    /** How many there are in each view. */
    counts: oc.input(z.strictObject({ campaignId: CampaignId, viewer })).output(CandidateCounts),
    /** Candidates by their ids. */
    some: oc.input(z.strictObject({ ids: z.array(CandidateId), viewer })).output(z.array(CandidateRow)),
    get: oc.input(z.strictObject({ id: CandidateId, viewer })).output(CandidateDetail),
    /** Geometries of candidates, in order, as V2000 molblocks; null of one that has none, and why one cannot be read. */
    shapes: oc
      .input(z.strictObject({ ids: z.array(CandidateId).max(MAX_SHAPES) }))
      .output(z.array(z.union([z.string().nullable(), z.strictObject({ failure: z.string() })]))),
    /** A few in space, in the order asked, laid on the first that has a geometry by the atoms in common. */
    compare: oc
      .input(z.strictObject({ ids: z.array(CandidateId).min(2).max(MOST_COMPARED) }))
      .output(z.array(ComparedCandidate)),
    /** 2D depictions as SVG, one for each canonical SMILES, in order; places of a substructure in it are marked. */
    depict: oc
      .input(
        z.strictObject({
          smiles: z.array(z.string().max(MAX_DEPICTED_SMILES)).max(200),
          contains: SearchQuery.shape.contains,
        }),
      )
      .output(z.array(z.string())),
    review: oc.input(NewReview).output(Review),
  },
  exports: {
    create: oc.input(ExportRequest).output(ExportedFile),
  },
  reviews: {
    policy: oc.input(oneCampaign).output(ReviewPolicy),
    setPolicy: oc.input(oneCampaign.extend({ policy: ReviewPolicy, by: PersonName })),
    /** Where each reviewed candidate stands; under a blind policy those that the viewer has judged. */
    standings: oc.input(oneCampaign.extend({ viewer })).output(z.array(ReviewStanding)),
    /** Locks the agreed shortlist; with a key, signs the log as it then stands. */
    signOff: oc
      .input(z.strictObject({ ...SignOffRequest.shape, key: SignRequest.nullable() }))
      .output(SignOff),
    signedOff: oc.input(oneCampaign).output(SignOff.nullable()),
    reopen: oc.input(ReopenRequest),
  },
  search: oc.input(SearchQuery).output(z.array(SearchHit)),
  /** Single molecules, outside any campaign: nothing of this is kept in the notebook. */
  molecules: {
    /**
     * 3D geometry of a SMILES by the embedding stage, hydrogens added; what it states of its electrons, how the geometry
     * was made, and what a person should know of its stereo. The multiplicity is that of a relaxation by Hartree–Fock.
     */
    embed: oc.input(EmbedRequest).output(EmbeddedMolecule),
    /** What cannot be right of a geometry, in sentences; none where it is plausible. */
    oddities: oc.input(Geometry).output(z.array(z.string())),
    /** What an energy will take, and whether it would be refused, before it is asked for. */
    expectedCost: oc.input(EnergyRequest).output(ForetoldCost),
    energy: oc.input(EnergyRequest).output(EnergyResult),
    /** The frames of a curve in their order; solutions are followed from frame to frame, breaks are said. */
    energyCurve: oc.input(z.array(EnergyRequest).min(1)).output(EnergyCurve),
    /** Energies of a Hamiltonian that another program wrote as an FCIDUMP file. */
    hamiltonian: oc.input(HamiltonianRequest).output(HamiltonianResult),
    /** An orbital or a density on a grid of points. */
    grid: oc.input(GridRequest).output(ComputedField),
  },
  /** Single molecules and Hamiltonians, computed in the background and kept in the notebook when they are done. */
  calculations: {
    /** Those of this run of the program that the notebook does not keep: they run, failed or were cancelled. The newest first. */
    current: oc.output(z.array(CalculationStanding)),
    /** Those that the notebook keeps, the newest first. */
    list: oc
      .input(
        z.strictObject({
          first: z.number().int().nonnegative(),
          count: z.number().int().min(1).max(MAX_LISTED),
        }),
      )
      .output(CalculationPage),
    /** With what it was asked and what it found. */
    get: oc.input(oneCalculation).output(CalculationDetail),
    /** How far one has come that runs; null of one that does not. */
    sight: oc.input(oneCalculation).output(CalculationSight.nullable()),
    /** Begins; returns before it is done. What runs already is not begun again: its standing is returned. */
    start: oc.input(CalculationJob).output(CalculationStanding),
    /** The points of an optimisation and the frames of a curve that were computed are kept. */
    cancel: oc.input(oneCalculation).output(CalculationStanding),
    /** How the atoms move in each of its vibrations, x y z of each in turn, of length 1 over all atoms; null where it is not known. */
    modes: oc.input(oneCalculation).output(z.instanceof(Float64Array).nullable()),
    /** Where an orbital or a density of it has a value, and where its negative. */
    surface: oc
      .input(oneCalculation.extend({ field: DrawnField, isovalue: z.number().gt(0).max(10) }))
      .output(FieldSurface),
    /** The electrostatic potential on a surface of its electron density. */
    potential: oc
      .input(oneCalculation.extend({ isovalue: z.number().gt(0).max(10) }))
      .output(PotentialSurface),
  },
  /** Devices in the cloud, off until a person enables a provider. */
  qpu: {
    providers: oc.output(z.array(ProviderStanding)),
    /** Asks the provider how a device is just now. */
    status: oc.input(z.strictObject({ provider: RemoteProvider, device: DeviceName })).output(DeviceStanding),
    enable: oc.input(EnableRequest),
    /** Nothing more is sent; jobs that were sent may still run and cost. */
    disable: oc.input(z.strictObject({ provider: RemoteProvider })),
    /** Of this run of the program and of later ones; what the host gives from elsewhere stays. */
    forgetKey: oc.input(z.strictObject({ provider: RemoteProvider })),
    jobs: oc.output(z.array(DeviceJobRow)),
    ledger: oc.output(z.array(LedgerRow)),
    egress: oc.output(z.array(EgressRow)),
    /** Asks for jobs whose id or bill never arrived. */
    refresh: oc.input(z.strictObject({ provider: RemoteProvider })),
    /** The exact bytes of a first circuit, and what it would cost; no circuit is sent. */
    previewTrial: oc.input(TrialRequest).output(TrialPreview),
    /** Sends the bytes that were shown, within the limits, and waits for their counts. */
    sendTrial: oc.input(TrialApproval).output(TrialResult),
  },
  notebook: {
    /** Checks the file, every record, the chain, the signatures and the tables. */
    verify: oc.output(Verification),
    /** Everything that led to a candidate's numbers and verdicts. */
    candidateProvenance: oc.input(z.strictObject({ id: CandidateId, viewer })).output(ProvenanceGraph),
    /** What a record was made from, or what was made from it. */
    provenance: oc
      .input(z.strictObject({ record: Sha256, direction: z.enum(["origins", "consequences"]), viewer }))
      .output(ProvenanceGraph),
    /** Computes a candidate's steps again and compares; writes nothing. */
    replay: oc.input(z.strictObject({ id: CandidateId })).output(z.array(ReplayedStep)),
    signing: oc.output(SigningState),
    /** Signs the log as it stands; makes the notebook's key when there is none. */
    sign: oc.input(SignRequest).output(z.strictObject({ key: Sha256 })),
    /** What left the notebook and was recorded, oldest first. */
    exports: oc.output(z.array(ExportRecord)),
    /** Copies the notebook into the folder of its backups. */
    backUp: oc.output(z.strictObject({ path: z.string() })),
    /** The whole notebook as an .eln archive. */
    exportArchive: oc.input(z.strictObject({ name: FileName, by: viewer })).output(z.file()),
    /** The whole provenance graph in W3C PROV-JSON. */
    exportProvenance: oc.input(z.strictObject({ by: viewer })).output(z.file()),
    verifyArchive: oc.input(z.strictObject({ archive: z.file() })).output(Verification),
    /** Makes a new notebook file of an .eln archive, in the notebook's folder. */
    importArchive: oc
      .input(z.strictObject({ archive: z.file(), name: FileStem }))
      .output(z.strictObject({ path: z.string() })),
  },
};
export type EngineContract = typeof engineContract;

/** All that a window asks: of the notebook that is open, and of the shelf that it stands on. */
export const contract = {
  ...engineContract,
  /** The notebooks in the folder of the one that the program was started with. */
  shelf: {
    list: oc.output(z.array(ShelvedNotebook)),
    /** From now on every call is of this notebook; refused while a calculation or a training runs in the one before. */
    open: oc.input(z.strictObject({ file: FileName })),
    /** Makes a new notebook with the sample campaign, computed on the spot; one that is left in the middle leaves nothing. */
    makeSample: oc.input(z.strictObject({ name: FileStem })).output(eventIterator(SampleProgress)),
  },
};
export type Contract = typeof contract;
