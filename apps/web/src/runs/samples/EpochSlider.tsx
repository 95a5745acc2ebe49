import { ActionIcon, Group, Slider, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';

interface Validation {
  step: number;
  epoch: number | null;
}

interface EpochSliderProps {
  /** The first one first. */
  validations: readonly Validation[];
  place: number;
  onChange: (place: number) => void;
}

/** Goes through the validations of a run. */
export function EpochSlider({ validations, place, onChange }: EpochSliderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = ({ step, epoch }: Validation) =>
    epoch === null
      ? t('runs.step', { step: format.count(step) })
      : t('runs.epoch', { epoch: format.number(Math.round(epoch * 10) / 10) });
  const last = validations.length - 1;
  const shown = validations[place];
  return (
    <Group gap={6} wrap="nowrap" className="epoch-slider">
      <ActionIcon
        aria-label={`${t('runs.samples.before')} ([)`}
        disabled={place <= 0}
        onClick={() => onChange(place - 1)}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <Slider
        flex={1}
        miw={140}
        size="sm"
        min={0}
        max={Math.max(1, last)}
        disabled={last < 1}
        label={(value) => validations[value] !== undefined && nameOf(validations[value])}
        value={Math.max(0, place)}
        onChange={onChange}
        thumbLabel={t('runs.samples.validation')}
      />
      <ActionIcon
        aria-label={`${t('runs.samples.after')} (])`}
        disabled={place >= last}
        onClick={() => onChange(place + 1)}
      >
        <IconChevronRight size={16} />
      </ActionIcon>
      <Text size="xs" w={90} className="digits">
        {shown !== undefined && nameOf(shown)}
      </Text>
    </Group>
  );
}
