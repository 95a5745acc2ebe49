import { useEffect, useState } from 'react';
import { heldKeys } from './keys/held-keys.ts';
import { closeSession, openSession } from './session/open-session.ts';
import type { PictureSession } from './session/picture-session.ts';

/** The picture as soon as it can be worked on; until then the one before it. */
export function useOpenSession(datasetId: number, imageId: number) {
  const [session, setSession] = useState<PictureSession | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it again
  useEffect(() => {
    let opened: PictureSession | null = null;
    let isLeft = false;
    setError(null);
    openSession(datasetId, imageId).then(
      (coming) => {
        if (isLeft) return closeSession(coming);
        opened = coming;
        setSession(coming);
      },
      (reason) => {
        if (isLeft) return;
        heldKeys.drop();
        setSession(null);
        setError(reason);
      },
    );
    return () => {
      isLeft = true;
      if (opened !== null) closeSession(opened);
    };
  }, [datasetId, imageId, attempt]);
  return { session, error, retry: () => setAttempt(attempt + 1) };
}
