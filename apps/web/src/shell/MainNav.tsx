// The nouns of the workbench, each a page.

import { Loader } from '@mantine/core';
import { IconCube, IconDatabase, IconListDetails, IconTrendingUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { jobsQuery } from '../server/queries.ts';
import { HeaderLink } from './HeaderButton.tsx';

export function MainNav() {
  const { t } = useTranslation();
  return (
    <nav className="main-nav" aria-label={t('shell.pages')}>
      <HeaderLink
        to="/"
        icon={<IconDatabase size={18} />}
        word={t('datasets.title')}
        help={`${t('datasets.title')} (Alt+D)`}
      />
      <HeaderLink
        to="/runs"
        icon={<IconTrendingUp size={18} />}
        word={t('runs.title')}
        help={`${t('runs.title')} (Alt+R)`}
      />
      <HeaderLink
        to="/models"
        icon={<IconCube size={18} />}
        word={t('models.title')}
        help={`${t('models.title')} (Alt+M)`}
      />
      <RunningJobs />
    </nav>
  );
}

function RunningJobs() {
  const { t } = useTranslation();
  const { say } = useWords();
  const { data } = useInfiniteQuery(jobsQuery());
  const running = (data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ state }) => state === 'running' || state === 'queued');
  return (
    <HeaderLink
      to="/jobs"
      icon={running.length === 0 ? <IconListDetails size={18} /> : <Loader size={14} />}
      word={running.length === 0 ? t('jobs.title') : t('jobs.running', { count: running.length })}
      help={
        running.length > 0 ? running.map(({ title }) => say(title)).join('\n') : t('jobs.title')
      }
      data-busy={running.length > 0 || undefined}
    />
  );
}
