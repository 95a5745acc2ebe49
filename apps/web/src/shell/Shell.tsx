// The frame around every page: where one is, what is running, the palette, the help.

import { Group, Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconCommand,
  IconHelp,
  IconLanguage,
  IconMoon,
  IconSettings,
  IconSun,
  IconTrash,
} from '@tabler/icons-react';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWasAnnotated } from '../annotate/use-was-annotated.ts';
import { sendDeedsLeft } from '../dataset/acting/edit-queue.ts';
import { changeLanguage, type Language, languages } from '../i18n/index.ts';
import { BackgroundImport } from '../import/BackgroundImport.tsx';
import { ImportDialog } from '../import/ImportDialog.tsx';
import { nowAndAgain } from '../saving/now-and-again.ts';
import { Unsaved } from '../saving/Unsaved.tsx';
import { queryClient } from '../server/client.ts';
import { watchEvents } from '../server/events.ts';
import { listenForKeys, useActions } from './actions.ts';
import { CommandPalette, openCommandPalette } from './CommandPalette.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { Crumb } from './Crumb.tsx';
import { HeaderButton, HeaderLink } from './HeaderButton.tsx';
import { KeyboardHelp } from './KeyboardHelp.tsx';
import { MainNav } from './MainNav.tsx';
import { usePageTitle } from './use-page-title.ts';
import { WorkingLine } from './WorkingLine.tsx';
import './shell.css';

const SendUnsaved = lazy(async () => ({
  default: (await import('../annotate/SendUnsaved.tsx')).SendUnsaved,
}));

export function Shell() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { toggleColorScheme } = useMantineColorScheme();
  useEffect(() => watchEvents(queryClient), []);
  useEffect(listenForKeys, []);
  useEffect(() => nowAndAgain(sendDeedsLeft), []);
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
        id: 'runs',
        label: t('runs.title'),
        group,
        keys: ['alt+r'],
        run: () => navigate({ to: '/runs' }),
      },
      {
        id: 'models',
        label: t('models.title'),
        group,
        keys: ['alt+m'],
        run: () => navigate({ to: '/models' }),
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
        <div className="shell-place">
          <Link to="/" className="brand" aria-label="Migaki">
            <img src="/favicon.svg" alt="" width={22} height={22} />
            <span>Migaki</span>
          </Link>
          <MainNav />
          <Crumb />
        </div>
        <Group gap={4} wrap="nowrap">
          <Unsaved />
          {wasAnnotated && (
            <Suspense>
              <SendUnsaved />
            </Suspense>
          )}
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
