/** The places that the page can live in, seen as one. */
import type { ClientContext, ClientLink } from "@orpc/client";

/** An open line to the engine. */
export interface Line {
  link: ClientLink<ClientContext>;
  /** Resolves with a reason for people once the line is cut. */
  lost: Promise<string>;
}

export interface Host {
  /** Opens a line; rejects with a reason for people where it cannot. */
  open(): Promise<Line>;
  /** True where a cut line is worth trying again without being asked. */
  readonly reconnects: boolean;
  /** What a lost engine's button says. */
  readonly remedy: string;
  /** Takes the address of a host that was started anew; false where the text is none, or none for this page. */
  takeAddress?(text: string): boolean;
  /** Calls back when a line that was refused may be let in now. */
  onAdmission?(listener: () => void): void;
  /** Says whether a calculation runs, which ends with the window; absent where it goes on without the page. */
  tellOfWork?(hasWork: boolean): void;
  /** Calls back with each command chosen in a menu outside the page; returns how to stop. */
  onCommand(listener: (command: string) => void): () => void;
}
