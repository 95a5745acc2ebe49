// What was trained on a dataset: version by version, the runs and the models that came of them.

import { Badge, Button, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import {
  IconArrowRight,
  IconPlayerPlay,
  IconRefresh,
  IconReportAnalytics,
  IconTable,
  IconTrendingUp,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EvaluateDialog } from '../evaluations/EvaluateDialog.tsx';
import { EvaluationList } from '../evaluations/EvaluationList.tsx';
import { RetrainDialog } from '../evaluations/RetrainDialog.tsx';
import { JobStateBadge } from '../jobs/JobProgress.tsx';
import { evaluationsQuery } from '../server/evaluation-queries.ts';
import { datasetLineageQuery } from '../server/run-queries.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkAnchor, LinkButton } from '../shell/links.tsx';
import { ModelLink } from './ModelLink.tsx';
import './models.css';

const route = getRouteApi('/datasets/$datasetId/runs');

export function DatasetRunsTab() {
  const { t } = useTranslation();
  const { datasetId } = route.useParams();
  const { data: versions, error, refetch } = useQuery(datasetLineageQuery(Number(datasetId)));
  const { data: evaluations = [] } = useQuery(evaluationsQuery({ datasetId: Number(datasetId) }));
  const [isEvaluating, setEvaluating] = useState(false);
  const [isRetraining, setRetraining] = useState(false);
  const used = (versions ?? []).filter(({ runs }) => runs.length > 0);
  const evaluateButton = (
    <Button
      variant="default"
      leftSection={<IconReportAnalytics size={14} />}
      onClick={() => setEvaluating(true)}
    >
      {t('evaluations.evaluate')}
    </Button>
  );
  return (
    <div className="dataset-runs">
      {error !== null && versions === undefined && <ErrorView error={error} onRetry={refetch} />}
      {versions === undefined && error === null && <Loader m="auto" mt={80} />}
      {versions !== undefined && used.length === 0 && evaluations.length === 0 && (
        <Stack align="center" gap="xs" className="empty-view">
          <IconTrendingUp size={40} stroke={1.2} />
          <Text fw={600}>{t('models.ofDataset.none')}</Text>
          <Text size="sm" c="dimmed" ta="center" maw={440}>
            {t('models.ofDataset.noneAdvice')}
          </Text>
          <LinkButton
            leftSection={<IconPlayerPlay size={14} />}
            to="/runs/new"
            search={{ dataset: datasetId }}
          >
            {t('runs.train.title')}
          </LinkButton>
          {evaluateButton}
        </Stack>
      )}
      {(used.length > 0 || evaluations.length > 0) && (
        <>
          <Group gap="xs" mb="sm">
            <LinkButton
              variant="default"
              leftSection={<IconTable size={14} />}
              to="/runs"
              search={{ dataset: datasetId }}
            >
              {t('models.ofDataset.allRuns')}
            </LinkButton>
            <Button leftSection={<IconRefresh size={14} />} onClick={() => setRetraining(true)}>
              {t('retrain.button')}
            </Button>
            {evaluateButton}
          </Group>
          {evaluations.length > 0 && (
            <Paper withBorder p="sm" mb="sm">
              <Text size="sm" fw={600} component="h2">
                {t('evaluations.measured')}
              </Text>
              <EvaluationList evaluations={evaluations} named="model" />
            </Paper>
          )}
          <Stack gap="sm">
            {used.map(({ version, revision, runs }) => (
              <Paper key={version} withBorder p="sm">
                <Text size="sm" fw={600} component="h2">
                  {version}{' '}
                  <Text span size="xs" c="dimmed">
                    {t('versions.revision', { revision })}
                  </Text>
                </Text>
                {runs.map(({ id, name, state, task, use, models }) => (
                  <div key={`${id} ${use}`} className="dataset-run">
                    <JobStateBadge state={state} />
                    <LinkAnchor inherit to="/runs/$runId" params={{ runId: String(id) }}>
                      {name}
                    </LinkAnchor>
                    {task !== null && (
                      <Text size="xs" c="dimmed">
                        {t(`runs.tasks.${task}.name`)}
                      </Text>
                    )}
                    {use === 'validation' && (
                      <Badge size="sm" variant="outline" color="gray">
                        {t('models.ofDataset.validation')}
                      </Badge>
                    )}
                    {models.length > 0 && (
                      <IconArrowRight
                        size={14}
                        className="lineage-arrow"
                        aria-label={t('models.ofDataset.made')}
                      />
                    )}
                    {models.map((model) => (
                      <ModelLink key={`${model.modelId} ${model.version}`} model={model} />
                    ))}
                  </div>
                ))}
              </Paper>
            ))}
          </Stack>
        </>
      )}
      <RetrainDialog
        datasetId={Number(datasetId)}
        isOpen={isRetraining}
        onClose={() => setRetraining(false)}
      />
      <EvaluateDialog
        datasetId={Number(datasetId)}
        isOpen={isEvaluating}
        onClose={() => setEvaluating(false)}
      />
    </div>
  );
}
