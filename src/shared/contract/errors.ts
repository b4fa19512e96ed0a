/** The errors every procedure may answer with: one for each code of DomainError, its data included. */
import { z } from "zod";
import { DOMAIN_ERROR_CODES, type DomainErrorCode } from "../errors.ts";

const ErrorDataSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);

type DomainErrorMap = Record<DomainErrorCode, { data: typeof ErrorDataSchema }>;

export const domainErrors = Object.fromEntries(
  DOMAIN_ERROR_CODES.map((code) => [code, { data: ErrorDataSchema }]),
) as DomainErrorMap;
