/** What a window may never do: leave the app, open another window, ask for a permission, or talk to anyone. */
import { app, type Session } from "electron";

/** The one origin of the app's own pages. */
export const APP_ORIGIN = "app://ansatz";

/** Its one page, wherever in it a person is. */
const APP_PAGE = /^app:\/\/ansatz\/(?:#.*)?$/;

/**
 * WebRTC asks no policy of the page and no request handler. It is held to a proxy, over UDP and TCP alike, and the one proxy
 * there is cannot be reached: no name and no address is looked up, and port 1 is nobody's.
 */
const WEBRTC_POLICY = "disable_non_proxied_udp";
const NO_PROXY_THERE = { proxyRules: "socks5://127.0.0.1:1", proxyBypassRules: "<-loopback>" };

/**
 * Leaves the network stack nobody to talk to. Must run before the app is ready. ^NOTFOUND fails without a look-up; any other word is
 * the name of a host, and before a name is looked up Chromium opens a socket to see whether IPv6 leads anywhere.
 */
export function lockNetwork(): void {
  app.commandLine.appendSwitch("force-webrtc-ip-handling-policy", WEBRTC_POLICY);
  app.commandLine.appendSwitch("host-resolver-rules", "MAP * ^NOTFOUND");
}

/** Refuses every permission and every request that is not for the app's own files. */
export async function lockSession(session: Session): Promise<void> {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => {
    const own = details.url.startsWith(`${APP_ORIGIN}/`) || /^(blob|data|devtools):/.test(details.url);
    decide({ cancel: !own });
  });
  await session.setProxy(NO_PROXY_THERE);
}

/** Refuses navigation to anything but the app's page, new windows and web views in every page of this process, now and later. */
export function lockContents(): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.setWebRTCIPHandlingPolicy(WEBRTC_POLICY);
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    // A page may begin anew, as when another notebook is opened; it may not become another one.
    contents.on("will-navigate", (event) => {
      if (!APP_PAGE.test(event.url)) event.preventDefault();
    });
    contents.on("will-attach-webview", (event) => event.preventDefault());
  });
}
