/** The headers every page of the app is served with, by the desktop shell and by the web host alike. */

/**
 * Only our own files, no inline script, no eval, no inline style, no frame, no request to anyone else.
 * `img-src data:` carries the 2D structures: an SVG inside an <img> runs no script and loads nothing.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * `Connection-Allowlist` closes what a content policy does not speak of: WebRTC, navigation, frames, connections opened
 * ahead of need. Chromium obeys it; other browsers read past it.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "Connection-Allowlist": "(response-origin)",
  "X-DNS-Prefetch-Control": "off",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()",
  "Cache-Control": "no-cache",
};
