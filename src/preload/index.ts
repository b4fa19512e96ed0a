/** The page asks for the engine, main answers with a port; the page says whether it has work, main what was chosen in the menu. */
import { ipcRenderer } from "electron";

window.addEventListener("message", (event) => {
  if (event.source !== window) return;
  if (event.data === "ansatz:connect") ipcRenderer.send("engine:connect");
  if (event.data === "ansatz:work") ipcRenderer.send("window:work", true);
  if (event.data === "ansatz:no-work") ipcRenderer.send("window:work", false);
});

ipcRenderer.on("engine:port", (event) => {
  window.postMessage({ ansatz: "port" }, location.origin, [...event.ports]);
});
ipcRenderer.on("engine:lost", (_event, reason: string) => {
  window.postMessage({ ansatz: "lost", reason }, location.origin);
});
ipcRenderer.on("menu", (_event, command: string) => {
  window.postMessage({ ansatz: "menu", command }, location.origin);
});
