/** The page asks for the engine, main answers with a port; nothing else passes through here. */
import { ipcRenderer } from "electron";

window.addEventListener("message", (event) => {
  if (event.source === window && event.data === "ansatz:connect") ipcRenderer.send("engine:connect");
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
