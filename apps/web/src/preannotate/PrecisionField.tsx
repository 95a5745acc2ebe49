// How much of what is proposed is to be right; below, from which score on each class comes to that, as it was measured.

import { Alert, Input, Loader, Slider, Stack, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { PrecisionScores } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useWords } from '../i18n/use-words.ts';
import { precisionScoresQuery } from '../server/evaluation-queries.ts';
import { LinkAnchor } from '../shell/links.tsx';
import { ShareRange } from './ShareRange.tsx';

interface PrecisionFieldProps {
  datasetId: number;
  model: string | null;
  precision: number;
  onChange: (precision: number) => void;
}

export function PrecisionField({ datasetId, model, precision, onChange }: PrecisionFieldProps) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  const [settled] = useDebouncedValue(precision, 200);
  return (
    <>
      <Input.Wrapper
        label={t('preannotate.precision')}
        description={t('preannotate.precisionHelp')}
      >
        <Slider
          mx="md"
          mt="xs"
          mb="md"
          min={0.5}
          max={0.99}
          step={0.01}
          value={precision}
          onChange={onChange}
          label={percent}
          marks={[0.5, 0.75, 0.9, 0.99].map((value) => ({ value, label: percent(value) }))}
          thumbLabel={t('preannotate.precision')}
        />
      </Input.Wrapper>
      {model !== null && <Scores datasetId={datasetId} model={model} precision={settled} />}
    </>
  );
}

function Scores(asked: { datasetId: number; model: string; precision: number }) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const { data, error } = useQuery(precisionScoresQuery(asked));
  if (error !== null) {
    return (
      <Alert color="yellow">
        <Stack gap={4} align="flex-start">
          <Text size="sm">{sayError(error)}</Text>
          <LinkAnchor
            size="sm"
            to="/datasets/$datasetId/runs"
            params={{ datasetId: String(asked.datasetId) }}
          >
            {t('preannotate.toEvaluations')}
          </LinkAnchor>
        </Stack>
      </Alert>
    );
  }
  if (data === undefined) return <Loader size="sm" />;
  return (
    <Stack gap={4}>
      <Text size="xs" c="dimmed">
        {t('preannotate.measuredOn', { name: data.datasetName })}
      </Text>
      <Table.ScrollContainer minWidth={0} maxHeight={220}>
        <Table verticalSpacing={4} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('preannotate.columns.class')}</Table.Th>
              <Table.Th ta="right">{t('preannotate.columns.score')}</Table.Th>
              <Table.Th>{t('preannotate.columns.right')}</Table.Th>
              <Table.Th ta="right">{t('preannotate.columns.finds')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.classes.map((one) => (
              <ClassRow key={one.name} {...one} wanted={asked.precision} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {data.classes.some(({ score }) => score === null) && (
        <Text size="xs" c="dimmed">
          {t('preannotate.someNotReached')}
        </Text>
      )}
    </Stack>
  );
}

type ClassRowProps = PrecisionScores['classes'][number] & { wanted: number };

function ClassRow({ name, score, truthCount, measured, wanted }: ClassRowProps) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  return (
    <Table.Tr
      c={score === null ? 'dimmed' : undefined}
      title={score === null ? t('preannotate.notReached') : undefined}
    >
      <Table.Td>{name}</Table.Td>
      <Table.Td ta="right" className="digits">
        {score === null ? '–' : score.toFixed(2)}
      </Table.Td>
      <Table.Td>
        {measured === null ? (
          t('preannotate.tooFew')
        ) : (
          <ShareRange
            {...measured.precision}
            wanted={wanted}
            title={t('preannotate.counted', {
              hits: measured.hitCount,
              count: measured.count,
              low: percent(measured.precision.low),
              high: percent(measured.precision.high),
            })}
          />
        )}
      </Table.Td>
      <Table.Td ta="right" className="digits">
        {score === null || measured === null || truthCount === 0
          ? '–'
          : percent(measured.hitCount / truthCount)}
      </Table.Td>
    </Table.Tr>
  );
}
