// Over the map: what the pointer does, colours, by which model it was drawn.

import { ActionIcon, Button, SegmentedControl, Select, Text, Tooltip } from '@mantine/core';
import type { Embeddings } from '@migaki/api';
import { IconFocusCentered, IconHandStop, IconLasso, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { MapTool } from './MapCanvas.tsx';
import { type Coloring, colorings } from './map-colors.ts';

interface MapBarProps {
  embeddings: Embeddings;
  tool: MapTool;
  coloring: Coloring;
  onTool: (tool: MapTool) => void;
  onColoring: (coloring: Coloring) => void;
  onFit: () => void;
  onRenew: () => void;
}

const toolIcons = { lasso: IconLasso, pan: IconHandStop } as const;
const toolKeys = { lasso: 'L', pan: 'H' } as const;

export function MapBar(props: MapBarProps) {
  const { embeddings, tool, coloring, onTool, onColoring, onFit, onRenew } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { model, unseenCount } = embeddings;
  const toolLabel = (name: MapTool) => {
    const Icon = toolIcons[name];
    return (
      <Tooltip label={`${t(`map.${name}`)} (${toolKeys[name]})`}>
        <Icon size={16} role="img" aria-label={t(`map.${name}`)} />
      </Tooltip>
    );
  };
  return (
    <div className="map-bar">
      <SegmentedControl
        size="xs"
        value={tool}
        onChange={(value) => onTool(value as MapTool)}
        data={(['lasso', 'pan'] as const).map((value) => ({ value, label: toolLabel(value) }))}
      />
      <Tooltip label={`${t('map.fit')} (0)`}>
        <ActionIcon aria-label={t('map.fit')} onClick={onFit}>
          <IconFocusCentered size={18} />
        </ActionIcon>
      </Tooltip>
      <Select
        size="xs"
        w={130}
        aria-label={t('map.colorBy')}
        data={colorings.map((value) => ({ value, label: t(`map.colors.${value}`) }))}
        value={coloring}
        onChange={(value) => onColoring(value as Coloring)}
        allowDeselect={false}
      />
      <Text size="xs" c="dimmed" className="map-model">
        {t('map.by', { model: `${model.name}@${model.version}` })}
      </Text>
      <Button
        variant={unseenCount > 0 ? 'light' : 'default'}
        aria-label={t('map.title')}
        leftSection={<IconRefresh size={14} />}
        onClick={onRenew}
      >
        {unseenCount > 0
          ? t('map.unseen', { count: unseenCount, shown: format.count(unseenCount) })
          : t('map.start')}
      </Button>
    </div>
  );
}
