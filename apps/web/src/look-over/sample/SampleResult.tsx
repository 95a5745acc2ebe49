// What the sample says of all of them, and the button that accepts the rest.

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { ProposalCheck } from '@migaki/api';
import { IconAlertTriangle, IconArrowBackUp, IconChecks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settle } from '../../dataset/acting/edit-queue.ts';
import { rememberRevision } from '../../dataset/bulk/done-revisions.ts';
import { undoRevision } from '../../dataset/bulk/undo.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { client } from '../../server/client.ts';
import { ownSession } from '../../server/own-changes.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyWithUndo } from '../../shell/notify.tsx';

interface SampleResultProps {
  datasetId: number;
  check: ProposalCheck;
  onChange: (check: ProposalCheck) => void;
  onAnew: () => void;
  onClose: () => void;
}

/** Below, it is said that it is little. */
const goodPrecision = 0.9;
/** Of the server: below, the rest is not accepted. */
const leastPrecision = 0.5;

export function SampleResult({ datasetId, check, onChange, onAnew, onClose }: SampleResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isWaiting, setWaiting] = useState(false);
  const { sample, count, precision } = check;
  if (precision === null) return null;
  const { share, low, high } = precision;
  const right = sample.filter(({ isRight }) => isRight).length;
  const rest = count - sample.length;
  const percent = (value: number) => format.number(Math.round(1000 * value) / 10);
  const params = { datasetId, checkId: check.id };
  const accept = async () => {
    setWaiting(true);
    try {
      const body = { key: crypto.randomUUID(), sessionId: ownSession };
      const done = await client.acceptProposals({ params, body });
      const message =
        t('lookOver.sample.accepted', {
          count: done.acceptedCount,
          shown: format.count(done.acceptedCount),
        }) +
        (done.leftCount > 0
          ? t('lookOver.sample.leftAlone', {
              count: done.leftCount,
              shown: format.count(done.leftCount),
            })
          : '');
      const undo = () => undoRevision(datasetId, done.revision);
      const hide = notifyWithUndo(message, t('undo'), undo);
      rememberRevision(datasetId, done.revision, { hide });
      onClose();
      await settle(datasetId);
    } catch (error) {
      notifyError(error);
      setWaiting(false);
    }
  };
  const back = () => {
    const { annotationId } = sample.at(-1)!;
    client
      .judgeProposal({ params, body: { annotationId, isRight: null } })
      .then(onChange, notifyError);
  };
  const isRefused = share <= leastPrecision;
  return (
    <Stack gap="md">
      <Text>
        {t('lookOver.sample.found', {
          right: format.count(right),
          of: format.count(sample.length),
        })}
      </Text>
      <div>
        <div className="sample-interval" aria-hidden>
          <span style={{ left: `${100 * low}%`, width: `${100 * (high - low)}%` }} />
          <i style={{ left: `${100 * share}%` }} />
        </div>
        <Text size="sm" fw={600} role="status">
          {t('lookOver.sample.precision', {
            share: percent(share),
            low: percent(low),
            high: percent(high),
          })}
        </Text>
      </div>
      {rest > 0 && (
        <Text size="sm" c="dimmed">
          {t('lookOver.sample.expected', {
            rest: format.count(rest),
            few: format.count(Math.round(rest * (1 - high))),
            many: format.count(Math.round(rest * (1 - low))),
          })}
        </Text>
      )}
      {share < goodPrecision && (
        <Alert color={isRefused ? 'red' : 'yellow'} icon={<IconAlertTriangle size={16} />}>
          {t(isRefused ? 'lookOver.sample.refused' : 'lookOver.sample.poor')}
        </Alert>
      )}
      <Group justify="space-between">
        <Button variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={back}>
          {t('lookOver.sample.back')}
        </Button>
        <Group gap="xs">
          <Button variant="default" onClick={onAnew}>
            {t('lookOver.sample.anew')}
          </Button>
          <Button
            data-autofocus
            color={share < goodPrecision ? 'yellow' : 'teal'}
            disabled={isRefused}
            loading={isWaiting}
            leftSection={<IconChecks size={14} />}
            onClick={accept}
          >
            {t('lookOver.sample.accept', { count: rest, shown: format.count(rest) })}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
