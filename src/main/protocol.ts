/** app://ansatz/…: the built renderer, so that no page is ever a file:// one. */
import { protocol, type Session } from "electron";
import { readAppFile } from "#rpc/app-files.ts";
import { SECURITY_HEADERS } from "#shared/host/security-headers.ts";
import { APP_ORIGIN } from "./security.ts";

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function serveApp(session: Session, folder: string): void {
  session.protocol.handle("app", async (request) => {
    const url = new URL(request.url);
    const file = url.host === new URL(APP_ORIGIN).host ? await readAppFile(folder, url.pathname) : undefined;
    if (!file) return new Response("Not found", { status: 404, headers: SECURITY_HEADERS });
    return new Response(file.bytes, { headers: { ...SECURITY_HEADERS, "Content-Type": file.mediaType } });
  });
}
