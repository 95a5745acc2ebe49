// What holds for all charts of a page: the axis, logarithms, smoothing.

import { Group, SegmentedControl, Slider, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CurveAxis, curveAxes } from './curve.ts';
import type { CurveLook } from './curve-options.ts';
import { mostSmoothing } from './use-curve-look.ts';

interface CurveControlsProps {
  look: CurveLook;
  onChange: (changed: Partial<CurveLook>) => void;
}

export function CurveControls({ look, onChange }: CurveControlsProps) {
  const { t } = useTranslation();
  return (
    <Group gap="lg" className="curve-controls">
      <SegmentedControl
        size="xs"
        aria-label={t('runs.curves.axis')}
        data={curveAxes.map((value) => ({ value, label: t(`runs.curves.axes.${value}`) }))}
        value={look.axis}
        onChange={(value) => onChange({ axis: value as CurveAxis })}
      />
      <Switch
        size="xs"
        label={t('runs.curves.log')}
        checked={look.isLog}
        onChange={({ currentTarget }) => onChange({ isLog: currentTarget.checked })}
      />
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" id="curve-smoothing">
          {t('runs.curves.smoothing')}
        </Text>
        <Slider
          w={120}
          size="sm"
          min={0}
          max={mostSmoothing}
          step={0.02}
          label={(value) => value.toFixed(2)}
          value={look.smoothing}
          onChange={(smoothing) => onChange({ smoothing })}
          thumbProps={{ 'aria-labelledby': 'curve-smoothing' }}
        />
      </Group>
    </Group>
  );
}
