// The one page of what models saved the people of a dataset, and how good they have become.

import { Center, Group, Loader } from '@mantine/core';
import { IconRefresh, IconSparkles } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { roundsQuery, savingsQuery } from '../server/evaluation-queries.ts';
import { EmptyState } from '../shell/EmptyState.tsx';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkButton } from '../shell/links.tsx';
import { SlipsPart, UnseenPart } from './ControlParts.tsx';
import { Headline } from './Headline.tsx';
import { Rounds } from './Rounds.tsx';
import { SlippedMistakes } from './SlippedMistakes.tsx';
import { ActionsPart, LabelsPart, TimePart } from './WorkParts.tsx';
import './rounds.css';

const route = getRouteApi('/datasets/$datasetId/rounds');

export function RoundsTab() {
  const { t } = useTranslation();
  const params = route.useParams();
  const datasetId = Number(params.datasetId);
  const { data: savings, error, refetch } = useQuery(savingsQuery(datasetId));
  const { data: rounds = [] } = useQuery(roundsQuery(datasetId));
  if (savings === undefined) {
    return (
      <Center h="50vh" p="md">
        {error === null ? (
          <Loader aria-label={t('rounds.title')} />
        ) : (
          <ErrorView error={error} onRetry={refetch} />
        )}
      </Center>
    );
  }
  const { labels, work, controls, mistakes } = savings;
  const hasLabels = Object.values(labels).some((count) => count > 0);
  const isEmpty =
    !hasLabels && rounds.length === 0 && work.pictureCount + controls.count + mistakes.count === 0;
  if (isEmpty) {
    return (
      <EmptyState
        icon={<IconSparkles size={40} stroke={1.2} />}
        title={t('rounds.empty')}
        advice={t('rounds.emptyAdvice')}
      >
        <LinkButton to="/datasets/$datasetId/images" params={params} search={{}}>
          {t('lookOver.toPictures')}
        </LinkButton>
      </EmptyState>
    );
  }
  return (
    <div className="rounds-page">
      <Headline savings={savings} rounds={rounds} />
      <div className="rounds-parts">
        <LabelsPart savings={savings} />
        <ActionsPart savings={savings} />
        <TimePart savings={savings} />
        <SlipsPart savings={savings} />
        <UnseenPart savings={savings} />
      </div>
      <SlippedMistakes datasetId={datasetId} />
      <Rounds rounds={rounds} />
      <Group gap="xs">
        <LinkButton
          variant="default"
          leftSection={<IconRefresh size={14} />}
          to="/datasets/$datasetId/runs"
          params={params}
        >
          {t('lookOver.retrain')}
        </LinkButton>
      </Group>
    </div>
  );
}
