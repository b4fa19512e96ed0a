/** A candidate in 3D as a still picture; where it has no geometry, what stands in its place. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { MAX_SHAPES } from "#shared/campaign/candidate-page.ts";
import type { CandidateId } from "#shared/ids.ts";
import { batched } from "../rpc/batched.ts";
import { client } from "../rpc/client.ts";
import { thumbnail } from "./molecule-3d/thumbnails.ts";

/** Pictures are large: those out of sight are let go after this, ms. */
const KEPT = 60_000;

const molblockOf = batched(MAX_SHAPES, (ids: CandidateId[]) => client.candidates.shapes({ ids }));

async function picture(id: CandidateId, signal: AbortSignal): Promise<ImageBitmap | null> {
  const text = await molblockOf(id);
  return text === null ? null : await thumbnail({ format: "sdf", text }, signal);
}

interface Structure3dPictureProps {
  id: CandidateId;
  label: string;
  /** Where it has no geometry, or nothing can be drawn in 3D. */
  instead: ReactNode;
}

export function Structure3dPicture({ id, label, instead }: Structure3dPictureProps) {
  const { data, isError } = useQuery({
    queryKey: ["structure-3d-picture", id],
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
  if (data === null || isError)
    return (
      <span className="structure-3d-picture">
        {instead}
        <small className="muted">2D: no geometry</small>
      </span>
    );
  return (
    <span className="structure-3d-picture">
      <canvas ref={place} role="img" aria-label={label} />
    </span>
  );
}
