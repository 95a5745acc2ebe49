import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One question that the page answers. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="section" withBorder p="sm" className="rounds-part" aria-label={title}>
      <Text size="sm" fw={600} component="h2" mb={6}>
        {title}
      </Text>
      {children}
    </Paper>
  );
}

/** Why there is no figure yet, and how to get one. */
export const Hint = ({ children }: { children: ReactNode }) => (
  <Text size="sm" c="dimmed">
    {children}
  </Text>
);
