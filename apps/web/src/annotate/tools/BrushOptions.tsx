import { maxBrushPixels } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { ChoiceOption, SliderOption } from './Option.tsx';
import { useSettings } from './use-settings.ts';

export function BrushOptions() {
  const { t } = useTranslation();
  const [{ brush }, change] = useSettings();
  return (
    <>
      <SliderOption
        label={t('annotate.tools.brushSize')}
        value={brush.sizePixels}
        min={1}
        max={maxBrushPixels}
        isLogarithmic
        text={t('annotate.tools.pixels', { count: brush.sizePixels })}
        onChange={(sizePixels) => change({ brush: { ...brush, sizePixels } })}
      />
      <ChoiceOption
        label={t('annotate.tools.shape')}
        value={brush.shape}
        choices={(['round', 'square'] as const).map((value) => ({
          value,
          label: t(`annotate.tools.${value}`),
        }))}
        onChange={(shape) => change({ brush: { ...brush, shape } })}
      />
    </>
  );
}
