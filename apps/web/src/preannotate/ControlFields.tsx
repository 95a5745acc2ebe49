// Whether it is to be measured what proposals save and what gets through, and what that costs. Off unless somebody wants it.

import { Group, NumberInput, Stack, Switch, Text } from '@mantine/core';
import type { Dataset } from '@migaki/api';
import { useTranslation } from 'react-i18next';

/** Percent of the pictures. */
export interface ChosenControls {
  isMeasured: boolean;
  controls: number;
  mistakes: number;
}

export const usualControls: ChosenControls = { isMeasured: false, controls: 10, mistakes: 10 };

/** As the server is asked. */
export const askedControls = ({ isMeasured, controls, mistakes }: ChosenControls) =>
  isMeasured
    ? { controls: controls / 100, mistakes: mistakes / 100 }
    : { controls: 0, mistakes: 0 };

/** With which a dataset is measured already; null where it is not. */
export const controlsOf = ({
  controls,
  mistakes,
}: Dataset['controlShares']): ChosenControls | null =>
  controls === 0 && mistakes === 0
    ? null
    : {
        isMeasured: true,
        controls: Math.round(100 * controls),
        mistakes: Math.round(100 * mistakes),
      };

interface ControlFieldsProps {
  chosen: ChosenControls;
  /** A measurement is under way, and goes on unless it is turned off. */
  wasMeasured: boolean;
  onChange: (changes: Partial<ChosenControls>) => void;
}

const fields = [
  { name: 'controls', max: 90 },
  { name: 'mistakes', max: 50 },
] as const;

export function ControlFields({ chosen, wasMeasured, onChange }: ControlFieldsProps) {
  const { t } = useTranslation();
  const { isMeasured, controls, mistakes } = chosen;
  const explanation = wasMeasured
    ? isMeasured
      ? 'preannotate.controls.goesOn'
      : 'preannotate.controls.ends'
    : 'preannotate.controls.explained';
  return (
    <Stack gap="xs">
      <Switch
        label={t('preannotate.controls.switch')}
        description={t(explanation)}
        checked={isMeasured}
        onChange={({ currentTarget }) => onChange({ isMeasured: currentTarget.checked })}
      />
      {isMeasured && (
        <>
          <Group grow align="flex-start">
            {fields.map(({ name, max }) => (
              <NumberInput
                key={name}
                label={t(`preannotate.controls.${name}`)}
                min={0}
                max={max}
                clampBehavior="strict"
                allowDecimal={false}
                suffix=" %"
                value={chosen[name]}
                onChange={(value) => onChange({ [name]: Number(value) || 0 })}
              />
            ))}
          </Group>
          <Text size="xs" c="dimmed">
            {t('preannotate.controls.cost', {
              controls,
              mistakes: Math.round(((100 - controls) * mistakes) / 100),
            })}
          </Text>
        </>
      )}
    </Stack>
  );
}
