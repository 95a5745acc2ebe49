// Messages that go away by themselves; those about a change offer to take it back.

import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp } from '@tabler/icons-react';
import { notifyError } from './ErrorView.tsx';

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal' });
}

/** What was asked for and could not be, with what to do instead. */
export function notifyNotDone(message: string): void {
  notifications.show({ message, color: 'yellow', autoClose: 10_000 });
}

/** Less is no wait. */
const patienceMillis = 500;

/** Says what is being done, where it takes long enough to wonder. */
export async function whileTelling<Result>(
  message: string,
  work: Promise<Result>,
): Promise<Result> {
  let id: string | undefined;
  const timer = setTimeout(() => {
    id = notifications.show({ message, loading: true, autoClose: false });
  }, patienceMillis);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (id !== undefined) notifications.hide(id);
  }
}

/** @returns what hides it, when the change was taken back by other means */
export function notifyWithUndo(
  message: string,
  undoLabel: string,
  undo: () => Promise<void>,
): () => void {
  const id = notifications.show({
    autoClose: 10_000,
    color: 'teal',
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          variant="subtle"
          size="compact-xs"
          flex="none"
          leftSection={<IconArrowBackUp size={14} />}
          onClick={() => {
            notifications.hide(id);
            whileTelling(`${undoLabel} …`, undo()).catch(notifyError);
          }}
        >
          {undoLabel}
        </Button>
      </Group>
    ),
  });
  return () => notifications.hide(id);
}
