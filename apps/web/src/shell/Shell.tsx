// The frame around every page: where one is, what is running, the palette, the help.

import { Anchor, Group, Loader, Menu, Text, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconCommand,
  IconHelp,
  IconLanguage,
  IconListDetails,
  IconMoon,
  IconSettings,
  IconSun,
  IconTrash,
} from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWasAnnotated } from '../annotate/use-was-annotated.ts';
import { changeLanguage, type Language, languages } from '../i18n/index.ts';
import { useWords } from '../i18n/use-words.ts';
import { BackgroundImport } from '../import/BackgroundImport.tsx';
import { ImportDialog } from '../import/ImportDialog.tsx';
import { queryClient } from '../server/client.ts';
import { watchEvents } from '../server/events.ts';
import { datasetQuery, jobsQuery } from '../server/queries.ts';
import { listenForKeys, useActions } from './actions.ts';
import { CommandPalette, openCommandPalette } from './CommandPalette.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { HeaderButton, HeaderLink } from './HeaderButton.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { usePageTitle } from './use-page-title.ts';
import { WorkingLine } from './WorkingLine.tsx';

const Unsaved = lazy(async () => ({
  default: (await import('../annotate/Unsaved.tsx')).Unsaved,
}));

export function Shell() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { toggleColorScheme } = useMantineColorScheme();
  useEffect(() => watchEvents(queryClient), []);
  useEffect(listenForKeys, []);
  usePageTitle();
  const wasAnnotated = useWasAnnotated();

  const group = t('shell.group');
  const otherLanguage: Language = i18n.language === 'ja' ? 'en' : 'ja';
  useActions(
    [
      { id: 'palette', label: t('palette.title'), group, keys: ['mod+k'], run: openCommandPalette },
      { id: 'help', label: t('help.title'), group, keys: ['?'], run: () => setHelpOpen(true) },
      {
        id: 'datasets',
        label: t('datasets.title'),
        group,
        keys: ['alt+d'],
        run: () => navigate({ to: '/' }),
      },
      {
        id: 'jobs',
        label: t('jobs.title'),
        group,
        keys: ['alt+j'],
        run: () => navigate({ to: '/jobs' }),
      },
      { id: 'trash', label: t('trash.title'), group, run: () => navigate({ to: '/trash' }) },
      {
        id: 'settings',
        label: t('settings.title'),
        group,
        run: () => navigate({ to: '/settings' }),
      },
      {
        id: 'api',
        label: t('settings.apiDocs'),
        group,
        run: () => window.open('/api/docs', '_blank', 'noopener'),
      },
      {
        id: 'theme',
        label: t('shell.toggleTheme'),
        group,
        keys: ['alt+t'],
        run: toggleColorScheme,
      },
      {
        id: 'language',
        label: t('shell.useLanguage', { language: languages[otherLanguage] }),
        group,
        run: () => changeLanguage(otherLanguage),
      },
    ],
    'global',
  );

  return (
    <div className="shell">
      <header className="shell-header">
        <Breadcrumbs />
        <Group gap={4} wrap="nowrap">
          {wasAnnotated && (
            <Suspense>
              <Unsaved />
            </Suspense>
          )}
          <RunningJobs />
          <HeaderButton
            icon={<IconCommand size={18} />}
            word={t('shell.commands')}
            help={`${t('palette.title')} (Ctrl+K)`}
            onClick={openCommandPalette}
          />
          <HeaderButton
            className="wide-only"
            icon={<IconHelp size={18} />}
            word={t('shell.keys')}
            help={`${t('help.title')} (?)`}
            onClick={() => setHelpOpen(true)}
          />
          <LanguageMenu />
          <ThemeSwitch />
          <HeaderLink to="/trash" icon={<IconTrash size={18} />} word={t('trash.title')} />
          <HeaderLink to="/settings" icon={<IconSettings size={18} />} word={t('settings.title')} />
        </Group>
      </header>
      <WorkingLine />
      <ConnectionBanner />
      <main className="shell-main">
        <Outlet />
      </main>
      <CommandPalette />
      <ImportDialog />
      <BackgroundImport />
      <KeyboardHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}

function Breadcrumbs() {
  const { t } = useTranslation();
  const { datasetId } = useParams({ strict: false });
  const { data: dataset } = useQuery({
    ...datasetQuery(Number(datasetId)),
    enabled: datasetId !== undefined,
  });
  return (
    <nav className="breadcrumbs" aria-label={t('shell.breadcrumbs')}>
      <Link to="/" className="brand" aria-label="Migaki">
        <img src="/favicon.svg" alt="" width={22} height={22} />
        <span>Migaki</span>
      </Link>
      {datasetId !== undefined && (
        <>
          <Text c="dimmed" aria-hidden className="wide-only">
            /
          </Text>
          <Anchor component={Link} to="/" size="sm" c="dimmed" className="wide-only">
            {t('datasets.title')}
          </Anchor>
          <Text c="dimmed" aria-hidden>
            /
          </Text>
          <Text size="sm" fw={600} truncate title={dataset?.name}>
            {dataset?.name ?? '…'}
          </Text>
        </>
      )}
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

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <Menu>
      <Menu.Target>
        <HeaderButton
          className="wide-only"
          icon={<IconLanguage size={18} />}
          word={languages[i18n.language as Language]}
          help={t('settings.language')}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([code, name]) => (
          <Menu.Item
            key={code}
            lang={code}
            onClick={() => changeLanguage(code as Language)}
            rightSection={i18n.language === code ? <IconCheck size={14} /> : null}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const { toggleColorScheme } = useMantineColorScheme();
  return (
    <HeaderButton
      className="wide-only"
      icon={
        <>
          <IconSun size={18} className="only-dark" />
          <IconMoon size={18} className="only-light" />
        </>
      }
      word={t('settings.theme')}
      help={`${t('shell.toggleTheme')} (Alt+T)`}
      onClick={toggleColorScheme}
    />
  );
}
