// How picture and objects look. The picture itself and what tools see of it stay as they are.

import {
  ActionIcon,
  Button,
  Indicator,
  Popover,
  SegmentedControl,
  Slider,
  Stack,
  Switch,
  Text,
  Tooltip,
} from '@mantine/core';
import { type ColorBy, colorWays, isTrue, type Look, trueColors } from '@migaki/annotator';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';

export function LookMenu() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const [isOpen, setOpen] = useState(false);
  const look = useEditor(({ settings }) => settings.look);
  const change = (changed: Partial<Look>) =>
    dispatch({ type: 'set-settings', settings: { look: { ...look, ...changed } } });
  const slider = (
    name: 'brightness' | 'contrast' | 'fillOpacity' | 'minScore',
    label: string,
    max: number,
  ) => (
    <div>
      <Text size="xs" mb={2}>
        {label}
      </Text>
      <Slider
        size="sm"
        min={0}
        max={max}
        step={0.05}
        value={look[name]}
        thumbLabel={label}
        label={(value) => value.toFixed(2)}
        onChange={(value) => change({ [name]: value })}
      />
    </div>
  );
  const toggle = (
    name:
      | 'areObjectsShown'
      | 'areLabelsShown'
      | 'isCrosshairShown'
      | 'isMinimapShown'
      | 'isInverted',
    label: string,
  ) => (
    <Switch
      size="xs"
      label={label}
      checked={look[name]}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.checked })}
    />
  );
  const isChanged = !isTrue(look);
  return (
    <Popover
      position="bottom-end"
      shadow="md"
      width={260}
      trapFocus
      opened={isOpen}
      onChange={setOpen}
    >
      <Popover.Target>
        <Tooltip
          disabled={isOpen}
          label={isChanged ? t('annotate.look.changed') : t('annotate.bar.look')}
        >
          <Indicator disabled={!isChanged} color="orange" size={8} offset={5}>
            <ActionIcon aria-label={t('annotate.bar.look')} onClick={() => setOpen(!isOpen)}>
              <IconAdjustmentsHorizontal size={18} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {slider('brightness', t('annotate.look.brightness'), 3)}
          {slider('contrast', t('annotate.look.contrast'), 3)}
          {toggle('isInverted', t('annotate.look.invert'))}
          <Button
            size="compact-xs"
            variant="light"
            disabled={!isChanged}
            onClick={() => change(trueColors)}
          >
            {t('annotate.look.reset')}
          </Button>
          <div>
            <Text size="xs" mb={4}>
              {t('annotate.look.colorBy')}
            </Text>
            <SegmentedControl
              size="xs"
              fullWidth
              value={look.colorBy}
              onChange={(value) => change({ colorBy: value as ColorBy })}
              data={colorWays.map((value) => ({
                value,
                label: t(`annotate.look.colors.${value}`),
              }))}
            />
          </div>
          {slider('fillOpacity', t('annotate.look.opacity'), 1)}
          {slider('minScore', t('annotate.look.minScore'), 1)}
          {toggle('areObjectsShown', t('annotate.look.objects'))}
          {toggle('areLabelsShown', t('annotate.look.labels'))}
          {toggle('isCrosshairShown', t('annotate.look.crosshair'))}
          {toggle('isMinimapShown', t('annotate.look.minimap'))}
          <Text size="xs" c="dimmed">
            {t('display.legend')}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
