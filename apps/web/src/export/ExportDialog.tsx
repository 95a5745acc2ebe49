// Makes a file of a dataset: what, of when, in which format; then progress, what was lost, and the download.

import {
  Alert,
  Button,
  Group,
  MultiSelect,
  Radio,
  Select,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { exportFormats, isMadeOfPictures, type Job, leftBehind } from '@migaki/api';
import { lossFeatures, possibleLosses } from '@migaki/coco';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useWords } from '../i18n/use-words.ts';
import { JobDialog } from '../jobs/JobDialog.tsx';
import { madeFileUrl } from '../jobs/made-file.ts';
import { client } from '../server/client.ts';
import { datasetQuery, facetsQuery, versionExtentQuery, versionsQuery } from '../server/queries.ts';
import { FormEnd } from '../shell/FormEnd.tsx';
import './export.css';

type Format = (typeof exportFormats)[number];
type Task = 'detect' | 'segment' | 'pose' | 'classify';
const tasks: readonly Task[] = ['detect', 'segment', 'pose', 'classify'];
const now = 'now';

interface ExportDialogProps {
  datasetId: number;
  /** Of the view that is open. */
  query: string;
  isOpen: boolean;
  onClose: () => void;
}

export function ExportDialog({ datasetId, query, isOpen, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('export.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <ExportForm datasetId={datasetId} query={query} onClose={onClose} onStarted={onStarted} />
      )}
      hint={t('export.mayClose')}
      next={(job) => <Download job={job} />}
    />
  );
}

interface ExportFormProps {
  datasetId: number;
  query: string;
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function ExportForm({ datasetId, query, onClose, onStarted }: ExportFormProps) {
  const { t } = useTranslation();
  const { data: versions = [] } = useQuery(versionsQuery(datasetId));
  const [format, setFormat] = useState<Format>('coco');
  const [task, setTask] = useState<Task>('detect');
  const [version, setVersion] = useState(now);
  const [wantsImages, setWantsImages] = useState(false);
  const [withReview, setWithReview] = useState(false);
  const [categories, setCategories] = useState<string[]>([]);
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const isNow = version === now;
  const { data: then } = useQuery({
    ...versionExtentQuery(datasetId, version, ''),
    enabled: !isNow,
  });
  const names = isNow ? dataset?.categories.map(({ name }) => name) : then?.categories;
  // Of another time there may be others.
  const chosen = categories.filter((name) => names?.includes(name));
  const [part, setPart] = useState<'query' | 'all'>(query === '' ? 'all' : 'query');
  const needsImages = isMadeOfPictures(format, task);
  const withImages = wantsImages || needsImages;
  const start = useMutation({
    mutationFn: () =>
      client.startExport({
        body: {
          datasetId,
          format,
          withImages,
          withReview: format === 'coco' && withReview,
          query: part === 'query' ? query : '',
          ...(chosen.length > 0 && { categories: chosen }),
          ...(!isNow && { version }),
          ...(format === 'yolo' && { task }),
        },
      }),
    onSuccess: ({ job }) => onStarted(job),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack>
        <Group grow align="flex-start">
          <Select
            label={t('import.format')}
            description={t(`formats.${format}.help`)}
            data={exportFormats.map((value) => ({ value, label: t(`formats.${value}.name`) }))}
            value={format}
            onChange={(value) => setFormat((value ?? 'coco') as Format)}
            allowDeselect={false}
            inputWrapperOrder={['label', 'input', 'description']}
            data-autofocus
          />
          {format === 'yolo' && (
            <Select
              label={t('export.task')}
              data={tasks.map((value) => ({ value, label: t(`export.tasks.${value}`) }))}
              value={task}
              onChange={(value) => setTask((value ?? 'detect') as Task)}
              allowDeselect={false}
            />
          )}
        </Group>
        <NotCarried format={format} task={task} withReview={format === 'coco' && withReview} />
        <Select
          label={t('export.version')}
          data={[
            { value: now, label: t('versions.now') },
            ...versions.map(({ name }) => ({ value: name, label: name })),
          ]}
          value={version}
          onChange={(value) => setVersion(value ?? now)}
          allowDeselect={false}
        />
        {query !== '' && (
          <Radio.Group
            label={t('export.part')}
            description={!isNow && part === 'query' ? t('export.asThen') : undefined}
            value={part}
            onChange={(value) => setPart(value as typeof part)}
          >
            <Stack gap={6} mt={4}>
              <Radio value="query" label={t('export.matching', { query })} />
              <Radio value="all" label={t('export.everything')} />
            </Stack>
          </Radio.Group>
        )}
        <MultiSelect
          label={t('export.categories')}
          description={t('export.categoriesHelp')}
          inputWrapperOrder={['label', 'input', 'description']}
          placeholder={chosen.length === 0 ? t('export.allCategories') : undefined}
          data={[...new Set(names)]}
          value={chosen}
          onChange={setCategories}
          searchable
          clearable
        />
        <Switch
          label={t('export.withImages')}
          description={needsImages ? t('export.needsImages') : undefined}
          checked={withImages}
          disabled={needsImages}
          onChange={({ currentTarget }) => setWantsImages(currentTarget.checked)}
        />
        {format === 'coco' && (
          <Switch
            label={t('export.withReview')}
            description={t('export.withReviewHelp')}
            checked={withReview}
            onChange={({ currentTarget }) => setWithReview(currentTarget.checked)}
          />
        )}
        <FormEnd
          label={t('export.start')}
          error={start.error}
          isPending={start.isPending}
          onCancel={onClose}
          note={
            <ExportExtent
              datasetId={datasetId}
              query={part === 'query' ? query : ''}
              version={version}
              isWhole={chosen.length === 0}
            />
          }
        />
      </Stack>
    </form>
  );
}

interface NotCarriedProps {
  format: Format;
  task: Task;
  withReview: boolean;
}

/** What the report of the export may tell, in its words, before it is made. */
function NotCarried({ format, task, withReview }: NotCarriedProps) {
  const { t } = useTranslation();
  const { say } = useWords();
  const losses = [
    ...possibleLosses(format, task).map((feature) => lossFeatures[feature]),
    ...(format === 'coco' ? [leftBehind.turnedBoxes, leftBehind.pictureLabels] : []),
    ...(withReview ? [] : [leftBehind.review]),
    leftBehind.proposals,
  ];
  return (
    <div className="not-carried">
      <Text size="xs">{t(`export.carries.${format}`)}</Text>
      <Text size="xs" c="dimmed">
        {t('export.notCarried')}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <ul tabIndex={0} aria-label={t('export.notCarried')}>
        {losses.map((loss) => (
          <li key={loss}>{say(loss)}</li>
        ))}
      </ul>
    </div>
  );
}

interface ExportExtentProps {
  datasetId: number;
  query: string;
  version: string;
  /** Of all categories. */
  isWhole: boolean;
}

/** How much it will be. */
function ExportExtent({ datasetId, query, version, isWhole }: ExportExtentProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sayError } = useWords();
  const isNow = version === now;
  const facets = useQuery({ ...facetsQuery(datasetId, query), enabled: isNow });
  const then = useQuery({ ...versionExtentQuery(datasetId, version, query), enabled: !isNow });
  const { error, isFetching } = isNow ? facets : then;
  if (error !== null) {
    return (
      <Alert color="red" icon={<IconAlertTriangle />} role="alert">
        {sayError(error)}
      </Alert>
    );
  }
  const counted = isNow
    ? facets.data && {
        imageCount: facets.data.imageCount,
        annotationCount: facets.data.objectCount,
      }
    : then.data;
  if (counted === undefined) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {isFetching && t('export.counting')}
      </Text>
    );
  }
  const { imageCount, annotationCount } = counted;
  const pictures = t('counts.pictures', { count: imageCount, shown: format.count(imageCount) });
  const objects = t('counts.objects', {
    count: annotationCount,
    shown: format.count(annotationCount),
  });
  return (
    <Text size="sm" role="status" c={imageCount === 0 ? 'orange' : undefined}>
      {isWhole ? `${pictures} · ${objects}` : pictures}
    </Text>
  );
}

function Download({ job }: { job: Job }) {
  const { t } = useTranslation();
  const fileUrl = madeFileUrl(job);
  if (fileUrl === null) return null;
  return (
    <Button component="a" href={fileUrl} download leftSection={<IconDownload size={14} />}>
      {t('export.download')}
    </Button>
  );
}
