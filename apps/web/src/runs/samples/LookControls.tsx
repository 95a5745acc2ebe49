import { Group, SegmentedControl, Slider, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SampleLook } from './sample-style.ts';

interface LookControlsProps {
  look: SampleLook;
  onChange: (changed: Partial<SampleLook>) => void;
}

/** What is drawn on the samples, and in which colours. */
export function LookControls({ look, onChange }: LookControlsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Group gap="md">
        <Switch
          size="xs"
          label={t('runs.samples.predictions')}
          checked={look.isPredictionShown}
          onChange={({ currentTarget }) => onChange({ isPredictionShown: currentTarget.checked })}
        />
        <Switch
          size="xs"
          label={t('runs.samples.truth')}
          checked={look.isTruthShown}
          onChange={({ currentTarget }) => onChange({ isTruthShown: currentTarget.checked })}
        />
      </Group>
      <SegmentedControl
        size="xs"
        aria-label={t('display.colorBy')}
        data={(['verdict', 'category'] as const).map((value) => ({
          value,
          label: t(`runs.samples.colorBy.${value}`),
        }))}
        value={look.colorBy}
        onChange={(value) => onChange({ colorBy: value as SampleLook['colorBy'] })}
      />
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" id="least-score">
          {t('runs.samples.leastScore')}
        </Text>
        <Slider
          w={110}
          size="sm"
          min={0}
          max={0.95}
          step={0.05}
          label={(value) => value.toFixed(2)}
          value={look.leastScore}
          onChange={(leastScore) => onChange({ leastScore })}
          thumbProps={{ 'aria-labelledby': 'least-score' }}
        />
        <Text size="xs" w={28} className="digits">
          {look.leastScore.toFixed(2)}
        </Text>
      </Group>
    </>
  );
}
