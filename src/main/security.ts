/** What a window may never do: leave the app, open another window, ask for a permission, or talk to anyone. */
import { app, type Session } from "electron";

/** The one origin of the app's own pages. */
export const APP_ORIGIN = "app://ansatz";

/** Refuses every permission and every request that is not for the app's own files. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => {
    const own = details.url.startsWith(`${APP_ORIGIN}/`) || /^(blob|data|devtools):/.test(details.url);
    decide({ cancel: !own });
  });
}

/** Refuses navigation, new windows and web views in every page of this process, now and later. */
export function lockContents(): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
  });
}
