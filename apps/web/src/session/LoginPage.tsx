// Asks for the token that the workbench prints when it starts.

import { Button, Card, Center, Code, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { client, queryClient, sessionKey } from '../server/client.ts';
import { LanguageMenu } from '../shell/Shell.tsx';

/** People paste the whole address as often as the token alone. */
const tokenOf = (text: string): string => /[?&]token=([^&\s]+)/.exec(text)?.[1] ?? text.trim();

/** @param isAgain the session has ended in the middle of work */
export function LoginPage({ isAgain = false }: { isAgain?: boolean }) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const [text, setText] = useState('');
  const logIn = useMutation({
    mutationFn: () => client.logIn({ body: { token: tokenOf(text) } }),
    onSuccess: (session) => {
      queryClient.setQueryData(sessionKey, session);
      void queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0],
      });
    },
  });
  return (
    <Center mih="100vh" p="md">
      <Card withBorder shadow="sm" padding="xl" w={420} maw="100%">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            logIn.mutate();
          }}
        >
          <Stack>
            <div className="login-brand">
              <img src="/favicon.svg" alt="" width={32} height={32} />
              <Title order={1} size="h3">
                Migaki
              </Title>
              <LanguageMenu />
            </div>
            {isAgain && (
              <Text size="sm" fw={600}>
                {t('login.again')}
              </Text>
            )}
            <Text size="sm" c="dimmed">
              <Trans
                i18nKey="login.explanation"
                values={{ address: window.location.origin }}
                components={{ code: <Code /> }}
              />
            </Text>
            <PasswordInput
              label={t('login.token')}
              value={text}
              onChange={({ currentTarget }) => setText(currentTarget.value)}
              error={sayError(logIn.error)}
              autoFocus
              autoComplete="off"
              data-autofocus
            />
            <Button
              type="submit"
              size="sm"
              loading={logIn.isPending}
              disabled={tokenOf(text) === ''}
            >
              {t('login.submit')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
