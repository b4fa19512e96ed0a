/** Where the notebook lies when nobody says otherwise: one place for the desktop app, the browser and the command line. */

/** What a host knows of its machine; hosts read it, this file does not. */
interface Machine {
  platform: string;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** ANSATZ_NOTEBOOK, else the platform's folder for application data. */
export function defaultNotebookPath({ platform, home, env }: Machine): string {
  if (env.ANSATZ_NOTEBOOK) return env.ANSATZ_NOTEBOOK;
  if (platform === "win32") return `${env.APPDATA ?? `${home}/AppData/Roaming`}/Ansatz/notebook.sqlite`;
  if (platform === "darwin") return `${home}/Library/Application Support/Ansatz/notebook.sqlite`;
  return `${env.XDG_DATA_HOME || `${home}/.local/share`}/ansatz/notebook.sqlite`;
}

/** The folder of the user's own models, beside the notebook. */
export const modelsBeside = (notebook: string): string => notebook.replace(/[^/\\]*$/, "models");
