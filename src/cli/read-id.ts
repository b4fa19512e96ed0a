/** Identifiers that a person typed. */
import { DomainError } from "#shared/errors.ts";

interface IdSchema<T> {
  safeParse(text: string): { success: true; data: T } | { success: false };
}

/** @throws DomainError "invalid-input" where the text is no such identifier */
export function readId<T>(
  schema: IdSchema<T>,
  of: "campaign" | "candidate" | "calculation",
  text: string,
): T {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new DomainError(
    "invalid-input",
    `Expected the id of a ${of}, as \`ansatz notebook ${of}s\` lists it, got "${text}".`,
  );
}
