// One picture to be annotated: opens it, and says so where that cannot be.

import { Center, Loader } from '@mantine/core';
import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Annotator } from './Annotator.tsx';
import { heldKeys } from './keys/held-keys.ts';
import { NotOpened } from './NotOpened.tsx';
import { viewOf } from './search.ts';
import { EditorProvider } from './session/EditorContext.tsx';
import { useLeave } from './use-leave.ts';
import { useOpenSession } from './use-open-session.ts';
import { noteAnnotated } from './use-was-annotated.ts';
import './annotate.css';

noteAnnotated();

const route = '/datasets/$datasetId/annotate/$imageId';

export function AnnotatePage() {
  const { t } = useTranslation();
  const params = useParams({ from: route });
  const search = useSearch({ from: route });
  const [datasetId, imageId] = [Number(params.datasetId), Number(params.imageId)];
  const { session, error, retry } = useOpenSession(datasetId, imageId);
  const leave = useLeave(datasetId);
  // Who leaves on the way to a picture does not mean the next one that is opened.
  useEffect(() => heldKeys.drop, []);
  if (error !== null) {
    return (
      <NotOpened
        place={{ datasetId, imageId, view: viewOf(search) }}
        isLookingOver={search.over === '1'}
        beforeId={session?.image.id ?? null}
        error={error}
        onRetry={retry}
        onLeave={leave}
      />
    );
  }
  if (session === null) {
    return (
      <Center className="annotator annotate-alone">
        <Loader aria-label={t('annotate.opening')} />
      </Center>
    );
  }
  return (
    <EditorProvider key={session.image.id} session={session}>
      <Annotator
        view={viewOf(search)}
        startAt={search.object === undefined ? null : Number(search.object)}
        isLookingOver={search.over === '1'}
        isComing={session.image.id !== imageId}
      />
    </EditorProvider>
  );
}
