/** Another notebook of the folder in place of the one that is open: the page begins anew, and with it every other page of this host. */
import { useMutation } from "@tanstack/react-query";
import { hashOf, type Route } from "../../hooks/route.ts";
import { client } from "../../rpc/client.ts";

const HOME: Route = { page: "campaigns" };
const pages = new BroadcastChannel("ansatz.notebook");

function beginAt(route: Route): void {
  history.replaceState(null, "", hashOf(route));
  location.reload();
}

/** Pages that would show the notebook from before go where every notebook has something. */
export function followNotebook(): () => void {
  const begin = () => beginAt(HOME);
  pages.addEventListener("message", begin);
  return () => pages.removeEventListener("message", begin);
}

interface Wanted {
  file: string;
  /** Where to go in it. */
  route?: Route;
}

/** Opens a notebook of the folder, by its file's name. */
export const useOpenNotebook = () =>
  useMutation({
    mutationFn: ({ file }: Wanted) => client.shelf.open({ file }),
    onSuccess: (_, { route = HOME }) => {
      pages.postMessage("other");
      beginAt(route);
    },
  });
