// A command with its keys; while keys are changed, each can be taken away and others given.

import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { type CommandName, type KeymapSettings, rebind } from '@migaki/annotator';
import { IconPlus, IconRestore, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capsOf } from '../../shell/keys.ts';
import { KeyCaps } from './KeyCaps.tsx';
import { useKeyCapture } from './use-key-capture.ts';

interface KeyRowProps {
  name: CommandName;
  keys: readonly string[];
  settings: KeymapSettings;
  /** Nothing can be changed without it. */
  onChange: ((settings: KeymapSettings) => void) | null;
}

export function KeyRow({ name, keys, settings, onChange }: KeyRowProps) {
  const { t } = useTranslation();
  const command = t(`annotate.commands.${name}`);
  const isOwn = settings.own[name] !== undefined;
  if (onChange === null) {
    return (
      <div className="key-row" data-own={isOwn || undefined}>
        <Text size="sm">{command}</Text>
        <Keys>
          {keys.slice(0, 2).map((chord) => (
            <KeyCaps key={chord} chord={chord} />
          ))}
        </Keys>
      </div>
    );
  }
  return (
    <EditableRow
      {...{ name, keys, settings, onChange, command }}
      onReset={isOwn ? () => onChange(without(settings, name)) : null}
    />
  );
}

function EditableRow({
  name,
  keys,
  settings,
  onChange,
  command,
  onReset,
}: KeyRowProps & {
  onChange: (settings: KeymapSettings) => void;
  command: string;
  onReset: (() => void) | null;
}) {
  const { t } = useTranslation();
  const [isCapturing, setCapturing] = useState(false);
  /** A key that is another command's. */
  const [asked, setAsked] = useState<string | null>(null);
  const give = (chord: string) => rebind(settings, name, [...new Set([...keys, chord])]);
  const loser = asked === null ? undefined : give(asked).losers[0];
  useKeyCapture(isCapturing, (chord) => {
    setCapturing(false);
    if (chord === null) return;
    const { settings: next, losers } = give(chord);
    if (losers.length === 0) onChange(next);
    else setAsked(chord);
  });
  return (
    <div className="key-row" data-own={onReset !== null || undefined} data-command={name}>
      <Text size="sm">
        {command}
        {onReset !== null && (
          <Text span size="xs" c="dimmed">
            {' · '}
            {t('annotate.keys.own')}
          </Text>
        )}
      </Text>
      <Keys>
        {keys.map((chord) => (
          <button
            key={chord}
            type="button"
            className="key-chip"
            aria-label={t('annotate.keys.remove', { key: capsOf(chord).join('+'), command })}
            onClick={() =>
              onChange(
                rebind(
                  settings,
                  name,
                  keys.filter((key) => key !== chord),
                ).settings,
              )
            }
          >
            <KeyCaps chord={chord} />
            <IconX size={11} aria-hidden />
          </button>
        ))}
        {isCapturing ? (
          <Button
            size="compact-xs"
            variant="filled"
            aria-label={t('annotate.keys.pressHelp', { command })}
            onClick={() => setCapturing(false)}
            onBlur={() => setCapturing(false)}
            autoFocus
          >
            {t('annotate.keys.press')}
          </Button>
        ) : (
          <Tooltip label={t('annotate.keys.add', { command })}>
            <ActionIcon
              size="sm"
              aria-label={t('annotate.keys.add', { command })}
              onClick={() => {
                setAsked(null);
                setCapturing(true);
              }}
            >
              <IconPlus size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        {onReset !== null && (
          <Tooltip label={t('annotate.keys.resetOne', { command })}>
            <ActionIcon
              size="sm"
              aria-label={t('annotate.keys.resetOne', { command })}
              onClick={onReset}
            >
              <IconRestore size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </Keys>
      {asked !== null && loser !== undefined && (
        <div className="key-conflict" role="alert">
          <Text size="xs">
            {t('annotate.keys.conflict', {
              key: capsOf(asked).join('+'),
              command: t(`annotate.commands.${loser.name}`),
            })}
          </Text>
          <Button
            size="compact-xs"
            autoFocus
            onClick={() => {
              onChange(give(asked).settings);
              setAsked(null);
            }}
          >
            {t('annotate.keys.takeOver')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setAsked(null)}>
            {t('cancel')}
          </Button>
        </div>
      )}
    </div>
  );
}

const Keys = ({ children }: { children: React.ReactNode }) => (
  <span className="key-list">{children}</span>
);

function without({ preset, own }: KeymapSettings, name: CommandName): KeymapSettings {
  const { [name]: _, ...rest } = own;
  return { preset, own: rest };
}
