import { Text } from '@mantine/core';
import { useOpenName } from './use-open-name.ts';

/** What is open: the dataset, the run, the model or the evaluation, by its name. */
export function Crumb() {
  const name = useOpenName();
  if (name === null) return null;
  return (
    <>
      <Text c="dimmed" aria-hidden>
        /
      </Text>
      <Text size="sm" fw={600} truncate title={name} className="crumb">
        {name ?? '…'}
      </Text>
    </>
  );
}
