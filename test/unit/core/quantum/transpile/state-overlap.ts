interface State {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** |⟨a|b⟩|: 1 for states that differ by a phase alone. */
export function stateOverlap(a: State, b: State): number {
  let [re, im] = [0, 0];
  for (const [k, x] of a.re.entries()) {
    re += x * b.re[k]! + a.im[k]! * b.im[k]!;
    im += x * b.im[k]! - a.im[k]! * b.re[k]!;
  }
  return Math.hypot(re, im);
}
