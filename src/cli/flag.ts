/** The flag that fills the option of this name: "--frozen-core" for frozenCore. */
export const flagOf = (option: string): string =>
  `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
