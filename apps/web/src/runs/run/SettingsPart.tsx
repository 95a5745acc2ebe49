// What was asked, and what was settled where nothing was asked.

import { Text } from '@mantine/core';
import type { RunDetail } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { FactList } from '../../shell/FactList.tsx';
import { useRunWords } from '../use-run-words.ts';

export function SettingsPart({ run }: { run: RunDetail }) {
  const { t } = useTranslation();
  const settled = Object.entries(run.settled).filter(([name]) => !(name in run.settings));
  return (
    <div className="run-settings">
      <SettingList
        title={t('runs.settings.asked')}
        help={t(
          Object.keys(run.settings).length === 0
            ? 'runs.settings.nothingAsked'
            : 'runs.settings.askedHelp',
        )}
        entries={Object.entries(run.settings)}
      />
      {settled.length > 0 && (
        <SettingList
          title={t('runs.settings.settled')}
          help={t('runs.settings.settledHelp')}
          entries={settled}
        />
      )}
    </div>
  );
}

interface SettingListProps {
  title: string;
  help: string;
  entries: readonly (readonly [name: string, value: unknown])[];
}

function SettingList({ title, help, entries }: SettingListProps) {
  const words = useRunWords();
  return (
    <section>
      <Text fw={600} size="sm" component="h3">
        {title}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {help}
      </Text>
      <FactList
        className="facts"
        facts={entries.map(([name, value]) => [words.setting(name), words.value(name, value)])}
      />
    </section>
  );
}
