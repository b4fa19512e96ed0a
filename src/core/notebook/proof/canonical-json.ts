/** One spelling for one value, so that equal values have equal hashes (RFC 8785, JSON Canonicalization Scheme). */

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * Serialises a value with sorted keys and no white space; a key whose value is undefined is left out.
 *
 * @throws TypeError for NaN, infinities and what JSON has no word for: they would be lost without a sign.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: expected a finite number, got ${value}`);
    return JSON.stringify(value);
  }
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`canonicalJson: expected JSON, got ${typeof value}`);
  const members: Readonly<Record<string, Json | undefined>> = value as JsonObject;
  let text = "";
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined)
      text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
