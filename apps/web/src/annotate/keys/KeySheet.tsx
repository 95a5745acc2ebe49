// `?`: every command with its keys, to be found by either, and where they are changed.

import { Button, Group, Modal, Select, Text, TextInput } from '@mantine/core';
import {
  cheatSheet,
  type KeymapSettings,
  type PresetName,
  presetNames,
  presets,
} from '@migaki/annotator';
import { IconKeyboard, IconRestore, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capsOf } from '../../shell/keys.ts';
import { useDispatch, useEditor } from '../session/EditorContext.tsx';
import { KeyCaps } from './KeyCaps.tsx';
import { KeyRow } from './KeyRow.tsx';
import './keys.css';

/** What no keymap changes. */
const fixed = [
  { text: 'space', keys: [' '] },
  { text: 'wheel', keys: [] },
  { text: 'palette', keys: ['mod+k'] },
  { text: 'regions', keys: ['F6'] },
] as const;

export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('annotate.keys.title')}
      size="min(1120px, 94vw)"
      closeOnEscape
    >
      <Sheet />
    </Modal>
  );
}

function Sheet() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const keymap = useEditor((state) => state.keymap);
  const [sought, setSought] = useState('');
  const [isChanging, setChanging] = useState(false);
  const { settings } = keymap;
  const change = (next: KeymapSettings) => dispatch({ type: 'set-keymap', keymap: next });
  const words = sought.trim().toLowerCase();
  const isFound = (text: string, keys: readonly string[]) =>
    text.toLowerCase().includes(words) ||
    keys.some((chord) => capsOf(chord).join('+').toLowerCase() === words);
  const groups = cheatSheet(keymap)
    .map(({ group, commands }) => ({
      group,
      commands: commands.filter(({ name, keys }) => isFound(t(`annotate.commands.${name}`), keys)),
    }))
    .filter(({ commands }) => commands.length > 0);
  const always = fixed.filter(({ text, keys }) => isFound(t(`annotate.keys.fixed.${text}`), keys));
  return (
    <div className="key-sheet" data-changing={isChanging || undefined}>
      <Group gap="sm" mb="md">
        <TextInput
          data-autofocus
          size="xs"
          style={{ flex: '1 1 14em' }}
          leftSection={<IconSearch size={14} />}
          placeholder={t('annotate.keys.find')}
          aria-label={t('annotate.keys.find')}
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
        />
        <Group gap={6} wrap="nowrap">
          <Text size="xs" c="dimmed" id="keys-preset">
            {t('annotate.keys.preset')}
          </Text>
          <Select
            size="xs"
            w={150}
            aria-labelledby="keys-preset"
            allowDeselect={false}
            data={presetNames.map((value) => ({
              value,
              label: t(`annotate.keys.presets.${value}`),
            }))}
            value={settings.preset}
            onChange={(value) =>
              value !== null &&
              value in presets &&
              change({ preset: value as PresetName, own: settings.own })
            }
          />
        </Group>
        {Object.keys(settings.own).length > 0 && (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconRestore size={14} />}
            onClick={() => change({ preset: settings.preset, own: {} })}
          >
            {t('annotate.keys.reset')}
          </Button>
        )}
        <Button
          size="xs"
          variant={isChanging ? 'filled' : 'default'}
          leftSection={<IconKeyboard size={14} />}
          aria-pressed={isChanging}
          onClick={() => setChanging(!isChanging)}
        >
          {t(isChanging ? 'annotate.keys.changeDone' : 'annotate.keys.change')}
        </Button>
      </Group>
      {groups.length === 0 && always.length === 0 && (
        <Text size="sm" c="dimmed" ta="center" py="xl">
          {t('annotate.keys.none')}
        </Text>
      )}
      <div className="key-columns">
        {groups.map(({ group, commands }) => (
          <section key={group} aria-label={t(`annotate.commandGroups.${group}`)}>
            <h3>{t(`annotate.commandGroups.${group}`)}</h3>
            {commands.map(({ name, keys }) => (
              <KeyRow
                key={name}
                {...{ name, keys, settings }}
                onChange={isChanging ? change : null}
              />
            ))}
          </section>
        ))}
        {always.length > 0 && (
          <section>
            <h3>{t('annotate.keys.always')}</h3>
            {always.map(({ text, keys }) => (
              <div className="key-row" key={text}>
                <Text size="sm">{t(`annotate.keys.fixed.${text}`)}</Text>
                {keys.map((chord) => (
                  <KeyCaps key={chord} chord={chord} />
                ))}
              </div>
            ))}
          </section>
        )}
      </div>
    </div>
  );
}
