// Where the web app begins: styles, language, session, pages.

import '@migaki/api/without-generated-code';
import '@mantine/core/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTranslation } from './i18n/index.ts';
import { router } from './router.tsx';
import { queryClient } from './server/client.ts';
import { SessionGate } from './session/SessionGate.tsx';
import { cssVariables, theme } from './theme.ts';

// What the page needs comes while it is found out who is there.
void router.load();
await startTranslation();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <ModalsProvider>
          <Notifications position="bottom-left" limit={4} />
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
