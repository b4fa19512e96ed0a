/** Whether the tour begins with the next notebook that is opened in this window. */
const KEY = "ansatz.tour";

export const START_TOUR = "ansatz:tour";

/** Begins the tour, from a menu or a page. */
export const startTour = (): boolean => window.dispatchEvent(new Event(START_TOUR));

export const isTourWanted = (): boolean => sessionStorage.getItem(KEY) !== null;

export function wantTour(wanted: boolean): void {
  if (wanted) sessionStorage.setItem(KEY, "wanted");
  else sessionStorage.removeItem(KEY);
}
