// Lets a model look for mistakes in the labels: which model, which pictures; then progress, and on to what it found.

import { Input, Radio, Select, Slider, Stack, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../../jobs/JobDialog.tsx';
import { useModelReferences } from '../../runs/use-model-references.ts';
import { client } from '../../server/client.ts';
import { FormEnd } from '../../shell/FormEnd.tsx';
import { LinkButton } from '../../shell/links.tsx';

interface FindMistakesDialogProps {
  datasetId: number;
  /** Of the view that is open. */
  query: string;
  isOpen: boolean;
  onClose: () => void;
}

export function FindMistakesDialog(props: FindMistakesDialogProps) {
  const { datasetId, query, isOpen, onClose } = props;
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('mistakes.find.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <FindMistakesForm
          datasetId={datasetId}
          query={query}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
      hint={t('mistakes.find.mayClose')}
      next={() => null}
    />
  );
}

/** Whose answers can be held against labels. */
const lookingTasks: readonly string[] = ['detect', 'segment', 'pose', 'classify'];

/** More likely wrong than right. */
const usualDoubt = 0.5;

interface FindMistakesFormProps {
  datasetId: number;
  query: string;
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function FindMistakesForm({ datasetId, query, onClose, onStarted }: FindMistakesFormProps) {
  const { t } = useTranslation();
  const models = useModelReferences()
    ?.filter(({ task }) => lookingTasks.includes(task))
    .map(({ reference }) => reference);
  const [chosen, setModel] = useState<string | null>(null);
  const [part, setPart] = useState<'query' | 'all'>(query === '' ? 'all' : 'query');
  const [leastDoubt, setLeastDoubt] = useState(usualDoubt);
  const model = chosen ?? models?.[0] ?? null;
  const start = useMutation({
    mutationFn: () =>
      client.startMistakeSearch({
        params: { datasetId },
        body: { model: model!, query: part === 'query' ? query : '', leastDoubt },
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
          {t('mistakes.find.explained')}
        </Text>
        <Select
          label={t('runs.train.fields.model')}
          description={t('mistakes.find.modelHelp')}
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
        <Input.Wrapper
          label={t('mistakes.find.leastDoubt')}
          description={t('mistakes.find.leastDoubtHelp')}
        >
          <Slider
            mt="xs"
            mb="md"
            min={0.1}
            max={0.9}
            step={0.05}
            value={leastDoubt}
            onChange={setLeastDoubt}
            label={(value) => value.toFixed(2)}
            marks={[0.1, 0.3, 0.5, 0.7, 0.9].map((value) => ({ value, label: String(value) }))}
            thumbLabel={t('mistakes.find.leastDoubt')}
          />
        </Input.Wrapper>
        <FormEnd
          label={t('mistakes.find.start')}
          error={start.error}
          isPending={start.isPending}
          isReady={model !== null}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}
