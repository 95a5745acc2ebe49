// Lets a model propose what is in the pictures: which model, which pictures, how sure; then progress, and on to looking over.

import { Input, Radio, Select, Slider, Stack, Switch, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconEyeCheck, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../jobs/JobDialog.tsx';
import { useModelReferences } from '../runs/use-model-references.ts';
import { client } from '../server/client.ts';
import { FormEnd } from '../shell/FormEnd.tsx';
import { LinkButton } from '../shell/links.tsx';

interface PreannotateDialogProps {
  datasetId: number;
  /** Of the view that is open. */
  query: string;
  isOpen: boolean;
  onClose: () => void;
}

export function PreannotateDialog({ datasetId, query, isOpen, onClose }: PreannotateDialogProps) {
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('preannotate.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <PreannotateForm
          datasetId={datasetId}
          query={query}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
      hint={t('preannotate.mayClose')}
      next={({ state }) =>
        state === 'succeeded' && (
          <LinkButton
            leftSection={<IconEyeCheck size={14} />}
            to="/datasets/$datasetId/images"
            params={{ datasetId: String(datasetId) }}
            search={{ q: 'state:proposed', sort: 'score' }}
            onClick={onClose}
          >
            {t('preannotate.lookOver')}
          </LinkButton>
        )
      }
    />
  );
}

/** Whose answers are annotations. */
const proposingTasks: readonly string[] = ['detect', 'segment', 'pose', 'classify'];
const usualThreshold = 0.5;

interface PreannotateFormProps {
  datasetId: number;
  query: string;
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function PreannotateForm({ datasetId, query, onClose, onStarted }: PreannotateFormProps) {
  const { t } = useTranslation();
  const models = useModelReferences()
    ?.filter(({ task }) => proposingTasks.includes(task))
    .map(({ reference }) => reference);
  const [chosen, setModel] = useState<string | null>(null);
  const [part, setPart] = useState<'query' | 'all'>(query === '' ? 'all' : 'query');
  const [onlyUnlabelled, setOnlyUnlabelled] = useState(true);
  const [threshold, setThreshold] = useState(usualThreshold);
  const model = chosen ?? models?.[0] ?? null;
  const start = useMutation({
    mutationFn: () =>
      client.startPreannotation({
        params: { datasetId },
        body: { model: model!, query: part === 'query' ? query : '', onlyUnlabelled, threshold },
      }),
    onSuccess: ({ job }) => onStarted(job),
  });
  if (models?.length === 0) {
    return (
      <Stack align="flex-start">
        <Text size="sm">{t('preannotate.noModel')}</Text>
        <LinkButton
          leftSection={<IconPlayerPlay size={14} />}
          to="/runs/new"
          search={{ dataset: String(datasetId) }}
        >
          {t('dataset.train')}
        </LinkButton>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('preannotate.explained')}
        </Text>
        <Select
          label={t('runs.train.fields.model')}
          data={models ?? []}
          value={model}
          onChange={setModel}
          allowDeselect={false}
          data-autofocus
        />
        {query !== '' && (
          <Radio.Group
            label={t('preannotate.pictures')}
            value={part}
            onChange={(value) => setPart(value as typeof part)}
          >
            <Stack gap={6} mt={4}>
              <Radio value="query" label={t('export.matching', { query })} />
              <Radio value="all" label={t('export.everything')} />
            </Stack>
          </Radio.Group>
        )}
        <Switch
          label={t('preannotate.onlyUnlabelled')}
          checked={onlyUnlabelled}
          onChange={({ currentTarget }) => setOnlyUnlabelled(currentTarget.checked)}
        />
        <Input.Wrapper
          label={t('preannotate.threshold')}
          description={t('preannotate.thresholdHelp')}
        >
          <Slider
            mt="xs"
            mb="md"
            min={0}
            max={1}
            step={0.05}
            value={threshold}
            onChange={setThreshold}
            label={(value) => value.toFixed(2)}
            marks={[0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: String(value) }))}
            thumbLabel={t('preannotate.threshold')}
          />
        </Input.Wrapper>
        <FormEnd
          label={t('preannotate.start')}
          error={start.error}
          isPending={start.isPending}
          isReady={model !== null}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}
