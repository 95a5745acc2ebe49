// The keypoints of a category: a diagram to place and connect them, and a list to name, order and pair them.

import { ActionIcon, Button, Group, Select, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowsLeftRight,
  IconArrowUp,
  IconPlus,
  IconUser,
  IconX,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addPoint,
  changePoint,
  definitionOf,
  type KeypointDefinition,
  movePoint,
  pairByName,
  removePoint,
  setMirror,
} from './keypoint-definition.ts';
import { cocoPerson } from './keypoint-presets.ts';
import { SkeletonDiagram } from './SkeletonDiagram.tsx';

/** In place of a partner's key. */
const alone = '';

interface KeypointEditorProps {
  definition: KeypointDefinition;
  color: string;
  onChange: (definition: KeypointDefinition) => void;
}

export function KeypointEditor({ definition, color, onChange }: KeypointEditorProps) {
  const { t } = useTranslation();
  const { points } = definition;
  const [selected, setSelected] = useState<string | null>(null);
  /** Key of a point whose name is to be typed next. */
  const unnamed = useRef<string | null>(null);
  const usePerson = () => {
    const person = definitionOf(cocoPerson);
    // None of them was a keypoint of this category.
    const newKey = (key: string) => key.replace('was', 'new');
    onChange({
      points: person.points.map((point) => ({
        ...point,
        key: newKey(point.key),
        source: null,
        mirror: point.mirror && newKey(point.mirror),
      })),
      edges: person.edges.map(([from, to]) => [newKey(from), newKey(to)]),
    });
  };
  const addOne = () => {
    const named = t('categories.keypoints.named', { number: points.length + 1 });
    const added = addPoint(definition, named);
    unnamed.current = added.points.at(-1)!.key;
    onChange(added);
  };
  const add = (
    <Button variant="light" size="compact-xs" leftSection={<IconPlus size={13} />} onClick={addOne}>
      {t('categories.keypoints.add')}
    </Button>
  );
  return (
    <section aria-label={t('categories.keypoints.title')}>
      <Text size="sm" fw={500} mb={4}>
        {t('categories.keypoints.title')}
      </Text>
      {points.length === 0 ? (
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {t('categories.keypoints.none')}
          </Text>
          <Group gap="xs">
            {add}
            <Button
              variant="light"
              size="compact-xs"
              leftSection={<IconUser size={13} />}
              onClick={usePerson}
            >
              {t('categories.keypoints.person')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="xs">
          <SkeletonDiagram
            definition={definition}
            color={color}
            selected={selected}
            onSelect={setSelected}
            onChange={onChange}
          />
          <ol className="keypoint-rows">
            <li aria-hidden className="keypoint-head">
              <span />
              <span>{t('categories.name')}</span>
              <span>{t('categories.keypoints.mirrored')}</span>
            </li>
            {points.map(({ key, name, mirror }, index) => (
              <li key={key} data-selected={key === selected || undefined}>
                <span className="keypoint-number">{index + 1}</span>
                <TextInput
                  size="xs"
                  aria-label={t('categories.keypoints.name', { number: index + 1 })}
                  value={name}
                  error={name.trim() === ''}
                  autoFocus={key === unnamed.current}
                  onFocus={({ currentTarget }) => {
                    setSelected(key);
                    // What is typed takes the place of the name that it was given.
                    if (key === unnamed.current) currentTarget.select();
                    unnamed.current = null;
                  }}
                  onChange={({ currentTarget }) =>
                    onChange(changePoint(definition, key, { name: currentTarget.value }))
                  }
                />
                <Select
                  size="xs"
                  aria-label={t('categories.keypoints.mirrorOf', { name })}
                  data={[
                    { value: alone, label: t('categories.keypoints.onAxis') },
                    ...points
                      .filter((point) => point.key !== key)
                      .map((point) => ({ value: point.key, label: point.name })),
                  ]}
                  value={mirror ?? alone}
                  onChange={(value) =>
                    onChange(setMirror(definition, key, value === alone ? null : value))
                  }
                  allowDeselect={false}
                  comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
                />
                <Group gap={0} wrap="nowrap">
                  {(
                    [
                      ['up', -1, IconArrowUp],
                      ['down', 1, IconArrowDown],
                    ] as const
                  ).map(([way, steps, Icon]) => (
                    <ActionIcon
                      key={way}
                      size="sm"
                      aria-label={t(`categories.keypoints.${way}`, { name })}
                      disabled={points[index + steps] === undefined}
                      onClick={() => onChange(movePoint(definition, key, steps))}
                    >
                      <Icon size={13} />
                    </ActionIcon>
                  ))}
                  <ActionIcon
                    size="sm"
                    aria-label={t('categories.keypoints.remove', { name })}
                    onClick={() => onChange(removePoint(definition, key))}
                  >
                    <IconX size={13} />
                  </ActionIcon>
                </Group>
              </li>
            ))}
          </ol>
          <Group gap="xs">
            {add}
            <Tooltip label={t('categories.keypoints.pairHelp')}>
              <Button
                variant="light"
                size="compact-xs"
                leftSection={<IconArrowsLeftRight size={13} />}
                onClick={() => onChange(pairByName(definition))}
              >
                {t('categories.keypoints.pair')}
              </Button>
            </Tooltip>
          </Group>
        </Stack>
      )}
    </section>
  );
}
