// One evaluation: how good the model is, and each of its mistakes, the most wrong first.

import { Alert, Center, Group, Loader, Select, Stack, Text, Title } from '@mantine/core';
import { ApiError, type Evaluation } from '@migaki/api';
import { IconAlertTriangle, IconLayoutGrid } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ModelLink } from '../models/ModelLink.tsx';
import { PinnedLink } from '../runs/PinnedLink.tsx';
import { MetricTiles } from '../runs/run/MetricTiles.tsx';
import { evaluationQuery, evaluationsQuery } from '../server/evaluation-queries.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkButton } from '../shell/links.tsx';
import { CalibrationChart } from './CalibrationChart.tsx';
import { ClassScores } from './ClassScores.tsx';
import { ConfusionTable } from './ConfusionTable.tsx';
import { DeleteEvaluation } from './DeleteEvaluation.tsx';
import { Differences } from './Differences.tsx';
import { FavouredNote } from './FavouredNote.tsx';
import { Judgements } from './Judgements.tsx';
import { LeftOutNotes } from './LeftOutNotes.tsx';
import { OutcomeBars } from './OutcomeBars.tsx';
import { PrecisionRecall } from './PrecisionRecall.tsx';
import { type EvaluationSearch, gridQuery } from './search.ts';
import '../runs/runs.css';
import './evaluations.css';

const route = getRouteApi('/evaluations/$evaluationId');

export function EvaluationPage() {
  const { evaluationId } = route.useParams();
  const { data, error, refetch } = useQuery(evaluationQuery(Number(evaluationId)));
  if (error !== null && data === undefined) {
    const isGone = error instanceof ApiError && error.status === 404;
    return (
      <Center h="60vh" p="md">
        <ErrorView error={error} onRetry={isGone ? undefined : refetch} />
      </Center>
    );
  }
  return data === undefined ? <Loader m="auto" /> : <EvaluationBody evaluation={data} />;
}

function EvaluationBody({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation();
  const { id, modelName, model, dataset, metrics, primaryMetric, isTrainedOn } = evaluation;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const show = (change: EvaluationSearch) =>
    void navigate({ search: (old) => ({ other: old.other, ...change }), replace: true });
  return (
    <div className="evaluation-page">
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={1} size="h3">
              {model === null ? modelName : <ModelLink model={model} />}
            </Title>
            <Text size="sm" c="dimmed" mt={4}>
              {t('evaluations.on', { count: evaluation.imageCount })}{' '}
              <PinnedLink dataset={dataset} />
            </Text>
          </div>
          <Group gap="xs">
            {dataset.datasetId !== null && (
              <LinkButton
                variant="light"
                leftSection={<IconLayoutGrid size={14} />}
                to="/datasets/$datasetId/images"
                params={{ datasetId: String(dataset.datasetId) }}
                search={{
                  q: gridQuery(id, search, evaluation.classes),
                  sort: `-wrong(${id})` as const,
                }}
              >
                {t('evaluations.inGrid')}
              </LinkButton>
            )}
            <DeleteEvaluation evaluation={evaluation} />
          </Group>
        </Group>
        {isTrainedOn && (
          <Alert color="orange" icon={<IconAlertTriangle size={18} />}>
            {t('evaluations.trainedOn')}
          </Alert>
        )}
        <FavouredNote against={evaluation.measuredAgainst} />
        <MetricTiles metrics={metrics} primary={primaryMetric} />
        <LeftOutNotes evaluation={evaluation} />
        <div className="evaluation-charts">
          <Stack gap="sm">
            <OutcomeBars evaluation={evaluation} shown={search.outcome} onShow={show} />
            <ClassScores evaluation={evaluation} />
          </Stack>
          <ConfusionTable evaluation={evaluation} search={search} onShow={show} />
          <PrecisionRecall evaluation={evaluation} onShow={show} />
          <CalibrationChart evaluation={evaluation} />
        </div>
        <OtherEvaluation evaluation={evaluation} other={search.other} />
        {search.other === undefined ? (
          <Judgements evaluation={evaluation} search={search} onShow={show} />
        ) : (
          <Differences evaluation={evaluation} otherId={Number(search.other)} />
        )}
      </Stack>
    </div>
  );
}

interface OtherEvaluationProps {
  evaluation: Evaluation;
  other: string | undefined;
}

/** Another evaluation on the same dataset, to be seen side by side. */
function OtherEvaluation({ evaluation, other }: OtherEvaluationProps) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const { datasetId } = evaluation.dataset;
  const { data } = useQuery({
    ...evaluationsQuery({ datasetId: datasetId ?? undefined }),
    enabled: datasetId !== null,
  });
  const others = (data ?? []).filter(
    ({ id, task }) => id !== evaluation.id && task === evaluation.task,
  );
  if (others.length === 0) return null;
  return (
    <Select
      maw={420}
      label={t('evaluations.compareWith')}
      placeholder={t('evaluations.nothingElse')}
      clearable
      data={others.map(({ id, modelName, dataset }) => ({
        value: String(id),
        label: `${modelName} · ${dataset.version} · #${id}`,
      }))}
      value={other ?? null}
      onChange={(value) =>
        void navigate({ search: value === null ? {} : { other: value }, replace: true })
      }
    />
  );
}
