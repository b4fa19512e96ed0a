/** Spans of time as people say them. */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "40 s", "12 min", "3 h 20 min", "2 days 4 h", "some 30 days": as exactly as it is known. */
export function spanText(seconds: number): string {
  if (seconds < MINUTE) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 1.5 * HOUR) return `${Math.round(seconds / MINUTE)} min`;
  if (seconds < DAY) {
    const minutes = Math.round(seconds / MINUTE / 10) * 10;
    const rest = minutes % 60;
    return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ""}`;
  }
  return `${Number((seconds / DAY).toPrecision(2))} days`;
}

/** "about 3 min left". */
export const leftText = (seconds: number): string => `about ${spanText(seconds)} left`;

/** "2 h", "0.5 h": a limit as it was given. */
export const hoursText = (hours: number): string => `${Number(hours.toPrecision(4))} h`;
