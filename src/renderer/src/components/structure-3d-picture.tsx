/** A candidate in 3D as a still picture; where it has no geometry, what stands in its place. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { MAX_SHAPES } from "#shared/campaign/candidate-page.ts";
import type { CandidateId } from "#shared/ids.ts";
import { batched } from "../rpc/batched.ts";
import { client, troubleOf } from "../rpc/client.ts";
import { thumbnail } from "./molecule-3d/thumbnails.ts";

/** Pictures are large: those out of sight are let go after this, ms. */
const KEPT = 60_000;

/** The queries of the pictures, by their first key. */
export const PICTURES = "structure-3d-picture";

const molblockOf = batched(MAX_SHAPES, (ids: CandidateId[]) => client.candidates.shapes({ ids }));

async function picture(id: CandidateId, signal: AbortSignal): Promise<ImageBitmap | null> {
  const found = await molblockOf(id);
  if (found === null) return null;
  if (typeof found === "object") throw new Error(found.failure);
  return await thumbnail({ format: "sdf", text: found }, signal);
}

interface Structure3dPictureProps {
  id: CandidateId;
  label: string;
  /** Where it has no geometry, or nothing can be drawn in 3D. */
  instead: ReactNode;
}

export function Structure3dPicture({ id, label, instead }: Structure3dPictureProps) {
  const { data, error } = useQuery({
    queryKey: [PICTURES, id],
    queryFn: ({ signal }) => picture(id, signal),
    gcTime: KEPT,
    retry: false,
  });
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = place.current;
    if (!canvas || !data) return;
    canvas.width = data.width;
    canvas.height = data.height;
    canvas.getContext("2d")?.drawImage(data, 0, 0);
  }, [data]);
  if (data === null || error)
    return (
      <span className="structure-3d-picture">
        {instead}
        {error ? (
          <small className="muted" title={troubleOf(error).message}>
            2D: 3D failed
          </small>
        ) : (
          <small className="muted">2D: no geometry</small>
        )}
      </span>
    );
  return (
    <span className="structure-3d-picture">
      <canvas ref={place} role="img" aria-label={label} />
    </span>
  );
}
