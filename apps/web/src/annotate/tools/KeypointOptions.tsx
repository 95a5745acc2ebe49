// The skeleton of the category with the point that the next click sets.

import { Text } from '@mantine/core';
import { categoryOf, upcomingKeypoint } from '@migaki/annotator';
import { IconPlayerSkipForward } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CommandButton } from '../bar/CommandButton.tsx';
import { useEditor } from '../session/EditorContext.tsx';
import { ChoiceOption } from './Option.tsx';
import { useSettings } from './use-settings.ts';

export function KeypointOptions() {
  const { t } = useTranslation();
  const [{ keypointVisibility }, change] = useSettings();
  const category = useEditor(({ document, settings, selection }) => {
    const selected = document.objects.get(selection[0] ?? Number.NaN);
    return categoryOf(document, selected ?? settings);
  });
  const next = useEditor(upcomingKeypoint);
  const hasKeypoints = (category?.keypoints?.length ?? 0) > 0;
  if (!hasKeypoints) {
    return (
      <Text size="xs" c="orange" fw={600}>
        {t('annotate.tools.noKeypoints', { category: category?.name ?? '–' })}
      </Text>
    );
  }
  return (
    <>
      <Text size="sm" fw={600} role="status">
        {next === null ? t('annotate.tools.allSet') : t('annotate.tools.nextPoint', { name: next })}
      </Text>
      <CommandButton
        name="drawing.skip-keypoint"
        icon={IconPlayerSkipForward}
        isDisabled={next === null}
      />
      <ChoiceOption
        label={t('annotate.tools.visibility')}
        value={String(keypointVisibility) as '1' | '2'}
        choices={(['2', '1'] as const).map((value) => ({
          value,
          label: t(`annotate.tools.visibilities.${value}`),
        }))}
        onChange={(value) => change({ keypointVisibility: value === '1' ? 1 : 2 })}
      />
    </>
  );
}
