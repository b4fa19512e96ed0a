/** The files of the built app, for whichever host serves them. */
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
  ".json": "application/json; charset=utf-8",
};

interface AppFile {
  bytes: Uint8Array<ArrayBuffer>;
  mediaType: string;
}

/**
 * Reads one file of the app.
 *
 * @param root folder of the built renderer.
 * @param urlPath path of the URL as it came, percent-encoded; "/" is the page itself.
 * @returns the file, or undefined where there is none, its kind is not served, or the path would leave the folder.
 */
export async function readAppFile(root: string, urlPath: string): Promise<AppFile | undefined> {
  let path: string;
  try {
    path = decodeURIComponent(urlPath === "/" ? "/index.html" : urlPath);
  } catch {
    return undefined;
  }
  const file = normalize(join(root, path));
  const mediaType = MEDIA_TYPES[extname(file)];
  if (path.includes("\0") || !file.startsWith(normalize(root + sep)) || !mediaType) return undefined;
  try {
    return { bytes: new Uint8Array(await readFile(file)), mediaType };
  } catch {
    return undefined;
  }
}
