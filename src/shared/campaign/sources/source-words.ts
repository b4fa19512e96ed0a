/** What a source of molecules says of itself to people. */
import type { Sha256 } from "../../ids.ts";

export interface SourceWords<Settings> {
  /** In a list of campaigns: "small-organics". */
  name(settings: Settings): string;
  /** In the head of a campaign: the name and what decides the molecules beside it, "small-organics · seed 1". */
  summary(settings: Settings): string;
  /** In the report's table of where things come from: ["Model", "small-organics, SHA-256 …"]. */
  origin(settings: Settings, modelHash: Sha256 | null): [label: string, value: string];
  /** In the report's page of methods, in whole sentences. */
  method(settings: Settings, modelHash: Sha256 | null): string;
}
