// Starts a training. Everything has a default that fits, so that one click is enough; what will happen is said beside.

import {
  Alert,
  Button,
  Collapse,
  Group,
  Loader,
  Paper,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronRight,
  IconDatabase,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { queryClient } from '../../server/client.ts';
import { datasetsQuery } from '../../server/queries.ts';
import { runQuery } from '../../server/run-queries.ts';
import { useActions } from '../../shell/actions.ts';
import { LinkButton } from '../../shell/links.tsx';
import { AdvancedSection } from './AdvancedSection.tsx';
import { BeginSection } from './BeginSection.tsx';
import { DataSection } from './DataSection.tsx';
import { EffortSection } from './EffortSection.tsx';
import { Estimate } from './Estimate.tsx';
import { formOf } from './form-of-run.ts';
import { startTraining } from './start-request.ts';
import { TaskCards } from './TaskCards.tsx';
import { problemsOf, type TaskName, type TrainForm, usualForm } from './train-form.ts';
import { useTrainingOptions } from './use-training-options.ts';
import { ValueField } from './ValueField.tsx';
import '../runs.css';
import './train.css';

const route = getRouteApi('/runs/new');

export function TrainPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const { data: datasets } = useQuery(datasetsQuery());
  const { data: model } = useQuery({
    ...runQuery(Number(search.run)),
    enabled: search.run !== undefined,
  });
  if (datasets === undefined || (search.run !== undefined && model === undefined)) {
    return <Loader m="auto" />;
  }
  if (datasets.length === 0) {
    return (
      <Stack align="center" gap="xs" className="empty-view">
        <IconDatabase size={40} stroke={1.2} />
        <Text fw={600}>{t('runs.train.noDataset')}</Text>
        <Text size="sm" c="dimmed" ta="center" maw={440}>
          {t('runs.train.noDatasetAdvice')}
        </Text>
        <LinkButton to="/">{t('datasets.title')}</LinkButton>
      </Stack>
    );
  }
  const initial: TrainForm = {
    ...usualForm,
    ...(model !== undefined && formOf(model)),
    ...(search.model !== undefined && { beginFrom: 'model', model: search.model }),
  };
  return <TrainFormPage initial={initial} datasets={datasets} former={model?.dataset ?? null} />;
}

interface TrainFormPageProps {
  initial: TrainForm;
  datasets: Parameters<typeof DataSection>[0]['datasets'];
  /** What the run that is done again learned from. */
  former: { datasetId: number | null; query?: string } | null;
}

function TrainFormPage({ initial, datasets, former }: TrainFormPageProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [form, setForm] = useState(initial);
  const [hasTried, setTried] = useState(false);
  const [isAdvancedOpen, setAdvancedOpen] = useState(false);
  // The one that was changed last is most likely meant.
  const datasetId =
    search.dataset === undefined ? (former?.datasetId ?? datasets[0].id) : Number(search.dataset);
  const { version } = search;
  const formerQuery = former?.datasetId === datasetId ? former?.query : undefined;
  // Queries speak of the dataset as it is now.
  const query = version === undefined ? (search.q ?? formerQuery ?? '').trim() : '';
  const { options, facets, numberFields, queryError } = useTrainingOptions(datasetId, query);
  const possible = (name: TaskName | null) =>
    options?.find(({ task, isPossible }) => task === name && isPossible);
  const task = (possible(form.task) ?? options?.find(({ isPossible }) => isPossible))?.task ?? null;
  const problems = problemsOf(form, task);
  const shown = Object.fromEntries(
    Object.entries(problems).filter(([, problem]) => hasTried || problem !== 'missing'),
  );
  const start = useMutation({
    mutationFn: () =>
      startTraining(form, task!, { datasetId: datasetId!, version: version ?? null, query }),
    onSuccess: async ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: ['runs'] });
      await navigate({ to: '/runs/$runId', params: { runId: String(id) } });
    },
  });
  const begin = () => {
    setTried(true);
    const hasAdvancedProblem = [
      'seed',
      'learningRate',
      'weightDecay',
      'batch',
      'inputSide',
      'mosaic',
      'patience',
    ].some((field) => field in problems);
    if (hasAdvancedProblem) setAdvancedOpen(true);
    if (Object.keys(problems).length === 0 && datasetId !== null && !start.isPending)
      start.mutate();
  };
  useActions([
    {
      id: 'start-training',
      label: t('runs.train.start'),
      group: t('runs.train.title'),
      keys: ['mod+s'],
      run: begin,
    },
  ]);
  const section = {
    form,
    onChange: (changed: Partial<TrainForm>) => setForm((before) => ({ ...before, ...changed })),
    problems: shown,
  };
  const others = datasets.filter(({ id }) => id !== datasetId);
  const Chevron = isAdvancedOpen ? IconChevronDown : IconChevronRight;
  return (
    <form
      className="page train-page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <Title order={1} size="h3" mb="md">
        {t('runs.train.title')}
      </Title>
      <div className="train-columns">
        <Stack gap="lg" style={{ minWidth: 0 }}>
          <Part title={t('runs.train.data')}>
            <DataSection
              key={datasetId}
              datasets={datasets}
              datasetId={datasetId}
              version={version ?? null}
              query={query}
              queryError={queryError}
              facets={facets}
              onChange={(changed) =>
                void navigate({ search: { ...search, ...changed }, replace: true })
              }
            />
          </Part>
          <Part title={t('runs.train.task')}>
            {options === undefined ? (
              <Text size="sm" c="dimmed">
                {t(`runs.train.${queryError === null ? 'chooseDatasetFirst' : 'mendFilterFirst'}`)}
              </Text>
            ) : (
              <TaskCards
                options={options}
                chosen={task}
                onChoose={(chosen) => section.onChange({ task: chosen })}
              />
            )}
            {options !== undefined && task === null && (
              <Alert color="orange" icon={<IconAlertTriangle />} mt="sm">
                {t(`runs.train.${query === '' ? 'nothingToLearn' : 'nothingMatches'}`)}
              </Alert>
            )}
            {task === 'regress' && <ValueField {...section} fields={numberFields} />}
          </Part>
          <Part title={t('runs.train.effort')}>
            <EffortSection {...section} datasets={others} />
          </Part>
          <Part title={t('runs.train.begin')}>
            <BeginSection {...section} />
          </Part>
          <Paper withBorder p="md">
            <Button
              variant="subtle"
              color="gray"
              leftSection={<Chevron size={14} />}
              aria-expanded={isAdvancedOpen}
              onClick={() => setAdvancedOpen(!isAdvancedOpen)}
            >
              {t('runs.train.advanced')}
            </Button>
            <Collapse expanded={isAdvancedOpen}>
              <div className="train-advanced">
                <AdvancedSection {...section} task={task} />
              </div>
            </Collapse>
          </Paper>
        </Stack>
        <aside className="train-summary">
          <Paper withBorder p="md">
            <Stack gap="md">
              <Text fw={600} component="h2">
                {t('runs.train.whatWillHappen')}
              </Text>
              <Estimate
                form={form}
                task={task}
                option={possible(task)}
                facets={facets}
                version={version ?? null}
                query={query}
                validationName={datasets.find(({ id }) => id === form.validationDatasetId)?.name}
              />
              <TextInput
                label={t('runs.train.fields.name')}
                placeholder={t('runs.train.nameAutomatic')}
                value={form.name}
                onChange={({ currentTarget }) => section.onChange({ name: currentTarget.value })}
                maxLength={200}
              />
              {hasTried && Object.keys(problems).length > 0 && (
                <Text size="sm" c="red" role="alert">
                  {t('runs.train.fixFields')}
                </Text>
              )}
              {start.error !== null && (
                <Alert color="red" icon={<IconAlertTriangle />} role="alert">
                  {sayError(start.error)}
                </Alert>
              )}
              <Group justify="flex-end">
                <Button
                  type="submit"
                  size="sm"
                  fullWidth
                  leftSection={<IconPlayerPlay size={16} />}
                  loading={start.isPending}
                  disabled={datasetId === null || task === null}
                >
                  {t('runs.train.start')}
                </Button>
              </Group>
            </Stack>
          </Paper>
        </aside>
      </div>
    </form>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Text fw={600} mb="sm" component="h2">
        {title}
      </Text>
      {children}
    </Paper>
  );
}
