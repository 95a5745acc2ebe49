// One version of a model: how good it is, its file in three precisions, what points at it, where it comes from.

import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ModelDetail, ModelVersion } from '@migaki/api';
import { IconPlayerPlay, IconReportAnalytics, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EvaluateDialog } from '../evaluations/EvaluateDialog.tsx';
import { EvaluationList } from '../evaluations/EvaluationList.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { PinnedLink } from '../runs/PinnedLink.tsx';
import { MetricTiles } from '../runs/run/MetricTiles.tsx';
import { useRunWords } from '../runs/use-run-words.ts';
import { client, queryClient } from '../server/client.ts';
import { evaluationsQuery } from '../server/evaluation-queries.ts';
import { notifyError } from '../shell/ErrorView.tsx';
import { FactList } from '../shell/FactList.tsx';
import { LinkAnchor, LinkButton } from '../shell/links.tsx';
import { NotesField } from '../shell/NotesField.tsx';
import { notifyDone } from '../shell/notify.tsx';
import { Aliases } from './Aliases.tsx';
import { Downloads } from './Downloads.tsx';
import { Lineage } from './Lineage.tsx';

interface VersionPartProps {
  model: ModelDetail;
  version: ModelVersion;
}

export function VersionPart({ model, version }: VersionPartProps) {
  const { t } = useTranslation();
  const params = { modelId: model.id, version: version.version };
  const name = `${model.name}@${version.version}`;
  const [isEvaluating, setEvaluating] = useState(false);
  const isPointedAt = version.aliases.length > 0;
  const remove = async () => {
    try {
      await client.deleteModelVersion({ params });
      await queryClient.invalidateQueries({ queryKey: ['models'] });
      notifyDone(t('models.deleted', { name }));
    } catch (error) {
      notifyError(error);
    }
  };
  const askDelete = () =>
    modals.openConfirmModal({
      title: t('models.confirmDeleteVersion', { name }),
      children: <Text size="sm">{t('models.deleteExplanation')}</Text>,
      labels: { confirm: t('models.delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: remove,
    });
  return (
    <section className="model-body" aria-label={name}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {name}
        </Title>
        <Group gap="xs">
          <LinkButton
            variant="light"
            leftSection={<IconPlayerPlay size={14} />}
            to="/runs/new"
            search={{
              model: name,
              ...(version.dataset?.datasetId != null && {
                dataset: String(version.dataset.datasetId),
              }),
            }}
          >
            {t('models.train')}
          </LinkButton>
          <Button
            variant="light"
            leftSection={<IconReportAnalytics size={14} />}
            onClick={() => setEvaluating(true)}
          >
            {t('evaluations.evaluate')}
          </Button>
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={14} />}
            disabled={isPointedAt}
            title={isPointedAt ? t('models.aliasInTheWay') : undefined}
            onClick={askDelete}
          >
            {t('models.deleteVersion')}
          </Button>
        </Group>
      </Group>
      <Stack gap="lg">
        <MetricTiles metrics={version.metrics} primary={version.primaryMetric} />
        <Measured version={version} />
        <VersionFacts version={version} />
        <Aliases model={model} version={version} />
        <Downloads version={version} />
        <Lineage modelId={model.id} version={version.version} />
        <NotesField
          label={t('models.versionNotes', { version: version.version })}
          notes={version.notes}
          placeholder={t('models.versionNotesPlaceholder')}
          onSave={async (notes) => {
            await client.changeModelVersion({ params, body: { notes } });
            await queryClient.invalidateQueries({ queryKey: ['models'] });
          }}
        />
      </Stack>
      <EvaluateDialog model={name} isOpen={isEvaluating} onClose={() => setEvaluating(false)} />
    </section>
  );
}

/** What it came to on datasets. */
function Measured({ version: { modelId, version } }: { version: ModelVersion }) {
  const { t } = useTranslation();
  const { data } = useQuery(evaluationsQuery({ modelId }));
  const own = data?.filter(({ model }) => model?.version === version) ?? [];
  if (own.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600} component="h3">
        {t('evaluations.measured')}
      </Text>
      <EvaluationList evaluations={own} named="dataset" />
    </div>
  );
}

function VersionFacts({ version }: { version: ModelVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  const { task, classes, inputWidth, inputHeight, size, dataset, run, source } = version;
  const facts: [name: string, value: ReactNode][] = [
    [t('models.facts.task'), t(`runs.tasks.${task}.name`)],
    [t('models.facts.classes'), classes.length > 0 && classes.map(({ name }) => name).join(', ')],
    [t('models.facts.input'), `${inputWidth} × ${inputHeight} px`],
    [t('models.facts.size'), words.value('size', size)],
    [t('models.facts.dataset'), dataset !== null && <PinnedLink dataset={dataset} />],
    [
      t('models.facts.run'),
      run !== null && (
        <LinkAnchor inherit to="/runs/$runId" params={{ runId: String(run.id) }}>
          {run.name}
        </LinkAnchor>
      ),
    ],
    [
      t(source === 'import' ? 'models.facts.imported' : 'models.facts.made'),
      <span key="made" title={format.time(version.createdAt)}>
        {format.ago(version.createdAt)} · {version.author}
      </span>,
    ],
  ];
  return <FactList className="run-facts" facts={facts} />;
}
