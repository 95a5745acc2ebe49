// Which way to go from this picture, and how far.

import { NumberInput, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Direction, mostFrames, type Run } from './frames.ts';

export function RunFields({
  run,
  onChange,
  label,
}: {
  run: Run;
  onChange: (run: Run) => void;
  label: string;
}) {
  const { t } = useTranslation();
  return (
    <div className="sequence-run">
      <NumberInput
        data-autofocus
        size="xs"
        w={90}
        label={label}
        min={1}
        max={mostFrames}
        clampBehavior="strict"
        value={run.count}
        onChange={(count) =>
          typeof count === 'number' && count >= 1 && onChange({ ...run, count: Math.round(count) })
        }
      />
      <SegmentedControl
        size="xs"
        aria-label={t('annotate.sequence.direction')}
        data={(['following', 'preceding'] as const).map((value) => ({
          value,
          label: t(`annotate.sequence.${value}`),
        }))}
        value={run.direction}
        onChange={(direction) => onChange({ ...run, direction: direction as Direction })}
      />
    </div>
  );
}
