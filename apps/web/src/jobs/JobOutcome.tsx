// What came of a job: what was found, what was missing, what could not be carried, why it failed.

import { Alert, Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import {
  IconAlertTriangle,
  IconCircleX,
  IconInfoCircle,
  IconPhotoOff,
  IconPhotoPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useWords } from '../i18n/use-words.ts';
import { closeImport, openImport } from '../import/import-dialog-state.ts';
import { LinkButton } from '../shell/links.tsx';
import { emptyExport, importCounts, lastWordsOf, reportOf } from './job-state.ts';
import './jobs.css';

const fewLines = 3;
/** More lines than anybody reads stay in the job's log. */
const mostLines = 200;

export function JobOutcome({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { say, sayRefusal } = useWords();
  const format = useFormat();
  const report = reportOf(job.result);
  const lastWords = lastWordsOf(job);
  const { missingPictures, missingPictureCount, losses, notes, problems, problemCount } = report;
  const { damaged, damagedCount } = report;
  const asked = emptyExport(job);
  const counts = job.kind === 'import' ? importCounts(job.result) : report.counts;
  return (
    <Stack gap="xs">
      {job.error !== null && (
        <Alert color="red" icon={<IconCircleX />} role="alert">
          {sayRefusal(job.error)}
        </Alert>
      )}
      {lastWords !== null && (
        <Alert color="indigo" icon={<IconInfoCircle />} role="status">
          {say(lastWords)}
          {job.datasetId !== null && (
            <div>
              <LinkButton
                size="compact-xs"
                variant="default"
                mt="xs"
                to="/datasets/$datasetId/versions"
                params={{ datasetId: String(job.datasetId) }}
                onClick={closeImport}
              >
                {t('dataset.tabs.versions')}
              </LinkButton>
            </div>
          )}
        </Alert>
      )}
      {asked !== null && (
        <Alert color="orange" icon={<IconAlertTriangle />} role="status">
          {asked === '' ? t('jobs.noImages') : t('jobs.noneMatch', { query: asked })}
        </Alert>
      )}
      {counts.length > 0 && (
        <div className="outcome-counts">
          {counts.map(([name, count]) => (
            <div key={name}>
              <Text fw={600}>
                {/bytes?/i.test(name) ? format.bytes(count) : format.count(count)}
              </Text>
              <Text size="xs" c="dimmed">
                {t(`jobs.counts.${name}` as never, { count, defaultValue: wordsOf(name) })}
              </Text>
            </div>
          ))}
        </div>
      )}
      {notes.map(({ feature, count, example }) => (
        <Text key={feature} size="xs" c="dimmed" title={say(example)}>
          {t('jobs.note', { what: say(feature), shown: format.count(count) })}
        </Text>
      ))}
      {missingPictureCount > 0 && (
        <Alert
          color="orange"
          icon={<IconPhotoOff />}
          title={t('jobs.missingPictures', { count: missingPictureCount })}
        >
          {t('jobs.missingPicturesAdvice')}
          <Lines lines={missingPictures} />
          {job.datasetId !== null && (
            <Group gap="xs" mt="xs">
              <Button
                size="compact-xs"
                leftSection={<IconPhotoPlus size={13} />}
                onClick={() => openImport({ datasetId: job.datasetId! })}
              >
                {t('jobs.addMissing')}
              </Button>
              <LinkButton
                size="compact-xs"
                variant="default"
                to="/datasets/$datasetId/images"
                params={{ datasetId: String(job.datasetId) }}
                search={{ q: 'is:missing' }}
                onClick={closeImport}
              >
                {t('jobs.showMissing')}
              </LinkButton>
            </Group>
          )}
        </Alert>
      )}
      {damagedCount > 0 && (
        <Alert
          color="orange"
          icon={<IconAlertTriangle />}
          title={t('jobs.damaged', { count: damagedCount })}
        >
          {t('jobs.damagedMeaning', { count: damagedCount })}
          <Lines lines={damaged.map(({ file, message }) => `${say(file)}: ${say(message)}`)} />
        </Alert>
      )}
      {problemCount > 0 && (
        <Alert
          color="orange"
          icon={<IconAlertTriangle />}
          title={t('jobs.problems', { count: problemCount })}
        >
          <Lines lines={problems.map(({ file, message }) => `${say(file)}: ${say(message)}`)} />
        </Alert>
      )}
      {losses.length > 0 && (
        <Alert
          color="orange"
          icon={<IconAlertTriangle />}
          title={job.kind === 'import' ? t('jobs.importLosses') : t('jobs.losses')}
        >
          <Table fz="xs" verticalSpacing={2}>
            <Table.Tbody>
              {losses.map(({ feature, count, example }) => (
                <Table.Tr key={feature}>
                  <Table.Td w="65%">{say(feature)}</Table.Td>
                  <Table.Td ta="right">{format.count(count)}</Table.Td>
                  <Table.Td c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                    {say(example)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Alert>
      )}
    </Stack>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const shown = lines.slice(0, isWhole ? mostLines : fewLines);
  return (
    <div className="outcome-lines mono">
      {shown.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a finished job never change
        <div key={index}>{line}</div>
      ))}
      {isWhole && lines.length > mostLines && '…'}
      {lines.length > fewLines && (
        <Anchor component="button" type="button" size="xs" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('showLess') : t('showAll')}
        </Anchor>
      )}
    </div>
  );
}

/** `newImages` → `new images`, for counts that have no translation. */
const wordsOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
