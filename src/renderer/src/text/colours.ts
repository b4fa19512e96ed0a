/** Okabe and Ito's colours, which those who see red and green alike tell apart. */
export const OKABE_ITO = {
  blue: "#0072b2",
  orange: "#e69f00",
  green: "#009e73",
  purple: "#cc79a7",
  sky: "#56b4e9",
  vermilion: "#d55e00",
} as const;
