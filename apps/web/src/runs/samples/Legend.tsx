import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Verdict } from './match-objects.ts';
import { type SampleLook, verdictColors } from './sample-style.ts';

const lines: Record<Verdict, 'solid' | 'dotted' | 'dashed'> = {
  right: 'solid',
  wrong: 'dotted',
  missed: 'dashed',
};

export function Legend({ look }: { look: SampleLook }) {
  const { t } = useTranslation();
  if (look.colorBy === 'category') {
    return (
      <Text size="xs" c="dimmed" mb="sm">
        {t('runs.samples.categoryLegend')}
      </Text>
    );
  }
  return (
    <div className="sample-legend">
      {(['right', 'wrong', 'missed'] as const).map((verdict) => (
        <span key={verdict}>
          <span
            className="verdict-key"
            style={{ borderStyle: lines[verdict], borderColor: verdictColors[verdict] }}
            aria-hidden
          />
          {t(`runs.samples.verdicts.${verdict}`)}
        </span>
      ))}
    </div>
  );
}
