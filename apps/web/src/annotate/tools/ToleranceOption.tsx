import { useTranslation } from 'react-i18next';
import { SliderOption } from './Option.tsx';
import { useSettings } from './use-settings.ts';

/** How far an outline may be from what it stands for: for scissors, simplifying, and masks that become polygons. */
export function ToleranceOption() {
  const { t } = useTranslation();
  const [{ tolerancePixels }, change] = useSettings();
  return (
    <SliderOption
      label={t('annotate.tools.tolerance')}
      value={tolerancePixels}
      min={0}
      max={10}
      step={0.25}
      text={`±${tolerancePixels} px`}
      onChange={(value) => change({ tolerancePixels: value })}
    />
  );
}
