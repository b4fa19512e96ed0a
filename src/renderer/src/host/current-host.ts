/** Where this page lives: in the desktop's window or in a browser. */
import { browserHost } from "./browser.ts";
import { desktopHost } from "./desktop.ts";
import type { Host } from "./host.ts";

export const currentHost = (): Host => (location.protocol === "app:" ? desktopHost() : browserHost());
