/** A person's own molecules: what they are asked to be read from, and the draft that follows what was found. */
import { useMutation } from "@tanstack/react-query";
import { type Dispatch, type SetStateAction, useState } from "react";
import { LibraryReading, type NotebookRows } from "#shared/campaign/library.ts";
import { api } from "../../rpc/client.ts";
import { type Draft, type LibraryAsked, ofSource, withoutLibrary, withRead } from "./form.ts";

const NOTHING: LibraryAsked = { files: [], notebook: [], reading: {} };

const isSearch = (rows: NotebookRows): boolean => "search" in rows;

export type Library = ReturnType<typeof useLibrary>;

/** @param first what the draft's rows were read from, where they were */
export function useLibrary(setDraft: Dispatch<SetStateAction<Draft>>, first?: LibraryAsked) {
  const [asked, setAsked] = useState(first ?? NOTHING);
  const [timesTaken, setTimesTaken] = useState(0);
  const read = useMutation({
    ...api.libraries.read.mutationOptions(),
    // One after the other, so that what was asked for last is what is there last.
    scope: { id: "library" },
    onSuccess: (summary) => setDraft((draft) => withRead(draft, summary)),
  });
  const ask = (change: Partial<LibraryAsked>) => {
    const next = { ...asked, ...change };
    setAsked(next);
    if (next.files.length + next.notebook.length === 0) {
      read.reset();
      setDraft(withoutLibrary);
      return;
    }
    setDraft((draft) => ofSource(draft, "library"));
    // What does not fit is said in the form, and nothing is read.
    if (LibraryReading.safeParse(next.reading).success)
      read.mutate({ files: [...next.files], notebook: [...next.notebook], reading: next.reading });
  };
  return {
    asked,
    read,
    isOpened: first !== undefined,
    timesTaken,
    take: (files: readonly File[]) => {
      setTimesTaken(timesTaken + 1);
      ask({ files, reading: {} });
    },
    again: (reading: LibraryReading) => ask({ reading }),
    /** A search that the form was opened with stays. */
    takeRows: (rows: NotebookRows[]) => ask({ notebook: [...asked.notebook.filter(isSearch), ...rows] }),
    forget: () => {
      setAsked(first ?? NOTHING);
      read.reset();
    },
  };
}
