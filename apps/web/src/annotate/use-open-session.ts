import { useCallback, useEffect, useState } from 'react';
import { listenForReturn } from '../saving/listen-for-return.ts';
import { isTemporary } from '../server/client.ts';
import { heldKeys } from './keys/held-keys.ts';
import { closeSession, endLastLeft, leaveSession, openSession } from './session/open-session.ts';
import type { PictureSession } from './session/picture-session.ts';

/** Beside the moments at which a browser or the workbench tells that it is back. */
const againMillis = 5000;

export interface OpenSession {
  /** The picture as soon as it can be worked on; until then, and where it cannot be opened, the one before it. */
  session: PictureSession | null;
  /** Why the picture cannot be opened; null while nobody knows of a reason. */
  error: unknown;
  retry: () => void;
}

export function useOpenSession(datasetId: number, imageId: number): OpenSession {
  const [session, setSession] = useState<PictureSession | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it again
  useEffect(() => {
    let opened: PictureSession | null = null;
    let isLeft = false;
    openSession(datasetId, imageId).then(
      (coming) => {
        if (isLeft) return closeSession(coming);
        opened = coming;
        setSession(coming);
        setError(null);
      },
      (reason) => {
        if (isLeft) return;
        heldKeys.drop();
        setError(reason);
      },
    );
    return () => {
      isLeft = true;
      if (opened !== null) leaveSession(opened);
    };
  }, [datasetId, imageId, attempt]);
  useEffect(() => endLastLeft, []);
  const isFailed = error !== null;
  const isForNow = isTemporary(error);
  useEffect(() => {
    if (!isFailed) return;
    const endListening = listenForReturn(retry);
    const timer = isForNow ? setInterval(retry, againMillis) : undefined;
    return () => {
      endListening();
      clearInterval(timer);
    };
  }, [isFailed, isForNow, retry]);
  return { session, error, retry };
}
