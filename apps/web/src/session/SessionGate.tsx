// Shows the pages to who is logged in and the login page to everybody else, whatever the address is. Where a session ends
// while pages are open, the login lies over them: nothing of what is in the making there is lost.

import { Center, FocusTrap, Loader } from '@mantine/core';
import { ApiError } from '@migaki/api';
import { type QueryFunctionContext, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client, expired, sessionKey } from '../server/client.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LoginPage } from './LoginPage.tsx';
import './session.css';

/** `?token=…` logs in, as the address that the workbench prints does, and leaves the address bar at once. */
function takeTokenFromAddress(): string | null {
  const address = new URL(window.location.href);
  const token = address.searchParams.get('token');
  if (token !== null) {
    address.searchParams.delete('token');
    window.history.replaceState(window.history.state, '', address);
  }
  return token;
}

let addressToken = takeTokenFromAddress();

type Session = Awaited<ReturnType<typeof client.getSession>> | typeof expired | null;

/** How often a page that waits for a login looks whether there was one, in another tab. */
const lookAgainMillis = 3000;

async function openSession({ client: queries }: QueryFunctionContext): Promise<Session> {
  const token = addressToken;
  addressToken = null;
  try {
    if (token !== null) return await client.logIn({ body: { token } });
    return await client.getSession();
  } catch (error) {
    const isStranger = error instanceof ApiError && [401, 403].includes(error.status);
    // The pages below a login stay there.
    const before = queries.getQueryData<Session>(sessionKey);
    if (isStranger) return before === expired ? expired : null;
    throw error;
  }
}

export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: sessionKey,
    queryFn: openSession,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data } }) =>
      data === null || data === expired ? lookAgainMillis : false,
  });
  if (isPending) {
    return (
      <Center h="100vh">
        <Loader />
      </Center>
    );
  }
  if (error !== null && data === undefined) {
    return (
      <Center h="100vh">
        <ErrorView error={error} onRetry={refetch} />
      </Center>
    );
  }
  if (data === null) return <LoginPage />;
  return (
    <>
      {children}
      {data === expired && (
        <FocusTrap active>
          <div className="login-over" role="dialog" aria-modal aria-label={t('login.again')}>
            <LoginPage isAgain />
          </div>
        </FocusTrap>
      )}
    </>
  );
}
