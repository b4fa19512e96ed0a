/**
 * A number as every file, table and page writes it: that many decimals, and no sign before a zero ("0.00", not "-0.00").
 *
 * @param value finite
 * @param decimals 0 to 100
 */
export const decimal = (value: number, decimals: number): string =>
  value.toFixed(decimals).replace(/^-(?=[0.]+$)/, "");

/** The same with a true minus sign, for people. */
export const printedDecimal = (value: number, decimals: number): string =>
  decimal(value, decimals).replace("-", "−");
