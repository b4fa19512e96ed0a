/** A request as a command put it together, checked against its schema. */
import type { z } from "zod";
import { DomainError } from "#shared/errors.ts";

/** @throws DomainError invalid-input naming each part that does not fit */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, request: unknown): z.output<Schema> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join(".")}: ${message}` : message,
  );
  throw new DomainError("invalid-input", `The request does not fit: ${issues.join("; ")}.`);
}
