// Where looking over begins, and what it has come to when it ends or pauses.

import { Button, Center, Group, Loader } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { allSent } from '../dataset/acting/edit-queue.ts';
import { runAction } from '../shell/actions.ts';
import { EmptyState } from '../shell/EmptyState.tsx';
import { ErrorView, notifyError } from '../shell/ErrorView.tsx';
import { LinkButton } from '../shell/links.tsx';
import { notifyDone } from '../shell/notify.tsx';
import { passedOver, queueQuery } from './queue.ts';
import { Summary } from './Summary.tsx';
import { firstUnseen } from './sitting.ts';
import { beginSitting, endSitting, useSitting } from './sitting-store.ts';
import './look-over.css';

const route = getRouteApi('/datasets/$datasetId/look-over');

export function LookOverPage() {
  const { t } = useTranslation();
  const datasetId = Number(route.useParams().datasetId);
  const { q = '', begin } = route.useSearch();
  const sitting = useSitting(datasetId);
  const { data, error, refetch } = useQuery(
    queueQuery(datasetId, q, sitting === null ? 0 : passedOver(sitting)),
  );
  useBeginning(datasetId, q, begin);
  if (error !== null && data === undefined) {
    return (
      <Center h="50vh" p="md">
        <ErrorView error={error} onRetry={refetch} />
      </Center>
    );
  }
  if (begin !== undefined || data === undefined) {
    return (
      <Center h="50vh">
        <Loader aria-label={t('lookOver.title')} />
      </Center>
    );
  }
  if (sitting !== null && sitting.q === q && sitting.visits.length > 0) {
    return <Summary datasetId={datasetId} sitting={sitting} data={data} />;
  }
  const hasAny = data.total > 0;
  return (
    <EmptyState
      icon={<IconSparkles size={40} stroke={1.2} />}
      title={hasAny ? t('lookOver.waiting', { count: data.total }) : t('lookOver.nothing')}
      advice={
        hasAny
          ? t('lookOver.how')
          : t(`lookOver.${q === '' ? 'nothingAdvice' : 'nothingHere'}`, { q })
      }
    >
      {hasAny ? (
        <LinkButton
          to="/datasets/$datasetId/look-over"
          params={{ datasetId: String(datasetId) }}
          search={{ q: q || undefined, begin: '1' }}
        >
          {t('lookOver.begin')}
        </LinkButton>
      ) : (
        <Group gap="xs" justify="center">
          <Button
            leftSection={<IconSparkles size={14} />}
            title={`${t('preannotate.title')} (⇧P)`}
            onClick={() => runAction('preannotate')}
          >
            {t('lookOver.propose')}
          </Button>
          {q !== '' && (
            <LinkButton
              variant="default"
              to="/datasets/$datasetId/look-over"
              params={{ datasetId: String(datasetId) }}
              search={{ begin: '1' }}
            >
              {t('lookOver.inAll')}
            </LinkButton>
          )}
          <LinkButton
            variant="default"
            to="/datasets/$datasetId/images"
            params={{ datasetId: String(datasetId) }}
            search={{ q: q || undefined }}
          >
            {t('lookOver.toPictures')}
          </LinkButton>
        </Group>
      )}
    </EmptyState>
  );
}

/** To the first picture that was not seen; where there is none, the page itself says so. */
function useBeginning(datasetId: number, q: string, begin: '1' | 'anew' | undefined): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  useEffect(() => {
    if (begin === undefined) return;
    let isLeft = false;
    const params = { datasetId: String(datasetId) };
    const search = q === '' ? {} : { q };
    const goOn = async () => {
      // What was decided in the grid must not come again.
      await allSent(datasetId);
      const sitting = beginSitting(datasetId, q, { isNew: begin === 'anew' });
      const query = queueQuery(datasetId, q, passedOver(sitting));
      const { items } = await queries.fetchQuery({ ...query, staleTime: 0 });
      if (isLeft) return;
      const first = firstUnseen(items, sitting);
      if (first === undefined) {
        endSitting(datasetId);
        // What was done before is there already, and stays.
        if (sitting.visits.length > 0) notifyDone(t('lookOver.noneOpen'));
        return navigate({ to: '/datasets/$datasetId/look-over', params, search, replace: true });
      }
      return navigate({
        to: '/datasets/$datasetId/annotate/$imageId',
        params: { ...params, imageId: String(first.id) },
        search: { ...search, over: '1' },
        replace: true,
      });
    };
    goOn().catch((error) => {
      notifyError(error);
      if (!isLeft)
        void navigate({ to: '/datasets/$datasetId/look-over', params, search, replace: true });
    });
    return () => {
      isLeft = true;
    };
  }, [datasetId, q, begin, navigate, queries, t]);
}
