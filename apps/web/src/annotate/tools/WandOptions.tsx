import { Switch } from '@mantine/core';
import { wandModes } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { ChoiceOption, SliderOption } from './Option.tsx';
import { useSettings } from './use-settings.ts';

export function WandOptions() {
  const { t } = useTranslation();
  const [{ wand }, change] = useSettings();
  return (
    <>
      <ChoiceOption
        label={t('annotate.tools.wandMode')}
        value={wand.mode}
        choices={wandModes.map((value) => ({
          value,
          label: t(`annotate.tools.wandModes.${value}`),
        }))}
        onChange={(mode) => change({ wand: { ...wand, mode } })}
      />
      <SliderOption
        label={t('annotate.tools.threshold')}
        value={wand.threshold}
        min={0}
        max={255}
        text={String(wand.threshold)}
        onChange={(threshold) => change({ wand: { ...wand, threshold } })}
      />
      <SliderOption
        label={t('annotate.tools.blur')}
        value={wand.blurPixels}
        min={0}
        max={20}
        text={t('annotate.tools.pixels', { count: wand.blurPixels })}
        onChange={(blurPixels) => change({ wand: { ...wand, blurPixels } })}
      />
      <Switch
        size="xs"
        label={t('annotate.tools.contiguous')}
        checked={wand.isContiguous}
        onChange={({ currentTarget }) =>
          change({ wand: { ...wand, isContiguous: currentTarget.checked } })
        }
      />
    </>
  );
}
